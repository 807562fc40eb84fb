"""The streams that a page is drawn by, looked at before they are interpreted.

pdfminer draws what it can of a damaged stream and says nothing, and inflates one of any size: both are told here.
"""

import zlib

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1

from dossier.model import Problem
from parsers.problem import UnreadableError

MAX_STREAM_BYTES = 32 << 20


def is_damaged(page: PDFPage) -> bool:
    """Whether a part of the page's drawing is lost. Raises UnreadableError (NOT_READ) for one that inflates too far."""
    return any(_stream_is_damaged(resolve1(each)) for each in page.contents)


def _stream_is_damaged(stream: object) -> bool:
    if not isinstance(stream, PDFStream):
        return True
    if stream.rawdata is None or stream.decipher is not None:  # decoded already, or encrypted
        return False
    filters = stream.get_filters()
    if not filters or filters[0][0] not in LITERALS_FLATE_DECODE:
        return False
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(stream.rawdata, MAX_STREAM_BYTES)
    except zlib.error:
        return True
    if inflater.unconsumed_tail and len(data) >= MAX_STREAM_BYTES:
        raise UnreadableError(Problem.NOT_READ, f"a page drawn by more than {MAX_STREAM_BYTES} bytes")
    return not inflater.eof
