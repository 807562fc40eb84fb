"""Numbers of columns and rows of a scanned table, put right where they can be no other."""

import pytest

from parsers.ruling_grid import Span
from parsers.scan_table_index import with_column_numbers
from parsers.scan_table_ink import CellText


def row(*texts: str) -> dict[Span, CellText]:
    return {Span(1, column): CellText(text, 0.8) for column, text in enumerate(texts)}


def numbered(*texts: str) -> list[str]:
    return [cell.text for cell in with_column_numbers(row(*texts)).values()]


def test_brackets_whose_closing_side_was_read_as_a_stroke_number_the_columns() -> None:
    assert numbered("[11", "[2l", "[3l", "[4I", "[BI") == ["(1)", "(2)", "(3)", "(4)", "(5)"]


def test_a_bracket_without_its_other_side_is_enough() -> None:
    assert numbered("(1", "(2)", "{3)", "(4") == ["(1)", "(2)", "(3)", "(4)"]


@pytest.mark.parametrize("texts", [("[17", "[25", "[31"), ("11", "21", "31"), ("1", "An", "Ba", "Tư", "5")])
def test_what_says_other_numbers_stays(texts: tuple[str, ...]) -> None:
    assert numbered(*texts) == list(texts)
