"""Where personal text stands, in one place: what is written here is what `store.erasing` takes out, and no more.

A test compares this with the tables: a column of text that is in neither list fails it. Beside these, the bytes of each
message hold whatever its sender wrote.
"""

from collections.abc import Mapping
from types import MappingProxyType

PERSONAL: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "confirmed_senders": frozenset({"address", "confirmed_by", "reason"}),
        "corrections": frozenset({"document", "anchor", "reading", "value"}),
        "documents": frozenset({"part", "file", "signatures"}),
        "dossier_words": frozenset({"about", "text_folded"}),
        "event_notes": frozenset({"by", "reason"}),
        "event_salts": frozenset({"salt"}),
        "extensions": frozenset({"decided_by", "reason"}),
        "findings": frozenset({"document", "detail", "field_values"}),
        "initiatives": frozenset(
            {"document", "place", "author", "title", "author_folded", "title_folded", "text_folded", "cells", "extra"}
            | {"benefit_worth", "benefit_per"}
        ),
        "ledger": frozenset({"source", "detail", "error"}),
        "letter_bodies": frozenset({"mime"}),
        "letters": frozenset({"recipient", "sender_key", "subject", "reason", "reply"}),
        "objections": frozenset({"initiative", "author", "title", "raised_by"}),
        "paper_copies": frozenset({"received_by", "note"}),
        "readings": frozenset({"reader", "submission"}),
        "revisions": frozenset({"assessment"}),
        "scores": frozenset({"title", "author", "content", "examiner", "points", "note"}),
        "shortlist_decisions": frozenset({"title", "author", "content"}),
        "shortlist_entries": frozenset({"initiative"}),
        "rulings": frozenset({"settled"}),
        "waiting": frozenset({"address", "assessment"}),
    }
)
"""Table → columns that may hold names, addresses or a person's own words. A salt lets guesses be tried."""

PLAIN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "alarms": frozenset({"cause", "detail"}),
        "alarm_mails": frozenset({"causes"}),
        "polls": frozenset({"source", "clocks"}),
        "assignments": frozenset({"campaign", "union_code"}),
        "backup_runs": frozenset({"name", "problem", "head_hash"}),
        "chain_head": frozenset({"hash"}),
        "closings": frozenset({"campaign"}),
        "confirmed_senders": frozenset({"campaign", "union_code"}),
        "corrections": frozenset({"field"}),
        "documents": frozenset({"sha256", "media_type", "kinds", "read_by", "problem"}),
        "digests": frozenset({"campaign"}),
        "dossiers": frozenset({"campaign", "union_code", "code", "verdict"}),
        "events": frozenset({"kind", "facts", "digests", "previous", "hash"}),
        "extensions": frozenset({"campaign", "union_code"}),
        "findings": frozenset({"code", "severity"}),
        "initiatives": frozenset({"campaign"}),
        "ledger": frozenset({"state", "outcome", "failed_under"}),
        "letters": frozenset({"key", "message_id", "kind", "mime_sha256", "state", "owner"}),
        "mailboxes": frozenset({"account", "folder", "backlog"}),
        "messages": frozenset({"sha256", "content_digest"}),
        "objections": frozenset({"kind", "outcome"}),
        "paper_copies": frozenset({"way", "holds"}),
        "reconciliations": frozenset({"missing", "unfetched", "gone", "returned"}),
        "reminders": frozenset({"campaign", "union_code"}),
        "revisions": frozenset({"cause", "verdict", "reply", "rules"}),
        "scores": frozenset({"campaign"}),
        "rulings": frozenset({"kind", "about"}),
        "series": frozenset({"name"}),
        "shortlist_decisions": frozenset({"campaign", "decision"}),
        "shortlist_entries": frozenset({"dossier_code", "union_code", "average", "decision"}),
        "shortlists": frozenset({"campaign", "figures"}),
        "snapshot_rows": frozenset({"union_code", "parts"}),
        "snapshots": frozenset({"campaign", "digest"}),
        "target_marks": frozenset({"campaign", "target", "union_code"}),
        "waiting": frozenset({"campaign", "union_code", "reason", "resolution"}),
    }
)
"""Codes, digests, states and our own words: kept, so that the record goes on explaining itself."""
