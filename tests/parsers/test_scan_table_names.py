"""Names in a scanned table, read at a second and a third resolution."""

from dataclasses import replace

import numpy as np
import pytest

from parsers.content import Box
from parsers.ocr_engine import Word
from parsers.picture import Grey
from parsers.ruling_grid import Span
from parsers.scan_table_again import SCATTERED
from parsers.scan_table_cells import read_cells
from parsers.scan_table_names import AGREED, NOT_AGREED
from parsers.scan_table_paper import TablePicture

SPAN = Span(0, 0, 1, 1)
AUTHOR, SUMMARY = Span(0, 0, 1, 1), Span(0, 1, 1, 1)


def picture(*, two_levels: bool = False) -> TablePicture:
    """Two cells side by side, ink in each."""
    paper = np.full((120, 1200), 255, np.uint8)
    paper[40:70, 100:400] = paper[40:70, 700:1100] = 0
    return TablePicture(paper, (0, 119), (0, 600, 1199), (AUTHOR, SUMMARY), two_levels)


class Told:
    """Says one name after the other of each pass over the left cell; the right cell stands in the first pass alone."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.passes: list[tuple[int, tuple[int, ...]]] = []

    def __call__(self, image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
        self.passes.append((dpi, image.shape))
        name, factor = self.names.pop(0).split(), dpi / 300
        first = len(self.passes) == 1
        left = 100 if first else 15
        wide = 300 / len(name)
        words = [
            Word(word, _box(left + place * wide, wide - 10, 40 if first else 15, factor), 0.97, 1, 1)
            for place, word in enumerate(name)
        ]
        return (*words, Word("đo", _box(700, 400, 40, factor), 0.97, 2, 2)) if first else tuple(words)


def _box(x: float, wide: float, top: float, factor: float) -> Box:
    return Box(*(side * factor for side in (x, top, x + wide, top + 30)))


@pytest.mark.parametrize(
    ("readings", "name", "most"),
    [
        (("Văn An", "Văn An"), "Văn An", 1.0),
        (("Văn An", "Vãn An", "Văn An"), "Văn An", AGREED),
        (("Văn An", "Vãn Ân", "Vãn Ân"), "Văn An", NOT_AGREED),
        (("Văn An", "Vãn An", "Vân An"), "Văn An", NOT_AGREED),
    ],
)
@pytest.mark.parametrize("two_levels", [False, True])
def test_a_name_that_is_read_otherwise_at_another_resolution_is_not_sure(
    readings: tuple[str, ...], name: str, most: float, two_levels: bool
) -> None:
    told = Told(*readings)
    found = read_cells(picture(two_levels=two_levels), told)
    assert found[AUTHOR].text == name
    assert most - 0.1 <= found[AUTHOR].confidence <= most
    assert (found[SUMMARY].text, found[SUMMARY].confidence >= 0.9) == ("đo", True)
    assert len(told.passes) == len(readings)
    assert len({dpi for dpi, _ in told.passes[:2]}) == 2
    assert all(shape[1] < 400 for _, shape in told.passes[1:])


@pytest.mark.parametrize("text", ["phòng khám", "Khoa 3", "An"])
def test_what_is_no_name_is_not_read_again(text: str) -> None:
    told = Told(text)
    assert read_cells(picture(), told)[AUTHOR].text == text
    assert len(told.passes) == 1


def test_a_short_word_that_a_long_text_lost_is_looked_for_and_its_cell_is_not_sure() -> None:
    """ "… theo phương pháp / 5S": of fifty letters two are a small share."""
    paper = np.full((120, 1200), 255, np.uint8)
    paper[20:40, 20:1100:2] = paper[80:100, 20:60] = 0
    table = TablePicture(paper, (0, 119), (0, 1199), (SPAN,))
    text = Word("sắp-xếp-kho-thuốc-theo-phương-pháp", Box(20, 20, 1100, 40), 0.97, 1, 1)
    lost = Word("5S", Box(19, 79, 59, 99), 0.9, 2, 2)

    def words(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
        factor = dpi / 300
        if psm == SCATTERED:
            return (replace(text, box=Box(*(side * factor for side in (20, 20, 1100, 40)))),)
        return (replace(text, box=Box(19, 19, 1099, 39)), lost)

    found = read_cells(table, words)[SPAN]
    assert found.text == f"{text.text}\n5S"
    assert found.confidence <= AGREED
