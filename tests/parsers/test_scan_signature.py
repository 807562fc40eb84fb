"""A stamp over the signer's name."""

import cv2
import numpy as np
import pytest
from support.attachments import attachment
from support.drawn import drawn
from support.ocr import needs_ocr

from parsers.content import Box, Line
from parsers.paper import luminance
from parsers.picture import Grey, frames
from parsers.scan_lines import lines_of
from parsers.scan_page import PagePicture, read_page
from parsers.scan_signature import MOST_CONFIDENT, with_second_look
from parsers.scan_stamp import find_stamp, without_rings

SCALE = 200 / 72


def ringed(sheet: Grey, x: float, y: float, ink: int = 0) -> Grey:
    """A stamp of two rings around (x, y) points."""
    rings = np.full_like(sheet, 255)
    for radius, width in ((51, 4), (47, 2)):
        middle = (round(x * SCALE), round(y * SCALE))
        cv2.circle(rings, middle, round(radius * SCALE), ink, width, cv2.LINE_AA)
    return np.minimum(sheet, rings)


def signature(*, stamp: tuple[float, float] | None, ink: int = 0) -> PagePicture:
    texts = [(330.0, 500.0, "TM. BAN CHAP HANH"), (365.0, 520.0, "CHU TICH"), (355.0, 610.0, "Phan Van Hau")]
    body = [(60.0, 60.0 + 24 * n, "Ban Chap hanh kinh trinh Ban Thuong vu xem xet") for n in range(16)]
    sheet = luminance(drawn(body + texts, dpi=200))
    return PagePicture(1, sheet if stamp is None else ringed(sheet, *stamp, ink=ink), SCALE)


def test_rings_are_found_and_erased_and_letters_stay() -> None:
    page, clean = signature(stamp=(380.0, 600.0)), signature(stamp=None)
    block, expected = (each.grey[1500:2000, 800:1400] for each in (page, clean))
    circle = find_stamp(block, SCALE)
    assert circle is not None
    assert abs(circle[2] / SCALE - 51) < 3
    erased = without_rings(block, circle, SCALE)
    before, after = ((np.abs(each.astype(int) - expected) > 90).sum() for each in (block, erased))
    assert after < before / 8


def test_a_block_without_a_stamp_has_none() -> None:
    assert find_stamp(signature(stamp=None).grey[1300:2000, 700:1500], SCALE) is None


@needs_ocr
@pytest.mark.parametrize("ink", [0, 100])
def test_a_name_under_a_stamp_without_colour_is_found_by_a_second_look(ink: int) -> None:
    page = signature(stamp=(330.0, 598.0), ink=ink)
    seen = Line("TM. BAN CHẤP HÀNH", page=1, box=Box(330, 500, 470, 514))
    found = with_second_look(page, (seen,))
    name = found[-1]
    assert name.text.endswith("Van Hau")
    assert name.confidence <= MOST_CONFIDENT
    assert name.box is not None
    assert 600 < name.box.top < 630


@needs_ocr
def test_a_plausible_first_reading_is_never_replaced() -> None:
    (photo,) = frames(attachment("d34"))
    read = read_page(photo, 1)
    lines = lines_of(read.words, 1, read.page.scale)
    assert with_second_look(read.page, lines) is lines
