"""Pages with text for tests of scans: drawn with Pillow's own letters, so that no font of the machine is needed."""

import io

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from support.scanner import Colour


def drawn(lines: list[tuple[float, float, str]], dpi: int = 150, size: float = 14) -> Colour:
    """A sheet of A4 with each text at (x, y) points; letters without Vietnamese marks."""
    scale = dpi / 72
    sheet = Image.new("RGB", (round(595 * scale), round(842 * scale)), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size * scale)
    for x, y, text in lines:
        draw.text((x * scale, y * scale), text, fill="black", font=font)
    return np.asarray(sheet)


def pdf_of(*files: bytes) -> bytes:
    """The pages of several PDF files, one after another."""
    whole = pypdfium2.PdfDocument.new()
    for file in files:
        whole.import_pages(pypdfium2.PdfDocument(file))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
