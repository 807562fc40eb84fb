"""Whether a page's text is what people see: not hidden over or under a picture, invisible, white, in a layer put out.

What is hidden proves nothing: it may be another document's, or say more than the picture does. Such a page is read from
its picture, like any scan. What is seen on a picture without ink of its own (a watermark, a letterhead) is text.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from parsers.content import Box
from parsers.picture import MAX_PIXELS

_SCALE = 1.25
"""Pixels in a point, 90 dots an inch: strokes are seen, and no letter has to be read."""
_MOST_PIXELS = 4_000_000
_MOST_PAGES = 40
"""Of one file; text on pictures behind them is not believed."""
_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE,)
_INK = 0.7
"""Of the paper around it: darker is ink; a watermark is lighter, and colours count as light."""
_CHANGED = 32
"""Of 255, between the page with its text and without."""
_SEEN = 0.9
"""Share of the words that have to be seen."""
_OVER_OTHERS = 0.05
"""Share of the signs that may stand where another stands: more are two texts, one of which is not seen."""
_SAME_PLACE = 0.25
"""Of the smaller sign's width and height."""
_LIKE = 2.0
"""How much higher one of two texts may be."""
_AREA = 12.0
"""Points: signs are compared with those of the same square and of those around it."""
_OWN_INK = 0.3
"""Share of the page's ink that its picture may have: a logo, a frame."""

_Pixels = NDArray[np.uint8]


def hidden_layers(
    file: bytes, words: Mapping[int, Sequence[Box]], bare: Collection[int] = frozenset()
) -> frozenset[int]:
    """Numbers of the pages whose text is not what they show.

    `words`: of each page, in points from its top left; `bare`: pages that no picture covers.
    """
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError:
        return frozenset(words)
    try:
        looked_at = list(words.items())[:_MOST_PAGES]
        shown = {number for number, boxes in looked_at if _is_shown(document, number, boxes, bare=number in bare)}
        return frozenset(words.keys() - shown)
    finally:
        document.close()


def _is_shown(document: pypdfium2.PdfDocument, number: int, boxes: Sequence[Box], *, bare: bool) -> bool:
    try:
        page = document[number - 1]
        texts = [item for item in page.get_objects(max_depth=1) if item.type == pdfium.FPDF_PAGEOBJ_TEXT]
        if not any(map(_is_painted, texts)) or any(map(_is_too_large, page.get_objects(filter=_PICTURES, max_depth=4))):
            return False
        scale = min(_SCALE, (_MOST_PIXELS / max(page.get_width() * page.get_height(), 1.0)) ** 0.5)
        whole = _drawn(page, scale)
        for text in texts:
            page.remove_obj(text)
        page.gen_content()
        picture = _drawn(page, scale)
        page.close()
    except pypdfium2.PdfiumError:
        return False
    if _share_seen(whole, picture, boxes, scale) < _SEEN:
        return False
    if bare:
        return _share_over_others(boxes) <= _OVER_OTHERS
    return _ink(picture) <= _OWN_INK * _ink(whole)


def _is_too_large(picture: pypdfium2.PdfObject) -> bool:
    """To be drawn (FAULTS.md 36): who reads it as a scan says so."""
    across, down = picture.get_px_size()
    return bool(across * down > MAX_PIXELS)


def _is_painted(text: pypdfium2.PdfObject) -> bool:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text.raw)
    return mode not in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


def _drawn(page: pypdfium2.PdfPage, scale: float) -> _Pixels:
    bitmap = page.render(scale=scale)
    try:
        return np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)
    finally:
        bitmap.close()


def _share_seen(whole: _Pixels, picture: _Pixels, boxes: Iterable[Box], scale: float) -> float:
    """Of the words: how many change what is drawn at their place."""
    changed = np.abs(whole.astype(np.int16) - picture).max(axis=2) >= _CHANGED
    places = [[round(each * scale) for each in (box.top, box.bottom + 1, box.x0, box.x1 + 1)] for box in boxes]
    seen = [bool(changed[max(top, 0) : end, max(left, 0) : right].any()) for top, end, left, right in places]
    return sum(seen) / max(len(seen), 1)


def _share_over_others(boxes: Sequence[Box]) -> float:
    squares: dict[tuple[int, int], list[Box]] = {}
    over = 0
    for box in boxes:
        across, down = int(box.x0 / _AREA), int(box.top / _AREA)
        near = (squares.get((across + x, down + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
        over += any(_is_at(box, other) for square in near for other in square)
        squares.setdefault((across, down), []).append(box)
    return over / max(len(boxes), 1)


def _is_at(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    narrow = min(one.x1 - one.x0, other.x1 - other.x0)
    heights = sorted((one.bottom - one.top, other.bottom - other.top))
    low = heights[0] if heights[1] <= _LIKE * heights[0] else math.inf  # a watermark is larger than what it lies under
    return across > _SAME_PLACE * narrow and down > _SAME_PLACE * low


def _ink(page: _Pixels) -> int:
    """Pixels that are darker than the page around them in every colour."""
    lightest = page.max(axis=2)
    return int((lightest < _INK * np.median(lightest)).sum())
