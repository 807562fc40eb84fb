"""A Letter becomes the bytes of a message (RFC 5322, RFC 2045-2049). Pure: the same letter gives the same bytes."""

import binascii
import email
import hashlib
import io
import re
from datetime import datetime
from email import charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime

from dossier.letter import UNASKED, Attachment, Letter, LetterKind, Picture
from notifier.cleaning import message_id as checked_id
from notifier.cleaning import one_line, references
from notifier.envelope import MailIdentity, addr_spec

POLICY = compat32.clone(linesep="\r\n", max_line_length=78)
_SUBJECT_LIMIT = 200
_NAME_LIMIT = 100
_FILE_LIMIT = 120
_CONTENT_ID = re.compile(r"[A-Za-z0-9.-]{1,80}@[A-Za-z0-9.-]{1,200}")


def compose(letter: Letter, identity: MailIdentity, message_id: str, now: datetime) -> bytes:
    """The whole message with CRLF line ends, 7-bit clean, no line over 998 characters.

    `message_id` is the letter's own, with its angle brackets: the same on every try, so that a letter sent twice can be
    told by it. `Auto-Submitted` is RFC 3834's; there is no `Precedence`, which RFC 3834 (3.1.8) does not recommend and
    which brings letters into spam folders. Raises AddressError for the recipient, ValueError for `message_id`, `now` or
    the name of a picture.
    """
    if checked_id(message_id) != message_id:
        raise ValueError(f"not a Message-ID: {message_id!r}")
    if now.tzinfo is None:
        raise ValueError("the Date of a letter needs a time zone")
    message = _body(letter, message_id)
    for name, value in _headers(letter, identity, message_id, now):
        message[name] = value
    out = io.BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=POLICY).flatten(message)
    return out.getvalue()


def _headers(letter: Letter, identity: MailIdentity, message_id: str, now: datetime) -> tuple[tuple[str, str], ...]:
    answered = checked_id(letter.in_reply_to)
    thread = references(letter.references, answered)
    headers: tuple[tuple[str, str | None], ...] = (
        ("Date", format_datetime(now)),
        ("From", named_address(identity.name, identity.address)),
        ("To", addr_spec(letter.recipient)),
        ("Reply-To", addr_spec(identity.reply_to or identity.address)),
        ("Subject", encoded_words(letter.subject, _SUBJECT_LIMIT, "Subject")),
        ("Message-ID", message_id),
        ("In-Reply-To", answered),
        ("References", "\n ".join(thread) or None),
        ("Auto-Submitted", _auto_submitted(letter.kind)),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Hoso-Loop", one_line(identity.loop_mark, _NAME_LIMIT)),
    )
    return tuple((name, value) for name, value in headers if value is not None)


def _auto_submitted(kind: LetterKind) -> str:
    """RFC 3834, 5: a person's own words are not automatic."""
    if kind is LetterKind.BY_HAND:
        return "no"
    return "auto-generated" if kind in UNASKED else "auto-replied"


def again(content: bytes, message_id: str, now: datetime) -> bytes:
    """The same letter as a message of its own, with another Message-ID and Date: for sending it once more."""
    message = email.message_from_bytes(content, policy=POLICY)
    message.replace_header("Message-ID", message_id)
    message.replace_header("Date", format_datetime(now))
    out = io.BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=POLICY).flatten(message)
    return out.getvalue()


def encoded_words(text: str, limit: int, header: str) -> str:
    """RFC 2047 encoded-words, folded, where `text` is not ASCII."""
    cleaned = one_line(text, limit)
    return Header(cleaned, "us-ascii" if _is_plain(cleaned) else "utf-8", header_name=header).encode()


def _is_plain(text: str) -> bool:
    """ASCII, and nothing in it that a reader would take for an encoded-word and decode once more."""
    return text.isascii() and "=?" not in text


def named_address(name: str, address: str) -> str:
    """`name <address>` (RFC 5322, 3.4): an ASCII name quoted, any other as encoded-words, which must not be quoted."""
    cleaned = one_line(name, _NAME_LIMIT)
    if _is_plain(cleaned):
        quoted = cleaned.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>' if quoted else address
    header = Header(cleaned, "utf-8", header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return header.encode()


def _body(letter: Letter, message_id: str) -> Message:
    """mixed (alternative (plain, related (html, pictures)), files); levels that hold one thing are left out.

    The plain text comes first (RFC 2046, 5.1.4), the page before its pictures (RFC 2387, 3.2); with the pictures within
    the alternative neither Outlook nor a telephone lists them as files.
    """
    texts = MIMEMultipart("alternative", _boundary(message_id, "texts"), policy=POLICY)
    texts.attach(_text(letter.text, "plain"))
    texts.attach(_page(letter, message_id))
    if not letter.attachments:
        return texts
    mixed = MIMEMultipart("mixed", _boundary(message_id, "files"), policy=POLICY)
    mixed.attach(texts)
    for attachment in letter.attachments:
        mixed.attach(_attached(attachment))
    return mixed


def _page(letter: Letter, message_id: str) -> Message:
    html = _text(letter.html, "html")
    if not letter.pictures:
        return html
    page = MIMEMultipart("related", _boundary(message_id, "page"), policy=POLICY, type="text/html")
    page.attach(html)
    for picture in letter.pictures:
        page.attach(_shown(picture))
    return page


def _boundary(message_id: str, part: str) -> str:
    """Made of the Message-ID and not of chance; "=_" cannot stand in quoted-printable or base64 (RFC 2045, 6.7)."""
    return "=_" + hashlib.sha256(f"{part} {message_id}".encode()).hexdigest()[:32]


def _text(text: str, subtype: str) -> MIMEText:
    part = MIMEText("", subtype, policy=POLICY)
    del part["Content-Type"], part["Content-Transfer-Encoding"], part["MIME-Version"]
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(quoted_printable(text))
    return part


def quoted_printable(text: str) -> str:
    """Lines of at most 76 characters (RFC 2045, 6.7); white space at the end of a line, which nobody sees, is left out:
    the encoder would put it beyond the 76."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return binascii.b2a_qp(lines.encode("utf-8", "replace"), istext=True).decode("ascii")


def _attached(attachment: Attachment) -> MIMEBase:
    part = _binary(attachment.media_type, attachment.content)
    name = one_line(attachment.file, _FILE_LIMIT)
    part.add_header("Content-Disposition", "attachment", filename=name if name.isascii() else ("utf-8", "", name))
    return part


def _shown(picture: Picture) -> MIMEBase:
    if not _CONTENT_ID.fullmatch(picture.name):
        raise ValueError(f"not a Content-ID: {picture.name!r}")
    part = _binary(picture.media_type, picture.content)
    part["Content-ID"] = f"<{picture.name}>"
    part.add_header("Content-Disposition", "inline", filename=picture.file)
    return part


def _binary(media_type: str, content: bytes) -> MIMEBase:
    main, _, sub = media_type.partition("/")
    part = MIMEBase(main, sub, policy=POLICY)
    del part["MIME-Version"]
    encoded = charset.Charset("utf-8")
    encoded.body_encoding = charset.BASE64
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(encoded.body_encode(content))
    return part
