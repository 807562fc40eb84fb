"""Scans and photos read as files: PDF of pictures, mixed PDF, JPEG and TIFF."""

import ctypes
import io
import os
import shutil
import subprocess
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from support.attachments import attachment
from support.campaigns import forms_campaign
from support.drawn import pdf_of
from support.hostile import huge_png
from support.ocr import needs_ocr
from support.paper import Paper, pdf_file
from support.scanner import Colour, Condition, as_jpeg, as_pdf, taken

from dossier.model import Kind, Problem
from parsers import pictured
from parsers.content import Content, Grid, Line
from parsers.document import interpret
from parsers.pdf import read_pdf
from parsers.picture import frames
from parsers.pictured import read_any_pdf, read_any_picture
from parsers.problem import UnreadableError

pytestmark = needs_ocr


@lru_cache(maxsize=1)
def photo() -> Colour:
    (frame,) = frames(attachment("d34"))
    return frame


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def memo_of(content: Content) -> tuple[str | None, ...]:
    memo = interpret(content, forms_campaign()).memo
    assert memo is not None
    return memo.issuer, memo.number, str(memo.date), memo.signer_title, memo.signer


EXPECTED = ("CĐCS CÔNG TY CỔ PHẦN DƯỢC ĐỒNG NAI", "07/TTr-CĐCS", "2021-04-15", "CHỦ TỊCH", "Phan Văn Hậu")


def test_a_photo_of_a_memo_is_read_with_places_and_confidence() -> None:
    content = read_any_picture(attachment("d34"))
    assert (content.read_by, content.pages, content.unread, content.doubts) == ("ocr", 1, "", ())
    assert memo_of(content) == EXPECTED
    lines = [block for block in content.blocks if isinstance(block, Line)]
    assert all(line.page == 1 and line.box is not None and 0 < line.confidence <= 1 for line in lines)
    title = next(line for line in lines if line.text == "TỜ TRÌNH")
    assert title.centred
    assert title.box is not None
    assert 240 < (title.box.x0 + title.box.x1) / 2 < 410


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_photo_that_lies_wrong_is_turned(quarters: int) -> None:
    turned = taken(photo(), Condition(turns=quarters))
    assert memo_of(read_any_picture(as_jpeg(turned, 80))) == EXPECTED


def test_a_page_printed_in_blue_is_read_all_the_same() -> None:
    grey = np.asarray(Image.fromarray(photo()).convert("L"))
    blue = np.stack([grey, np.maximum(grey, 40), np.maximum(grey, 170)], axis=2)
    assert memo_of(read_any_picture(as_jpeg(blue, 90)))[:2] == EXPECTED[:2]


def test_a_scan_in_a_pdf_is_read_and_no_longer_unread() -> None:
    content = read_any_pdf(attachment("d06"))
    assert (content.read_by, content.unread) == ("ocr", "")
    found = interpret(content, forms_campaign())
    assert found.kinds == (Kind.MEMO,)
    assert found.doubts == ()


def test_a_mixed_pdf_is_read_page_by_page_in_its_order() -> None:
    page = Paper()
    for row in range(6):
        page.text(60, 100 + 20 * row, f"Dòng chữ số {row} của trang thường")
    scan = as_pdf([photo()], Condition(dpi=200, quality=80))
    content = read_any_pdf(pdf_of(pdf_file(page), scan, pdf_file(page)))
    assert content.unread == ""
    assert content.pages == 3
    pages = [block.page for block in content.blocks]
    assert pages == sorted(pages, key=lambda number: number or 0)
    assert "Dòng chữ số 5 của trang thường" in texts(content)
    assert "TỜ TRÌNH" in texts(content)
    assert {line.confidence for line in content.blocks if isinstance(line, Line) and line.page != 2} == {1.0}


