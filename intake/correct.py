"""Correct: a person says what really stands where something was misread; the reading stays beside it (P11)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.corrections import KIND, NoSuchValueError, anchor_of, check, reading_of
from dossier.model import Document, Kind
from intake.decisions import NotDecidedError, Who, dossier_of
from intake.policy import WritingPolicy
from intake.rejudging import Rejudged, rejudge
from store import corrections, dossiers, revisions
from store.corrections import NewCorrection, StoredCorrection
from store.dossiers import Dossier
from store.engine import Store
from store.revisions import Cause


@dataclass(frozen=True, slots=True)
class Misread:
    """What is to be corrected, as a person names it."""

    field: str
    """A column's key where `row` is given; else a field of the memo, or "kind"."""
    value: str
    row: int | None = None
    """The initiative's place in the table in force, from 1."""
    file: str | None = None
    """Name of the file, where it is not the one in force."""


def correct_value(
    store: Store, campaign: Campaign, which: str, misread: Misread, writing: WritingPolicy, who: Who, now: datetime
) -> tuple[StoredCorrection, Rejudged | None]:
    """Lay a value over what was read, and judge the dossier anew. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        dossier = dossier_of(tx, campaign, which)
        key, document = _meant(tx, dossier, misread)
        try:
            check(document, campaign, misread.row, misread.field, misread.value)
        except NoSuchValueError as wrong:
            raise NotDecidedError(str(wrong)) from None
        anchor, rows = anchor_of(document, misread.row)
        new = NewCorrection(
            document=key,
            field=misread.field,
            value=misread.value.strip(),
            reading=reading_of(document, misread.row, misread.field),
            row=misread.row,
            rows=rows,
            anchor=anchor,
        )
        made = corrections.correct(tx, dossier.id, new, now, by=who.by, reason=who.reason)
        return made, rejudge(tx, dossier, campaign, Cause.DECISION, writing, now, by=who.by, reason=who.reason)


def withdraw_correction(
    store: Store, campaign: Campaign, number: int, writing: WritingPolicy, who: Who, now: datetime
) -> Rejudged | None:
    """What was read counts again. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        known = corrections.get(tx, number)
        dossier = dossiers.get(tx, known.dossier_id) if known else None
        if dossier is None or dossier.campaign != campaign.key:
            raise NotDecidedError(f"there is no correction {number}: see `hoso corrections`")
        if not corrections.withdraw(tx, number, now, by=who.by, reason=who.reason):
            raise NotDecidedError(f"correction {number} was withdrawn before")
        return rejudge(tx, dossier, campaign, Cause.DECISION, writing, now, by=who.by, reason=who.reason)


def _meant(conn: Connection, dossier: Dossier, misread: Misread) -> tuple[str, Document]:
    """The document as it was read, with its key. Raises NotDecidedError."""
    files = documents_of(conn, dossier)
    if misread.file is not None:
        named = [key for key, one in files.items() if misread.file in (one.file, key)]
        if len(named) != 1:
            told = f"{len(named)} files of this name: name one by its key" if named else "no such file"
            keys = "; ".join(f"{one.file} ({key})" for key, one in files.items())
            raise NotDecidedError(f"{dossier.code} holds {told}. It holds: {keys or 'none'}")
        return named[0], files[named[0]]
    if misread.field == KIND and misread.row is None:
        raise NotDecidedError("say with --file which file is of another kind")
    kind = Kind.MEMO if misread.row is None else Kind.SUMMARY_TABLE
    last = revisions.latest(conn, dossier.id)
    key = last.assessment.in_force.get(kind.value, "") if last else ""
    if key not in files:
        raise NotDecidedError(f"no {kind.value} of {dossier.code} is in force: say with --file which file is meant")
    return key, files[key]


def documents_of(conn: Connection, dossier: Dossier) -> dict[str, Document]:
    """Every file of the dossier's messages as it was read last, by its key "SHA256-of-message/part"."""
    return {
        f"{joined.submission.sha256}/{one.part}": one
        for joined in revisions.contributions(conn, dossier.id)
        for one in joined.submission.documents
        if not one.inline
    }
