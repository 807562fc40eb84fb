"""Time stamps (RFC 3161) of a head of the history: an authority's word that it was there at that time.

pyHanko takes a second to load: imported only where a stamp is asked for."""

import asyncio
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from asn1crypto import cms, pem, tsp
from asn1crypto.x509 import Certificate
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from hoso.timestamps import Stamp, TimestampError

_SECONDS = 30
_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    PdfError,
    PathError,
    InvalidSignature,
    UnsupportedAlgorithm,
)
"""What the libraries raise over damaged bytes."""


def stamped(text: bytes, url: str, seconds: float = _SECONDS) -> bytes:
    """A time-stamp token (DER) of the text's SHA-256, checked; nothing else is sent. Raises TimestampError."""
    stamper = HTTPTimeStamper(url, timeout=seconds)
    try:
        token: cms.ContentInfo = asyncio.run(stamper.async_timestamp(hashlib.sha256(text).digest(), "sha256"))
    except TimestampRequestError as error:
        raise TimestampError(f"the time-stamping authority gave no stamp ({error}): try again later") from None
    except _ERRORS as error:
        raise TimestampError(f"the time-stamping authority's answer cannot be read ({type(error).__name__})") from None
    der = bytes(token.dump())
    check_stamp(der, text, ())
    return der


def check_stamp(token: bytes, text: bytes, roots: Sequence[str]) -> Stamp:
    """`roots` are certificates in PEM; no certificate is fetched. Raises TimestampError where it does not hold."""
    try:
        return asyncio.run(_checked(token, text, [Certificate.load(pem.unarmor(root.encode())[2]) for root in roots]))
    except _ERRORS as error:
        raise TimestampError(f"this is no time stamp that can be read ({type(error).__name__})") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """pyHanko logs a chain that leads nowhere with its traceback; that it does is said by `trusted`."""
    logger = logging.getLogger("pyhanko.sign.validation.generic_cms")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


async def _checked(token: bytes, text: bytes, roots: list[Certificate]) -> Stamp:
    info = cms.ContentInfo.load(token, strict=True)
    if info["content_type"].native != "signed_data":
        raise TimestampError("this is no time-stamp token")
    signed = info["content"]
    parsed = signed["encap_content_info"]["content"].parsed
    if not isinstance(parsed, tsp.TSTInfo):
        raise TimestampError("this is no time-stamp token")
    at: datetime = parsed["gen_time"].native
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at, revocation_mode="soft-fail")
    with _quiet():
        found = await validate_tst_signed_data(signed, context, lambda name: hashlib.new(name, text).digest())
    if not found["intact"]:
        raise TimestampError("the time stamp is of another text, or was changed")
    if not found["valid"]:
        raise TimestampError("the time stamp was changed: its signature does not hold")
    named = found["signing_cert"].subject.human_friendly
    trusted = found["trust_problem_indic"] is None if roots else None
    return Stamp(at, named, trusted)
