"""Pictures decoded, made paper and set upright."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image
from support.attachments import attachment
from support.drawn import drawn
from support.hostile import huge_png
from support.scanner import Condition, as_jpeg, taken

from dossier.model import Problem
from parsers.paper import as_paper, find_sheet, uncoloured
from parsers.picture import Colour, frames
from parsers.problem import UnreadableError
from parsers.upright import lines_run_down, skew, straightened, turned

WORDS = ("Ban", "Chap", "hanh", "Cong", "doan", "co", "so", "kinh", "trinh", "cac", "sang", "kien", "cua", "vien")
LINES = [(60.0, 60.0 + 26 * n, " ".join(WORDS[(n * 5 + k * (n + 1)) % 14] for k in range(9))) for n in range(24)]


@pytest.fixture(scope="module")
def sheet() -> Colour:
    return drawn(LINES, dpi=110)


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (60, 40), "white")
    image.paste("black", (0, 0, 20, 10))
    image.save(out, kind, **options)
    return out.getvalue()


def decoded(content: bytes) -> Colour:
    (frame,) = frames(content)
    return frame


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_common_kind_is_decoded(kind: str) -> None:
    frame = decoded(saved(kind))
    assert frame.shape[:2] == (40, 60)
    assert frame[5, 10].max() < 40
    assert frame[30, 50].min() > 220


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_is_turned_as_its_camera_says(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    corner = {1: (5, 10), 3: (35, 50), 6: (10, 35), 8: (50, 5)}[orientation]
    assert decoded(saved("JPEG", exif=exif))[corner].max() < 60


def test_a_tiff_has_pages() -> None:
    out = io.BytesIO()
    pages = [Image.new("1", (50, 30 + number)) for number in range(3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert [frame.shape for frame in frames(out.getvalue())] == [(30, 50), (31, 50), (32, 50)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_to_hold_pixels_becomes_grey_or_colour(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, "TIFF" if mode in ("CMYK", "I;16") else "PNG")
    assert decoded(out.getvalue()).shape[:2] == (10, 20)


def test_what_is_transparent_is_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert decoded(out.getvalue()).min() == 255


@pytest.mark.parametrize("side", [10_000, 100_000])
def test_a_picture_that_is_too_large_is_not_decoded_and_is_our_limit(side: int) -> None:
    with pytest.raises(UnreadableError, match="too large") as raised:
        decoded(huge_png(side))
    assert raised.value.problem is Problem.NOT_READ


@pytest.mark.parametrize(
    "content", [saved("PNG")[:60], attachment("d34")[:60_000], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]
)
def test_a_picture_that_was_cut_off_is_corrupt(content: bytes) -> None:
    with pytest.raises(UnreadableError) as raised:
        decoded(content)
    assert raised.value.problem is Problem.CORRUPT


def test_a_large_photo_is_halved_while_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("RGB", (7200, 5400), "white").save(out, "JPEG")
    assert decoded(out.getvalue()).shape == (2700, 3600, 3)


def test_red_stamps_and_blue_pens_become_paper_and_ink_stays() -> None:
    picture = np.array([[(200, 40, 50), (40, 50, 150), (30, 30, 30), (250, 250, 250)]], np.uint8)
    red, blue, ink, paper = uncoloured(picture)[0].tolist()
    assert min(red, blue, paper) > 200
    assert ink < 40


def test_colours_are_dropped_alike_on_every_row() -> None:
    colours = np.array([(200, 40, 50), (30, 30, 30), (250, 250, 250)], np.uint8)
    picture = np.repeat(np.repeat(colours[None, :, :], 97, axis=0), 5, axis=1)
    grey = uncoloured(picture)
    assert grey.shape == picture.shape[:2]
    assert (grey == grey[0]).all()


def test_light_that_falls_off_is_evened(sheet: Colour) -> None:
    paper = as_paper(taken(sheet, Condition(shade=0.5)))
    corners = [
        float(np.median(part)) for part in (paper[:60, :60], paper[:60, -60:], paper[-60:, :60], paper[-60:, -60:])
    ]
    assert min(corners) > 245


def test_a_sheet_on_a_desk_is_cut_out(sheet: Colour) -> None:
    photo = taken(sheet, Condition(desk=True, perspective=3, shade=0.3, noise=5))
    corners = find_sheet(photo)
    assert corners is not None
    height, width = photo.shape[:2]
    assert 0.6 < cv2.contourArea(corners) / (width * height) < 0.9
    assert as_paper(photo)[2:-2, 2:-2].mean() > 225


@pytest.mark.parametrize(
    "condition", [Condition(), Condition(shade=0.4), Condition(skew=1.5, noise=8), Condition(one_bit=True)]
)
def test_a_page_that_fills_its_picture_is_not_cut(sheet: Colour, condition: Condition) -> None:
    assert find_sheet(taken(sheet, condition)) is None


@pytest.mark.parametrize("angle", [-4.6, -1.5, -0.4, 0.0, 0.7, 3.1, 5.0])
def test_lines_that_are_askew_are_set_level(sheet: Colour, angle: float) -> None:
    askew = as_paper(taken(sheet, Condition(skew=angle, noise=6)))
    assert abs(skew(askew) - angle) <= 0.2
    assert abs(skew(straightened(askew))) <= 0.2


def test_a_page_on_its_side_is_known_either_way(sheet: Colour) -> None:
    paper = as_paper(taken(sheet, Condition(skew=1, noise=6)))
    assert [lines_run_down(turned(paper, quarters)) for quarters in range(4)] == [False, True, False, True]


def test_a_table_on_its_side_is_known_though_lines_of_its_cells_lie_beside_gaps() -> None:
    text = [" ".join(WORDS[(line * 5 + k * (line + 1)) % 14] for k in range(3)) for line in range(120)]
    cells = [(60.0 + 125 * n, 70.0 + 14 * line + 5 * n, text[30 * n + line]) for n in range(4) for line in range(30)]
    table = drawn(cells, dpi=110, size=9)
    paper = as_paper(taken(table, Condition(skew=1, noise=8)))
    assert [lines_run_down(turned(paper, quarters)) for quarters in range(4)] == [False, True, False, True]


def test_an_empty_page_is_level_and_upright() -> None:
    blank = np.full((500, 400), 255, np.uint8)
    assert not lines_run_down(blank)
    assert straightened(blank) is blank


def test_jpeg_of_a_telephone_is_no_larger_in_memory_than_needed(sheet: Colour) -> None:
    assert decoded(as_jpeg(sheet)).nbytes == sheet.nbytes
