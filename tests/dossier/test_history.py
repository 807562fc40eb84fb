"""The chain of events: any edit, deletion or reordering shows, and with a head any cut (promise P9)."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.history import GENESIS, HistoryError, canonical, next_hash, verify

Event = Mapping[str, object]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8"), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
_EVENTS = st.lists(
    st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), _VALUES, max_size=4), min_size=1, max_size=8
)


def chained(events: list[Event]) -> list[tuple[Event, str]]:
    done, head = [], GENESIS
    for event in events:
        head = next_hash(head, event)
        done.append((event, head))
    return done


@given(_EVENTS)
def test_an_untouched_history_holds_and_ends_with_its_head(events: list[Event]) -> None:
    chain = chained(events)
    assert verify(chain) is None
    assert verify(chain, chain[-1][1]) is None


@given(_EVENTS, st.data())
def test_an_edited_event_is_found_at_its_place(events: list[Event], data: st.DataObject) -> None:
    chain = chained(events)
    place = data.draw(st.integers(1, len(chain)))
    event, recorded = chain[place - 1]
    chain[place - 1] = ({**event, "edited": "yes"}, recorded)
    broken = verify(chain)
    assert broken is not None
    assert broken.place == place


@given(_EVENTS, st.data())
def test_a_deleted_event_is_found_and_with_the_head_a_cut_too(events: list[Event], data: st.DataObject) -> None:
    chain = chained(events)
    head = chain[-1][1]
    place = data.draw(st.integers(1, len(chain)))
    del chain[place - 1]
    broken = verify(chain, head)
    assert broken is not None
    assert broken.place == place


def test_reordered_events_are_found() -> None:
    first, second, third = chained([{"n": 1}, {"n": 2}, {"n": 3}])
    broken = verify([first, third, second])
    assert broken is not None
    assert broken.place == 2


def test_a_rewritten_history_is_found_by_its_head_alone() -> None:
    head = chained([{"n": 1}, {"n": 2}])[-1][1]
    rewritten = chained([{"n": 1}, {"n": 3}])
    assert verify(rewritten) is None
    broken = verify(rewritten, head)
    assert broken is not None
    assert (broken.place, broken.expected) == (3, head)


def test_events_after_a_head_that_was_carried_out_are_no_fault() -> None:
    chain = chained([{"n": 1}, {"n": 2}, {"n": 3}])
    assert verify(chain, chain[0][1]) is None
    assert verify(chain, GENESIS) is None
    assert verify([], GENESIS) is None
    assert verify([], chain[0][1]) is not None


def test_equal_events_have_one_spelling() -> None:
    assert canonical({"b": 1, "a": ["Đ", None, True]}) == '{"a":["Đ",null,true],"b":1}'.encode()
    assert next_hash(GENESIS, {"a": 1, "b": 2}) == next_hash(GENESIS, {"b": 2, "a": 1})


@pytest.mark.parametrize("value", [1.5, b"x", object(), {1: "x"}, {"x": {2.0}}, "\ud800"])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(HistoryError):
        canonical({"x": value})


@pytest.mark.parametrize("previous", ["", "0" * 63, "g" * 64, "0" * 63 + "A"])
def test_only_a_hash_can_be_continued(previous: str) -> None:
    with pytest.raises(HistoryError):
        next_hash(previous, {})
