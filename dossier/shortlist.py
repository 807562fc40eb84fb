"""The shortlist (danh sách đề xuất): the best averages, within quotas, from valid dossiers; people decide in the end.

Nothing is chosen by chance: initiatives with one average that do not all fit are shown as tied, and a person decides.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby


class State(StrEnum):
    PROPOSED = "proposed"
    """On the list, by its average."""
    PUT_IN = "put-in"
    """On the list, by a person's decision."""
    TAKEN_OUT = "taken-out"
    """Not on the list, by a person's decision."""
    TIED = "tied"
    """Has the same average as others, and not all of them fit: a person decides."""
    OVER_QUOTA = "over-quota"
    """Its union's quota is taken up by better ones."""
    BELOW = "below"
    """The list is full."""
    NOT_VALID = "not-valid"
    """Its dossier is not valid."""
    NO_POINTS = "no-points"


ON_THE_LIST = frozenset({State.PROPOSED, State.PUT_IN})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An initiative as far as the choice asks."""

    key: tuple[int, int]
    """Number of its dossier, and row."""
    union: str
    average: Decimal | None
    valid: bool
    put_in: bool = False
    """A person wants it on the list."""
    taken_out: bool = False
    """A person does not."""


@dataclass(frozen=True, slots=True)
class Placed:
    candidate: Candidate
    state: State
    not_valid: bool = False
    """It was put in, and its dossier is not valid (any more): the list cannot be frozen so."""
    beyond_quota: bool = False
    """It was put in beyond its union's quota."""


def propose(candidates: Sequence[Candidate], size: int, quota_of: Callable[[str], int | None]) -> tuple[Placed, ...]:
    """Every candidate with its state, by falling average; what people put in takes its place and its quota first."""
    taken: Counter[str] = Counter()
    states: dict[tuple[int, int], State] = {}
    for one in candidates:
        if one.put_in:
            states[one.key] = State.PUT_IN
            taken[one.union] += 1
    room = size - len(states)
    open_ = sorted((one for one in candidates if one.key not in states), key=_rank)
    for _, group in groupby(open_, key=lambda one: (_settled(one), one.average)):
        same = list(group)
        if (settled := _settled(same[0])) is not None:
            states |= {one.key: settled for one in same}
            continue
        placed = _placed(same, room, taken, quota_of)
        states |= placed
        room -= sum(state is State.PROPOSED for state in placed.values())
        room -= _held_for_ties(placed, same, taken, quota_of, room)
    return tuple(_told(one, states[one.key], taken, quota_of) for one in sorted(candidates, key=_by_average))


def _settled(one: Candidate) -> State | None:
    """What is known without looking at the others."""
    if one.taken_out:
        return State.TAKEN_OUT
    if one.average is None:
        return State.NO_POINTS
    return None if one.valid else State.NOT_VALID


def _placed(
    same: Sequence[Candidate], room: int, taken: Counter[str], quota_of: Callable[[str], int | None]
) -> dict[tuple[int, int], State]:
    """Initiatives of one average; counts those that are proposed against their union's quota."""
    found: dict[tuple[int, int], State] = {}
    fitting: list[Candidate] = []
    for one in same:
        left, rivals = _left(one.union, taken, quota_of), sum(other.union == one.union for other in same)
        if left is not None and left <= 0:
            found[one.key] = State.OVER_QUOTA
        elif left is not None and rivals > left:
            found[one.key] = State.TIED if room > 0 else State.BELOW
        else:
            fitting.append(one)
    wanted = len(fitting) + _slots(found, same, taken, quota_of)
    state = State.BELOW if room <= 0 else State.PROPOSED if wanted <= room else State.TIED
    found |= {one.key: state for one in fitting}
    taken.update(one.union for one in fitting if state is State.PROPOSED)
    return found


def _slots(
    found: dict[tuple[int, int], State],
    same: Sequence[Candidate],
    taken: Counter[str],
    quota_of: Callable[[str], int | None],
) -> int:
    """How many of those tied within their unions' quotas can come onto the list."""
    unions = {one.union for one in same if found.get(one.key) is State.TIED}
    return sum(_left(union, taken, quota_of) or 0 for union in unions)


def _held_for_ties(
    placed: dict[tuple[int, int], State],
    same: Sequence[Candidate],
    taken: Counter[str],
    quota_of: Callable[[str], int | None],
    room: int,
) -> int:
    """Places that are kept free until a person decides, so that a lower average does not slip in before it."""
    tied = [one for one in same if placed[one.key] is State.TIED]
    held = 0
    for union in sorted({one.union for one in tied}):
        mine, left = sum(one.union == union for one in tied), _left(union, taken, quota_of)
        held += mine if left is None else min(mine, left)
        taken[union] += mine if left is None else min(mine, left)
    return min(held, room)


def _left(union: str, taken: Counter[str], quota_of: Callable[[str], int | None]) -> int | None:
    quota = quota_of(union)
    return None if quota is None else quota - taken[union]


def _told(one: Candidate, state: State, taken: Counter[str], quota_of: Callable[[str], int | None]) -> Placed:
    left = _left(one.union, taken, quota_of)
    put_in = state is State.PUT_IN
    return Placed(one, state, put_in and not one.valid, put_in and left is not None and left < 0)


def _rank(one: Candidate) -> tuple[str, bool, Decimal, tuple[int, int]]:
    settled = _settled(one)
    return settled.value if settled else "", one.average is None, -(one.average or Decimal(0)), one.key


def _by_average(one: Candidate) -> tuple[bool, Decimal, str, tuple[int, int]]:
    return one.average is None, -(one.average or Decimal(0)), one.union, one.key
