"""Pages as a scanner or a phone gives them, from LibreOffice's PDF, under numeric conditions."""

import io
import math
import random

import cv2
import numpy as np
import pypdfium2 as pdfium
from corpus.generator.draft import File, Picture
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
_DPIS = (150, 200, 200, 300)
_PAPER = 250
_PHONE_DPI = 220
"""Of a page that fills a phone's 12 million pixels with some desk around it."""
_DESK = (96, 112, 128)
_FOCAL = 1.4
"""Of the page's height: how far the camera is."""


def scan_conditions(rng: random.Random, *, stamp: bool) -> Picture:
    """As office scanners are set; one in five is black and white."""
    return Picture(
        photo=False,
        dpi=rng.choice(_DPIS),
        skew=rng.uniform(-1.5, 1.5),
        quality=rng.randint(40, 80),
        one_bit=rng.random() < 0.2,
        noise=rng.uniform(0, 8),
        blur=rng.uniform(0, 0.7),
        stamp=stamp and rng.random() < 0.6,
        turned=rng.choices([0, 90, 180, 270], [92, 3, 3, 2])[0],
        suffix=rng.choices(["pdf", "tif", "jpg"], [8, 1, 1])[0],
    )


def photo_conditions(rng: random.Random, *, stamp: bool) -> Picture:
    """A page on a desk, the camera not quite above it, the light from one side."""
    return Picture(
        photo=True,
        dpi=_PHONE_DPI,
        skew=rng.uniform(-1.5, 1.5),
        quality=rng.randint(55, 80),
        noise=rng.uniform(0, 8),
        blur=rng.uniform(0, 0.7),
        perspective=rng.uniform(0.5, 3),
        shade=rng.uniform(0.05, 0.33),
        stamp=stamp and rng.random() < 0.5,
        suffix="jpg",
    )


def take(file: File, rng: random.Random) -> None:
    """Replace the file's PDF by pictures of its pages; what holds one page alone becomes a PDF where there are more."""
    condition = file.picture
    if condition is None:
        return
    numbers = np.random.default_rng(rng.getrandbits(63))
    document = pdfium.PdfDocument(file.content)
    pages = [_page(page, condition, file.signer, numbers, rng) for page in document]
    document.close()
    suffix = condition.suffix if len(pages) == 1 or condition.suffix == "tif" else "pdf"
    file.content = _written(pages, condition, suffix)
    file.name = f"{file.name.rpartition('.')[0]}.{suffix}"
    if file.told is not None:
        file.told.file = file.name


