"""A plain mail to the administrator, made by the program of its own accord (RFC 3834, 5: auto-generated)."""

import io
from dataclasses import dataclass
from datetime import datetime
from email.generator import BytesGenerator
from email.message import Message
from email.utils import format_datetime

from notifier.cleaning import one_line
from notifier.envelope import MailIdentity, addr_spec
from notifier.mime import POLICY, encoded_words, named_address, quoted_printable

_SUBJECT_LIMIT = 150
_LINE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Notice:
    recipient: str
    subject: str
    lines: tuple[str, ...]
    """Paragraphs; control characters are left out of them."""


def compose_notice(notice: Notice, identity: MailIdentity, message_id: str, now: datetime) -> bytes:
    """The whole message, 7-bit clean, CRLF line ends. Raises AddressError for the recipient."""
    message = Message(policy=POLICY)
    message["Date"] = format_datetime(now)
    message["From"] = named_address(identity.name, identity.address)
    message["To"] = addr_spec(notice.recipient)
    message["Subject"] = encoded_words(notice.subject, _SUBJECT_LIMIT, "Subject")
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["X-Hoso-Loop"] = one_line(identity.loop_mark, 100)
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = 'text/plain; charset="utf-8"'
    message["Content-Transfer-Encoding"] = "quoted-printable"
    text = "\n\n".join(one_line(line, _LINE_LIMIT) for line in notice.lines)
    message.set_payload(quoted_printable(text + "\n"))
    out = io.BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=POLICY).flatten(message)
    return out.getvalue()
