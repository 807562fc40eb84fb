"""All that is held of one dossier, with the proof that it is what the history saw, for an auditor without our database.

The chain is linear, so it is given whole: ids, codes, verdicts and salted digests of every event, no personal text.
Texts, salts, messages, letters and documents are those of this dossier alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.history import canonical
from intake import evidence_rows as rows
from reports.evidence.archive import Archive
from reports.evidence.cover import cover
from reports.evidence.program import verifier
from reports.whole_file import whole_file
from store import contents, events, messages, opened, record_check, revisions
from store.carried_head import carry
from store.dossiers import Dossier
from store.engine import Store
from store.errors import BlobMissingError
from store.events import Recorded
from store.signing import SigningKey

Copies = Callable[[bytes], Mapping[str, bytes]]
"""The files of a message by their SHA-256, unpacked in the limited process; none where it cannot be."""


@dataclass(slots=True)
class _Of:
    """What is of the dossier, as the chain itself tells it."""

    dossier: Dossier
    campaign: str
    messages: set[int] = field(default_factory=set)
    letters: set[int] = field(default_factory=set)
    history: list[Recorded] = field(default_factory=list)

    def is_mine(self, one: Recorded) -> bool:
        return one.dossier_id == self.dossier.id or one.message_id in self.messages or one.letter_id in self.letters

    def concerns(self, one: Recorded) -> bool:
        """A decision about the whole campaign or this union, or the removal of a decision that is told of here."""
        if one.kind == record_check.DECISION_ERASED:
            return one.facts.get("event") in {known.seq for known in self.history}
        apart = one.dossier_id is None and one.message_id is None and one.letter_id is None
        mine = one.facts.get("union") in (None, self.dossier.union)
        return apart and one.facts.get("campaign") == self.campaign and mine and not one.kind.startswith("dossier")


@dataclass(frozen=True, slots=True)
class Bundled:
    events: int
    messages: int
    letters: int
    documents: int
    head: str


def write(
    store: Store,
    campaign: Campaign,
    dossier: Dossier,
    out: Path,
    now: datetime,
    *,
    copies: Copies,
    key: SigningKey | None,
) -> Bundled:
    """Into the new file `out`; it has another name until it is whole. Raises OSError where it is there, StoreError."""
    with store.reading() as conn, whole_file(out, mode=0o600) as file, Archive(file) as archive:
        return _written(store, conn, campaign, dossier, archive, now, copies, key)


def _written(
    store: Store,
    conn: Connection,
    campaign: Campaign,
    dossier: Dossier,
    archive: Archive,
    now: datetime,
    copies: Copies,
    key: SigningKey | None,
) -> Bundled:
    head = carry(events.head(conn), now, key)
    of = _of(conn, dossier)
    archive.add_lines("chain/events.txt", _chain(conn, of))
    archive.add("chain/head.txt", head.text.encode())
    if key is not None:
        archive.add("public-key.pem", key.public.pem.encode())
    history = [_opened(conn, of, one) for one in of.history]
    archive.add_json("history.json", {"events": history})
    record = rows.about(conn, campaign, dossier)
    record["messages"], files = _messages(store, conn, of, archive, copies)
    record["documents"] = _documents(conn, dossier, archive, files)
    record["letters"] = rows.letters(conn, of.letters, archive.add)
    record["revisions"] = _revisions(conn, of, archive)
    record["history"] = [rows.told(one, told["texts"]) for one, told in zip(of.history, history, strict=True)]
    archive.add_json("dossier.json", record)
    archive.add("index.html", cover(record, campaign, head.text, now).encode("utf-8", "replace"))
    archive.add("verify.py", verifier())
    about = {"format": 3, "dossier": dossier.code, "made_at": events.moment_text(now)}
    archive.close_with(about, key.sign if key else None)
    held = {kind: len({one["path"] for one in record[kind]} - {None}) for kind in ("messages", "letters", "documents")}
    return Bundled(events=len(of.history), head=str(head.head), **held)


def _of(conn: Connection, dossier: Dossier) -> _Of:
    of, last = _Of(dossier, dossier.campaign), 0
    while part := events.history(conn, dossier_id=dossier.id, after=last):
        of.messages |= {one.message_id for one in part if one.message_id is not None}
        of.letters |= {one.letter_id for one in part if one.letter_id is not None}
        last = part[-1].seq
    for number in of.messages:
        of.letters |= _answers(conn, dossier, number)
    return of


def _answers(conn: Connection, dossier: Dossier, message: int) -> set[int]:
    """Letters that answered a message, also before anybody knew whose it was."""
    found, last = set[int](), 0
    while part := events.history(conn, message_id=message, after=last):
        mine = (one for one in part if one.dossier_id in (None, dossier.id))
        found |= {one.letter_id for one in mine if one.letter_id is not None}
        last = part[-1].seq
    return found


def _chain(conn: Connection, of: _Of) -> Iterator[bytes]:
    """A line for each event of the history: its hash and its canonical text; collects those of the dossier."""
    for one in events.walk(conn):
        if of.is_mine(one) or of.concerns(one):
            of.history.append(one)
        yield one.hash.encode() + b" " + canonical(events.payload(one)) + b"\n"


def _opened(conn: Connection, of: _Of, one: Recorded) -> dict[str, Any]:
    """An event with its salt and the texts that it sealed; of another dossier's the seals stay closed."""
    event = events.payload(one)
    if one.dossier_id not in (None, of.dossier.id) or not one.digests:
        return {"event": event, "salt": None, "texts": {}, "removed_by": None}
    salt = record_check.salt_of(conn, one)
    if salt is None:
        return {"event": event, "salt": None, "texts": {}, "removed_by": record_check.removed_by(conn, one)}
    return {"event": event, "salt": salt.hex(), "texts": opened.texts_of(conn, one), "removed_by": None}


