"""The story of one dossier, as data and as lines for a terminal."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dossier.authentication import alignment
from dossier.campaign import Campaign
from dossier.model import Finding
from hoso.cli.output import local, shown
from hoso.cli.story_decisions import decision_lines
from hoso.signatures import signature_line, signature_view
from store import contents, events, initiative_row, outbox, revisions
from store.dossiers import Dossier
from store.revisions import Contribution, Revision

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
"""As events write a moment."""


def finding_codes(revision: Revision | None) -> list[str]:
    return list(dict.fromkeys(one.code for one in revision.assessment.findings)) if revision else []


def dossier_row(dossier: Dossier, codes: list[str]) -> dict[str, Any]:
    return {
        "code": dossier.code,
        "arrival": f"{dossier.arrival_number}/{dossier.arrival_year}",
        "campaign": dossier.campaign,
        "union": dossier.union,
        "revision": dossier.revision,
        "verdict": dossier.verdict.value if dossier.verdict else None,
        "complete": dossier.complete,
        "in_time": dossier.in_time,
        "received_at": dossier.received_at,
        "findings": codes,
    }


def story_of(conn: Connection, dossier: Dossier, zone: str, servers: Collection[str] = ()) -> dict[str, Any]:
    """Everything that is recorded of a dossier, in the order in which it happened; times of signing in `zone`.

    `servers`: ours, whose word on the senders' authenticity is believed.
    """
    every = revisions.every(conn, dossier.id)
    return {
        **dossier_row(dossier, finding_codes(every[-1] if every else None)),
        "messages": [_message(one, servers) for one in revisions.contributions(conn, dossier.id)],
        "documents": [_document(one, zone) for one in contents.documents_of(conn, dossier.id)],
        "initiatives": [_initiative(one) for one in contents.initiatives_of(conn, dossier.id)],
        "revisions": [revision_row(one) for one in every],
        "letters": [
            {"number": one.id, "kind": one.kind, "to": one.recipient, "state": one.state.value, "sent_at": one.sent_at}
            for one in reversed(outbox.listed(conn, dossier_id=dossier.id))
        ],
        "history": [
            {
                "event": one.seq,
                "at": one.at,
                "kind": one.kind,
                "facts": dict(one.facts),
                "by": one.by,
                "reason": one.reason,
            }
            for one in events.history(conn, dossier_id=dossier.id)
        ],
    }


def _message(joined: Contribution, servers: Collection[str]) -> dict[str, Any]:
    submission = joined.submission
    told = alignment(submission.headers, servers, submission.sender.address)
    return {
        "revision": joined.revision,
        "message": submission.sha256,
        "sender": submission.sender.address,
        "received_at": joined.receipt.at,
        "claimed_at": submission.date,
        "subject": submission.subject,
        "authentication": told.words(),
    }


def _document(document: contents.StoredDocument, zone: str) -> dict[str, Any]:
    return {
        "revision": document.revision,
        "file": document.file,
        "kinds": [kind.value for kind in document.kinds],
        "read_by": document.read_by,
        "problem": document.problem.value if document.problem else None,
        "size": document.size,
        "sha256": document.sha256,
        "signatures": [signature_view(one, zone) for one in document.signatures],
    }


def _initiative(initiative: initiative_row.Initiative) -> dict[str, Any]:
    applied, benefit = initiative.applied, initiative.benefit
    return {
        "row": initiative.row,
        "place": initiative.place,
        "cells": dict(initiative.cells),
        "extra": dict(initiative.extra),
        "applied": {"first": applied.first, "last": applied.last, "until": applied.until} if applied else None,
        "benefit": {
            "worth": benefit.worth.value,
            "low": benefit.low,
            "high": benefit.high,
            "per": benefit.per,
            "approximate": benefit.approximate,
        },
    }


def revision_row(revision: Revision) -> dict[str, Any]:
    judged = revision.assessment
    return {
        "number": revision.number,
        "cause": revision.cause.value,
        "recorded_at": revision.recorded_at,
        "verdict": judged.verdict.value,
        "complete": judged.complete,
        "in_time": judged.in_time,
        "received_at": judged.received_at,
        "deadline": judged.deadline,
        "rules": judged.rules,
        "ruling": judged.ruling,
        "by_rules": judged.by_rules.value if judged.by_rules else None,
        "supplement": revision.supplement,
        "in_force": dict(judged.in_force),
        "findings": [_finding(one) for one in judged.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "document": finding.document,
        "row": finding.row,
        "detail": finding.detail,
        "values": dict(finding.values),
    }


def lines(story: dict[str, Any], campaign: Campaign) -> list[str]:
    """For people, times in the campaign's zone."""
    union = campaign.roster.by_code(story["union"])
    zone = campaign.zone
    return [
        f"{story['code']} (arrival {story['arrival']}): {union.name if union else story['union']} [{story['union']}]",
        f"  {shown(story['verdict'])}; complete {shown(story['complete'])}, in time {shown(story['in_time'])}",
        f"  received {local(story['received_at'], zone)}, deadline {local(_deadline(story, campaign), zone)}",
        "Messages",
        *(
            f"  revision {one['revision']}: {one['sender']} {local(one['received_at'], zone)}"
            f" (the sender says {local(one['claimed_at'], zone)}); authentication {one['authentication']}"
            for one in story["messages"]
        ),
        "Files",
        *(line for one in story["documents"] for line in _document_lines(one)),
        "Initiatives",
        *(
            f"  {one['row']}. {one['cells'].get('title', '-')} ({one['cells'].get('author', '-')})"
            for one in story["initiatives"]
        ),
        *_revision_lines(story, zone),
        *decision_lines(story, campaign),
        "Letters",
        *(
            f"  {one['number']}. {one['kind']} to {one['to']}: {one['state']} {local(one['sent_at'], zone)}"
            for one in story["letters"]
        ),
        "History",
        *(
            f"  {one['event']}. {local(one['at'], zone)} {one['kind']} {_facts(one['facts'], zone)}{_by(one)}"
            for one in story["history"]
        ),
    ]


