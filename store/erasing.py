"""Take personal text out of the records; the chain, the codes and the verdicts stay, and an event says what went (P9).

The salts of what is taken out go with it: no guess at a text can be confirmed by its digest any more. Each function
takes the open transaction; the bytes of messages are the caller's to remove once it is committed (`remove_bytes`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Update, delete, exists, select, update

from dossier.model import Assessment
from store import events, messages, outbox
from store.blobs import Blobs
from store.decided import bare_decisions
from store.json_text import assessment_of, assessment_text
from store.record_check import DECISION_ERASED
from store.schema.examination import scores, shortlist_decisions, shortlist_entries
from store.schema.history import event_notes, event_salts
from store.schema.history import events as event_table
from store.schema.letters import letter_bodies, letters
from store.schema.mail import ledger
from store.schema.mail import messages as message_table
from store.schema.people import confirmed_senders, extensions
from store.schema.record import documents, dossier_words, findings, initiative_marks, initiatives, revisions, waiting

_BATCH = 500


def erase_dossier(tx: Connection, dossier_id: int, now: datetime, *, by: str, reason: str) -> list[str]:
    """All of a dossier, its messages and letters, too; returns the SHA-256 of the bytes to remove."""
    _overwrite(tx)
    mine = select(revisions.c.id).where(revisions.c.dossier_id == dossier_id)
    joined = select(revisions.c.message_id).where(revisions.c.dossier_id == dossier_id)
    seen = select(ledger.c.message_id).where(ledger.c.dossier_id == dossier_id)
    for row in tx.execute(select(revisions.c.id, revisions.c.assessment).where(revisions.c.dossier_id == dossier_id)):
        tx.execute(update(revisions).where(revisions.c.id == row.id).values(assessment=_bare_text(row.assessment)))
    tx.execute(delete(initiative_marks).where(initiative_marks.c.dossier_id == dossier_id))
    tx.execute(delete(initiatives).where(initiatives.c.dossier_id == dossier_id))
    tx.execute(delete(dossier_words).where(dossier_words.c.dossier_id == dossier_id))
    tx.execute(_bare_documents(documents.c.dossier_id == dossier_id))
    tx.execute(
        update(findings).where(findings.c.revision_id.in_(mine)).values(document=None, detail="", field_values="{}")
    )
    _bare_selection(tx, dossier_id)
    bare_decisions(tx, of_dossier=dossier_id)
    for letter_id in tx.execute(select(letters.c.id).where(letters.c.dossier_id == dossier_id)).scalars().all():
        _letter(tx, letter_id, now, by=by, reason=reason)
    _forget(tx, event_table.c.dossier_id == dossier_id)
    events.append(tx, events.Event("dossier-erased", now, dossier_id=dossier_id, by=by, reason=reason))
    wanted = set(tx.execute(joined.union(seen)).scalars()) - {None}
    return [sha for one in sorted(wanted) for sha in erase_message(tx, one, now, by=by, reason=reason)]


def erase_message(tx: Connection, message_id: int, now: datetime, *, by: str, reason: str) -> list[str]:
    """A message, its doubles, what was read in them, the letters that answer them; returns the bytes to remove."""
    _overwrite(tx)
    doubles = select(ledger.c.message_id).where(ledger.c.duplicate_of == message_id)
    gone = []
    for one in sorted({message_id, *tx.execute(doubles).scalars()}):
        for letter_id in tx.execute(select(letters.c.id).where(letters.c.answers == one)).scalars().all():
            _letter(tx, letter_id, now, by=by, reason=reason)
        for row in tx.execute(select(waiting.c.id, waiting.c.assessment).where(waiting.c.message_id == one)).all():
            bare = {"address": None, "assessment": _bare_text(row.assessment)}
            tx.execute(update(waiting).where(waiting.c.id == row.id).values(bare))
        for row in tx.execute(select(ledger.c.id).where(ledger.c.message_id == one)).all():
            bare_row = {"source": f"removed-{row.id}", "detail": "", "error": None}
            tx.execute(update(ledger).where(ledger.c.id == row.id).values(bare_row))
        tx.execute(_bare_documents(documents.c.message_id == one))
        sha256 = messages.erase(tx, one, now, by=by, reason=reason)
        gone += [sha256] if sha256 else []
    return gone


def erase_letter(tx: Connection, letter_id: int, now: datetime, *, by: str, reason: str) -> None:
    """One that belongs to no message and no dossier: whom it went to, and what it said."""
    _overwrite(tx)
    _letter(tx, letter_id, now, by=by, reason=reason)


def erase_decision(tx: Connection, seq: int, now: datetime, *, by: str, reason: str) -> None:
    """Who decided and why, of one event; the confirmed address or the extension that it made, too."""
    _overwrite(tx)
    [event] = events.history(tx, after=seq - 1, limit=1)
    if event.kind in {"sender-confirmed", "sender-withdrawn"}:
        mine = (confirmed_senders.c.campaign == event.facts["campaign"]) & (
            confirmed_senders.c.confirmed_at == event.at
        )
        bare = {"address": "", "confirmed_by": "", "reason": ""}
        tx.execute(update(confirmed_senders).where(mine).values(bare))
    if event.kind == "deadline-extended":
        same = (extensions.c.campaign == event.facts["campaign"]) & (extensions.c.decided_at == event.at)
        tx.execute(update(extensions).where(same).values(decided_by="", reason=""))
    tx.execute(update(scores).where(scores.c.seq == seq).values(examiner="", note=""))
    bare_decisions(tx, event=seq)
    _forget(tx, event_table.c.seq == seq)
    events.append(tx, events.Event(DECISION_ERASED, now, facts={"event": seq}, by=by, reason=reason))


def remove_bytes(conn: Connection, blobs: Blobs) -> int:
    """Of every erased message whose bytes still lie there, those that a crash left too; returns how many."""
    return sum(blobs.remove(sha256) for sha256 in _erased(conn))


def _erased(conn: Connection) -> Iterator[str]:
    asked, last = select(message_table.c.id, message_table.c.sha256).order_by(message_table.c.id), 0
    gone = message_table.c.erased_at.is_not(None)
    while part := conn.execute(asked.where(gone, message_table.c.id > last).limit(_BATCH)).all():
        yield from (row.sha256 for row in part)
        last = part[-1].id


def _letter(tx: Connection, letter_id: int, now: datetime, *, by: str, reason: str) -> None:
    told = (event_table.c.letter_id == letter_id) & (event_table.c.kind == "letter-erased")
    if tx.execute(select(exists().where(told))).scalar():
        return
    outbox.supersede(tx, letter_id, now, reason="removed before it went out")
    tx.execute(delete(letter_bodies).where(letter_bodies.c.letter_id == letter_id))
    bare = {"recipient": "", "sender_key": "", "subject": "", "reason": "", "reply": None}
    tx.execute(update(letters).where(letters.c.id == letter_id).values(bare))
    _forget(tx, event_table.c.letter_id == letter_id)
    events.append(tx, events.Event("letter-erased", now, letter_id=letter_id, by=by, reason=reason))


def _forget(tx: Connection, which: ColumnElement[bool]) -> None:
    """Notes and salts of these events: what they sealed cannot be guessed at any more."""
    seqs = select(event_table.c.seq).where(which)
    for table in (event_notes, event_salts):
        tx.execute(delete(table).where(table.c.seq.in_(seqs)))


def _bare_documents(which: ColumnElement[bool]) -> Update:
    return update(documents).where(which).values(part="", file="", signatures=None)


def _bare_selection(tx: Connection, dossier_id: int) -> None:
    """What examiners gave, what was put in or taken out, and what a frozen shortlist holds of the dossier."""
    bare_row = {"title": "", "author": "", "content": ""}
    tx.execute(
        update(scores).where(scores.c.dossier_id == dossier_id).values(**bare_row, examiner="", points="{}", note="")
    )
    tx.execute(update(shortlist_decisions).where(shortlist_decisions.c.dossier_id == dossier_id).values(bare_row))
    tx.execute(update(shortlist_entries).where(shortlist_entries.c.dossier_id == dossier_id).values(initiative=""))


def _bare_text(text: str) -> str:
    return assessment_text(bare(assessment_of(text)))


def bare(assessment: Assessment) -> Assessment:
    """The verdict with its rules, times and the codes of its findings, without anybody's words."""
    without = tuple(replace(one, document=None, detail="", values={}) for one in assessment.findings)
    return replace(assessment, findings=without, automatic=(), in_force={})


def _overwrite(tx: Connection) -> None:
    """SQLite leaves what is deleted in its free pages unless it is told not to; for PostgreSQL see docs/privacy.md."""
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("PRAGMA secure_delete = ON")