def _messages(
    store: Store, conn: Connection, of: _Of, archive: Archive, copies: Copies
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """Each as it was received, and the files of all of them by their content."""
    made, files = [], dict[str, bytes]()
    joined = {one.message_id: one for one in revisions.contributions(conn, of.dossier.id)}
    wanted = {one.sha256 for one in contents.documents_of(conn, of.dossier.id)}
    for number in sorted(of.messages):
        message = messages.get(conn, number)
        if message is None:
            continue
        path: str | None = f"messages/{message.sha256}.eml"
        try:
            content = store.blobs.get(message.sha256) if message.erased_at is None else None
        except BlobMissingError:
            content = None
        if content is None:
            path = None
        else:
            archive.add(f"messages/{message.sha256}.eml", content)
            files |= {sha256: file for sha256, file in copies(content).items() if sha256 in wanted}
        made.append(rows.message(message, joined.get(number), path))
    return made, files


def _documents(
    conn: Connection, dossier: Dossier, archive: Archive, files: Mapping[str, bytes]
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for one in contents.documents_of(conn, dossier.id):
        path = rows.document_path(one)
        if one.sha256 in files and path not in archive.files:
            archive.add(path, files[one.sha256])
        made.append(rows.document(one, path if one.sha256 in files else None))
    return made


def _revisions(conn: Connection, of: _Of, archive: Archive) -> list[dict[str, Any]]:
    """Each assessment as the very text that was sealed; what was erased is told without it."""
    made = []
    told = {one.facts.get("revision"): one for one in of.history if one.kind == "revision-recorded"}
    for one in revisions.every(conn, of.dossier.id):
        event = told.get(one.number)
        sealed = event is not None and record_check.salt_of(conn, event) is not None
        text = opened.texts_of(conn, event).get("assessment") if event is not None and sealed else None
        path = f"verdicts/revision-{one.number}.json" if text is not None else None
        sha256 = archive.add(path, text.encode()) if path is not None and text is not None else None
        made.append(rows.revision(one, event, path, sha256))
    return made
