"""What a message must come out as, written down where each defect is put in.

The sums (verdict, reply, complete) follow the words of the corpus' README, "Verdict and reply"; the product's rules are
not asked.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

REVIEW = frozenset(
    (
        "unverified-sender",
        "union-mismatch",
        "unknown-union",
        "not-read",
        "low-confidence",
        "column-missing",
        "copies-differ",
        "automatic-with-dossier",
    )
)
WARNING = frozenset(
    (
        "refused-kind",
        "applied-outside-window",
        "applied-unclear",
        "summary-too-long",
        "count-differs",
        "layout",
        "signature",
    )
)
MEMO, TABLE, OTHER, UNREADABLE = "memo", "summary_table", "other", "unreadable"


@dataclass(slots=True)
class Document:
    """One file of the message as it must be read."""

    file: str
    kinds: tuple[str, ...]
    made: str
    """How it was made: docx, pdf, scan-200 …; what accuracy is told by."""
    memo: dict[str, str] | None = None
    rows: list[dict[str, str]] | None = None
    ocr: bool = False
    layouts: tuple[str, ...] = ()
    """"memo: boxes", "table: forms"."""

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"file": self.file, "kinds": list(self.kinds)}
        told |= {"made": self.made, "layouts": list(self.layouts)}
        if self.ocr:
            told["ocr"] = True
        if self.memo is not None:
            told["memo"] = self.memo
        if self.rows is not None:
            told["rows"] = self.rows
        return told


@dataclass(slots=True)
class Truth:
    """Grows while the message is made."""

    union: str | None
    received_at: datetime
    deadline: datetime
    findings: dict[str, bool] = field(default_factory=dict)
    """Code → whether it is a warning here."""
    documents: list[Document] = field(default_factory=list)
    aside: str = ""
    """ignored or correspondence: neither a dossier nor a reply."""
    silent: bool = False
    """Automatic and list mail, and strangers who sent nothing dossier-like."""
    story: str = ""
    mail: str = ""

    def expect(self, code: str, *, warning: bool = False) -> None:
        """A finding that must be there."""
        self.findings[code] = warning or code in WARNING

    def _deficiencies(self) -> set[str]:
        return {code for code, warning in self.findings.items() if not warning and code not in REVIEW}

    def _verdict(self) -> str:
        if self.aside:
            return self.aside
        if any(code in REVIEW for code in self.findings):
            return "review"
        if self._deficiencies() - {"late"}:
            return "deficient"
        return "late" if "late" in self.findings else "accepted"

    def _reply(self) -> str:
        if self.aside or self.silent:
            return "none"
        return "deficiency" if self._deficiencies() else "acknowledgement"

    def as_json(self, file: str) -> dict[str, Any]:
        """One entry of truth.json."""
        in_time = self.received_at <= self.deadline
        return {
            "file": file,
            "received_at": self.received_at.isoformat(),
            "union": self.union,
            "verdict": self._verdict(),
            "reply": self._reply(),
            "findings": [] if self.aside else sorted(self.findings),
            "in_time": None if self.aside else in_time,
            "complete": None if self.aside else not self._deficiencies() - {"late"},
            "documents": [document.as_json() for document in self.documents],
            "story": self.story,
            "mail": self.mail,
        }
