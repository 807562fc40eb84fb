"""How large the letters of a page are, and what becomes of those that are too small to be read for certain."""

import cv2
import numpy as np
import pytest
from PIL import Image
from support.campaigns import forms_campaign
from support.drawn_tables import DrawnTable
from support.ocr import needs_ocr
from support.scanner import Colour, Condition, as_jpeg, as_pdf

from dossier.model import Kind
from parsers.document import Interpretation, interpret
from parsers.paper import luminance
from parsers.picture import ENOUGH, frames
from parsers.pictured import read_any_pdf, read_any_picture
from parsers.scan_print import print_of

LEFTS = [12.0, 26.0, 70.0, 112.0, 160.0, 198.0]
HEADER = ("STT", "Ho va ten", "Ten sang kien", "Tom tat noi dung", "Thoi gian ap dung")
ROWS = [
    ("1", "Tran Van An", "So do kho thuoc", "Kho thuoc co so do", "01/3/2021"),
    ("2", "Pham Minh Hoang", "Khung tap di", "Lam khung tap di", "15/02/2021"),
    ("3", "Ngo Gia Bao", "Phieu tra loi", "Tra loi nguoi benh", "22/4/2021"),
    ("4", "Le Thi Binh", "Tu dung thuoc", "Thuoc de theo nhom", "11/3/2021"),
]


def table(dpi: int) -> Colour:
    """About 20 cm wide."""
    tops = [10.0 + 14 * number for number in range(6)]
    texts = {(y, x): text for y, row in enumerate((HEADER, *ROWS)) for x, text in enumerate(row)}
    return DrawnTable(LEFTS, tops, texts, dpi=dpi, size=3.6).sheet(210, 90)


def on_wall(part: Colour, width: int, height: int) -> Colour:
    wall = np.full((height, width, 3), 236, np.uint8)
    top, left = (height - part.shape[0]) // 2, (width - part.shape[1]) // 2
    wall[top : top + part.shape[0], left : left + part.shape[1]] = part
    return wall


def told(picture: Colour) -> Interpretation:
    return interpret(read_any_picture(as_jpeg(picture)), forms_campaign())


def test_letters_are_measured_by_their_ink() -> None:
    heights = {dpi: print_of(luminance(table(dpi))) for dpi in (100, 200, 300)}
    assert all(seen.is_some for seen in heights.values())
    assert heights[200].height == pytest.approx(2 * heights[100].height, rel=0.25)
    assert heights[300].height == pytest.approx(3 * heights[100].height, rel=0.25)


@pytest.mark.parametrize("picture", [np.full((300, 400), 255, np.uint8), np.zeros((300, 400), np.uint8)])
def test_a_page_without_letters_has_no_print(picture: np.ndarray) -> None:
    assert not print_of(picture).is_some


def test_dust_on_a_blank_page_is_no_print() -> None:
    dusty = np.full((3_300, 2_400), 250, np.uint8)
    for place in range(80):
        x, y = 29 * place, (977 * place) % 3_200
        dusty[y : y + 6, x : x + 5] = 60
    assert not print_of(dusty).is_some


def test_a_panorama_keeps_the_pixels_of_its_letters() -> None:
    (wide,) = frames(as_jpeg(np.full((1_000, 6_000, 3), 255, np.uint8)))
    assert wide.shape[1] == 6_000
    (wider,) = frames(as_jpeg(np.full((1_500, 9_000, 3), 255, np.uint8)))
    assert ENOUGH < wider.shape[1] < 9_000
    (page,) = frames(as_jpeg(np.full((5_000, 7_000, 3), 255, np.uint8)))
    assert max(page.shape) == ENOUGH


@needs_ocr
def test_a_table_in_a_panorama_is_read_at_the_size_of_its_letters() -> None:
    found = told(on_wall(table(200), 6_000, 900))
    assert (found.kinds, found.doubts) == ((Kind.SUMMARY_TABLE,), ())
    assert found.table is not None
    assert [row.cells["author"] for row in found.table.rows] == [row[1] for row in ROWS]
    assert [row.cells["applied"] for row in found.table.rows] == [row[4] for row in ROWS]
    first, last = (found.table.rows[place].spots["author"] for place in (0, -1))
    points_in_pixel = 842 / 6_000
    assert last.top - first.top == pytest.approx(3 * 14 / 25.4 * 200 * points_in_pixel, rel=0.1)


@needs_ocr
def test_letters_too_small_to_be_read_for_certain_are_told() -> None:
    """Alone, and in a picture that is as large as any: the share of the page says nothing of the letters."""
    small = np.asarray(cv2.resize(table(300), None, fx=0.22, fy=0.22, interpolation=cv2.INTER_AREA), np.uint8)
    for picture in (small, on_wall(small, 2_000, 1_400)):
        content = read_any_picture(as_jpeg(picture))
        assert content.doubts or content.unread, picture.shape


@needs_ocr
def test_a_scan_of_few_dots_an_inch_in_a_pdf_is_told_too() -> None:
    small = np.asarray(cv2.resize(table(300), None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA), np.uint8)
    content = read_any_pdf(as_pdf([small], Condition(dpi=60)))
    assert "too small to be read" in f"{content.doubts} {content.unread}"


def test_a_strip_of_a_few_lines_stays_as_it_is() -> None:
    small = Image.fromarray(np.full((300, 1_200, 3), 255, np.uint8))
    (strip,) = frames(as_jpeg(np.asarray(small)))
    assert strip.shape[:2] == (300, 1_200)
