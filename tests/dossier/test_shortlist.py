"""The shortlist: by average, within quotas, from valid dossiers; a tie is never broken by the program."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dossier.shortlist import ON_THE_LIST, Candidate, State, propose


def candidate(name: str, average: str | None, **more: bool) -> Candidate:
    """ "A1": the first initiative of union A."""
    valid = more.pop("valid", True)
    value = None if average is None else Decimal(average)
    return Candidate((ord(name[0]), int(name[1:])), name[0], value, valid, **more)


def states(candidates: list[Candidate], size: int, quota: int | None = None) -> dict[str, State]:
    placed = propose(candidates, size, lambda union: quota)
    return {f"{one.candidate.union}{one.candidate.key[1]}": one.state for one in placed}


def test_the_highest_averages_are_proposed_and_the_rest_is_below() -> None:
    found = states([candidate("A1", "70"), candidate("B1", "90"), candidate("C1", "80")], 2)
    assert found == {"B1": State.PROPOSED, "C1": State.PROPOSED, "A1": State.BELOW}
    assert list(found) == ["B1", "C1", "A1"], "by falling average"


def test_a_unions_quota_leaves_room_for_others() -> None:
    found = states([candidate("A1", "90"), candidate("A2", "85"), candidate("B1", "70")], 2, quota=1)
    assert found == {"A1": State.PROPOSED, "A2": State.OVER_QUOTA, "B1": State.PROPOSED}


def test_those_tied_for_the_last_place_are_shown_and_nothing_lower_slips_in() -> None:
    found = states([candidate("A1", "90"), candidate("B1", "80"), candidate("C1", "80"), candidate("D1", "70")], 2)
    assert found == {"A1": State.PROPOSED, "B1": State.TIED, "C1": State.TIED, "D1": State.BELOW}


def test_a_tie_within_one_union_keeps_its_place_until_a_person_decides() -> None:
    tied = [candidate("A1", "90"), candidate("A2", "90"), candidate("B1", "80"), candidate("C1", "70")]
    assert states(tied, 2, quota=1) == {
        "A1": State.TIED,
        "A2": State.TIED,
        "B1": State.PROPOSED,
        "C1": State.BELOW,
    }


def test_equal_averages_that_all_fit_are_no_tie() -> None:
    found = states([candidate("A1", "80"), candidate("B1", "80"), candidate("C1", "70")], 2)
    assert found == {"A1": State.PROPOSED, "B1": State.PROPOSED, "C1": State.BELOW}


def test_what_a_person_puts_in_takes_its_place_first_and_settles_the_tie() -> None:
    found = states([candidate("A1", "90"), candidate("B1", "80", put_in=True), candidate("C1", "80")], 2)
    assert found == {"A1": State.PROPOSED, "B1": State.PUT_IN, "C1": State.BELOW}


def test_what_a_person_takes_out_makes_room() -> None:
    found = states([candidate("A1", "90", taken_out=True), candidate("B1", "80"), candidate("C1", "70")], 1)
    assert found == {"A1": State.TAKEN_OUT, "B1": State.PROPOSED, "C1": State.BELOW}


def test_only_valid_dossiers_with_points_are_proposed() -> None:
    found = states([candidate("A1", "90", valid=False), candidate("B1", None), candidate("C1", "10")], 5)
    assert found == {"A1": State.NOT_VALID, "C1": State.PROPOSED, "B1": State.NO_POINTS}


def test_what_was_put_in_is_marked_where_it_is_not_valid_or_beyond_the_quota() -> None:
    found = propose(
        [candidate("A1", "90", put_in=True), candidate("A2", "80", put_in=True, valid=False)], 5, lambda union: 1
    )
    assert [(one.not_valid, one.beyond_quota) for one in found] == [(False, True), (True, True)]


_CANDIDATES = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 4), st.booleans(), st.booleans()), max_size=9
).map(
    lambda rows: [
        candidate(f"{union}{place}", str(average), valid=valid, taken_out=out)
        for place, (union, average, valid, out) in enumerate(rows)
    ]
)


@given(_CANDIDATES, st.integers(1, 5), st.integers(0, 3))
def test_the_list_never_breaks_size_quota_validity_or_a_tie(rows: list[Candidate], size: int, quota: int) -> None:
    placed = propose(rows, size, lambda union: quota)
    chosen = [one.candidate for one in placed if one.state in ON_THE_LIST]
    assert len(placed) == len(rows)
    assert len(chosen) <= size
    assert all(one.valid and not one.taken_out for one in chosen)
    for union in "ABC":
        assert sum(one.union == union for one in chosen) <= quota
    for one in chosen:
        equal = [other for other in placed if other.candidate.average == one.average]
        rivals = [other for other in equal if other.state is State.BELOW]
        assert not rivals, "one is not taken before another of the same average for want of room"
