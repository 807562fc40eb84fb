"""Digital signatures of files; a file without one pays for a search through its bytes and no more."""

import re
from collections.abc import Sequence

from dossier.signatures import Signature

SUFFIX = "#signatures"
"""Behind a part's name: the step at which its signatures are read, which may be left out alone."""

_PDF = b"%PDF-"
_SIGNED = re.compile(rb"/ByteRange\s*\[")
_HEAD = 1024


def is_signed(content: bytes) -> bool:
    """Whether this is a PDF that may hold a signature: the range of bytes that it covers is never compressed."""
    return _PDF in content[:_HEAD] and _SIGNED.search(content) is not None


def signatures_of(content: bytes, trust_roots: Sequence[str] = ()) -> tuple[Signature, ...]:
    """The signatures of a file that `is_signed`; `trust_roots` are certificates in PEM, one each.

    Raises nothing for damaged bytes; ValueError for broken trust roots.
    """
    from parsers.pdf_signatures import read_signatures  # noqa: PLC0415 - a second to load, for the few files that need it

    return read_signatures(content, trust_roots)
