"""A dossier on its way: what a story may change before its files are made, and after."""

import csv
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

from corpus.generator.initiatives import Initiative
from corpus.generator.lexicon import Lexicon
from corpus.generator.truth import Document, Truth

VIETNAM = timezone(timedelta(hours=7))
DEADLINE = datetime(2021, 4, 20, 23, 59, 59, tzinfo=VIETNAM)
_ROSTER = Path(__file__).parents[1] / "roster.csv"


@dataclass(frozen=True, slots=True)
class Union:
    code: str
    name: str
    aliases: tuple[str, ...]
    addresses: tuple[str, ...]


@lru_cache(maxsize=1)
def roster() -> tuple[Union, ...]:
    """The 34 unions of the corpus."""
    with _ROSTER.open(encoding="utf-8", newline="") as file:
        return tuple(
            Union(line["code"], line["name"], *(tuple(line[key].split(" | ")) for key in ("aliases", "addresses")))
            for line in csv.DictReader(file)
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """Under what conditions a page was scanned or photographed; see pictures."""

    photo: bool
    dpi: int
    skew: float = 0
    """Degrees."""
    quality: int = 75
    one_bit: bool = False
    noise: float = 0
    """Standard deviation, of 255."""
    blur: float = 0
    """Standard deviation in pixels."""
    perspective: float = 0
    """Degrees that the camera is off the vertical."""
    shade: float = 0
    """Part of the light that is lost towards one edge."""
    stamp: bool = False
    turned: int = 0
    """Degrees, a multiple of 90."""
    suffix: str = "pdf"

    @property
    def condition(self) -> str:
        """Its name in the table of accuracy."""
        if self.photo:
            return "phone photo"
        return f"scan {self.dpi} dpi" + (", 1 bit" if self.one_bit else "")


@dataclass(slots=True)
class File:
    """One attachment: what was written, and what becomes of it."""

    content: bytes
    suffix: str
    """Of what was written: docx or xlsx."""
    become: str
    """Suffix that it is sent as: docx, pdf, doc, odt, rtf, xlsx, xls, ods."""
    told: Document | None
    """None: not judged."""
    name: str
    picture: Picture | None = None
    damage: str = ""
    """How it is spoilt at the end: cut, empty."""
    signer: str = ""
    """Where a stamp goes."""
    press: str = ""
    """What prints it, where that is not LibreOffice: browser, glyphs."""

    def rename(self, stem: str) -> None:
        """Another name, the suffix kept."""
        self.name = f"{stem}.{self.name.rpartition('.')[2]}"
        if self.told is not None:
            self.told.file = self.name


@dataclass(slots=True)
class Draft:
    """Everything that a story may touch."""

    rng: random.Random
    words: Lexicon
    union: Union
    truth: Truth
    initiatives: list[Initiative]
    sender: str = ""
    sender_name: str = ""
    claims: str = ""
    """Whose name the memo bears, where it is not the sender's."""
    with_memo: bool = True
    with_table: bool = True
    stated: int | None = None
    """How many initiatives the memo speaks of."""
    bare: bool = False
    """Word files without what a library cannot write: LibreOffice prints it amiss."""
    signed: bool = True
    listed: bool = False
    """The memo names titles and authors in a table of its own."""
    without: str = ""
    blanks: dict[tuple[int, str], str] = field(default_factory=dict)
    shapes: tuple[str, ...] = ()
    """That the table may have; () for any."""
    other_table: list[Initiative] | None = None
    """A second table in the same message, of these."""
    part: str = "seen"
    """All but `seen`: layouts held out with these words are taken too."""
    long: bool = False
    """So many initiatives that the table lies in a workbook or a Word file: what is sent is no PDF of 100 pages."""
    plain_files: bool = False
    """No pictures and no legacy fonts: the defect is to be found in text."""
    files: list[File] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    own_words: str | None = None
    subject: str | None = None
    raw: bytes | None = None
    """A whole message that is not assembled: a delivery report."""
    mails: tuple[str, ...] = ()
    """Mail shapes that it may have; () for any."""

    @property
    def at(self) -> datetime:
        return self.truth.received_at

    def receive(self, at: datetime) -> None:
        self.truth.received_at = at
