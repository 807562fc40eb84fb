"""The streams that a page is drawn by, looked at before they are interpreted.

pdfminer draws what it can of a damaged stream and says nothing, inflates one of any size, and does not tell text that
is drawn invisible: all three are told here.
"""

import re
import zlib
from dataclasses import dataclass

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1

from dossier.model import Problem
from parsers.problem import UnreadableError

MAX_STREAM_BYTES = 32 << 20
_INVISIBLE = re.compile(rb"(?<![\w.])[37]\s+Tr\b")
"""Text rendering modes that paint nothing (ISO 32000-1, 9.3.6)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What can be told of a page's drawing before it is interpreted."""

    damaged: bool = False
    """A part of it is lost."""
    invisible: bool = False
    """It may paint text that nobody sees."""


def drawing_of(page: PDFPage) -> Drawing:
    """Raises UnreadableError (NOT_READ) for a stream that inflates too far."""
    found = [_stream(resolve1(each)) for each in page.contents]
    return Drawing(any(each.damaged for each in found), any(each.invisible for each in found))


def _stream(stream: object) -> Drawing:
    if not isinstance(stream, PDFStream):
        return Drawing(damaged=True)
    if stream.rawdata is None or stream.decipher is not None:  # decoded already, or encrypted
        return Drawing(invisible=_INVISIBLE.search(stream.get_data()) is not None)
    filters = stream.get_filters()
    if not filters:
        return Drawing(invisible=_INVISIBLE.search(stream.rawdata) is not None)
    if filters[0][0] not in LITERALS_FLATE_DECODE:
        return Drawing()
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(stream.rawdata, MAX_STREAM_BYTES)
    except zlib.error:
        return Drawing(damaged=True)
    if inflater.unconsumed_tail and len(data) >= MAX_STREAM_BYTES:
        raise UnreadableError(Problem.NOT_READ, f"a page drawn by more than {MAX_STREAM_BYTES} bytes")
    return Drawing(not inflater.eof, _INVISIBLE.search(data) is not None)
