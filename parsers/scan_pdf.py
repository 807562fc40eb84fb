"""Pages of a PDF that are pictures: drawn, read, and put among the pages that are text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from dossier.model import Problem
from dossier.selection import OCR
from parsers.content import Content, Grid, Line
from parsers.pace import Pace
from parsers.picture import MAX_DECODED, MAX_PIXELS, Colour
from parsers.problem import UnreadableError
from parsers.scan import read_in_time
from parsers.scan_page import POINTS_PER_INCH

MAX_PAGES = 40
"""Pictures of one file that are read; those behind them are told."""

_DPI = 300.0
_LEAST_DPI = 72.0
"""A coarse scan is drawn no larger than it is: how many pixels its letters have decides whether it is believed."""
_MOST_DRAWN = 16_000_000
"""Pixels: A3 at 260 dots an inch."""
_LARGEST_PAPER = 1684.0
"""Points, A2: pages that are larger were made of photos, a point for each pixel."""
_SMALLEST_PAPER = 421.0
"""Points, A6: pages that are smaller are in another unit (UserUnit, or a writer's mistake)."""
_A4 = 842.0
_A_LITTLE_LESS = 1 - 1e-5
"""Sizes in points are rounded: of 1654.0001 pixels 1655 would be drawn, each of them a mixture of two."""
_NOTHING = "its pages are pictures on which nothing stands"
_WHOLE = 0.7
"""Share of the page from which pictures are the page."""
_SOME = 0.05
"""Share of the page in one resolution: a signature that was put on it has less."""
_ALIKE = 10
"""Dots an inch: what differs by less is one resolution."""


def with_pictures_read(content: Content, file: bytes, pace: Pace) -> Content:
    """The same file with its unread pages read from their pictures; what cannot be read stays `unread`."""
    wanted = dict(content.unread_pages)
    read = {page.number: page for page in read_in_time(draw_pages(file, list(wanted)[:MAX_PAGES]), pace)}
    blocks: list[Line | Grid] = []
    for number in range(1, (content.pages or 0) + 1):
        blocks += read[number].blocks if number in read else [one for one in content.blocks if one.page == number]
    told = {f"page {number} {reason}" for number, reason in wanted.items() if number in read}
    unread = [part for part in content.unread.split("; ") if part not in told]
    unread += [part for page in read.values() for part in page.unread]
    doubts = (*content.doubts, *(doubt for page in read.values() for doubt in page.doubts))
    read_by = OCR if len(read) * 2 >= (content.pages or 1) else content.read_by
    unread = list(filter(None, unread))
    if not (blocks or unread):  # of a whole file it may as well be that its pictures are not drawn here
        unread = [_NOTHING]
    return replace(content, blocks=tuple(blocks), read_by=read_by, doubts=doubts, unread="; ".join(unread))


def draw_pages(file: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Colour, float]]:
    """Number, picture and longer side in points of each of these pages. Raises UnreadableError (NOT_READ).

    A page that is larger than any paper or smaller counts as A4.
    """
    document = pypdfium2.PdfDocument(file)
    try:
        for number in numbers:
            page = document[number - 1]
            yield number, _drawn(page), _long_side(page)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(Problem.NOT_READ, f"a page cannot be drawn: {error}") from error
    finally:
        document.close()


def _long_side(page: pypdfium2.PdfPage) -> float:
    longest = float(max(page.get_size()))
    return longest if _SMALLEST_PAPER < longest <= _LARGEST_PAPER else _A4


def _drawn(page: pypdfium2.PdfPage) -> Colour:
    width, height = page.get_size()
    scale = _scale(page, width, height)
    scale = min(scale, (_MOST_DRAWN / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        pixels = bitmap.to_numpy()
        picture: Colour = np.array(pixels[..., :3] if pixels.ndim == 3 else pixels, dtype=np.uint8)
    finally:
        bitmap.close()
    return picture


def _scale(page: pypdfium2.PdfPage, width: float, height: float) -> float:
    """Pixels in a point: those of the pictures where they are the page, so that nothing is blurred.

    Of stripes, tiles, or letters over their background, each in its own resolution, the finest that some of it has.
    """
    shares: dict[int, tuple[float, float]] = {}
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        across, down = item.get_px_size()
        _check_size(across, down, item.get_metadata().bits_per_pixel)
        left, bottom, right, top = item.get_bounds()
        density = max(across, down) / max(right - left, top - bottom, 1.0)
        dpi = round(density * POINTS_PER_INCH / _ALIKE)
        share = (right - left) * (top - bottom) / max(width * height, 1.0)
        shares[dpi] = (shares.get(dpi, (0.0, 0.0))[0] + share, density)
    together = sum(share for share, _ in shares.values())
    finest = max((density for share, density in shares.values() if share >= _SOME), default=0.0)
    finest = finest if together >= _WHOLE else 0.0
    enlarged = max(width, height) / _long_side(page)
    least, most = (dpi / POINTS_PER_INCH / enlarged for dpi in (_LEAST_DPI, _DPI))
    return min(max(finest, least), most) * _A_LITTLE_LESS if finest else most


def _check_size(across: int, down: int, bits: int) -> None:
    if across * down > MAX_PIXELS or across * down * (1 if bits <= 8 else 4) > MAX_DECODED:
        raise UnreadableError(Problem.NOT_READ, f"a picture of {across} x {down} pixels, too large to be read")


__all__ = ["MAX_PAGES", "draw_pages", "with_pictures_read"]
