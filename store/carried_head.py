"""The head of the history as it is carried out of the machine: a few signed lines that survive a mail (P9).

    -----BEGIN HOSO AUDIT HEAD-----
    Event: 1234
    Hash: 64 hex digits
    Time: 2026-11-23T02:00:00+00:00
    Key: 64 hex digits, the fingerprint of the public key
    Signature: base64, over the lines before it, each with its line feed
    -----END HOSO AUDIT HEAD-----

Without a key the last two lines are missing: then the keeper alone vouches for it.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from store.events import Head
from store.signing import PublicKey, SigningKey

_BEGIN, _END = "-----BEGIN HOSO AUDIT HEAD-----", "-----END HOSO AUDIT HEAD-----"
_BLOCK = re.compile(rf"{_BEGIN}(.*?){_END}", re.DOTALL)
_QUOTED = re.compile(r"(?m)^[ \t>|]+|[ \t\r]+$")
_HALF = 44  # a signature is 88 characters: two lines, so that no mail program breaks it elsewhere


class HeadTextError(ValueError):
    """A text that is no head, or whose signature does not hold."""


@dataclass(frozen=True, slots=True)
class CarriedHead:
    head: Head
    at: datetime | None = None
    """When it was printed; None for a bare NUMBER:HASH."""
    fingerprint: str = ""
    """Of the key that signed it; '' where none did."""
    signature: bytes = b""

    @property
    def statement(self) -> bytes:
        """The lines that are signed."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds") if self.at else ""
        lines = [f"Event: {self.head.seq}", f"Hash: {self.head.hash}", f"Time: {at}"]
        return "".join(
            f"{line}\n" for line in (*lines, *([f"Key: {self.fingerprint}"] if self.fingerprint else []))
        ).encode()

    @property
    def text(self) -> str:
        """The block to keep, with a line feed at its end."""
        written = base64.b64encode(self.signature).decode("ascii")
        signed = f"Signature: {written[:_HALF]}\n {written[_HALF:]}\n" if self.signature else ""
        return f"{_BEGIN}\n{self.statement.decode()}{signed}{_END}\n"

    def is_signed_by(self, key: PublicKey) -> bool:
        return (
            bool(self.signature) and key.fingerprint == self.fingerprint and key.signed(self.signature, self.statement)
        )


def carry(head: Head, at: datetime, key: SigningKey | None) -> CarriedHead:
    """What `hoso audit head` prints and the daily digest carries."""
    if key is None:
        return CarriedHead(head, at)
    unsigned = CarriedHead(head, at, key.public.fingerprint)
    return CarriedHead(head, at, unsigned.fingerprint, key.sign(unsigned.statement))


def carried_heads(text: str) -> list[CarriedHead]:
    """Every head of a text, whatever stands around it: a mail, a file of many, or NUMBER:HASH alone.

    Quotation marks at the beginning of lines are passed over. Raises HeadTextError where there is none.
    """
    blocks = [_parsed(block) for block in _BLOCK.findall(_QUOTED.sub("", text.replace("\r\n", "\n")))]
    if blocks:
        return blocks
    try:
        return [CarriedHead(Head.parse(text))]
    except ValueError:
        raise HeadTextError("a head is a block as `hoso audit head` prints it, or NUMBER:HASH") from None


def _parsed(block: str) -> CarriedHead:
    fields = _fields(block)
    try:
        made = CarriedHead(
            head=Head.parse(f"{fields['event']}:{fields['hash']}"),
            at=datetime.fromisoformat(fields["time"]),
            fingerprint=fields.get("key", ""),
            signature=base64.b64decode("".join(fields.get("signature", "").split()), validate=True),
        )
    except (KeyError, ValueError, binascii.Error):
        raise HeadTextError(
            "a block of a head is damaged: it needs its lines Event, Hash and Time as printed"
        ) from None
    if made.at is None or made.at.tzinfo is None or bool(made.fingerprint) != bool(made.signature):
        raise HeadTextError("a block of a head is damaged: its time has no zone, or half of its signature is missing")
    return made


def _fields(block: str) -> Mapping[str, str]:
    """Lower-case name → value; a line without a name goes on with the one before."""
    fields, last = dict[str, str](), ""
    for line in block.strip().splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            last = name.strip().lower()
            fields[last] = value.strip()
        elif last:
            fields[last] += line.strip()
    return fields
