"""The frozen types that data flows through: RawMessage → Submission → Document → Assessment → Letter.

One type for each stage; nothing here acts. Naive datetimes are refused at construction (P3).
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dossier.mail import DeliveryReport, Hop, Sender
from dossier.moments import require_zone
from dossier.signatures import Signature

# --- RawMessage ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a mailbox (RFC 9051, 2.3.1.1): UIDs mean something only together with UIDVALIDITY."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawMessage:
    """The bytes as received; what a message *is* is their SHA-256."""

    content: bytes
    source: str
    """Where it came from, for people: a file's name, or the mailbox."""
    fetched_at: datetime
    position: Position | None = None
    """None for a message read from a file."""
    internal_date: datetime | None = None
    """INTERNALDATE (RFC 9051, 2.3.3); None for a message read from a file."""

    def __post_init__(self) -> None:
        require_zone(fetched_at=self.fetched_at, internal_date=self.internal_date)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


# --- Documents -------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a file was told to be, by its content and not by its name."""

    MEMO = "memo"
    SUMMARY_TABLE = "summary_table"
    OTHER = "other"
    UNREADABLE = "unreadable"


class Problem(StrEnum):
    """Why a file was not read. The first three are proven to be the file's; the last is ours (P11)."""

    CORRUPT = "corrupt"
    """Corrupt, truncated, empty."""
    PASSWORD = "password"  # noqa: S105 - the name of a problem
    REFUSED = "refused"
    """A kind that is never opened: programs, files with macros."""
    NOT_READ = "not-read"
    """Our limit: a tool is missing, a time or memory limit, a picture too poor, a kind not known yet."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a page something was read, in points from the top left corner of the page set upright."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Memo:
    """What was read in a Tờ trình. Every text as written, in NFC, lines joined with one space; None where not found."""

    issuer: str | None = None
    """The issuing body's own lines, without its parent's."""
    parent: str | None = None
    number: str | None = None
    """"12/TTr-CĐCS"; often by hand and blank: never decides anything."""
    place: str | None = None
    date: dt.date | None = None
    subject: str | None = None
    """The abstract under the type name, as written."""
    addressee: str | None = None
    """What follows "Kính gửi:"."""
    signer: str | None = None
    signer_title: str | None = None
    """The line of the position, without the authority above it."""
    stated_count: int | None = None
    """How many initiatives the body speaks of."""
    missing: tuple[str, ...] = ()
    """Usual parts not found: national-title, number, date, addressee, authority, signer."""
    confidence: Mapping[str, float] = field(default_factory=dict)
    """Name of a field above → 0 to 1, where it was read on a page: 1 in a digital file."""
    spots: Mapping[str, Spot] = field(default_factory=dict)
    """Name of a field above → where it stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative (sáng kiến)."""

    cells: Mapping[str, str]
    """Column key → text as written, NFC, lines joined with one space; '' where the cell is there and empty."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Header as written → text, for columns the campaign does not know: kept, never thrown away."""
    place: str = ""
    """Where it stands, for people: "trang 2", "Sheet1, dòng 7"."""
    confidence: Mapping[str, float] = field(default_factory=dict)
    """Column key → 0 to 1, for cells that were read from a picture."""
    spots: Mapping[str, Spot] = field(default_factory=dict)
    """Column key → where the cell stands, for cells that were read from a picture."""


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """What was read in a Bảng tổng hợp tóm tắt sáng kiến."""

    columns: Mapping[str, str]
    """Column key → header as written, for the columns that were found."""
    rows: tuple[Row, ...] = ()
    stated_total: int | None = None
    """What its own "Tổng cộng" row says."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file that came with a message and what was read in it; archives and attached messages are opened instead."""

    part: str
    """Its place in the message, unique there: "2", "3/Ho so.zip/1"."""
    file: str
    """Its own name, cleaned for showing, without folders; never used as a path."""
    sha256: str
    size: int
    media_type: str
    """Told from the content, not from what the sender's program wrote."""
    kinds: tuple[Kind, ...] = (Kind.OTHER,)
    read_by: str | None = None
    """docx, pdf, spreadsheet, doc, ocr …; None where nothing read it."""
    memo: Memo | None = None
    table: SummaryTable | None = None
    problem: Problem | None = None
    detail: str = ""
    """What the reader has to say of a problem, in English, for staff and the log."""
    doubts: tuple[str, ...] = ()
    """What decides (kind, union, presence of rows) and was read without certainty: each becomes low-confidence."""
    inline: bool = False
    """A picture of the mail's own body (logo, signature): `other`, and not an attachment to the rules."""
    containers: tuple[str, ...] = ()
    """Names of the archives or attached messages it lay in, outermost first."""
    pages: int | None = None
    signatures: tuple[Signature, ...] = ()
    """Digital signatures, in the order in which they were put on it."""
    converted: tuple[str, ...] = ()
    """What was made Unicode out of legacy fonts, and why, in English: "TCVN3 by its font .VnTime"."""
    originals: tuple[tuple[str, str], ...] = ()
    """(Text as read, text as stored) of every line and cell that was so converted, in the order of the file."""
    description: bool = False
    """It describes one initiative (bản mô tả, an application, one form): beside a summary table it is an extra."""
    stated_count: int | None = None
    """How many initiatives a covering paper speaks of that may be the memo and was not understood as one."""


