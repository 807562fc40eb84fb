"""The grid that ruling lines make, from rules alone."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.ruling_grid import RuledGrid, Span, Stretch, grid_of, groups_of

LEFTS = (10.0, 22.0, 60.0, 95.0, 140.0, 190.0)
TOPS = (20.0, 28.0, 50.0, 71.0, 90.0)


def rules_of(
    cells: tuple[Span, ...], lefts: tuple[float, ...] = LEFTS, tops: tuple[float, ...] = TOPS
) -> list[list[Stretch]]:
    """The sides of cells, joined to long rules where they go on."""
    level: set[tuple[int, int]] = set()
    upright: set[tuple[int, int]] = set()
    for cell in cells:
        for column in range(cell.column, cell.column + cell.columns):
            level |= {(cell.row, column), (cell.row + cell.rows, column)}
        for row in range(cell.row, cell.row + cell.rows):
            upright |= {(cell.column, row), (cell.column + cell.columns, row)}
    return [_joined(level, tops, lefts), _joined(upright, lefts, tops)]


def _joined(sides: set[tuple[int, int]], places: tuple[float, ...], crossings: tuple[float, ...]) -> list[Stretch]:
    stretches: list[Stretch] = []
    for line, side in sorted(sides):
        start, end = crossings[side], crossings[side + 1]
        if stretches and stretches[-1].place == places[line] and stretches[-1].end == start:
            stretches[-1] = Stretch(places[line], stretches[-1].start, end)
        else:
            stretches.append(Stretch(places[line], start, end))
    return stretches


def plain(rows: int, columns: int) -> tuple[Span, ...]:
    return tuple(Span(row, column) for row in range(rows) for column in range(columns))


def found(level: list[Stretch], upright: list[Stretch]) -> RuledGrid:
    grid = grid_of(level, upright)
    assert grid is not None
    return grid


@st.composite
def grids(draw: st.DrawFn) -> tuple[tuple[Span, ...], tuple[float, ...], tuple[float, ...]]:
    """Cells of a table in which each row keeps some cell to itself, as a table that people can read does."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(2, 6))
    lefts = [10.0]
    for _ in range(columns):
        lefts.append(lefts[-1] + draw(st.floats(9, 50)))
    tops = [15.0]
    for _ in range(rows):
        tops.append(tops[-1] + draw(st.floats(8.5, 60)))
    cells = {(row, column): Span(row, column) for row in range(rows) for column in range(columns)}
    for _ in range(draw(st.integers(0, 2))):
        top, left = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        span = Span(top, left, draw(st.integers(1, rows - top)), draw(st.integers(1, columns - left)))
        covered = [
            (row, column)
            for row in range(span.row, span.row + span.rows)
            for column in range(span.column, span.column + span.columns)
        ]
        if all(cells[place] == Span(*place) for place in covered):
            cells.update(dict.fromkeys(covered, span))
    return tuple(dict.fromkeys(cells[place] for place in sorted(cells))), tuple(lefts), tuple(tops)


@given(grids())
@settings(max_examples=60, deadline=None)
def test_every_grid_is_found_as_it_was_drawn(
    drawn: tuple[tuple[Span, ...], tuple[float, ...], tuple[float, ...]],
) -> None:
    cells, lefts, tops = drawn
    used_lefts = sorted({lefts[cell.column] for cell in cells} | {lefts[-1]})
    used_tops = sorted({tops[cell.row] for cell in cells} | {tops[-1]})
    if len(cells) < 2 or lefts[-1] - lefts[0] < 25:
        return
    grid = found(*rules_of(cells, lefts, tops))
    assert list(grid.lefts) == pytest.approx(used_lefts)
    assert list(grid.tops) == pytest.approx(used_tops)
    assert len(grid.cells) == len(cells)


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200), st.floats(0.1, 200)), max_size=12), st.integers(0, 12))
@settings(max_examples=80, deadline=None)
def test_whatever_the_rules_the_cells_cover_the_grid_once(rules: list[tuple[float, float, float]], split: int) -> None:
    stretches = [Stretch(place, start, start + length) for place, start, length in rules]
    grid = grid_of(stretches[:split], stretches[split:])
    if grid is None:
        return
    covered = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert sorted(covered) == [
        (row, column) for row in range(len(grid.tops) - 1) for column in range(len(grid.lefts) - 1)
    ]


def test_a_rule_that_is_broken_everywhere_still_parts_cells() -> None:
    level, upright = rules_of(plain(4, 5))
    broken = [
        Stretch(rule.place, start, min(start + 5, rule.end))
        for rule in level
        for start in range(int(rule.start), int(rule.end), 8)
    ]
    assert found(broken, upright).cells == plain(4, 5)


def test_double_rules_are_one() -> None:
    level, upright = rules_of(plain(4, 5))
    doubled = [Stretch(rule.place + shift, rule.start, rule.end) for rule in level for shift in (0.0, 1.0)]
    assert len(found(doubled, upright).tops) == 5


def test_underlined_text_parts_nothing() -> None:
    level, upright = rules_of(plain(4, 5))
    underline = Stretch(40.0, 24.5, 57.0)
    assert found([*level, underline], upright).cells == plain(4, 5)


def test_a_line_of_letters_above_each_other_parts_nothing() -> None:
    level, upright = rules_of(plain(4, 5))
    letters = Stretch(120.0, 21.0, 25.5)
    assert found(level, [*upright, letters]).cells == plain(4, 5)


def test_a_table_without_rules_at_its_sides_has_all_its_columns() -> None:
    level, upright = rules_of(plain(4, 5))
    inner = [rule for rule in upright if rule.place not in (LEFTS[0], LEFTS[-1])]
    grid = found(level, inner)
    assert grid.lefts == pytest.approx(LEFTS)
    assert grid.cells == plain(4, 5)


def test_a_header_of_two_rows_keeps_its_merged_cells() -> None:
    cells = (Span(0, 0, 2, 1), Span(0, 1, 1, 2), Span(0, 3, 2, 1), Span(0, 4, 2, 1), Span(1, 1), Span(1, 2))
    cells += tuple(Span(row, column) for row in (2, 3) for column in range(5))
    assert set(found(*rules_of(cells)).cells) == set(cells)


def test_a_frame_is_no_table() -> None:
    assert grid_of(*rules_of((Span(0, 0, 4, 5),))) is None


def test_rules_that_do_not_meet_are_two_tables() -> None:
    level, upright = rules_of(plain(4, 5))
    lower = [[Stretch(rule.place + 100, rule.start, rule.end) for rule in level]]
    lower.append([Stretch(rule.place, rule.start + 100, rule.end + 100) for rule in upright])
    groups = groups_of([*level, *lower[0]], [*upright, *lower[1]])
    assert sorted(len(each) for each, _ in groups) == [5, 5]


def test_the_places_rise() -> None:
    grid = found(*rules_of(plain(3, 2), LEFTS[:3], TOPS[:4]))
    assert all(left < right for left, right in pairwise(grid.lefts))


def test_strokes_of_letters_above_each_other_in_a_row_of_two_lines_part_no_cell() -> None:
    level, upright = rules_of(plain(4, 5), tops=(24.6, 32.9, 57.6, 80.0, 102.6))
    assert len(found(level, [*upright, Stretch(41.0, 25.1, 32.2)]).lefts) == 6
    assert len(found(level, [*upright, Stretch(41.0, 24.8, 32.7)]).lefts) == 7
