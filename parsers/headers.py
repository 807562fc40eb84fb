"""The message's own headers, cleaned: no control character of a received header reaches anything (FAULTS.md 25).

mail-parser reads addresses, Received and Date; this module decides which of it is believed.
"""

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

import mailparser
from mailparser.utils import get_addresses

from dossier.folding import squeeze
from dossier.mail import Hop, Sender
from parsers.charset import labelled, printable, raw_header
from parsers.structure import BoundedMessage

MAX_TEXT = 500
MAX_NAME = 200
MAX_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""
MAX_KEPT_VALUE = 4_000
MAX_KEPT = 300
MAX_IDS = 100
MAX_HOPS = 100
MAX_RECIPIENTS = 200

_KEPT = re.compile(
    r"auto-submitted|precedence|list-.+|x-auto-response-suppress|x-auto.*|x-loop|x-hoso-.+|feedback-id|x-feedback-id"
    r"|authentication-results|arc-authentication-results|received-spf|content-type|sender|resent-.+|return-path"
    r"|delivered-to|x-original-to|x-failed-recipients|errors-to|from|reply-to|x-mailer|user-agent|x-cron-env"
    r"|x-forwarded-.+|x-report-abuse|x-mailing-list|x-ms-exchange-.*(?:suppress|generated|autoreply|inbox-rules).*"
)
"""What answering, authentication and loop alarms look at."""
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*")
"""Dot-atom on both sides (RFC 5322, 3.4.1): the only form that is written to."""
_LOOKS_LIKE_ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,996}>")
_BARE_ID = re.compile(r"[!-;=?-~]{1,996}")
_RECIPIENT_HEADERS = ("to", "cc", "delivered-to", "x-original-to", "x-delivered-to", "x-forwarded-to", "envelope-to")


def values(part: Message, name: str) -> list[str]:
    """Every value of a header, in order, as the parser stored it."""
    return [str(value) for key, value in part.raw_items() if key.lower() == name]


def one_line(text: str, limit: int = MAX_TEXT) -> str:
    """NFC on one line of at most `limit` characters, without control, format or surrogate characters."""
    text = text[: limit * 20]
    if not text.isprintable():
        text = "".join(char for char in text if printable(char) or char.isspace())
    return squeeze(text)[:limit].rstrip()


def decoded(value: str) -> str:
    """Encoded words (RFC 2047) and raw 8-bit bytes as text; raises nothing. Not cleaned: see `one_line`."""
    value = raw_header(value)
    if "=?" not in value:
        return value
    try:
        chunks = decode_header(value)
    except (HeaderParseError, ValueError):  # base64 that is none
        return value
    pieces: list[str] = []
    for number, (chunk, charset) in enumerate(chunks):
        # the space between a plain word and an encoded one counts (RFC 2047, 6.2), and decode_header drops it
        if number and (charset is None) != (chunks[number - 1][1] is None):
            pieces.append(" ")
        pieces.append(chunk if isinstance(chunk, str) else labelled(chunk, (charset or "ascii").partition("*")[0]))
    return "".join(pieces)


def text(part: Message, name: str, limit: int = MAX_TEXT) -> str:
    """The first header of that name, decoded and cleaned; '' where there is none."""
    found = values(part, name)
    return one_line(decoded(found[0]), limit) if found else ""


def sender(message: Message) -> Sender:
    """Whom the From header names, and why that is not believed (CVE-2023-27043; FAULTS.md 23).

    A message that names nobody has neither address nor doubt.
    """
    found = values(message, "from")
    if len(found) > 1:
        return Sender(None, doubt="several From headers")
    if not found or not one_line(found[0]):
        return Sender(None)
    defects: list[dict[str, object]] = []
    boxes = _mailboxes(found[0], defects)
    name = one_line(boxes[0][0], MAX_NAME) if len(boxes) == 1 else ""
    if len(boxes) > 1:
        return Sender(None, doubt="several addresses in From")
    if not boxes or any(not defect["recovered"] for defect in defects):
        shown = one_line(decoded(found[0]), MAX_NAME)
        return Sender(None, name, doubt=f"From cannot be read without doubt: {shown}")
    address = boxes[0][1].lower()
    if len(address) > MAX_ADDRESS or not _ADDRESS.fullmatch(address):
        return Sender(None, name, doubt=f"not a plain address: {one_line(address, MAX_NAME)}")
    return Sender(address, "" if name.lower() == address else name, _doubt_of_name(name, address))