def _deadline(story: dict[str, Any], campaign: Campaign) -> datetime:
    """Of the verdict in force: extensions are in it."""
    judged = [one["deadline"] for one in story["revisions"]]
    return judged[-1] if judged else campaign.deadline


def _document_lines(document: dict[str, Any]) -> list[str]:
    told = ", ".join(document["kinds"]) + (f", {document['problem']}" if document["problem"] else "")
    first = f"  revision {document['revision']}: {document['file']} ({told}; read by {shown(document['read_by'])})"
    return [first, *(f"     {signature_line(one)}" for one in document["signatures"])]


def _revision_lines(story: dict[str, Any], zone: str) -> list[str]:
    found = ["Revisions"]
    for one in story["revisions"]:
        late = ", late supplement" if one["supplement"] else ""
        late += f"; by ruling {one['ruling']}, the rules alone: {one['by_rules']}" if one["ruling"] else ""
        found.append(f"  {one['number']}. {local(one['recorded_at'], zone)} {one['verdict']} ({one['cause']}{late})")
        for finding in one["findings"]:
            row = f", row {finding['row']}" if finding["row"] else ""
            where = f" in {finding['document']}" if finding["document"] else ""
            found.append(f"     [{finding['severity']}] {finding['code']}{where}{row}: {finding['detail'] or '-'}")
    return found


def _by(event: dict[str, Any]) -> str:
    return f" by {event['by']}: {event['reason'] or '-'}" if event["by"] else ""


def _facts(facts: dict[str, Any], zone: str) -> str:
    return " ".join(f"{name}={_fact(value, zone)}" for name, value in facts.items())


def _fact(value: object, zone: str) -> str:
    """Moments as everything else in the story: in the campaign's zone."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return local(datetime.fromisoformat(value), zone)
    return shown(value)
