"""The store that the bench fills is one in which initiatives are found, by the index alone."""

from pathlib import Path

from bench.near_duplicates import near_duplicates


def test_a_mark_is_looked_up_in_the_index_and_nothing_is_sorted(tmp_path: Path) -> None:
    told: list[str] = []

    few, many = near_duplicates(tmp_path, (200, 2_000), 1, told.append)

    assert (few.stored, many.stored, told) == (
        200,
        2_000,
        ["a store with 200 initiatives", "a store with 2,000 initiatives"],
    )
    for one in (few, many):
        assert one.milliseconds.middle > 0
        assert one.compared > 0
        assert [step.partition(" USING ")[0] for step in one.plan] == ["SEARCH initiative_marks"] * 2
