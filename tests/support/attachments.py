"""Attachments of the corpus, taken out of their messages with the standard library alone."""

import email
import email.header
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

MESSAGES = Path(__file__).parent.parent / "corpus" / "messages"


@lru_cache(maxsize=64)
def attachments(case: str) -> tuple[tuple[str, bytes], ...]:
    """(name in NFC, bytes) of every attachment of the message whose file begins with `case`, in its order."""
    (path,) = MESSAGES.glob(f"{case}-*.eml")
    return tuple(_parts(path))


def attachment(case: str, place: int = 0) -> bytes:
    """The bytes of one attachment, counted from 0."""
    return attachments(case)[place][1]


def all_attachments(suffix: str) -> dict[str, bytes]:
    """ "case/name" → bytes, of every attachment in the corpus whose name ends in `suffix`."""
    cases = sorted(path.name.split("-", 1)[0] for path in MESSAGES.glob("*.eml"))
    found = ((case, name, content) for case in cases for name, content in attachments(case))
    return {f"{case}/{name}": content for case, name, content in found if name.lower().endswith(suffix)}


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    for part in email.message_from_bytes(path.read_bytes()).walk():
        name, content = part.get_filename(), part.get_payload(decode=True)
        if name and isinstance(content, bytes):
            shown = str(email.header.make_header(email.header.decode_header(name)))
            yield unicodedata.normalize("NFC", shown), content
