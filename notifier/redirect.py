"""Test mode: a letter that goes to one address alone says, where nobody can miss it, for whom it was.

The letter's own bytes stay as they are recorded; what is marked is the copy that goes out.
"""

import io
import re
from email import message_from_bytes
from email.generator import BytesGenerator
from email.header import decode_header, make_header
from email.message import Message
from html import escape

from notifier.cleaning import one_line
from notifier.mime import POLICY, encoded_words, quoted_printable

ORIGINAL_RECIPIENT = "X-Hoso-Original-To"
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_SUBJECT_LIMIT = 200


def redirected(content: bytes, recipient: str, to: str) -> bytes:
    """One of our own letters (as `mime.compose` made it) to `recipient`, marked to go to `to` in test mode."""
    message = message_from_bytes(content, policy=POLICY)
    said = f"CHẠY THỬ / TEST MODE: thư này lẽ ra gửi đến {recipient}"
    subject = f"[CHẠY THỬ → {recipient}] {make_header(decode_header(str(message.get('Subject', ''))))}"
    for name, value in (
        ("To", to),
        ("Subject", encoded_words(one_line(subject, _SUBJECT_LIMIT), _SUBJECT_LIMIT, "Subject")),
    ):
        del message[name]
        message[name] = value
    message[ORIGINAL_RECIPIENT] = recipient
    for part in message.walk():
        if part.get_content_type() == "text/plain" and not part.get_filename():
            _rewrite(part, f"{said}\n\n{_text(part)}")
        elif part.get_content_type() == "text/html" and not part.get_filename():
            _rewrite(part, _marked(_text(part), said))
    out = io.BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=POLICY).flatten(message)
    return out.getvalue()


def _marked(html: str, said: str) -> str:
    mark = f'<p style="background:#b00020;color:#ffffff;padding:8px;font-weight:bold">{escape(said)}</p>'
    body = _BODY.search(html)
    return f"{html[: body.end()]}{mark}{html[body.end() :]}" if body else mark + html


def _text(part: Message) -> str:
    decoded = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(decoded, bytes) else ""


def _rewrite(part: Message, text: str) -> None:
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(quoted_printable(text))
