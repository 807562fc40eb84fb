"""A PDF written anew as printers' drivers write it: every glyph is placed alone, and blanks are not written at all."""

import ctypes
import io
import math
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
import pdfplumber
import pypdfium2.raw as pdfium
from pdfplumber.page import Page
from PIL import ImageFont

_EM = 1_000


@lru_cache(maxsize=1)
def _font() -> bytes:
    return (Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf").read_bytes()


@lru_cache(maxsize=2_000)
def _width(char: str) -> float:
    """Of an em; 0 for a mark that stands over the letter before it."""
    return float(ImageFont.truetype(io.BytesIO(_font()), _EM).getlength(char)) / _EM


def alone(content: bytes) -> bytes:
    """The same pages, their text in one font, their lines drawn again."""
    document = pdfium.FPDF_CreateNewDocument()
    data = _font()
    buffer = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
    font = pdfium.FPDFText_LoadFont(document, buffer, len(data), pdfium.FPDF_FONT_TRUETYPE, 1)
    with pdfplumber.open(io.BytesIO(content)) as old:
        for number, page in enumerate(old.pages):
            new = pdfium.FPDFPage_New(document, number, page.width, page.height)
            _lines(new, page)
            _glyphs(document, new, page, font)
            pdfium.FPDFPage_GenerateContent(new)
            pdfium.FPDF_ClosePage(new)
    written = _saved(document)
    pdfium.FPDF_CloseDocument(document)
    return written


def _glyphs(document: object, new: object, page: Page, font: object) -> None:
    """Each narrowed to the width that it had, since the font is another."""
    for char in page.chars:
        if char["text"].isspace():
            continue
        one = pdfium.FPDFPageObj_CreateTextObj(document, font, 1.0)
        text = (char["text"] + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(one, ctypes.cast(ctypes.create_string_buffer(text), pdfium.FPDF_WIDESTRING))
        a, b, c, d, x, y = char["matrix"]
        size, scale = char["size"], math.hypot(a, b) or 1
        was = char["adv"] if char["upright"] else char["height"]
        across = (was / _width(char["text"]) if was and _width(char["text"]) else size) / scale
        up = size * 0.92 / scale
        pdfium.FPDFPageObj_SetMatrix(one, pdfium.FS_MATRIX(a * across, b * across, c * up, d * up, x, y))
        pdfium.FPDFPage_InsertObject(new, one)


def _lines(new: object, page: Page) -> None:
    for told in (*page.rects, *page.lines):
        width, height = max(told["width"], 0.5), max(told["height"], 0.5)
        one = pdfium.FPDFPageObj_CreateNewRect(told["x0"], told["y0"], width, height)
        pdfium.FPDFPageObj_SetFillColor(one, 0, 0, 0, 255)
        thick = min(width, height) > 3
        pdfium.FPDFPath_SetDrawMode(one, 0 if thick else pdfium.FPDF_FILLMODE_ALTERNATE, int(thick))
        pdfium.FPDFPage_InsertObject(new, one)


def _saved(document: object) -> bytes:
    out = bytearray()

    def write(_: object, data: object, size: int) -> int:
        out.extend(ctypes.string_at(data, size))  # type: ignore[arg-type]
        return 1

    writer = pdfium.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(write)
    pdfium.FPDF_SaveAsCopy(document, ctypes.byref(writer), 0)
    return bytes(out)
