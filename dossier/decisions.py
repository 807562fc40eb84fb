"""What persons decide about a dossier, as the rules need it: paper copies, objections, rulings, extensions.

Each is numbered by the event of the history that made it, and holds until a further event ends it: nothing is
overwritten, so what stood at any moment can be told. Moments are those of the recording, not of what they tell of.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dossier.campaign import AUTHOR, TITLE
from dossier.deadline import Extension
from dossier.folding import fold
from dossier.model import Kind
from dossier.moments import require_zone


class Way(StrEnum):
    """How paper comes: "bằng đường bưu điện hoặc trực tiếp" (plan 39/CĐN)."""

    POST = "post"
    HAND = "hand"


class ObjectionKind(StrEnum):
    """Against one initiative: "khiếu nại về nội dung, kết quả", "tranh chấp về quyền tác giả" (plan 39/CĐN)."""

    CONTENT = "content"
    RESULT = "result"
    AUTHORSHIP = "authorship"

    @property
    def is_dispute(self) -> bool:
        return self is ObjectionKind.AUTHORSHIP


class Outcome(StrEnum):
    """How an objection ended."""

    UPHELD = "upheld"
    """It was right: it goes on to stand against the initiative."""
    DISMISSED = "dismissed"
    SETTLED = "settled"
    """Those concerned agreed."""
    TAKEN_BACK = "taken-back"
    """By whoever raised it."""
    INITIATIVE_WITHDRAWN = "initiative-withdrawn"
    """The union does not put the initiative forward any more."""
    ENTERED_WRONGLY = "entered-wrongly"
    """It never was one: a slip of whoever recorded it."""


class RulingKind(StrEnum):
    ACCEPT = "accept"
    """It counts as it is, though late or doubtful."""
    REFUSE = "refuse"
    """It stays what the rules say; nobody has to look at it any more."""


class About(StrEnum):
    DOSSIER = "dossier"
    """What came by email."""
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a decision holds; it holds at its first moment, and no more at its last."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        require_zone(start=self.start, end=self.end)

    def covers(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)

    @property
    def moments(self) -> tuple[datetime, ...]:
        return (self.start,) if self.end is None else (self.start, self.end)


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """A paper copy (bản giấy) as staff received and checked it."""

    number: int
    span: Span
    """From its recording to its withdrawal."""
    way: Way
    arrived_at: datetime
    postmarked_on: date | None
    """By the post office's stamp; None where there is none or it cannot be read."""
    holds: tuple[Kind, ...]
    complete: bool
    """What staff found who checked it."""

    def __post_init__(self) -> None:
        require_zone(arrived_at=self.arrived_at)


@dataclass(frozen=True, slots=True)
class Objection:
    """A complaint (khiếu nại) or a dispute over authorship (tranh chấp quyền tác giả) against one initiative."""

    number: int
    span: Span
    """From its recording to its end."""
    kind: ObjectionKind
    initiative: str
    """`initiative_key` of the initiative when it was raised."""
    outcome: Outcome | None = None

    def stands(self, at: datetime) -> bool:
        """Against the initiative: until it ends, and for good where it was right."""
        return self.span.covers(at) or (self.outcome is Outcome.UPHELD and self.span.start <= at)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's ruling on a dossier, or on its paper copy."""

    number: int
    span: Span
    kind: RulingKind
    about: About
    settled: frozenset[str] = frozenset()
    """`finding_key` of each finding that it settles: what comes up later is not settled by it."""


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension, and when it was decided and withdrawn."""

    extension: Extension
    span: Span


def initiative_key(cells: Mapping[str, str]) -> str:
    """What an initiative is known by when its table is replaced or read again: a digest of author and title, SHA-256.

    Marks, case and spaces make no difference.
    """
    return hashlib.sha256(f"{_words(cells.get(AUTHOR, ''))}\n{_words(cells.get(TITLE, ''))}".encode()).hexdigest()


def _words(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())
