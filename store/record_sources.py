"""Which rows, and which of their columns, an event tells of: what `store.record_check` goes by (decision 0055).

A new table is brought under `hoso audit verify` here; a test holds every table and column to it, or to `UNTOLD`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from store import decision_checks
from store.events import Recorded
from store.schema.decisions import objections
from store.schema.examination import scores, shortlist_decisions, shortlist_entries, shortlists
from store.schema.history import event_notes
from store.schema.letters import letters
from store.schema.mail import ledger, messages
from store.schema.notices import digests, reminders
from store.schema.people import confirmed_senders, extensions
from store.schema.record import dossiers, revisions, waiting
from store.schema.targets import target_marks


@dataclass(frozen=True, slots=True)
class Source:
    """Where what an event tells of stands: the row, by the event's ids and facts."""

    table: Table
    key: tuple[str, ...]
    of: Callable[[Recorded], tuple[Any, ...]]
    sealed: Mapping[str, str]
    """Name of a digest → column of the text."""
    facts: Mapping[str, str]
    """Name of a fact → column that says the same; "arrival_number/arrival_year" for two with a stroke between."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Name of what every event has (at, message_id, dossier_id) → column that says the same."""


_LETTER = Source(
    letters,
    ("id",),
    lambda event: (event.letter_id,),
    {"mime": "mime_sha256", "recipient": "recipient", "message_id": "message_id"},
    {"kind": "kind", "revision": "revision"},
    {"message_id": "answers", "dossier_id": "dossier_id"},
)
SOURCES: Mapping[str, Source] = {
    "message-arrived": Source(messages, ("id",), lambda event: (event.message_id,), {"message": "sha256"}, {}),
    "dossier-opened": Source(
        dossiers,
        ("id",),
        lambda event: (event.dossier_id,),
        {},
        {"campaign": "campaign", "union": "union_code", "code": "code", "arrival": "arrival_number/arrival_year"},
        {"at": "created_at"},
    ),
    "revision-recorded": Source(
        revisions,
        ("dossier_id", "number"),
        lambda event: (event.dossier_id, event.facts.get("revision")),
        {"assessment": "assessment"},
        {
            name: name
            for name in ("cause", "supplement", "verdict", "complete", "in_time", "received_at", "deadline", "rules")
        },
        {"at": "recorded_at", "message_id": "message_id"},
    ),
    "submission-waits": Source(
        waiting,
        ("message_id", "campaign"),
        lambda event: (event.message_id, event.facts.get("campaign")),
        {"assessment": "assessment"},
        {"union": "union_code", "reason": "reason"},
        {"at": "since"},
    ),
    "score-recorded": Source(
        scores,
        ("seq",),
        lambda event: (event.seq,),
        {name: name for name in ("title", "author", "content", "examiner", "points", "note")},
        {"campaign": "campaign", "row": "row"},
        {"dossier_id": "dossier_id"},
    ),
    "shortlist-decided": Source(
        shortlist_decisions,
        ("seq",),
        lambda event: (event.seq,),
        {name: name for name in ("title", "author", "content")},
        {name: name for name in ("campaign", "row", "decision")},
        {"dossier_id": "dossier_id"},
    ),
    "shortlist-frozen": Source(
        shortlists,
        ("seq",),
        lambda event: (event.seq,),
        {"figures": "figures"},
        {name: name for name in ("campaign", "frozen", "valid_at")},
    ),
    "shortlist-reopened": Source(
        shortlists, ("seq",), lambda event: (event.seq,), {}, {name: name for name in ("campaign", "frozen")}
    ),
    "shortlist-entry-frozen": Source(
        shortlist_entries,
        ("seq",),
        lambda event: (event.seq,),
        {"initiative": "initiative"},
        {"dossier": "dossier_code", "union": "union_code"}
        | {name: name for name in ("shortlist", "place", "row", "average", "examiners", "decision")},
        {"dossier_id": "dossier_id"},
    ),
    "target-recorded": Source(
        target_marks,
        ("event",),
        lambda event: (event.seq,),
        {},
        {"campaign": "campaign", "target": "target", "union": "union_code", "met": "met", "on": "on_day"},
        {"at": "recorded_at"},
    ),
    "digest-written": Source(
        digests,
        ("id",),
        lambda event: (event.facts.get("digest"),),
        {},
        {name: name for name in ("campaign", "since", "until", "scheduled")},
    ),
    "union-reminded": Source(
        reminders,
        ("id",),
        lambda event: (event.facts.get("reminder"),),
        {},
        {"union": "union_code"} | {name: name for name in ("campaign", "days_before", "deadline")},
    ),
    "letter-queued": _LETTER,
    "letter-held": _LETTER,
    **{
        kind: Source(one.table, ("event",), lambda event: (event.seq,), {name: name for name in one.sealed}, one.facts)
        for kind, one in decision_checks.BOUND.items()
    },
}
FURTHER: Mapping[str, Source] = {
    "message-arrived": Source(
        ledger,
        ("id",),
        lambda event: (event.facts.get("entry"),),
        {"source": "source"},
        {"mailbox": "mailbox_id", "uid": "uid", "internal_date": "internal_date"},
        {"message_id": "message_id", "at": "arrived_at"},
    ),
}
"""A second row that the event tells of."""
NOTES = Source(event_notes, ("seq",), lambda event: (event.seq,), {"by": "by", "reason": "reason"}, {})
TOLD = {
    "revision-recorded": revisions,
    "dossier-opened": dossiers,
    "deadline-extended": extensions,
    "sender-confirmed": confirmed_senders,
    "target-recorded": target_marks,
    "digest-written": digests,
    "union-reminded": reminders,
    "score-recorded": scores,
    "shortlist-decided": shortlist_decisions,
    "shortlist-entry-frozen": shortlist_entries,
    "shortlist-frozen": shortlists,
    "shortlist-reopened": shortlists,
    "submission-waits": waiting,
    "message-arrived": ledger,
    "objection-reopened": objections,
    **{kind: one.table for kind, one in decision_checks.BOUND.items()},
}
"""Kind of an event → the table of which every row has one, or one of another kind: a row more is somebody else's."""
