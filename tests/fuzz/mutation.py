"""Inputs made of what the corpus holds by small damage: the same seed and number make the same input."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence

_INTERESTING = (
    *(b"\0", b"\xff", b"\r\n", b"\n", b"<", b">", b"&", b'"', b"=?utf-8?Q?=0A?=", b"\xe2\x80\xae", b"\xed\xa0\x80"),
    *(b"%PDF-", b"PK", b"--b1", b"obj", b"/Kids", b"2147483648", b"-1", b"99999999999999999999", b"1e999"),
)
Edit = Callable[[random.Random, bytearray, bytes], None]


def mutated(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with one to eight edits; some of them splice in a piece of another seed."""
    content, other = bytearray(chance.choice(seeds)), chance.choice(seeds)
    for _ in range(chance.randint(1, 8)):
        chance.choice(_EDITS)(chance, content, other)
    return bytes(content)


def mutated_within(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """The same for what is packed in a ZIP: one of its files is damaged, and it is packed whole again."""
    package, other = chance.choice(seeds), chance.choice(seeds)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        meant = chance.choice([name for name in names if name.endswith(("document.xml", "sheet1.xml"))] or names)
        meant = meant if chance.random() < 0.8 else chance.choice(names)
        for name in names:
            data = old.read(name)
            new.writestr(name, mutated(chance, [data, other[:4096]]) if name == meant else data)
    return out.getvalue()


def _place(chance: random.Random, content: bytearray) -> int:
    return chance.randint(0, len(content))


def _flip(chance: random.Random, content: bytearray, other: bytes) -> None:
    del other
    if content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _cut(chance: random.Random, content: bytearray, other: bytes) -> None:
    del other
    start = _place(chance, content)
    del content[start : start + chance.choice((1, 4, 40, 400, 4000))]


def _double(chance: random.Random, content: bytearray, other: bytes) -> None:
    del other
    start = _place(chance, content)
    piece = bytes(content[start : start + chance.choice((1, 8, 80, 800))])
    content[start:start] = piece * chance.choice((1, 2, 30))


def _insert(chance: random.Random, content: bytearray, other: bytes) -> None:
    del other
    start = _place(chance, content)
    content[start:start] = chance.choice(_INTERESTING) * chance.choice((1, 1, 1, 50))


def _splice(chance: random.Random, content: bytearray, other: bytes) -> None:
    start, source = _place(chance, content), chance.randint(0, len(other))
    content[start:start] = other[source : source + chance.choice((4, 40, 400, 4000))]


def _end(chance: random.Random, content: bytearray, other: bytes) -> None:
    del other
    del content[_place(chance, content) :]


_EDITS: tuple[Edit, ...] = (_flip, _flip, _cut, _double, _insert, _insert, _splice, _end)
