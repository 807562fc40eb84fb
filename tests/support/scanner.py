"""What scanners and telephones make of a clean page: skew, noise, blur, JPEG, one bit, stamps, perspective, light.

Every condition is a number and a seed decides the rest, so that a figure of accuracy can be measured again.
"""

import io
import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Colour = NDArray[np.uint8]
"""Height by width by RGB."""

_RED, _BLUE = (196, 40, 48), (38, 50, 150)


@dataclass(frozen=True, slots=True)
class Condition:
    """How a page was taken; the defaults change nothing."""

    dpi: int = 300
    skew: float = 0.0
    """Degrees, clockwise."""
    noise: float = 0.0
    """Standard deviation, of 255."""
    blur: float = 0.0
    """Standard deviation, in pixels."""
    quality: int | None = None
    """Of JPEG."""
    one_bit: bool = False
    perspective: float = 0.0
    """Degrees by which the telephone is tilted; the page then lies on a desk."""
    shade: float = 0.0
    """Share of the light that is lost from one corner to the other."""
    desk: bool = False
    turns: int = 0
    """Quarters, clockwise."""


def taken(page: Colour, condition: Condition, seed: int = 0) -> Colour:
    """The page, rendered at the condition's dpi, as it comes out."""
    random = np.random.default_rng(seed)
    picture = page
    if condition.desk:
        picture = _on_desk(picture, random)
    if condition.skew:
        picture = _turned(picture, condition.skew)
    if condition.perspective:
        picture = _tilted(picture, condition.perspective, random)
    if condition.shade:
        picture = _shaded(picture, condition.shade, random)
    if condition.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), condition.blur)
    if condition.noise:
        grain = random.normal(0, condition.noise, picture.shape[:2])[..., None]
        picture = np.clip(picture + grain, 0, 255).astype(np.uint8)
    if condition.one_bit:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        picture = cv2.cvtColor(((grey > 150) * 255).astype(np.uint8), cv2.COLOR_GRAY2RGB)
    if condition.turns:
        picture = np.ascontiguousarray(np.rot90(picture, -condition.turns))
    return picture


def as_jpeg(picture: Colour, quality: int | None = None, dpi: int = 300) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality or 85, dpi=(dpi, dpi))
    return out.getvalue()


def as_png(picture: Colour, *, one_bit: bool = False) -> bytes:
    out = io.BytesIO()
    image = Image.fromarray(picture)
    (image.convert("1", dither=Image.Dither.NONE) if one_bit else image).save(out, "PNG", optimize=True)
    return out.getvalue()


def as_pdf(pictures: list[Colour], condition: Condition) -> bytes:
    """Every picture a page of a scanned PDF, at its real size."""
    out = io.BytesIO()
    images = [Image.fromarray(picture) for picture in pictures]
    if condition.one_bit:
        first, *rest = (image.convert("1", dither=Image.Dither.NONE) for image in images)
        first.save(out, "PDF", save_all=True, append_images=rest, resolution=condition.dpi)
        return out.getvalue()
    first, *rest = images
    quality = condition.quality or 85
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=condition.dpi, quality=quality)
    return out.getvalue()


def stamped(page: Colour, x: float, y: float, dpi: int, seed: int = 0, *, lettered: bool = True) -> Colour:
    """With a red stamp of 36 mm around (x, y) in points, and a signature in blue ink across it."""
    random = np.random.default_rng(seed)
    ink = page.copy()
    scale = dpi / 72
    middle = (int(x * scale), int(y * scale))
    radius = 51 * scale
    for part, width in ((1.0, 1.4), (0.93, 0.6), (0.62, 0.6)):
        cv2.circle(ink, middle, int(radius * part), _RED, max(1, int(width * scale)), cv2.LINE_AA)
    if lettered:
        _ring(ink, "CONG DOAN CO SO * DONG NAI * ", middle, radius * 0.78, scale)
        _star(ink, middle, radius * 0.3)
    start = np.array([middle[0] - 20 * scale, middle[1] + random.uniform(-25, 0) * scale])
    steps = random.uniform(-1, 1, (9, 2)) * np.array([26 * scale, 22 * scale]) + np.array([9 * scale, 0])
    points = (start + np.cumsum(steps, axis=0)).astype(np.int32)
    cv2.polylines(ink, [points], False, _BLUE, max(1, int(1.1 * scale)), cv2.LINE_AA)
    return np.minimum(page, ink)


def _ring(ink: Colour, text: str, middle: tuple[int, int], radius: float, scale: float) -> None:
    side = int(12 * scale)
    for number, letter in enumerate(text):
        angle = 2 * math.pi * number / len(text) - math.pi / 2
        tile = np.full((side, side, 3), 255, np.uint8)
        cv2.putText(
            tile, letter, (side // 5, side * 4 // 5), cv2.FONT_HERSHEY_DUPLEX, side / 34, _RED, max(1, side // 18)
        )
        spin = cv2.getRotationMatrix2D((side / 2, side / 2), -math.degrees(angle) - 90, 1)
        tile = cv2.warpAffine(tile, spin, (side, side), borderValue=(255, 255, 255))
        left = int(middle[0] + radius * math.cos(angle) - side / 2)
        top = int(middle[1] + radius * math.sin(angle) - side / 2)
        if left < 0 or top < 0 or left + side > ink.shape[1] or top + side > ink.shape[0]:
            continue
        window = ink[top : top + side, left : left + side]
        np.minimum(window, tile, out=window)


def _star(ink: Colour, middle: tuple[int, int], radius: float) -> None:
    corners = []
    for number in range(10):
        reach, angle = radius * (1 if number % 2 == 0 else 0.4), math.pi * number / 5 - math.pi / 2
        corners.append((middle[0] + reach * math.cos(angle), middle[1] + reach * math.sin(angle)))
    cv2.fillPoly(ink, [np.array(corners, np.int32)], _RED, cv2.LINE_AA)


def _turned(picture: Colour, degrees: float) -> Colour:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _on_desk(page: Colour, random: np.random.Generator) -> Colour:
    """The page on a brown desk that shows all around it."""
    height, width = page.shape[:2]
    margin = int(0.06 * width)
    desk = np.empty((height + 2 * margin, width + 2 * margin, 3), np.uint8)
    desk[:] = (118, 86, 60)
    grain = random.normal(0, 9, (desk.shape[0], 1, 1))
    desk = np.clip(desk + grain, 0, 255).astype(np.uint8)
    desk[margin : margin + height, margin : margin + width] = page
    return desk


def _tilted(picture: Colour, degrees: float, random: np.random.Generator) -> Colour:
    """Seen by a telephone that is tilted about both axes, from one and a half times the page's height."""
    height, width = picture.shape[:2]
    far = 1.5 * height
    a, b = (math.radians(degrees) * sign for sign in random.choice([-1, 1], 2))
    middle = np.array([width / 2, height / 2])
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64) - middle
    depth = far + corners[:, 0] * math.sin(a) + corners[:, 1] * math.sin(b)
    seen = corners * np.array([math.cos(a), math.cos(b)]) * (far / depth)[:, None]
    matrix = cv2.getPerspectiveTransform(np.float32(corners + middle), np.float32(seen + middle))
    return cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _shaded(picture: Colour, share: float, random: np.random.Generator) -> Colour:
    height, width = picture.shape[:2]
    across = np.linspace(0, 1, width)[None, :] * np.ones((height, 1))
    down = np.linspace(0, 1, height)[:, None] * np.ones((1, width))
    across = across if random.random() < 0.5 else 1 - across
    light = 1 - share * (across + down) / 2
    return np.clip(picture * light[..., None], 0, 255).astype(np.uint8)
