"""Which union a message is from: by its address, checked against what the memo says of itself.

A stranger's claim is not trusted, a place alone tells nothing, and where two could be meant none is (FORMS.md, "Mail").
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dossier.authentication import Authentication
from dossier.campaign import Roster
from dossier.findings import LOW_CONFIDENCE, UNION_MISMATCH, UNKNOWN_UNION, UNVERIFIED_SENDER, finding
from dossier.model import Document, Finding, Submission
from dossier.selection import OCR
from dossier.union_names import NameIndex, index_of, resembles

_HARDLY = "the memo's issuer is hardly the sender's union: {}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who sent a message, as far as it can be told."""

    union: str | None
    """Roster code; None where it cannot be told."""
    known_sender: bool
    """The address is the union's own and nothing speaks against it: the message may add to its dossier."""
    by_address: tuple[str, ...] = ()
    """Codes of every union that the address belongs to."""
    claimed: tuple[str, ...] = ()
    """Codes of every union that the memos name; for want of a memo, that the sender's own words name."""
    findings: tuple[Finding, ...] = ()
    """For a message that brings something; nothing is found on mere correspondence."""


@dataclass(frozen=True, slots=True)
class _Claim:
    codes: frozenset[str]
    issuers: tuple[str, ...]
    """As written, of every memo that has one."""
    strange: tuple[str, ...]
    """Issuers that are nobody's of the roster, in files that were not read by OCR."""
    misread: tuple[str, ...]
    """The same in files read by OCR: the reading may be at fault."""

    @property
    def text(self) -> str:
        return "; ".join(self.issuers)


def identify(
    submission: Submission,
    roster: Roster,
    *,
    confirmed: Mapping[str, str] | None = None,
    authentication: Authentication = Authentication.UNKNOWN,
) -> Identity:
    """Tell the union. `confirmed` maps further addresses, lower case, to the roster code that a person confirmed."""
    index = index_of(roster)
    owners = _owners(submission.sender.address, roster, confirmed or {})
    claim = _claim(submission, index)
    doubt = submission.sender.doubt or ("authentication failed" if authentication is Authentication.FAIL else "")
    if len(owners) > 1:
        return _mismatch(owners, claim)
    if owners:
        return _known(owners[0], claim, doubt, roster)
    return _stranger(claim, doubt or "address not known")


def _owners(address: str | None, roster: Roster, confirmed: Mapping[str, str]) -> tuple[str, ...]:
    if address is None:
        return ()
    here = address.casefold()
    codes = [union.code for union in roster.unions if here in {own.casefold() for own in union.addresses}]
    by_person = confirmed.get(here)
    return tuple(sorted({*codes, *((by_person,) if by_person else ())}))


def _claim(submission: Submission, index: NameIndex) -> _Claim:
    memos = [(issuer, document) for document in submission.documents if (issuer := issuer_of(document))]
    codes = frozenset(code for issuer, _ in memos if (code := index.union_of(issuer)))
    if not memos:
        codes = index.unions_in(submission.subject) or index.unions_in(submission.own_words)
    nobodys = [(issuer, document) for issuer, document in memos if index.union_of(issuer) is None]
    return _Claim(
        codes,
        tuple(issuer for issuer, _ in memos),
        tuple(issuer for issuer, document in nobodys if document.read_by != OCR),
        # a scan beside its soft copy: what the soft copy says is enough
        tuple(issuer for issuer, document in nobodys if document.read_by == OCR and not codes),
    )


def issuer_of(document: Document) -> str | None:
    """What the memo in this file says of itself; '' counts as nothing."""
    return (document.memo.issuer or None) if document.memo is not None else None


def _mismatch(owners: tuple[str, ...], claim: _Claim) -> Identity:
    claimed = tuple(sorted(claim.codes))
    found = finding(
        UNION_MISMATCH, detail=claim.text, values={"by_address": ", ".join(owners), "by_memo": ", ".join(claimed)}
    )
    return Identity(None, known_sender=False, by_address=owners, claimed=claimed, findings=(found,))


def _known(code: str, claim: _Claim, doubt: str, roster: Roster) -> Identity:
    named = claim.codes if claim.issuers else frozenset()  # what a known sender writes of others is no claim
    union = roster.by_code(code)
    if named - {code} or (union is not None and any(resembles(issuer, union) is False for issuer in claim.strange)):
        return _mismatch((code,), claim)
    found = []
    if doubt:
        found.append(finding(UNVERIFIED_SENDER, detail=doubt, values={"claimed": code, "reason": doubt}))
    if union is not None and not all(resembles(issuer, union) for issuer in (*claim.strange, *claim.misread)):
        found.append(finding(LOW_CONFIDENCE, detail=_HARDLY.format(claim.text)))
    return Identity(code, not doubt, (code,), tuple(sorted(named)), tuple(found))


def issuer_findings(document: Document, code: str, roster: Roster) -> tuple[Finding, ...]:
    """What speaks against the memo being of the union `code`, which the sender is known to be."""
    issuer, union = issuer_of(document), roster.by_code(code)
    if issuer is None or union is None:
        return ()
    named = index_of(roster).union_of(issuer)
    likeness = named == code if named is not None else resembles(issuer, union)
    if likeness:
        return ()
    if likeness is False and (named is not None or document.read_by != OCR):
        values = {"by_address": code, "by_memo": named or ""}
        return (finding(UNION_MISMATCH, document=document.file, detail=issuer, values=values),)
    return (finding(LOW_CONFIDENCE, detail=_HARDLY.format(issuer)),)


def _stranger(claim: _Claim, reason: str) -> Identity:
    claimed = tuple(sorted(claim.codes))
    if len(claimed) == 1 and not claim.strange:
        found = finding(UNVERIFIED_SENDER, detail=reason, values={"claimed": claimed[0], "reason": reason})
        return Identity(claimed[0], known_sender=False, claimed=claimed, findings=(found,))
    return Identity(None, known_sender=False, claimed=claimed, findings=(finding(UNKNOWN_UNION, detail=claim.text),))
