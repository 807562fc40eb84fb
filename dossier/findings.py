"""The policy of findings (corpus/README.md, "Findings"): how grave each is, who may read it, and what it carries.

A finding's `detail` is evidence in the sender's own words; `values` hold what a letter or a page needs to say it in
its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossier.model import Finding, Severity

RULES_VERSION = "5"
"""Kept with every assessment (P8): raised whenever a rule of this package changes what it finds."""

MISSING_MEMO = "missing-memo"
MISSING_SUMMARY_TABLE = "missing-summary-table"
EMPTY_SUMMARY_TABLE = "empty-summary-table"
INCOMPLETE_ROW = "incomplete-row"
NO_ELIGIBLE_INITIATIVE = "no-eligible-initiative"
UNREADABLE_ATTACHMENT = "unreadable-attachment"
PASSWORD_PROTECTED = "password-protected"  # noqa: S105 - the name of a finding
LINKED_NOT_ATTACHED = "linked-not-attached"
NOTHING_ATTACHED = "nothing-attached"
LATE = "late"
REFUSED_KIND = "refused-kind"
UNVERIFIED_SENDER = "unverified-sender"
UNION_MISMATCH = "union-mismatch"
UNKNOWN_UNION = "unknown-union"
NOT_READ = "not-read"
LOW_CONFIDENCE = "low-confidence"
COLUMN_MISSING = "column-missing"
COPIES_DIFFER = "copies-differ"
REPLACES_UNLIKE = "replaces-unlike"
AUTOMATIC_WITH_DOSSIER = "automatic-with-dossier"
RECEIPT_TIME_DISPUTED = "receipt-time-disputed"
RECEIPT_TIME_UNKNOWN = "receipt-time-unknown"
CAMPAIGN_UNCLEAR = "campaign-unclear"
APPLIED_OUTSIDE_WINDOW = "applied-outside-window"
APPLIED_UNCLEAR = "applied-unclear"
SUMMARY_TOO_LONG = "summary-too-long"
COUNT_DIFFERS = "count-differs"
NEAR_DUPLICATE = "near-duplicate"
LAYOUT = "layout"
SIGNATURE = "signature"
SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for every finding of one code."""

    severity: Severity
    in_letter: bool
    """The sender may read it; else it is for staff alone."""
    detail: str
    """What `Finding.detail` holds."""
    values: tuple[str, ...] = ()
    """The keys that `Finding.values` may have, all of them texts."""


_DEFICIENCY, _REVIEW, _WARNING = Severity.DEFICIENCY, Severity.REVIEW, Severity.WARNING
_READER = "what the reader met, in English"

POLICY: Mapping[str, Policy] = MappingProxyType(
    {
        MISSING_MEMO: Policy(_DEFICIENCY, True, "label of the document", ("kind", "label")),
        MISSING_SUMMARY_TABLE: Policy(_DEFICIENCY, True, "label of the document", ("kind", "label")),
        EMPTY_SUMMARY_TABLE: Policy(_DEFICIENCY, True, "empty"),
        INCOMPLETE_ROW: Policy(_DEFICIENCY, True, "labels of the empty columns", ("columns", "title")),
        NO_ELIGIBLE_INITIATIVE: Policy(_DEFICIENCY, True, "the dates as written", ("first", "last", "count")),
        UNREADABLE_ATTACHMENT: Policy(_DEFICIENCY, True, _READER),
        PASSWORD_PROTECTED: Policy(_DEFICIENCY, True, _READER),
        LINKED_NOT_ATTACHED: Policy(_DEFICIENCY, True, "the link", ("link",)),
        NOTHING_ATTACHED: Policy(_DEFICIENCY, True, "the words that announce it"),
        LATE: Policy(_DEFICIENCY, True, "how long after the deadline", ("received_at", "deadline", "begun_at")),
        REFUSED_KIND: Policy(_WARNING, True, _READER),
        UNVERIFIED_SENDER: Policy(_REVIEW, False, "why, in English", ("claimed", "reason")),
        UNION_MISMATCH: Policy(_REVIEW, False, "the memo's issuer as written", ("by_address", "by_memo")),
        UNKNOWN_UNION: Policy(_REVIEW, False, "the memo's issuer as written"),
        NOT_READ: Policy(_REVIEW, True, _READER, ("kind",)),
        LOW_CONFIDENCE: Policy(_REVIEW, False, "what is in doubt, in English"),
        COLUMN_MISSING: Policy(_REVIEW, True, "label of the column", ("column", "label")),
        COPIES_DIFFER: Policy(_REVIEW, True, "name of the other file", ("kind", "other", "count", "other_count")),
        REPLACES_UNLIKE: Policy(_REVIEW, True, "name of the earlier file", ("earlier", "shared", "of")),
        AUTOMATIC_WITH_DOSSIER: Policy(_REVIEW, False, "why it is a machine's, in English", ("reasons",)),
        RECEIPT_TIME_DISPUTED: Policy(_REVIEW, False, "both times", ("server_time", "header_time")),
        RECEIPT_TIME_UNKNOWN: Policy(_REVIEW, False, "empty"),
        CAMPAIGN_UNCLEAR: Policy(_REVIEW, False, "names of the campaigns", ("campaigns",)),
        APPLIED_OUTSIDE_WINDOW: Policy(_WARNING, True, "the date as written", ("title", "first", "last")),
        APPLIED_UNCLEAR: Policy(_WARNING, True, "the date as written", ("title", "first", "last")),
        SUMMARY_TOO_LONG: Policy(
            _WARNING, True, "characters and limit", ("column", "label", "length", "limit", "title")
        ),
        COUNT_DIFFERS: Policy(_WARNING, True, "both numbers", ("stated", "counted", "by")),
        NEAR_DUPLICATE: Policy(
            _WARNING, True, "title of the other initiative", ("scope", "title", "row", "union", "dossier")
        ),
        LAYOUT: Policy(_WARNING, False, "the parts not found", ("parts",)),
        SIGNATURE: Policy(_WARNING, False, "the parts not found", ("parts",)),
        SEAL: Policy(_WARNING, False, "the parts not found", ("parts",)),
    }
)

WITHIN_DOSSIER = "dossier"
"""`scope` of an initiative that stands in the table twice."""
BETWEEN_UNIONS = "unions"
"""`scope` of a near-duplicate of another union's initiative: for staff alone, never in a letter."""


def finding(
    code: str,
    *,
    document: str | None = None,
    row: int | None = None,
    detail: str = "",
    values: Mapping[str, str] | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding, of its usual severity unless told otherwise. Raises ValueError for what the policy does not know."""
    policy = POLICY.get(code)
    if policy is None:
        raise ValueError(f"no finding is called {code!r}: add it to dossier.findings.POLICY")
    held = dict(values or {})
    if unknown := held.keys() - set(policy.values):
        raise ValueError(
            f"{code} holds no {', '.join(sorted(unknown))}: its values are {', '.join(policy.values) or 'none'}"
        )
    return Finding(
        code=code, severity=severity or policy.severity, document=document, row=row, detail=detail, values=held
    )


def may_be_told(found: Finding) -> bool:
    """Whether a letter to the sender may say it."""
    if found.code == NEAR_DUPLICATE and found.values.get("scope") == BETWEEN_UNIONS:
        return False
    policy = POLICY.get(found.code)
    return policy is not None and policy.in_letter


def deficiencies(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the sender has to mend, lateness apart: complete and in time are two facts."""
    return tuple(one for one in found if one.severity is Severity.DEFICIENCY and one.code != LATE)
