"""Values that were misread, as a person corrected them: laid over what was read, which stays as it is (P11).

A correction holds for one document for as long as that is in force, also when it is read again by better readers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from dossier.campaign import Campaign
from dossier.decisions import Span, initiative_key
from dossier.folding import squeeze
from dossier.model import Document, Kind, Memo, Row, Submission, SummaryTable

KIND = "kind"
"""The field that says what the document is: the values of Kind, separated by spaces."""
_MEMO_WORDS = frozenset({"issuer", "parent", "number", "place", "subject", "addressee", "signer", "signer_title"})
MEMO_FIELDS = _MEMO_WORDS | {"date", "stated_count"}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Correction:
    """One value of one document."""

    number: int
    span: Span
    document: str
    """"SHA256-of-message/part"."""
    field: str
    """A column's key where `row` is given; else a field of Memo, or KIND."""
    value: str
    row: int | None = None
    """From 1, as it was read then."""
    rows: int | None = None
    """How many the table had then."""
    anchor: str = ""
    """`initiative_key` of the row as it was read then."""


class NoSuchValueError(ValueError):
    """There is no such field, row or value; the text says what there is."""


def check(document: Document, campaign: Campaign, row: int | None, name: str, value: str) -> None:
    """Raises NoSuchValueError where a correction of this value makes no sense."""
    if row is not None:
        rows = len(document.table.rows) if document.table else 0
        if campaign.column(name) is None:
            known = ", ".join(column.key for column in campaign.columns)
            raise NoSuchValueError(f"the table has no column {name}: its columns are {known}")
        if not 1 <= row <= rows:
            raise NoSuchValueError(f"{document.file} has {rows} rows, and no row {row}")
    elif name == KIND:
        kinds_of(value)
    elif name not in MEMO_FIELDS:
        raise NoSuchValueError(f"a memo has no {name}: it has {', '.join(sorted(MEMO_FIELDS))}; or correct its {KIND}")
    elif name == "date":
        day_of(value)
    elif name == "stated_count" and not value.strip().isdecimal():
        raise NoSuchValueError(f"stated_count is a number, not {value!r}")


def reading_of(document: Document, row: int | None, name: str) -> str:
    """What was read there, as text; '' where nothing was."""
    if name == KIND and row is None:
        return " ".join(kind.value for kind in document.kinds)
    if row is not None:
        rows = document.table.rows if document.table else ()
        return rows[row - 1].cells.get(name, "") if row <= len(rows) else ""
    read = getattr(document.memo, name, None) if document.memo else None
    return "" if read is None else str(read)


def anchor_of(document: Document, row: int | None) -> tuple[str, int | None]:
    """By what the row is found again when the document is read anew: its key, and how many rows there are."""
    if row is None or document.table is None:
        return "", None
    return initiative_key(document.table.rows[row - 1].cells), len(document.table.rows)


def corrected(submission: Submission, corrections: Iterable[Correction]) -> Submission:
    """The submission with what persons corrected in it, in the order of their decisions; the last word counts."""
    held: dict[str, list[Correction]] = {}
    for one in corrections:
        message, _, part = one.document.partition("/")
        if message == submission.sha256:
            held.setdefault(part, []).append(one)
    if not held:
        return submission
    files = tuple(_document(one, held.get(one.part, ())) for one in submission.documents)
    return replace(submission, documents=files)


def rests(document: Document, one: Correction) -> bool:
    """Its row cannot be told any more in what is read now: the correction holds nothing, and a person should look."""
    return one.row is not None and _place(document.table, one) is None


def _document(document: Document, corrections: Sequence[Correction]) -> Document:
    made = document
    for one in corrections:
        if one.row is not None:
            made = _with_cell(made, document, one)
        elif one.field == KIND:
            made = _of_kind(made, kinds_of(one.value))
        else:
            made = replace(made, memo=_memo(made.memo or Memo(), one))
    return made


def _with_cell(made: Document, read: Document, one: Correction) -> Document:
    """The row is looked for in what was read, since earlier corrections may have changed author and title."""
    place = _place(read.table, one)
    if place is None or made.table is None:
        return made
    rows = list(made.table.rows)
    row = rows[place]
    rows[place] = replace(
        row, cells={**row.cells, one.field: squeeze(one.value)}, confidence=_without(row.confidence, one.field)
    )
    columns = made.table.columns if one.field in made.table.columns else {**made.table.columns, one.field: one.field}
    return replace(made, table=replace(made.table, rows=tuple(rows), columns=columns))


def _place(table: SummaryTable | None, one: Correction) -> int | None:
    """Where the row is now: the one of the same author and title, else the same place where no row came or went."""
    rows: tuple[Row, ...] = table.rows if table is not None else ()
    same = [place for place, row in enumerate(rows) if initiative_key(row.cells) == one.anchor]
    if one.row is not None and one.row - 1 in same:
        return one.row - 1
    if len(same) == 1:
        return same[0]
    return one.row - 1 if one.row is not None and len(rows) == one.rows else None


def _of_kind(document: Document, kinds: tuple[Kind, ...]) -> Document:
    """A person saw what it is: doubts about that are over; where nothing was read of it, there is nothing in it yet."""
    return replace(
        document,
        kinds=kinds,
        problem=None,
        detail="",
        doubts=(),
        memo=(document.memo or Memo()) if Kind.MEMO in kinds else None,
        table=(document.table or SummaryTable({})) if Kind.SUMMARY_TABLE in kinds else None,
    )


def _memo(memo: Memo, one: Correction) -> Memo:
    value: object = squeeze(one.value) or None
    if one.field == "date":
        value = day_of(one.value)
    elif one.field == "stated_count":
        value = int(one.value)
    names = {field.name for field in fields(Memo)}
    told = {one.field: value} if one.field in names else {}
    missing = tuple(part for part in memo.missing if part != one.field or value is None)
    confidence = _without(memo.confidence, one.field)
    return replace(memo, missing=missing, confidence=confidence, **told)  # type: ignore[arg-type]


def _without(confidence: Mapping[str, float], name: str) -> dict[str, float]:
    """A person's word is not a reading: it has no confidence."""
    return {key: value for key, value in confidence.items() if key != name}


def kinds_of(value: str) -> tuple[Kind, ...]:
    """Raises NoSuchValueError."""
    try:
        kinds = tuple(Kind(word) for word in value.split())
    except ValueError:
        kinds = ()
    if not kinds or Kind.UNREADABLE in kinds or (Kind.OTHER in kinds and len(kinds) > 1):
        raise NoSuchValueError(f"a document is memo, summary_table, both of these, or other; not {value!r}")
    return kinds


def day_of(value: str) -> date | None:
    """ISO, or day/month/year; None for nothing. Raises NoSuchValueError."""
    text = value.strip()
    if not text:
        return None
    told = _DAY.fullmatch(text)
    try:
        return date(int(told[3]), int(told[2]), int(told[1])) if told else date.fromisoformat(text)
    except ValueError:
        raise NoSuchValueError(f"{value!r} is no day: write it as in 2021-04-20 or 20/4/2021") from None
