"""The one mailbox of the demo's server over IMAP, by pymap's dict backend: all in memory, with IDLE, no keywords."""

import asyncio
import ssl
from argparse import Namespace
from datetime import datetime
from uuid import uuid4

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from typing_extensions import override


class _Greeted(Config):
    """Greets by a name of its own: pymap would ask the resolver for the machine's, which can take seconds."""

    @property
    @override
    def greeting(self) -> bytes:
        return b"Demo mail server ready"


class ImapBox:
    """Lives on the event loop that it is made on."""

    def __init__(self, user: str, password: str) -> None:
        self._config = _Greeted(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=None,
            port=0,
            demo_data=False,
            demo_user=user,
            demo_password=password,
            tls_enabled=False,
            reject_dnsbl=False,  # the look-up would leave the machine
            ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
            cpu_subsystem=Subsystem.for_asyncio(),
        )
        self._config.apply_context()
        self._mailboxes = MailboxSet()
        self._config.set_cache[user] = (self._mailboxes, FilterSet())

    async def serve(self, host: str) -> asyncio.Server:
        """Listen on a free port of `host`."""
        login = Login(self._config)
        hashed = await Passwords(self._config).hash_password(self._config.demo_password)
        await login.demo_user_identity.set(UserMetadata(self._config, self._config.demo_user, password=hashed))
        server = IMAPServer(login, self._config)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # not ProxyProtocolReader.get_callback: its task is held by nobody, so that the garbage collector takes
            # connections that wait in IDLE; this one is held by the stream's protocol
            await server(reader, writer, SocketInfoLocal(writer, unique_id=uuid4().bytes))

        return await asyncio.start_server(connected, host, 0)

    async def append(self, content: bytes, received_at: datetime) -> None:
        """`received_at` becomes INTERNALDATE, to the second."""
        inbox = await self._mailboxes.get_mailbox("INBOX")
        await inbox.append(AppendMessage(content, received_at.replace(microsecond=0), frozenset()), recent=True)
