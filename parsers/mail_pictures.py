"""Pictures, as far as mail needs to know them: their kind, and whether one is large enough to be a page."""

import io

from PIL import Image, UnidentifiedImageError

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif")
_PAGE_BYTES = 60 << 10
_PAGE_SIDE = 700
_PAGE_AREA = 900_000
"""Pixels: A4 at 100 dots an inch is 827 by 1169."""
_SHRUNK_BYTES, _SHRUNK_SIDE, _SHRUNK_SHAPE = 24 << 10, 480, (1.15, 1.8)
"""A page that a mail program made small, or in black and white: known by its shape; logos are square or wide."""
_OF_SCANNERS = ("image/tiff", "image/png")
"""In black and white alone a whole page weighs less than a logo in colour."""


def picture_type(content: bytes) -> str | None:
    """The media type of a picture; None for anything else."""
    found = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if found:
        return found
    if content.startswith(b"BM") and content[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS else None


def is_page(content: bytes) -> bool:
    """Whether a picture is large enough to be read as a page; one whose size cannot be told is, when it weighs much."""
    if len(content) < _SHRUNK_BYTES and picture_type(content) not in _OF_SCANNERS:
        return False
    try:
        with Image.open(io.BytesIO(content)) as picture:
            shorter, longer = sorted(picture.size)
            two_level = picture.mode == "1"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return len(content) >= _PAGE_BYTES
    if two_level and shorter >= _PAGE_SIDE and shorter * longer >= _PAGE_AREA:
        return True
    if len(content) < _SHRUNK_BYTES:
        return False
    least, most = _SHRUNK_SHAPE
    if shorter >= _SHRUNK_SIDE and least <= longer / shorter <= most:
        return True
    return len(content) >= _PAGE_BYTES and shorter >= _PAGE_SIDE and shorter * longer >= _PAGE_AREA
