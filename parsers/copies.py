"""The files of a message as they are, unpacked and not read: for evidence. Runs in the sandbox."""

import base64
import hashlib
from dataclasses import dataclass, field

from parsers.parts import Attachment

_MOST_BYTES = 120 << 20
"""Of one message; what is over it lies in the message itself."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One file, told by its content."""

    sha256: str
    content: str
    """Base64."""

    @property
    def bytes(self) -> bytes:
        return base64.b64decode(self.content)


@dataclass(slots=True)
class Copier:
    """Collects the files of one message, each content once."""

    copies: dict[str, Copy] = field(default_factory=dict)
    _bytes: int = 0

    def keep(self, attachment: Attachment) -> None:
        sha256 = hashlib.sha256(attachment.content).hexdigest()
        self._bytes += len(attachment.content)
        if sha256 not in self.copies and self._bytes <= _MOST_BYTES:
            self.copies[sha256] = Copy(sha256, base64.b64encode(attachment.content).decode("ascii"))
