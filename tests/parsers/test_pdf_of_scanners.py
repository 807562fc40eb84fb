"""PDF files as scanners write them: pictures in pieces, cut off, negative, on pages of odd sizes."""

import io
import struct
import zlib
from itertools import product

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT
from PIL import Image
from support.ocr import needs_ocr
from support.paper import Paper, pdf_file
from support.pdf_objects import FIRST_FREE, HEIGHT, WIDTH, one_page, stream

from parsers.paper import as_paper, is_negative
from parsers.pdf import read_pdf
from parsers.pdf_pictures import CUT_OFF, UNKNOWN, what_is_lost
from parsers.pictured import read_any_pdf
from parsers.scan_pdf import draw_pages

GREY = np.tile(np.arange(200, dtype=np.uint8), (300, 1))


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.fromarray(GREY).save(out, "JPEG")
    return out.getvalue()


def jbig2(*lengths: int) -> bytes:
    """Segments of those lengths."""
    return b"".join(struct.pack(">IBBBI", number, 38, 0, 1, size) + bytes(size) for number, size in enumerate(lengths))


JPEG = jpeg()
FAX = bytes(range(1, 200)) + b"\x00\x10\x01"


def lost(kind: str, data: bytes, **parameters: object) -> tuple[str, ...]:
    return what_is_lost([PDFStream({"Filter": LIT(kind), "DecodeParms": parameters}, data)])


@pytest.mark.parametrize(
    ("kind", "data", "parameters"),
    [
        ("DCTDecode", JPEG, {}),
        ("FlateDecode", zlib.compress(GREY.tobytes()), {}),
        ("JPXDecode", b"\0\0\0\x0cjP  " + bytes(50) + b"\xff\xd9", {}),
        ("CCITTFaxDecode", FAX, {"K": -1}),
        ("JBIG2Decode", jbig2(19, 400), {}),
    ],
)
def test_a_picture_that_was_cut_off_is_told_and_a_whole_one_is_not(
    kind: str, data: bytes, parameters: dict[str, object]
) -> None:
    assert lost(kind, data, **parameters) == ()
    assert lost(kind, data[: len(data) * 2 // 3], **parameters) == (CUT_OFF,)


def test_fax_pictures_that_need_no_end_mark_are_whole_without_it() -> None:
    assert lost("CCITTFaxDecode", FAX[:100]) == ()  # group 3
    assert lost("CCITTFaxDecode", FAX[:100], K=-1, EndOfBlock=False) == ()


def test_what_a_writer_copied_behind_the_end_of_a_picture_cuts_nothing_off() -> None:
    copied = b"\x1c\x01\x03\x00\x01" + bytes(500)
    assert lost("CCITTFaxDecode", FAX + copied, K=-1) == ()
    assert lost("JPXDecode", b"\0\0\0\x0cjP  " + bytes(50) + b"\xff\xd9" + copied) == ()


def test_a_picture_of_a_kind_that_nobody_draws_is_told() -> None:
    assert lost("XyzDecode", b"abc") == (UNKNOWN,)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["FlateDecode", "DCTDecode", "CCITTFaxDecode", "JBIG2Decode", "JPXDecode"]), st.binary())
def test_whatever_the_bytes_of_a_picture_something_is_said(kind: str, data: bytes) -> None:
    assert lost(kind, data, K=-1) in ((), (CUT_OFF,))


def with_picture(data: bytes, kind: str, page: str = "", place: str = f"{WIDTH} 0 0 {HEIGHT} 0 0") -> bytes:
    entries = (
        f"/Type /XObject /Subtype /Image /Width 200 /Height 300 /ColorSpace /DeviceGray /BitsPerComponent 8 {kind}"
    )
    drawn = f"q {place} cm /Im Do Q"
    resources = f"/XObject << /Im {FIRST_FREE} 0 R >>"
    return one_page(drawn, page=page, resources=resources, more=[stream(data, entries)])


def test_a_scan_whose_picture_ends_early_is_a_doubt() -> None:
    whole, cut = (with_picture(data, "/Filter /DCTDecode") for data in (JPEG, JPEG[: len(JPEG) // 2]))
    assert read_pdf(whole).doubts == ()
    assert read_pdf(cut).doubts == (f"page 1 {CUT_OFF}",)


@pytest.mark.parametrize(("across", "down"), [(1, 30), (4, 6), (1, 3)])
def test_a_page_made_of_stripes_or_tiles_is_a_picture(across: int, down: int) -> None:
    paper = Paper()
    wide, high = WIDTH / across, HEIGHT / down
    for x, y in product(range(across), range(down)):
        paper.picture(x * wide, y * high, (x + 1) * wide, (y + 1) * high)
    paper.text(60, 60, "12")
    assert read_pdf(pdf_file(paper)).unread == "page 1 is a picture"


def test_words_that_are_small_pictures_each_make_a_page_a_picture() -> None:
    paper = Paper()
    for place in range(30):
        paper.picture(60 + place % 5 * 60, 60 + place // 5 * 20, 100 + place % 5 * 60, 70 + place // 5 * 20)
    assert read_pdf(pdf_file(paper)).unread == "page 1 is a picture"


@pytest.mark.parametrize("side", [60.0, 595.0, 6000.0])
def test_a_page_of_an_impossible_size_is_drawn_as_a4(side: float) -> None:
    page = f"/MediaBox [0 0 {side} {side * 1.414:.0f}]"
    file = with_picture(JPEG, "/Filter /DCTDecode", page, f"{side} 0 0 {side * 1.414:.0f} 0 0")
    ((_, picture, long_side),) = draw_pages(file, [1])
    assert long_side == pytest.approx(842, abs=1)
    assert 800 < max(picture.shape) < 900  # at 72 dots an inch: the picture is coarser


def test_corners_of_a_page_may_come_in_any_order() -> None:
    file = with_picture(JPEG, "/Filter /DCTDecode", f"/MediaBox [{WIDTH} {HEIGHT} 0 0]")
    assert read_pdf(file).unread == "page 1 is a picture"


@needs_ocr
def test_a_file_of_pictures_on_which_nothing_stands_is_told() -> None:
    white = with_picture(zlib.compress(b"\xff" * 60_000), "/Filter /FlateDecode")
    assert read_any_pdf(white).unread == "its pages are pictures on which nothing stands"


def written() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    page = np.full((1400, 1000, 3), 255, np.uint8)
    for row in range(20):
        cv2.putText(page, "CONG DOAN CO SO " * 3, (40, 60 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 3)
    return page


def test_light_writing_on_black_is_made_dark_on_white() -> None:
    page = written()
    assert is_negative(255 - page)
    assert not is_negative(page)
    assert np.array_equal(as_paper(255 - page), as_paper(page))


def test_a_sheet_on_a_dark_desk_is_no_negative() -> None:
    desk = np.full((1400, 1000, 3), 20, np.uint8)
    desk[500:900, 300:700] = 240
    assert not is_negative(desk)
    assert not is_negative(np.zeros((300, 200), np.uint8))
