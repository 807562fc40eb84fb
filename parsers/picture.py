"""Pictures decoded: JPEG, PNG, TIFF, BMP, WebP, GIF and HEIC, one page at a time, upright as the camera says.

How large a picture is, its header tells before anything is decoded (fault 36).
"""

import io
import math
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from dossier.model import Problem
from parsers.mail_pictures import picture_type
from parsers.problem import UnreadableError

Grey = NDArray[np.uint8]
"""Height by width, 0 is black."""
Colour = NDArray[np.uint8]
"""Height by width by RGB; a grey picture has no third axis."""

MAX_PIXELS = 80_000_000
"""Of one page: a telephone's 64 million, A4 at 600 dots an inch has 35."""
MAX_DECODED = 144 << 20
"""Bytes of one page once it is decoded."""
MAX_FRAMES = 50
"""Pages of one TIFF."""
ENOUGH = 3500
"""Pixels along the longer side: A4 at 300 dots an inch. A picture of twice as many is halved while it is decoded."""
_LONG_STRIP = 2.0
"""From this on a picture is no page: its shorter side may be that of a whole one."""
_MOST_OF_STRIP = 9_000_000
"""Pixels, as of a page at 300 dots an inch."""

HEIC = "image/heic"
_WELL_KNOWN = ("image/jpeg", "image/png", "image/bmp", "image/gif")
"""What is broken here is broken everywhere."""
_DAMAGED = ("truncated", "broken", "premature", "corrupt", "unrecognized data stream", "cannot identify", "crc")
_GREY = ("1", "L")
_DEEP = ("I", "F")
_ORIENTATION = 0x0112
"""Tag of EXIF and TIFF."""
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture of that orientation upright."""
_LIBRARY_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What decoders raise over a damaged file."""


def frames(content: bytes) -> Iterator[Colour]:
    """Each page of a picture file.

    Raises UnreadableError: CORRUPT where a format that everyone reads is damaged, NOT_READ for what is too large and
    for what this decoder alone may be unable to read.
    """
    with _picture_errors(content):
        image = _opened(content)
        count = _count(image)
    with image:
        for number in range(count):
            with _picture_errors(content):
                if number:
                    image.seek(number)
                frame = _decoded(image)
                if number + 1 == count:
                    image.close()  # the picture as the file holds it is not kept beside its copy
                pixels = np.asarray(frame, dtype=np.uint8)
                del frame
            yield pixels


def _count(image: Image.Image) -> int:
    count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    if count > MAX_FRAMES:
        raise UnreadableError(Problem.NOT_READ, f"{count} pages, more than {MAX_FRAMES}")
    return count


def _opened(content: bytes) -> Image.Image:
    return decoded_heic(content) if picture_type(content) == HEIC else Image.open(io.BytesIO(content))


def decoded_heic(content: bytes) -> Image.Image:
    """A photo of HEIC, upright. Starts a thread, which ends a process that may not. Raises what the decoder raises."""
    import pi_heif  # noqa: PLC0415 - photos of telephones alone

    pi_heif.options.DECODE_THREADS = 1
    opened = pi_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
    _check_size(opened.size, grey=False)
    image: Image.Image = opened.to_pillow()
    return image


def _decoded(image: Image.Image) -> Image.Image:
    """A copy: grey or RGB, upright, twice as large as needed at most."""
    if image.format == "JPEG":
        _check_pixels(image.size)
        image.draft(None, _draft_size(image.size))
    _check_size(image.size, grey=image.mode in _GREY)
    orientation = int(image.getexif().get(_ORIENTATION, 1) or 1)
    enough = _enough(image.size)
    shrink = max(image.size) // enough if image.format != "JPEG" else 1
    plain = _plain(image)
    frame = plain.reduce(shrink) if shrink > 1 else plain
    if enough > ENOUGH and max(frame.size) > enough:
        frame.thumbnail((enough, enough))
    if orientation in _TURNED:
        return frame.transpose(_TURNED[orientation])
    return frame.copy() if frame is image else frame


def _enough(size: tuple[int, int]) -> int:
    """Pixels along the longer side; of a panorama so many more that its letters keep theirs."""
    longer, shorter = max(size), max(min(size), 1)
    return max(ENOUGH, round(math.sqrt(_MOST_OF_STRIP * longer / shorter))) if is_strip(*size) else ENOUGH


def is_strip(width: int, height: int) -> bool:
    """Whether a picture is longer than any page: a panorama, or a cut of some lines."""
    return max(width, height) >= _LONG_STRIP * min(width, height)


def _draft_size(size: tuple[int, int]) -> tuple[int, int]:
    """What JPEG is asked for: it halves as long as no less than this is left."""
    longer = max(size)
    least = min(_enough(size), longer)
    return max(1, size[0] * least // longer), max(1, size[1] * least // longer)


def _plain(image: Image.Image) -> Image.Image:
    """Grey or RGB, on white where it is transparent."""
    if image.mode in ("L", "RGB"):
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith(_DEEP):
        levels = np.asarray(image, dtype=np.float32)
        top = max(float(levels.max(initial=0)), 1.0)
        return Image.fromarray((levels * (255 / (65535 if top > 255 else 255))).clip(0, 255).astype(np.uint8))
    if image.has_transparency_data:
        over = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")
    return image.convert("RGB")


def _check_size(size: tuple[int, int], *, grey: bool) -> None:
    _check_pixels(size)
    bytes_each = 1 if grey else 4  # as Pillow holds them
    if size[0] * size[1] * bytes_each > MAX_DECODED:
        raise _too_large(size)


def _check_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise _too_large(size)


def _too_large(size: tuple[int, int]) -> UnreadableError:
    return UnreadableError(Problem.NOT_READ, f"a picture of {size[0]} x {size[1]} pixels, too large to be read")


@contextmanager
def _picture_errors(content: bytes) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError(Problem.NOT_READ, "a picture too large to be read") from error
    except _LIBRARY_ERRORS as error:
        what = str(error)
        damaged = isinstance(error, UnidentifiedImageError) or any(word in what.lower() for word in _DAMAGED)
        proven = damaged and picture_type(content) in _WELL_KNOWN
        detail = "the picture is damaged" if proven else f"the picture cannot be decoded: {what}"
        raise UnreadableError(Problem.CORRUPT if proven else Problem.NOT_READ, detail) from error
