"""Folding is fast for Vietnamese and the same for everything else."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dossier.folding import fold

_WRITTEN = "Tờ trình ĐỀ NGHỊ xét chọn sáng kiến ð Ð ơ\u0301 ﬁ ß Σς ① µ İ ı \u00a0\t\u0345\u0591"


def _by_the_letter(text: str) -> str:
    """As the docstring says it, character by character."""
    plain = text.translate(str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "\u00a0": " "}))
    bare = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def test_marks_case_and_spaces_are_gone() -> None:
    assert fold("Tờ \t TRÌNH\u00a0số 12 ") == "to trinh so 12"
    assert fold("Đồng Nai") == fold("ĐO\u0302\u0300NG NAI") == "dong nai"


def test_every_letter_and_mark_folds_as_by_the_letter() -> None:
    for code in (*range(0x3400), *range(0xA640, 0xAC00), *range(0xF900, 0x11400), *range(0x1D000, 0x1F200)):
        text = chr(code) + "Ậ" + chr(code)
        assert fold(text) == _by_the_letter(text), hex(code)


@given(st.text(st.sampled_from(_WRITTEN)) | st.text())
def test_any_text_folds_as_by_the_letter(text: str) -> None:
    assert fold(text) == _by_the_letter(text)


@given(st.text())
def test_folding_twice_is_folding_once_where_nothing_odd_is_left(text: str) -> None:
    once = fold(text)
    assert not once.isascii() or fold(once) == once
