"""Delivery reports (RFC 3464): which of our letters came back, and why. Malformed ones are common and raise nothing."""

import re

from dossier.mail import DeliveryReport
from parsers.charset import unlabelled
from parsers.headers import MAX_ADDRESS, MAX_IDS, message_ids, one_line, text
from parsers.structure import BoundedMessage, children, parse, walk

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES = ("message/rfc822", "message/global", "message/global-headers", "text/rfc822-headers")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_ID_LINE = re.compile(r"^\s*message-id:\s*(<[!-;=?-~]{1,996}>)", re.IGNORECASE | re.MULTILINE)
_MAX_TEXT = 100_000


def delivery_report(message: BoundedMessage) -> DeliveryReport | None:
    """What a delivery report says; None for any other message."""
    parts = walk(message)[1:]
    status = next((part for part in parts if part.get_content_type() in _STATUS_TYPES), None)
    is_report = message.get_content_type() == "multipart/report"
    declared = str(message.get_param("report-type", "")).lower()
    if not is_report or (status is None and declared != "delivery-status"):
        return None
    blocks = [] if status is None else _blocks(status)
    about = [block for block in blocks if text(block, "action") or text(block, "final-recipient")]
    failed = next((block for block in about if text(block, "action").lower() == "failed"), None)
    block = failed or (about[0] if about else None)
    ids = _original_ids(parts)
    if block is None:
        return DeliveryReport("", "", "", ids)
    recipient = text(block, "final-recipient", 300) or text(block, "original-recipient", 300)
    address = recipient.partition(";")[2] or recipient
    return DeliveryReport(
        text(block, "action", 40).lower(), text(block, "status", 40), one_line(address, MAX_ADDRESS).lower(), ids
    )


def _blocks(status: BoundedMessage) -> list[BoundedMessage]:
    """The groups of fields: about the message first, then one for each recipient."""
    found = []
    for block in children(status) or [status]:
        if block is not status:
            found.append(block)
        found += [parse(piece + b"\r\n\r\n")[0] for piece in _BLANK.split(block.decoded().strip())[:50] if piece]
    return found


def _original_ids(parts: list[BoundedMessage]) -> tuple[str, ...]:
    ids: dict[str, None] = {}
    for part in parts:
        if part.get_content_type() in _RETURNED_TYPES:
            within = children(part)
            returned = within[0] if within else parse(part.decoded().strip() + b"\r\n\r\n")[0]
            ids.update(dict.fromkeys(message_ids(returned, "message-id")))
    if not ids:  # returned as plain text
        for part in parts:
            if part.get_content_type() == "text/plain":
                ids.update(dict.fromkeys(_ID_LINE.findall(unlabelled(part.decoded()[:_MAX_TEXT]))))
    return tuple(ids)[:MAX_IDS]
