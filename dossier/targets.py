"""The targets of a plan (chỉ tiêu) and how far the register has come: each figure with the rows it was counted from.

Targets are the campaign's data with the plan's own sentences. Some are counted from the register, the others are
recorded by staff for each union (FORMS.md, "The programme"). Whole numbers only: nothing is rounded up to a target.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dossier.moments import require_zone


class Measure(StrEnum):
    """What a target counts."""

    TAKING_PART = "unions-taking-part"
    """Unions of the roster that have a dossier, of all of them, in per cent."""
    INITIATIVES_PER_UNION = "initiatives-per-union"
    """Initiatives in force over unions of the roster."""
    INITIATIVES = "initiatives"
    """Initiatives in force."""
    PROPOSALS = "proposals"
    """Initiatives put forward to the body above."""
    RECORDED = "recorded"
    """Unions of which staff recorded it, of all of them (or of those of another target), in per cent."""


SHARES = frozenset({Measure.TAKING_PART, Measure.RECORDED})
"""Measured in per cent of unions."""
PER_HEAD = SHARES | {Measure.INITIATIVES_PER_UNION}
"""Measured over a number of unions."""


@dataclass(frozen=True, slots=True)
class Target:
    """One target of the plan."""

    key: str
    label: str
    measure: Measure
    quote: str
    """The plan's own sentence, verbatim."""
    least: int
    """Per cent for shares, else a number."""
    exceed: bool = False
    """More than `least` is asked for ("trên 100")."""
    most: int | None = None
    """The upper end of a range ("01-02")."""
    by: date | None = None
    """Its last day; None where the plan names none."""
    of: str = ""
    """Key of the recorded target whose unions are the whole ("100% kế hoạch": of those that signed one)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What staff recorded of one union for one target; a later one takes its place."""

    union: str
    met: bool | None
    """None: what was recorded was taken back."""
    event: int
    """Number of the event in the history: the decision."""
    at: datetime
    on: date | None = None
    """The day from which it holds, as staff said."""
    by: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        require_zone(at=self.at)


@dataclass(frozen=True, slots=True)
class Row:
    """What a figure was counted from: a dossier with its initiatives, a decision, a proposal."""

    reference: str
    """Dossier code, number of an event, reference of a proposal."""
    union: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Held:
    """A dossier, as far as targets ask."""

    code: str
    union: str
    initiatives: int
    """In force."""
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """How the campaign stands, in one view of the store."""

    unions: tuple[str, ...]
    """Codes of the roster."""
    dossiers: tuple[Held, ...] = ()
    marks: Mapping[str, Mapping[str, Mark]] = field(default_factory=dict)
    """Key of a target → union → what was recorded last."""
    proposals: tuple[Row, ...] = ()


class State(StrEnum):
    REACHED = "reached"
    OPEN = "open"
    """Not reached; its last day is not over, or there is none."""
    MISSED = "missed"
    """Not reached, and its last day is over."""
    BEYOND = "beyond"
    """More than the plan's upper end."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one target stands."""

    target: Target
    value: int
    """Unions for shares, else initiatives."""
    base: int | None
    """Over how many unions; None where it is a plain number."""
    state: State
    rows: tuple[Row, ...] = ()
    """What `value` is the sum of."""
    lacking: tuple[str, ...] = ()
    """Unions that do not have it (recorded: of which a person said no)."""
    unrecorded: tuple[str, ...] = ()
    """Unions of which nobody said anything yet."""
    accepted: int | None = None
    """Of the initiatives, those in accepted dossiers."""

    @property
    def per_cent(self) -> int | None:
        """For shares, rounded down: 33 of 34 are not all."""
        if self.target.measure not in SHARES or self.base is None:
            return None
        return 100 * self.value // self.base if self.base else 0

    @property
    def hundredths(self) -> int | None:
        """Of a number per union, rounded down: 97 initiatives of 34 unions are 285 hundredths."""
        if self.target.measure is not Measure.INITIATIVES_PER_UNION or self.base is None:
            return None
        return 100 * self.value // self.base if self.base else 0


def standings(targets: tuple[Target, ...], register: Register, today: date) -> tuple[Standing, ...]:
    """How each target stands on that day (of the campaign's zone), in the plan's order."""
    return tuple(_standing(one, register, today) for one in targets)


def _standing(target: Target, register: Register, today: date) -> Standing:
    counted = _COUNT[target.measure](target, register)
    base = counted.base if target.measure in PER_HEAD else None
    return Standing(
        target=target,
        value=sum(row.count for row in counted.rows),
        base=base,
        state=_state(target, sum(row.count for row in counted.rows), base, today),
        rows=counted.rows,
        lacking=counted.lacking,
        unrecorded=counted.unrecorded,
        accepted=counted.accepted,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    rows: tuple[Row, ...]
    base: int = 0
    lacking: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()
    accepted: int | None = None


def _state(target: Target, value: int, base: int | None, today: date) -> State:
    """Compared crosswise, in whole numbers: a share of 99.9 per cent is not 100."""
    measured = value * 100 if target.measure in SHARES else value
    asked = target.least * (1 if base is None else base)
    reached = measured > asked if target.exceed else measured >= asked
    if base == 0 or not reached:
        return State.MISSED if target.by is not None and today > target.by else State.OPEN
    return State.BEYOND if target.most is not None and measured > target.most * (base or 1) else State.REACHED


def _taking_part(target: Target, register: Register) -> _Counted:
    del target
    held = {one.union: one for one in register.dossiers}
    rows = tuple(Row(held[union].code, union) for union in register.unions if union in held)
    lacking = tuple(union for union in register.unions if union not in held)
    return _Counted(rows, len(register.unions), lacking)


def _initiatives(target: Target, register: Register) -> _Counted:
    del target
    rows = tuple(Row(one.code, one.union, one.initiatives) for one in register.dossiers if one.initiatives)
    having = {row.union for row in rows}
    lacking = tuple(union for union in register.unions if union not in having)
    accepted = sum(one.initiatives for one in register.dossiers if one.accepted)
    return _Counted(rows, len(register.unions), lacking, accepted=accepted)


def _proposals(target: Target, register: Register) -> _Counted:
    del target
    return _Counted(register.proposals)


def _recorded(target: Target, register: Register) -> _Counted:
    whole = register.unions
    if target.of:
        signed = register.marks.get(target.of, {})
        whole = tuple(union for union in whole if union in signed and signed[union].met)
    marks = register.marks.get(target.key, {})
    told = {union: marks[union] for union in whole if union in marks and marks[union].met is not None}
    return _Counted(
        rows=tuple(Row(str(one.event), union) for union, one in told.items() if one.met),
        base=len(whole),
        lacking=tuple(union for union, one in told.items() if not one.met),
        unrecorded=tuple(union for union in whole if union not in told),
    )


_COUNT: Mapping[Measure, Callable[[Target, Register], _Counted]] = {
    Measure.TAKING_PART: _taking_part,
    Measure.INITIATIVES_PER_UNION: _initiatives,
    Measure.INITIATIVES: _initiatives,
    Measure.PROPOSALS: _proposals,
    Measure.RECORDED: _recorded,
}
