"""Whether the pictures of a page are whole.

Viewers draw what there is of a picture that was cut off, and nothing of one that they cannot decode; the page tells
neither, and half a table would be taken for a whole one.
"""

import io
import struct
import zlib
from collections.abc import Iterable

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from PIL import Image

CUT_OFF = "has a picture that is cut off"
UNKNOWN = "has a picture of a kind that is not read"

_INFLATED = frozenset({"FlateDecode", "Fl"})
_JPEG = frozenset({"DCTDecode", "DCT"})
_JPEG_2000 = frozenset({"JPXDecode"})
_FAX = frozenset({"CCITTFaxDecode", "CCF"})
_JBIG2 = frozenset({"JBIG2Decode"})
_OTHERS = frozenset({"LZWDecode", "LZW", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx", "RunLengthDecode", "RL"})
_KNOWN = frozenset({"Crypt"}) | _OTHERS | _INFLATED | _JPEG | _JPEG_2000 | _FAX | _JBIG2
_END_OF_IMAGE = b"\xff\xd9"
"""Of JPEG and of JPEG 2000 alike."""
_END_OF_FAX = "000000000001000000000001"
"""ITU-T T.6, 2.4.1.1: the end of a facsimile block."""
_END_BYTES = 64
_CHUNK = 1 << 20
_LONG_FORM, _LONG_PAGE, _UNKNOWN_LENGTH = 7, 0x40, 0xFFFFFFFF
_LARGEST_NUMBERS = ((256, 1), (65536, 2))
"""JBIG2 (ITU-T T.88, 7.2.5): numbers of segments up to here take so many bytes."""


def what_is_lost(images: Iterable[PDFStream]) -> tuple[str, ...]:
    """CUT_OFF, UNKNOWN, both or none. Raises nothing for any bytes."""
    return tuple(dict.fromkeys(filter(None, map(_lost, images))))


def _lost(image: PDFStream) -> str:
    filters = [_name(name) for name, _ in image.get_filters()]
    if any(name not in _KNOWN for name in filters):
        return UNKNOWN
    if not filters or image.rawdata is None or image.decipher is not None:  # plain, decoded already, or encrypted
        return ""
    parameters = resolve1(image.get_filters()[0][1])
    return CUT_OFF if _is_cut(filters[0], image.rawdata, parameters) else ""


def _is_cut(kind: str, data: bytes, parameters: object) -> bool:
    if kind in _INFLATED:
        return _inflates_to_no_end(data)
    if kind in _JPEG:
        return _END_OF_IMAGE not in data[-_END_BYTES:] and not _decodes(data)
    if kind in _JPEG_2000:
        return _END_OF_IMAGE not in data[-_CHUNK:]  # boxes may follow; no packet of a picture holds it
    if kind in _JBIG2:
        return _segments_are_cut(data)
    return kind in _FAX and _fax_is_cut(data, parameters if isinstance(parameters, dict) else {})


def _inflates_to_no_end(data: bytes) -> bool:
    inflater = zlib.decompressobj()
    try:
        while data and not inflater.eof:
            inflater.decompress(data, _CHUNK)
            data = inflater.unconsumed_tail
    except zlib.error:
        return True
    return not inflater.eof


def _decodes(jpeg: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(jpeg)) as image:
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _fax_is_cut(data: bytes, parameters: dict[str, object]) -> bool:
    """Group 4 alone ends with a mark that is always there, where it is not left out on purpose.

    It may stand far from the end: writers copy what follows in a TIFF, too. No line of a picture holds it.
    """
    group = resolve1(parameters.get("K", 0))
    if not isinstance(group, int) or group >= 0 or resolve1(parameters.get("EndOfBlock", True)) is False:
        return False
    tail = data[-_CHUNK:]
    return _END_OF_FAX not in f"{int.from_bytes(tail, 'big'):0{8 * len(tail)}b}"


def _segments_are_cut(data: bytes) -> bool:
    """As PDF embeds them: headers, each with its data behind it (ITU-T T.88, 7.2)."""
    place = 0
    try:
        while place < len(data):
            number, flags, count = struct.unpack_from(">IBB", data, place)
            place += 5
            if count >> 5 == _LONG_FORM:
                references = struct.unpack_from(">I", data, place)[0] & 0x1FFFFFFF
                place += 4 + (references + 8) // 8
            else:
                references = count >> 5
                place += 1
            place += references * next((size for most, size in _LARGEST_NUMBERS if number <= most), 4)
            place += 4 if flags & _LONG_PAGE else 1
            length = struct.unpack_from(">I", data, place)[0]
            if length == _UNKNOWN_LENGTH:
                return False
            place += 4 + length
    except struct.error:
        return any(data[place:])  # zeros behind the last segment are no harm
    return place > len(data)


def _name(value: object) -> str:
    value = resolve1(value)
    name = value.name if isinstance(value, PSLiteral) else value
    return name if isinstance(name, str) else ""


__all__ = ["CUT_OFF", "UNKNOWN", "what_is_lost"]
