"""The dot under a y, which Tesseract's alphabet does not hold."""

import cv2
import numpy as np
import pytest

from parsers.content import Box
from parsers.picture import Grey
from parsers.scan_marks import with_dotted_y

BASELINE = 60


def word(*, dot: tuple[int, int] | None = None, size: int = 6) -> tuple[Grey, Box]:
    """An M and a y as strokes; `dot`: the middle of a dot."""
    picture = np.full((120, 140), 255, np.uint8)
    cv2.polylines(picture, [np.array([(20, BASELINE), (20, 20), (36, 50), (52, 20), (52, BASELINE)])], False, 0, 4)
    cv2.line(picture, (62, 32), (72, BASELINE), 0, 4)
    cv2.line(picture, (84, 32), (66, 76), 0, 4)
    if dot is not None:
        cv2.circle(picture, dot, size // 2, 0, -1)
    return picture, Box(18, 18, 90, 78)


@pytest.mark.parametrize(("read", "meant"), [("My", "Mỵ"), ("(Thị My,", "(Thị Mỵ,"), ("Ly", "Lỵ"), ("tuy", "tuỵ")])
def test_a_y_with_a_dot_under_it_is_read_so(read: str, meant: str) -> None:
    picture, box = word(dot=(84, 70))
    first, _, last = read.rpartition(" ")
    assert " ".join(filter(None, (first, with_dotted_y(last, box, picture)))) == meant


@pytest.mark.parametrize("dot", [None, (84, 57), (84, 100), (120, 70), (30, 70)])
def test_without_a_dot_and_with_one_that_stands_elsewhere_it_stays(dot: tuple[int, int] | None) -> None:
    picture, box = word(dot=dot)
    assert with_dotted_y("My", box, picture) == "My"


@pytest.mark.parametrize("read", ["Mý", "May", "MY2", "My.", "đẩy", "Gray", "y"])
def test_a_word_that_cannot_be_meant_stays(read: str) -> None:
    picture, box = word(dot=None) if read == "My." else word(dot=(84, 70))
    assert with_dotted_y(read, box, picture) == read


def test_specks_are_no_dot() -> None:
    picture, box = word(dot=(84, 70), size=2)
    assert with_dotted_y("My", box, picture) == "My"


def test_a_word_at_the_edge_of_its_picture_is_no_error() -> None:
    picture, _ = word(dot=(84, 70))
    assert with_dotted_y("My", Box(130, 110, 190, 160), picture) == "My"
    assert with_dotted_y("My", Box(300, 300, 320, 320), picture) == "My"