def addresses(message: Message, *names: str) -> tuple[str, ...]:
    """Addr-specs in lower case of every header of these names, each once; what is not a plain address is left out."""
    found: dict[str, None] = {}
    for name in names:
        for value in values(message, name):
            for _, address in _mailboxes(value, []):
                if len(address) <= MAX_ADDRESS and _ADDRESS.fullmatch(address.lower()):
                    found[address.lower()] = None
    return tuple(found)[:MAX_RECIPIENTS]


def recipients(message: Message) -> tuple[str, ...]:
    """To, Cc, Delivered-To, X-Original-To and their like."""
    return addresses(message, *_RECIPIENT_HEADERS)


def return_path(message: Message) -> str | None:
    """'' for the null sender `<>`; None where there is no such header. The topmost is our server's (RFC 5321, 4.4)."""
    found = values(message, "return-path")
    if not found:
        return None
    return one_line(raw_header(found[0]), MAX_ADDRESS + 2).strip("<> ").lower()


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """Message-IDs with their angle brackets, in order, each once."""
    found = (match for value in values(message, name) for match in _MESSAGE_ID.findall(value))
    ids = tuple(dict.fromkeys(found))
    return ids if len(ids) <= MAX_IDS else (ids[0], *ids[1 - MAX_IDS :])


def message_id(message: Message) -> str | None:
    """The message's own; one written without brackets gets them, one that cannot be quoted in a header is None."""
    ids = message_ids(message, "message-id")
    if ids:
        return ids[0]
    bare = (value.strip() for value in values(message, "message-id"))
    return next((f"<{value}>" for value in bare if _BARE_ID.fullmatch(value)), None)


def kept(message: Message) -> tuple[tuple[str, str], ...]:
    """(lower-case name, cleaned value) of the headers that the rules look at, in order, repeats kept."""
    found = (
        (name.lower(), one_line(decoded(str(value)), MAX_KEPT_VALUE))
        for name, value in message.raw_items()
        if _KEPT.fullmatch(name.lower())
    )
    return tuple(found)[:MAX_KEPT]


def trace(message: BoundedMessage) -> tuple[tuple[Hop, ...], datetime | None]:
    """(every Received, topmost first; the Date header), times in UTC; a time that cannot be read is None."""
    view = BoundedMessage()
    wanted = [(key, str(raw)) for key, raw in message.raw_items() if key.lower() in ("received", "date")]
    for key, raw in wanted[: MAX_HOPS + 1]:
        view.set_raw(key, raw)
    view.set_payload("")
    parsed = mailparser.MailParser(view)
    return tuple(_hop(received) for received in reversed(parsed.received)), parsed.date


def content_type(message: BoundedMessage) -> str:
    """Type of the whole message, lower case, with report-type where it is a multipart/report (RFC 6522)."""
    kind = one_line(message.get_content_type(), MAX_NAME)
    if kind != "multipart/report":
        return kind
    report = message.get_param("report-type")
    return f"{kind}; report-type={one_line(report.lower(), 80)}" if isinstance(report, str) else kind


def _hop(received: dict[str, object]) -> Hop:
    by = one_line(str(received.get("by", "")), MAX_ADDRESS).lower().split()
    at = received.get("date_utc")
    return Hop(by[0].rstrip(";.") if by else "", datetime.fromisoformat(at) if isinstance(at, str) else None)


def _mailboxes(value: str, defects: list[dict[str, object]]) -> list[tuple[str, str]]:
    raw = raw_header(value)
    found: list[tuple[str, str]]
    try:
        found = get_addresses(raw, defects=defects, decode_names=True)
    except (HeaderParseError, ValueError):  # a name in base64 that is none: the address stands beside it
        defects.clear()
        found = get_addresses(raw, defects=defects, decode_names=False)
    return [(name, address) for name, address in found if address]


def _doubt_of_name(name: str, address: str) -> str:
    others = {found.lower().strip(".,;:()[]") for found in _LOOKS_LIKE_ADDRESS.findall(name)} - {address}
    return f"the display name is another address: {', '.join(sorted(others))}" if others else ""