# --- Submission ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Submission:
    """What one message brings. All text was cleaned of control characters and capped in length."""

    sha256: str
    content_digest: str
    """Of Message-ID, From and decoded parts: one mail delivered to two addresses has one of these (P2)."""
    sender: Sender
    message_id: str | None = None
    """With its angle brackets, as written."""
    reply_to: tuple[str, ...] = ()
    return_path: str | None = None
    """'' is the null sender `<>`; None: there is no such header."""
    recipients: tuple[str, ...] = ()
    """To, Cc, Delivered-To, X-Original-To: addr-specs in lower case."""
    subject: str = ""
    date: datetime | None = None
    """The sender's claim: kept and shown, it decides nothing."""
    received: tuple[Hop, ...] = ()
    """Topmost first."""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    """(lower-case name, value) of every header that autoreply and authentication look at, in order, repeats kept."""
    content_type: str = "text/plain"
    """Of the whole message, with report-type where it is a multipart/report."""
    own_words: str = ""
    """The sender's own text, without what it quotes, forwards or signs with."""
    quoted: str = ""
    drive_links: tuple[str, ...] = ()
    """Links to cloud drives in the sender's own words (or a forwarded dossier's)."""
    documents: tuple[Document, ...] = ()
    report: DeliveryReport | None = None
    problems: tuple[str, ...] = ()
    """What is wrong with the message itself, in English: too many parts, nested too deep, a broken header …"""
    reader: str = ""
    """Version of the parsers that read it (P8)."""


# --- Findings and Assessment -----------------------------------------------------------------------------------


class Severity(StrEnum):
    DEFICIENCY = "deficiency"
    REVIEW = "review"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, to look at, or to know (nội dung cần bổ sung)."""

    code: str
    severity: Severity
    document: str | None = None
    """The file's name as shown."""
    row: int | None = None
    """The initiative's place in the table, from 1."""
    detail: str = ""
    """The evidence in the sender's own words: the cell's text, the names of the empty columns, the link."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What a letter needs to say it: named in `dossier.findings` for each code."""


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    DEFICIENT = "deficient"
    LATE = "late"
    REVIEW = "review"
    CORRESPONDENCE = "correspondence"
    IGNORED = "ignored"


class Reply(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    DEFICIENCY = "deficiency"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict that explains itself (P8)."""

    verdict: Verdict
    reply: Reply
    union: str | None
    """Roster code."""
    complete: bool | None
    in_time: bool | None
    """Complete and in time are two facts; None for ignored and correspondence."""
    findings: tuple[Finding, ...]
    received_at: datetime | None
    """The time that counts: of the message (judged alone), or of the one that made the dossier complete."""
    deadline: datetime
    """In force when it was judged, extensions included."""
    rules: str
    """Version of the rules."""
    known_sender: bool = False
    """The address is the union's own: only then may the message add to a dossier."""
    automatic: tuple[str, ...] = ()
    """Why this is a machine's mail, rule by rule; empty for a person's."""
    in_force: Mapping[str, str] = field(default_factory=dict)
    """Kind → part of the document that counts for it, as "SHA256-of-message/part"."""
    ruling: int | None = None
    """Number of the person's ruling that is applied: the verdict is in force by it (dossier.rulings)."""
    by_rules: Verdict | None = None
    """What the rules alone said, where a ruling is applied."""
    settled: tuple[str, ...] = ()
    """`dossier.rulings.finding_key` of each finding that the ruling settles."""

    def __post_init__(self) -> None:
        require_zone(received_at=self.received_at, deadline=self.deadline)
