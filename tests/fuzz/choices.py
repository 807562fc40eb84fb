"""Makes values of bytes: a fuzzer that changes a byte changes a choice, and what it found can be made again."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Each question takes bytes from the front; where none are left the answer is the first, the least, no."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    @property
    def left(self) -> bool:
        return self._at < len(self._content)

    def number(self, most: int) -> int:
        """From 0 through `most`."""
        width = 1 if most < 256 else 4
        piece = self._content[self._at : self._at + width]
        self._at += width
        return int.from_bytes(piece, "big") % (most + 1)

    def some(self) -> bool:
        return bool(self.number(1))

    def of(self, things: Sequence[T]) -> T:
        return things[self.number(len(things) - 1)]

    def text(self, usual: Sequence[str]) -> str:
        """Mostly one of the usual ones; else what the next bytes say."""
        if self.number(7):
            return self.of(usual)
        length = self.number(60)
        piece = self._content[self._at : self._at + length]
        self._at += length
        return piece.decode("utf-8", "replace").replace("\0", "\ufffd")
