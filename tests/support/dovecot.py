"""The distribution's Dovecot on loopback, without privileges, in a folder of its own.

Every user name exists, with the password `PASSWORD` and an empty mailbox: a test takes a name of its own.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from imapclient import IMAPClient

from support.loopback import free_port, make_certificate

HOST = "127.0.0.1"
PASSWORD = "throw-away"
_CONFIGURATIONS = {
    "2.3": """
        ssl_cert = <{folder}/certificate.pem
        ssl_key = <{folder}/key.pem
        disable_plaintext_auth = no
        auth_failure_delay = 0
        mail_location = maildir:~/Maildir
        passdb {{
          driver = static
          args = password={password}
        }}
        userdb {{
          driver = static
          args = uid={user} gid={group} home={folder}/mail/%u
        }}
        service anvil {{
          chroot =
          unix_listener anvil-auth-penalty {{
            mode = 0
          }}
        }}
    """,
    "2.4": """
        dovecot_config_version = 2.4.0
        dovecot_storage_version = 2.4.0
        ssl_server_cert_file = {folder}/certificate.pem
        ssl_server_key_file = {folder}/key.pem
        auth_allow_cleartext = yes
        auth_failure_delay = 0
        mail_driver = maildir
        mail_path = ~/Maildir
        passdb static {{
          password = {password}
        }}
        userdb static {{
          fields {{
            uid = {user}
            gid = {group}
            home = {folder}/mail/%{{user}}
          }}
        }}
        service anvil {{
          chroot =
        }}
    """,
}
_COMMON = """
        base_dir = {folder}/run
        state_dir = {folder}/run
        log_path = {folder}/dovecot.log
        listen = 127.0.0.1
        protocols = imap
        ssl = yes
        default_internal_user = {user}
        default_internal_group = {group}
        default_login_user = {user}
        first_valid_uid = 1
        first_valid_gid = 1
        mail_max_userip_connections = 1000
        namespace inbox {{
          inbox = yes
          separator = /
        }}
        service imap-login {{
          chroot =
          service_count = 0
          inet_listener imap {{
            port = {port}
          }}
          inet_listener imaps {{
            port = {tls_port}
          }}
        }}
"""


class DovecotMissingError(Exception):
    """Dovecot is not installed."""


class Dovecot:
    """One server; `start` and `stop` as often as wanted, the mail stays."""

    def __init__(self) -> None:
        # Not pytest's tmp_path: that is closed to other users, and paths of Unix sockets must be short.
        self._folder = Path(tempfile.mkdtemp(prefix="hoso-dovecot-", dir="/tmp"))
        self.port, self.tls_port = free_port(), free_port()
        self.certificate, _ = make_certificate(self._folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        (self._folder / "dovecot.conf").write_text(self._configuration())
        self._give_away()

    def _configuration(self) -> str:
        version = subprocess.run([_program(), "--version"], check=True, capture_output=True, text=True).stdout
        series = "2.3" if version.startswith("2.3") else "2.4"
        group = subprocess.run(
            ["id", "-gn", self._owner.pw_name], check=True, capture_output=True, text=True
        ).stdout.strip()
        values = {"user": self._owner.pw_name, "group": group, "folder": self._folder, "password": PASSWORD}
        # 2.4 wants its version first; 2.3 does not mind the order.
        text = _CONFIGURATIONS[series] + _COMMON
        return text.format(**values, port=self.port, tls_port=self.tls_port)

    def _give_away(self) -> None:
        (self._folder / "mail").mkdir()
        if os.geteuid() == 0:
            for path in (self._folder, *self._folder.rglob("*")):
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    # --- running -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Returns when the server greets, not when its port opens."""
        drop: dict[str, Any] = {}
        if os.geteuid() == 0:
            drop = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
        command = [_program(), "-F", "-c", str(self._folder / "dovecot.conf")]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True, **drop
        )
        end = time.monotonic() + 15
        while not self._greets():
            if self._process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError(f"Dovecot does not start:\n{self.log()}")
            time.sleep(0.02)

    def _greets(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=2) as sock:
                return sock.recv(64).startswith(b"* OK")
        except OSError:
            return False

    def stop(self) -> None:
        """Ends the server and every session with it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            with suppress(ProcessLookupError):  # sessions outlive the master for a moment
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process = None

    def remove(self) -> None:
        """Stop, and delete every mailbox."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def log(self) -> str:
        path = self._folder / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else "(no log)"

    # --- mailboxes ---------------------------------------------------------------------------------------------

    @contextmanager
    def client(self, user: str, folder: str | None = None) -> Iterator[Any]:
        """What a person's mail program is: logged in, `folder` open for writing."""
        with IMAPClient(HOST, self.port, ssl=False, timeout=20) as client:
            client.normalise_times = False
            client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.login(user, PASSWORD)
            if folder is not None:
                client.select_folder(folder)
            yield client

    def deliver(
        self, user: str, content: bytes, at: datetime | None = None, folder: str = "INBOX", flags: tuple[str, ...] = ()
    ) -> int:
        """Append a message with its INTERNALDATE; returns the UID."""
        return self.deliver_all(user, [(content, at)], folder, flags)[0]

    def deliver_all(
        self,
        user: str,
        messages: list[tuple[bytes, datetime | None]],
        folder: str = "INBOX",
        flags: tuple[str, ...] = (),
    ) -> list[int]:
        """Append messages in their order over one connection; returns their UIDs."""
        with self.client(user) as client:
            if folder != "INBOX" and not client.folder_exists(folder):
                client.create_folder(folder)
            return [_appended_uid(client.append(folder, content, flags, at)) for content, at in messages]

    def flags(self, user: str, folder: str = "INBOX") -> dict[int, set[str]]:
        """Flags by UID, without \\Recent."""
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            answers = client.fetch(client.search(), ["FLAGS"])
        return {uid: {flag.decode() for flag in data[b"FLAGS"]} - {"\\Recent"} for uid, data in answers.items()}

    def contents(self, user: str, folder: str = "INBOX") -> dict[int, bytes]:
        """Messages by UID."""
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            return {uid: data[b"BODY[]"] for uid, data in client.fetch(client.search(), ["BODY.PEEK[]"]).items()}

    def uidvalidity(self, user: str, folder: str = "INBOX") -> int:
        with self.client(user) as client:
            return int(client.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"])

    def renew_uidvalidity(self, user: str) -> int:
        """What happens when an index is lost or the mailbox is restored: INBOX numbers all its messages anew, from 1.

        Only while nobody has it open. Returns the new UIDVALIDITY.
        """
        before = self.uidvalidity(user)
        home = self._folder / "mail" / user / "Maildir"
        for path in [*home.glob("dovecot.index*"), *home.glob("dovecot-uid*"), *home.glob("dovecot.list*")]:
            path.unlink()
        # Dovecot takes the clock's second for the number: a fresh one comes only with a fresh second.
        while int(time.time()) <= before:
            time.sleep(0.05)
        after = self.uidvalidity(user)
        if after == before:
            raise RuntimeError("UIDVALIDITY did not change")
        return after


def _appended_uid(answer: bytes) -> int:
    found = re.search(rb"APPENDUID \d+ (\d+)", answer)
    if found is None:
        raise RuntimeError(f"no APPENDUID in {answer!r}")
    return int(found[1])


def _program() -> str:
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise DovecotMissingError("Dovecot is not installed: apt-get install dovecot-imapd")
    return found
