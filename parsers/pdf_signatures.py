"""Digital signatures of a PDF (ISO 32000-1, 12.8): who signed, when, what was changed since, is the signer trusted.

pyHanko does the work, without a network: nothing is fetched, so a certificate that was revoked since is not noticed.
Only `signatures` imports this module, at the first file that needs it: pyHanko takes a second to load.
"""

import io
from collections.abc import Coroutine, Iterator, Sequence
from datetime import datetime
from typing import cast

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from dossier.signatures import Signature, SinceSigning
from parsers.headers import one_line
from parsers.pdf_errors import OF_DAMAGED_OBJECTS

_MOST = 20
"""Signatures of one file; a document that goes round an office has five."""
_NAME = 120
_YEARS = range(1990, 2200)
_TIME_STAMP = "/DocTimeStamp"

_ERRORS: tuple[type[Exception], ...] = (
    *OF_DAMAGED_OBJECTS,
    PdfError,
    PathError,
    InvalidSignature,
    UnsupportedAlgorithm,
)


def read_signatures(content: bytes, trust_roots: Sequence[str]) -> tuple[Signature, ...]:
    """The signatures of a PDF, in order; `trust_roots` are certificates in PEM. Empty where nobody signed.

    What is broken gives a Signature that says so. Raises ValueError for broken trust roots.
    """
    roots = [_certificate(root) for root in trust_roots]
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            reader.decrypt(b"")
        return tuple(_signatures(reader, roots))
    except _ERRORS as error:
        return (Signature(doubt=f"the signatures could not be read: {type(error).__name__}"),)


def _certificate(root: str) -> Certificate:
    return Certificate.load(pem.unarmor(root.encode())[2], strict=True)


def _signatures(reader: PdfFileReader, roots: list[Certificate]) -> Iterator[Signature]:
    found: list[tuple[int, Signature]] = []
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        try:
            embedded = EmbeddedPdfSignature(reader, field.get_object(), name)
            if embedded.sig_object_type != _TIME_STAMP:
                found.append((embedded.signed_revision, _checked(embedded, roots)))
        except _ERRORS as error:
            found.append((len(found), Signature(doubt=f"the signature is broken: {type(error).__name__}")))
        if len(found) >= _MOST:
            break
    yield from (signature for _, signature in sorted(found, key=lambda each: each[0]))


def _checked(embedded: EmbeddedPdfSignature, roots: list[Certificate]) -> Signature:
    subject = embedded.signer_cert.subject.native
    claimed = _with_zone(embedded.self_reported_timestamp)
    # as of the time of signing: certificates live for a year or two, documents are read for longer
    moment = claimed or embedded.signer_cert.not_valid_before
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment, revocation_mode="soft-fail")
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    who = Signature(_text(subject.get("common_name")), _text(subject.get("organization_name")), claimed)
    try:
        status = _finished(async_validate_pdf_signature(embedded, context, context, key_usage_settings=usage))
    except _ERRORS as error:
        return Signature(who.signer, who.organisation, claimed, doubt=f"not checked: {type(error).__name__}")
    stamp = status.timestamp_validity
    stamped = stamp is not None and stamp.valid and stamp.intact and stamp.trusted
    return Signature(
        signer=who.signer,
        organisation=who.organisation,
        signed_at=_with_zone(stamp.timestamp) if stamped and stamp is not None else claimed,
        stamped=stamped,
        since=_since(status),
        trusted=bool(status.valid and status.intact and status.trusted) if roots else None,
        doubt=_doubt(status, roots),
    )


def _finished(check: Coroutine[None, None, PdfSignatureStatus]) -> PdfSignatureStatus:
    """The outcome of a check that fetches nothing, and so waits for nothing: an event loop would need sockets."""
    try:
        check.send(None)
    except StopIteration as done:
        return cast(PdfSignatureStatus, done.value)
    check.close()
    raise ValueError("the check waits for something outside of the document")


def _since(status: PdfSignatureStatus) -> SinceSigning:
    if not status.intact:
        return SinceSigning.CHANGED
    if not status.valid or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return SinceSigning.UNKNOWN
    level = status.modification_level
    if level is None or not status.docmdp_ok or level >= ModificationLevel.OTHER:
        return SinceSigning.CHANGED
    return SinceSigning.UNCHANGED if level <= ModificationLevel.LTA_UPDATES else SinceSigning.EXTENDED


def _doubt(status: PdfSignatureStatus, roots: list[Certificate]) -> str:
    if not status.intact:
        return "the signed bytes are not those that were signed"
    if not status.valid:
        return "the signature does not fit its certificate"
    if roots and not status.trusted:
        told = getattr(status.trust_problem_indic, "name", "")
        return f"the certificate is not trusted: {told.lower().replace('_', ' ') or 'no reason given'}"
    return ""


def _with_zone(moment: datetime | None) -> datetime | None:
    """A time without a zone says nothing that can be compared (P3), and one of another age is no time of signing."""
    return moment if moment is not None and moment.tzinfo is not None and moment.year in _YEARS else None


def _text(value: object) -> str:
    """A name of a certificate; one that occurs several times comes as a list."""
    values = value if isinstance(value, list) else [value]
    return one_line("; ".join(str(each) for each in values if each), _NAME)
