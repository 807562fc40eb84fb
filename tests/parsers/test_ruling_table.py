"""Ruled tables found in pictures of pages."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from support.drawn_tables import DrawnTable
from support.scanner import Colour, Condition, taken

from parsers.paper import as_paper, luminance
from parsers.ruling import trace
from parsers.ruling_grid import Span
from parsers.ruling_table import RuledTable, find_tables, read_rules

LEFTS = [12.0, 24.0, 68.0, 110.0, 160.0, 198.0]
TOPS = [20.0, 32.0, 58.0, 84.0, 110.0]
TEXTS = {(row, column): f"Hang {row}\ncot {column} chu" for row in range(4) for column in range(1, 5)}
PLAIN = tuple(Span(row, column) for row in range(4) for column in range(5))
HEADER = [Span(0, 0, 2, 1), Span(0, 1, 1, 2), Span(0, 3, 2, 1), Span(0, 4, 2, 1)]


def table(**changes: object) -> DrawnTable:
    return replace(DrawnTable(LEFTS, TOPS, dict(TEXTS)), **changes)


def found(drawn: DrawnTable, condition: Condition | None = None, seed: int = 1) -> tuple[RuledTable, ...]:
    picture = drawn.sheet()
    if condition is not None:
        picture = taken(picture, condition, seed)
    return find_tables(as_paper(picture), drawn.dpi)


def only(tables: tuple[RuledTable, ...]) -> RuledTable:
    assert len(tables) == 1
    return tables[0]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_every_cell_is_found_at_every_resolution(dpi: int) -> None:
    ruled = only(found(table(dpi=dpi)))
    assert ruled.cells == PLAIN
    assert ruled.lefts == pytest.approx([left * dpi / 25.4 for left in LEFTS], abs=3)
    assert ruled.tops == pytest.approx([top * dpi / 25.4 for top in TOPS], abs=3)


@pytest.mark.parametrize(
    "condition",
    [
        Condition(skew=1.5),
        Condition(skew=-1.5, noise=8, blur=0.7),
        Condition(skew=0.8, noise=8, blur=0.7, one_bit=True),
        Condition(perspective=3, shade=0.34, blur=0.7, noise=4),
    ],
    ids=["skew", "noise", "one-bit", "phone"],
)
def test_skew_noise_and_perspective_leave_the_grid_whole(condition: Condition) -> None:
    assert only(found(table(dpi=200), condition)).cells == PLAIN


@pytest.mark.parametrize("dpi", [150, 188, 200, 300])
def test_an_empty_last_column_with_faint_rules_is_no_margin(dpi: int) -> None:
    texts = {place: text for place, text in TEXTS.items() if place[1] < 4}
    drawn = table(texts=texts, dpi=dpi, grey=205, thickness=0.2)
    assert only(found(drawn, Condition(noise=3))).cells == PLAIN


def test_a_table_amid_empty_paper_lies_where_it_lay() -> None:
    drawn = DrawnTable([60.0, 90.0, 120.0], [50.0, 70.0, 90.0], dpi=200)
    ruled = only(found(drawn))
    assert ruled.lefts == pytest.approx([left * 200 / 25.4 for left in drawn.lefts], abs=1.5)
    assert ruled.tops == pytest.approx([top * 200 / 25.4 for top in drawn.tops], abs=1.5)


def test_a_curled_page_has_the_same_grid() -> None:
    picture = table(dpi=200).sheet()
    height, width = picture.shape[:2]
    x = np.arange(width)
    lower = (10 * np.sin(np.pi * x / width)).astype(int)
    rows = (np.arange(height)[:, None] - lower[None, :]).clip(0, height - 1)
    curled = picture[rows, x[None, :]]
    ruled = only(find_tables(as_paper(curled), 200))
    assert ruled.cells == PLAIN
    assert ruled.lefts == pytest.approx([left * 200 / 25.4 for left in LEFTS], abs=6)


def test_a_header_of_two_rows_keeps_its_merged_cells() -> None:
    cells = (*HEADER, Span(1, 1), Span(1, 2), *PLAIN[10:])
    assert set(only(found(table(merged=HEADER))).cells) == set(cells)


def test_a_cell_merged_downwards_and_a_section_row_are_one_cell_each() -> None:
    merged = [Span(1, 1, 2, 1), Span(3, 0, 1, 5)]
    ruled = only(found(table(merged=merged, texts={(3, 0): "I. Khoi lam sang"})))
    assert set(merged) <= set(ruled.cells)
    assert len(ruled.cells) == 15


@pytest.mark.parametrize("changes", [{"double": True}, {"thickness": 1.0}, {"grey": 150}, {"thickness": 0.1}], ids=str)
def test_rules_of_every_look_are_found(changes: dict[str, object]) -> None:
    assert only(found(table(**changes))).cells == PLAIN


@pytest.mark.parametrize(
    ("thickness", "grey", "condition"),
    [
        (0.12, 160, Condition(noise=8, blur=0.7)),
        (0.2, 190, Condition(noise=4)),
        (0.1, 100, Condition(skew=1.5, noise=8)),
    ],
)
def test_faint_rules_of_a_noisy_scan_are_found(thickness: float, grey: int, condition: Condition) -> None:
    assert only(found(table(thickness=thickness, grey=grey, dpi=200), condition)).cells == PLAIN


def test_a_table_without_rules_at_its_sides_has_all_its_columns() -> None:
    ruled = only(found(table(open_sides=True)))
    assert ruled.cells == PLAIN
    assert ruled.lefts == pytest.approx([left * 300 / 25.4 for left in LEFTS], abs=4)


def test_rules_with_breaks_in_them_are_followed() -> None:
    picture = table().sheet().copy()
    for start in range(60, max(picture.shape), 170):
        picture[start : start + 18] = 255
        picture[:, start : start + 18] = 255
    assert only(find_tables(as_paper(picture), 300)).cells == PLAIN


def test_two_tables_on_a_page_are_two() -> None:
    image = Image.fromarray(table().sheet(height=260)).convert("L")
    table(tops=[top + 120 for top in TOPS]).draw_on(image)
    upper, lower = find_tables(np.asarray(image), 300)
    assert upper.box.bottom < lower.box.top
    assert upper.cells == lower.cells == PLAIN


def test_a_frame_around_the_page_is_not_the_table() -> None:
    image = Image.fromarray(table().sheet()).convert("L")
    DrawnTable([3, 207], [3, 145]).draw_on(image)
    assert only(find_tables(np.asarray(image), 300)).cells == PLAIN


def test_running_text_and_underlined_lines_are_no_table() -> None:
    lines = [
        (20.0, 15.0 + 7 * number, "Cong doan co so kinh trinh Ban Thuong vu Cong doan nganh") for number in range(16)
    ]
    drawn = DrawnTable([70, 130], [140, 140.3], outside=lines)
    assert found(drawn) == ()
    assert found(drawn, Condition(skew=1, noise=8, blur=0.7)) == ()


def test_an_empty_page_has_no_table() -> None:
    blank: Colour = np.full((1000, 700), 255, np.uint8)
    assert find_tables(blank, 150) == ()
    assert find_tables(blank[:3, :3], 150) == ()


@pytest.mark.parametrize(("high", "sought"), [(5.0, False), (8.0, True)])
def test_level_rules_are_sought_where_upright_ones_are_as_high_as_a_row(high: float, sought: bool) -> None:
    """Letters that stand above each other make upright strokes of up to 5 mm in running text."""
    page = np.full((600, 600), 255, np.uint8)
    for x in (100, 300):
        page[100 : 100 + round(high * 150 / 25.4), x : x + 3] = 0
    page[300:303, 50:550] = 0
    level, upright = trace(page, 150, 4.0)
    assert len(upright) == 2
    assert bool(level) is sought


def test_the_size_of_the_margins_moves_no_rule() -> None:
    """A4 is 841.9 points long and counts as 842: at what is all but a half, the means drifted along the page."""
    page = DrawnTable([20.0, 60.0, 100.0], [20.0, 40.0, 60.0], {}, dpi=300).sheet(210, 297)
    grey = luminance(page)
    wide = np.pad(grey, 240, constant_values=255)
    dpi = 3508 / 842 * 72
    rules, others = read_rules(grey, dpi), read_rules(np.asarray(wide, np.uint8), dpi)
    for one, other in zip((*rules.level, *rules.upright), (*others.level, *others.upright), strict=True):
        assert one.place + 240 == pytest.approx(other.place, abs=1e-6)