def _page(
    page: pdfium.PdfPage, condition: Picture, signer: str, numbers: np.random.Generator, rng: random.Random
) -> Image.Image:
    scale = condition.dpi / 72
    pixels: Pixels = np.ascontiguousarray(page.render(scale=scale).to_numpy()[:, :, :3])
    place = _place_of(page, signer, scale) if condition.stamp and signer else None
    if place is not None:
        pixels = _stamped(pixels, place, scale, rng)
    if condition.photo:
        pixels = _photographed(pixels, condition, rng)
    elif condition.skew:
        pixels = _rotated(pixels, condition.skew)
    pixels = _worn(pixels, condition, numbers, rng)
    if condition.turned:
        pixels = np.ascontiguousarray(np.rot90(pixels, condition.turned // 90))
    image = Image.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    if condition.one_bit:
        grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return Image.fromarray(np.where(grey > 160, 255, 0).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)
    return image


def _place_of(page: pdfium.PdfPage, signer: str, scale: float) -> tuple[int, int] | None:
    """The left end of the signer's name, in pixels."""
    text = page.get_textpage()
    found = text.search(signer).get_next() or text.search(" ".join(signer.split()[-2:])).get_next()
    if found is None:
        return None
    left, bottom, _, top = text.get_charbox(found[0])
    return round(left * scale), round((page.get_height() - (bottom + top) / 2) * scale)


def _stamped(pixels: Pixels, name: tuple[int, int], scale: float, rng: random.Random) -> Pixels:
    """A round red seal over a third of the signature, and a blue pen over both."""
    layer = np.full_like(pixels, 255)
    radius = round(52 * scale)
    centre = name[0] - round(rng.uniform(0, 14) * scale), name[1] - round(rng.uniform(20, 38) * scale)
    red = (70, 60, rng.randint(200, 235))
    for size, width in ((radius, 2.2), (radius - round(12 * scale), 1.0)):
        cv2.circle(layer, centre, size, red, max(1, round(width * scale)), cv2.LINE_AA)
    cv2.putText(layer, "C.D.C.S", (centre[0] - round(26 * scale), centre[1]), 0, 0.45 * scale, red, round(scale))
    points = [
        (name[0] + round((step * 7 - 8) * scale), name[1] - round((18 + 16 * math.sin(step * 1.7)) * scale))
        for step in range(14)
    ]
    cv2.polylines(layer, [np.array(points, np.int32)], False, (180, 70, 30), round(1.2 * scale), cv2.LINE_AA)
    inked: Pixels = (pixels.astype(np.uint16) * layer // 255).astype(np.uint8)
    return inked


def _rotated(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    white = (_PAPER,) * 3
    return np.asarray(cv2.warpAffine(pixels, turn, (width, height), borderValue=white), np.uint8)


def _photographed(pixels: Pixels, condition: Picture, rng: random.Random) -> Pixels:
    """The page turned in space before a camera, on a desk."""
    height, width = pixels.shape[:2]
    around = rng.uniform(0, 2 * math.pi)
    tilt_x, tilt_y = (math.radians(condition.perspective) * part(around) for part in (math.sin, math.cos))
    roll = math.radians(condition.skew)
    margin = round(0.05 * height)
    seen = []
    for x, y in ((0, 0), (width, 0), (width, height), (0, height)):
        u, v = x - width / 2, y - height / 2
        u, v = u * math.cos(roll) - v * math.sin(roll), u * math.sin(roll) + v * math.cos(roll)
        depth = _FOCAL * height + u * math.sin(tilt_y) + v * math.sin(tilt_x)
        near = _FOCAL * height / depth
        u, v = u * math.cos(tilt_y) * near, v * math.cos(tilt_x) * near
        seen.append((u + width / 2 + margin, v + height / 2 + margin))
    corners = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    view = cv2.getPerspectiveTransform(corners, np.array(seen, np.float32))
    size = (width + 2 * margin, height + 2 * margin)
    return np.asarray(cv2.warpPerspective(pixels, view, size, borderValue=_DESK), np.uint8)


def _worn(pixels: Pixels, condition: Picture, numbers: np.random.Generator, rng: random.Random) -> Pixels:
    """Light that falls off, a lens that is not sharp, noise."""
    worn = pixels.astype(np.float32) * (_PAPER / 255)
    if condition.shade:
        height, width = worn.shape[:2]
        angle = rng.uniform(0, 2 * math.pi)
        across = np.linspace(-0.5, 0.5, width, dtype=np.float32) * math.cos(angle)
        down = np.linspace(-0.5, 0.5, height, dtype=np.float32) * math.sin(angle)
        ramp = across[None, :] + down[:, None]
        ramp = (ramp - ramp.min()) / (ramp.max() - ramp.min())
        worn *= (1 - condition.shade * ramp)[:, :, None]
    if condition.blur > 0.1:
        worn = np.asarray(cv2.GaussianBlur(worn, (0, 0), condition.blur), np.float32)
    if condition.noise > 0.5:
        worn += numbers.standard_normal(worn.shape[:2], np.float32)[:, :, None] * condition.noise
    return np.clip(worn, 0, 255).astype(np.uint8)


def _written(pages: list[Image.Image], condition: Picture, suffix: str) -> bytes:
    out = io.BytesIO()
    first, *others = pages
    if suffix == "jpg":
        first.convert("RGB").save(out, "JPEG", quality=condition.quality, dpi=(condition.dpi,) * 2)
    elif suffix == "tif":
        packing = (
            {"compression": "group4"} if condition.one_bit else {"compression": "jpeg", "quality": condition.quality}
        )
        first.save(out, "TIFF", save_all=True, append_images=others, dpi=(condition.dpi,) * 2, **packing)
    else:
        grey = {} if condition.one_bit else {"quality": condition.quality}
        first.save(out, "PDF", save_all=True, append_images=others, resolution=condition.dpi, **grey)
    return out.getvalue()