def with_text_layer(file: bytes, *lines: str) -> bytes:
    """The first page with text behind its picture, as scanners that read for themselves write it."""
    document = pypdfium2.PdfDocument(file)
    page = document[0]
    font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
    for number, line in enumerate(lines):
        text = pdfium.FPDFPageObj_CreateTextObj(document, font, 12)
        codes = (line + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(text, ctypes.cast(codes, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FPDFTextObj_SetTextRenderMode(text, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, 780 - 20 * number)
        pdfium.FPDFPage_InsertObject(page, text)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_under_a_garbage_text_layer_the_picture_is_read() -> None:
    garbage = ("CONG HOA xA HQI CilU NGHIA VIET NAM", "BAN CHAP HANH TO TRINII 99/TTr", "Dlc l@p - Tg do - Hanh phdc")
    file = with_text_layer(as_pdf([photo()], Condition(dpi=200, quality=80)), *garbage)
    assert read_pdf(file).unread == "page 1 is a picture with a text layer that is not Vietnamese"
    content = read_any_pdf(file)
    assert (content.read_by, content.unread) == ("ocr", "")
    assert memo_of(content) == EXPECTED


def searchable(page: Colour) -> bytes:
    """As Tesseract writes a PDF that can be searched: the picture, and what it read as invisible text."""
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", "200", "pdf"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=as_jpeg(page, 90), capture_output=True, check=True, env=environment).stdout


def with_picture(file: bytes, page: Colour) -> bytes:
    """The first page with another picture under its text."""
    document = pypdfium2.PdfDocument(file)
    first = document[0]
    (old,) = first.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
    new = pypdfium2.PdfImage.new(document)
    new.load_jpeg(io.BytesIO(as_jpeg(page, 90)), inline=True)
    new.set_matrix(old.get_matrix())
    first.remove_obj(old)
    first.insert_obj(new)
    first.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract writes the PDF")
def test_what_is_read_is_the_picture_whatever_its_hidden_text_says() -> None:
    heading = photo()[:1200]
    file = searchable(heading)
    with pdfplumber.open(io.BytesIO(file)) as opened:
        (number,) = (word for word in opened.pages[0].extract_words() if word["text"] == "07/TTr-CĐCS")
    left, top, right, bottom = (round(number[side] * 200 / 72) for side in ("x0", "top", "x1", "bottom"))
    without = heading.copy()
    without[top - 10 : bottom + 10, left - 10 : right + 10] = 255
    assert read_pdf(file).unread == "page 1 is a picture with a hidden text layer"
    content = read_any_pdf(with_picture(file, without))
    assert (content.read_by, content.unread, content.doubts) == ("ocr", "", ())
    assert "TỜ TRÌNH" in texts(content)
    assert not any("07/TTr" in text for text in texts(content))


def test_a_tiff_of_one_bit_is_read_page_by_page() -> None:
    out = io.BytesIO()
    page = Image.fromarray(photo()).convert("L").point(lambda value: 255 * (value > 140)).convert("1")
    page.save(out, "TIFF", save_all=True, append_images=[page], compression="group4")
    content = read_any_picture(out.getvalue())
    assert content.pages == 2
    assert [line.page for line in content.blocks if isinstance(line, Line) and line.text == "TỜ TRÌNH"] == [1, 2]


def test_a_picture_too_poor_to_be_read_is_told() -> None:
    tiny = np.asarray(Image.fromarray(photo()).resize((240, 310)).resize((1700, 2200)))
    assert "too little can be read" in read_any_picture(as_jpeg(tiny, 20)).unread


def test_an_empty_page_has_nothing_to_read() -> None:
    blank = np.full((1500, 1000, 3), 250, np.uint8)
    content = read_any_picture(as_jpeg(blank))
    assert (content.blocks, content.unread, content.doubts) == ((), "", ())


def test_a_scanned_table_stands_among_the_lines_with_place_and_confidence_of_every_cell() -> None:
    content = read_any_pdf(attachment("d31", 1))
    assert (content.read_by, content.unread, content.doubts) == ("ocr", "", ())
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    assert (len(grid.rows), len(grid.rows[0]), grid.page) == (4, 8, 1)
    cells = [cell for row in grid.rows for cell in row]
    assert all(cell.box is not None and 0.5 < cell.confidence <= 1 for cell in cells)
    place = content.blocks.index(grid)
    assert "BẢNG TỔNG HỢP" in " ".join(texts(replace(content, blocks=content.blocks[:place])))
    found = interpret(content, forms_campaign())
    assert (found.kinds, found.doubts) == ((Kind.SUMMARY_TABLE,), ())


def test_where_tesseract_is_missing_a_scan_stays_unread_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("parsers.ocr_engine._FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert pictured.available() is not None
    content = read_any_pdf(attachment("d06"))
    assert content.unread.startswith("page 1 is a picture")
    assert "tesseract-ocr-vie" in content.unread
    with pytest.raises(UnreadableError, match="tesseract-ocr-vie") as raised:
        read_any_picture(attachment("d34"))
    assert raised.value.problem is Problem.NOT_READ


def test_a_picture_as_large_as_no_page_is_our_limit() -> None:
    with pytest.raises(UnreadableError, match="too large") as raised:
        read_any_picture(huge_png(100_000))
    assert raised.value.problem is Problem.NOT_READ


def test_a_pdf_of_text_is_left_as_it_is() -> None:
    page = Paper()
    page.text(60, 100, "Căn cứ Kế hoạch số 39 ngày 16 tháng 3 năm 2021 của Ban Thường vụ")
    assert read_any_pdf(pdf_file(page)) == read_pdf(pdf_file(page))
