"""The shared texts of an XLS file whose runs have fonts of their own ([MS-XLS] 2.4.265 SST, 2.5.293)."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

TextRuns = tuple[tuple[str, int | None], ...]
"""Pieces of a text, each with the number of its font; None for the font of its cell."""

_HEAD = struct.Struct("<HB")
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
_RUN = struct.Struct("<HH")
_COUNTS = 8


def rich_texts(records: Sequence[bytes]) -> dict[int, TextRuns]:
    """Number of a shared text → its runs, for texts that have some.

    `records`: what stands in the record SST and in those that continue it. What lies beyond a record that lies is left
    out; raises nothing.
    """
    found: dict[int, TextRuns] = {}
    pieces = _Pieces([record for record in records if record])
    try:
        pieces.take(_COUNTS)
        for number, (text, runs) in enumerate(_texts(pieces)):
            if runs:
                found[number] = tuple(_cut(text, runs))
    except (IndexError, struct.error, UnicodeDecodeError):
        return found
    return found


@dataclass(slots=True)
class _Pieces:
    """The records one behind another: a text may be cut anywhere between two of its letters."""

    records: Sequence[bytes]
    record: int = 0
    place: int = 0

    def take(self, length: int) -> bytes:
        """Bytes that may run on into the next records. Raises IndexError where there are no more."""
        taken = self._here(length)
        while len(taken) < length:
            self._go_on()
            taken += self._here(length - len(taken))
        return taken

    def letters(self, count: int, flags: int) -> str:
        """A record that goes on with a text begins with a byte that says anew how wide its letters are."""
        text = ""
        while count:
            width = 1 + (flags & _WIDE)
            raw = self._here(count * width)
            text += raw.decode("utf-16-le", "replace") if width > 1 else raw.decode("latin-1")
            count -= len(raw) // width
            if count:
                self._go_on()
                flags = self.take(1)[0]
        return text

    def _here(self, length: int) -> bytes:
        found = self.records[self.record][self.place : self.place + length]
        self.place += len(found)
        return found

    def _go_on(self) -> None:
        self.record, self.place = self.record + 1, 0


def _texts(pieces: _Pieces) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Each text with (place of its first letter, number of its font) of its runs, until the records end."""
    while True:
        count, flags = _HEAD.unpack(pieces.take(_HEAD.size))
        runs = struct.unpack("<H", pieces.take(2))[0] if flags & _RICH else 0
        extended = struct.unpack("<I", pieces.take(4))[0] if flags & _EXTENDED else 0
        text = pieces.letters(count, flags)
        fonts = [_RUN.unpack(pieces.take(_RUN.size)) for _ in range(runs)]
        pieces.take(extended)
        yield text, fonts


def _cut(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int | None]]:
    """Places count letters as they are stored: what lies beyond U+FFFF takes two."""
    stored = text.encode("utf-16-le", "surrogatepass")
    places = [(0, None), *sorted(runs, key=lambda run: run[0]), (len(stored) // 2, None)]
    for (start, font), (end, _) in pairwise(places):
        if start < end:
            yield stored[2 * start : 2 * end].decode("utf-16-le", "replace"), font
