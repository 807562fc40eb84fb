"""A cut of a few lines that was turned on its side: nothing but its words tells."""

import pytest
from support.drawn import drawn
from support.ocr import needs_ocr

from parsers import scan_page
from parsers.content import Box
from parsers.ocr_engine import Word
from parsers.picture import Grey
from parsers.scan_page import lies_on_side, read_page
from parsers.upright import turned

LINES = [
    (40.0, 30.0 + 22 * number, text)
    for number, text in enumerate(["Ban Giam doc benh vien", "Cong doan co so", "Luu van thu"])
]


def word(text: str, wide: float, high: float) -> Word:
    return Word(text, Box(0, 0, wide, high), 0.9, 1, 1)


def test_words_that_are_higher_than_wide_lie_on_their_side() -> None:
    assert lies_on_side([word("Công", 10, 40), word("đoàn", 10, 42), word("sở", 12, 10)])
    assert not lies_on_side([word("Công", 40, 10), word("đoàn", 42, 10), word("1", 4, 10), word("I", 2, 10)])
    assert not lies_on_side([])


@needs_ocr
def test_a_cut_that_was_turned_wrongly_is_turned_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def on_its_side(page: Grey) -> Grey:
        return turned(page, 1)

    cut = drawn(LINES, dpi=200)[: round(110 / 72 * 200)]
    monkeypatch.setattr(scan_page, "set_upright", on_its_side)
    read = read_page(cut, 1, 595.0)
    assert [each.text for each in read.words][:2] == ["Ban", "Giam"]
    assert not lies_on_side(read.words)
