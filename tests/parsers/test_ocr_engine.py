"""Tesseract inside the process: what it reads, and what is said where it cannot."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from support.ocr import needs_ocr

from dossier.model import Problem
from parsers import ocr_engine
from parsers.ocr_engine import available, read_words
from parsers.problem import UnreadableError


def drawn(*lines: str) -> "np.ndarray":
    picture = np.full((80 * len(lines) + 60, 1000), 255, np.uint8)
    for number, line in enumerate(lines):
        cv2.putText(picture, line, (40, 80 + 80 * number), cv2.FONT_HERSHEY_COMPLEX, 1.5, 0, 2)
    return picture


@needs_ocr
def test_words_come_with_place_line_and_confidence() -> None:
    words = read_words(drawn("TO TRINH 29", "Dong Nai 2021"), psm=6, dpi=150)
    assert [word.text for word in words][-1] == "2021"
    assert "29" in [word.text for word in words]
    assert words[0].line != words[-1].line
    last = words[-1].box
    assert 200 < last.x0 < last.x1 < 500
    assert 120 < last.top < last.bottom < 180
    assert all(0 <= word.confidence <= 1 for word in words)


@needs_ocr
def test_an_empty_picture_has_no_words() -> None:
    assert read_words(np.full((400, 300), 255, np.uint8), psm=3, dpi=300) == ()


@needs_ocr
def test_one_picture_leaves_nothing_for_the_next() -> None:
    first = read_words(drawn("Phan Van Hau"), psm=6, dpi=150)
    read_words(drawn("12345"), psm=6, dpi=150)
    assert read_words(drawn("Phan Van Hau"), psm=6, dpi=150) == first


def test_where_the_data_is_missing_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "_FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert "tesseract-ocr-vie" in (available() or "")
    with pytest.raises(UnreadableError, match="tesseract-ocr-vie") as raised:
        read_words(np.full((20, 20), 255, np.uint8), psm=6, dpi=300)
    assert raised.value.problem is Problem.NOT_READ


def test_the_data_may_lie_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr_engine, "_FOLDERS", ())
    (tmp_path / "vie.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert available() is None


@needs_ocr
def test_what_tesseract_says_goes_to_standard_error_and_opens_no_file() -> None:
    engine = ocr_engine._engine(str(ocr_engine._data_folder()))
    assert engine.GetVariableAsString("debug_file") == ""
