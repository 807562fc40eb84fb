"""What the page is made of: texts as they were read, escaped only where they are written into the page."""

from dataclasses import dataclass

from hoso.reading_page.words import Both


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page where something was read."""

    x: float
    y: float
    width: float
    height: float
    """Points, as the page."""
    level: str
    """sure, fair or poor: the confidence it was read with."""
    uses: tuple[str, ...]
    """Keys of the values that came from it; empty where nothing did."""
    text: str
    percent: int


@dataclass(frozen=True, slots=True)
class PageShown:
    number: int
    width: float
    height: float
    as_read: bool
    webp: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell or a line of a file without pages."""

    text: str
    level: str
    uses: tuple[str, ...]
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A line (one cell), or a table with its rows."""

    line: CellShown | None = None
    rows: tuple[tuple[CellShown, ...], ...] = ()
    sheet: str = ""
    more: int = 0
    """Rows that are not shown."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value that was read."""

    label: Both
    text: str
    use: str
    """Its key: the marks that it came from have the same."""
    level: str
    percent: int | None = None
    """None where it was not read from a picture."""
    reading: Both | None = None
    """What it is taken for: an interval, an amount."""


@dataclass(frozen=True, slots=True)
class RowShown:
    number: int
    title: str
    values: tuple[Value, ...]
    findings: tuple["FindingShown", ...]


@dataclass(frozen=True, slots=True)
class FindingShown:
    code: str
    severity: str
    severity_name: Both
    name: Both
    detail: str
    row: int | None
    document: str
    anchor: str
    """Of the document it is about; '' for the message."""


@dataclass(frozen=True, slots=True)
class SignatureShown:
    signer: str
    organisation: str
    signed_at: str
    since: Both
    trust: Both
    good: bool | None
    doubt: str


@dataclass(frozen=True, slots=True)
class DocumentShown:
    anchor: str
    file: str
    containers: tuple[str, ...]
    kinds: tuple[Both, ...]
    read_by: str
    size: str
    problem: Both | None
    notes: tuple[str, ...]
    """Doubts, details, what was converted: in English, as readers say them."""
    signatures: tuple[SignatureShown, ...]
    findings: tuple[FindingShown, ...]
    memo: tuple[Value, ...]
    missing: tuple[str, ...]
    rows: tuple[RowShown, ...]
    pages: tuple[PageShown, ...]
    blocks: tuple[BlockShown, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class MessageShown:
    anchor: str
    file: str
    subject: str
    sender: str
    union: str
    received_at: str
    deadline: str
    verdict: str
    verdict_name: Both
    complete: Both
    in_time: Both
    reply: Both
    findings: tuple[FindingShown, ...]
    documents: tuple[DocumentShown, ...]
    words: str
    """The sender's own."""
    problems: tuple[str, ...]
