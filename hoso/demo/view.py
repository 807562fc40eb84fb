"""What the demo's screen shows, read from the store and from the letters that went out."""

import email
from collections.abc import Sequence
from datetime import datetime
from email import policy
from pathlib import Path

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.model import Assessment, Severity, Verdict
from hoso.demo.screen import DemoView, LetterLine, UnionLine
from store import dossiers, ledger, outbox, revisions, waiting
from store.engine import Store
from store.outbox import LetterState

_GRAVEST_FIRST = (Severity.REVIEW, Severity.DEFICIENCY, Severity.WARNING)


def view_of(
    store: Store,
    campaign: Campaign,
    now: datetime,
    letters: Sequence[LetterLine],
    events: Sequence[str],
    places: tuple[tuple[str, str], ...],
    *,
    finished: bool,
    stays: bool,
) -> DemoView:
    with store.reading() as conn:
        lines = _lines(conn, campaign)
    order = {union.code: place for place, union in enumerate(campaign.roster.unions)}
    return DemoView(
        now=now,
        deadline=campaign.deadline,
        zone=campaign.zone,
        unions=tuple(sorted(lines, key=lambda line: order.get(line.code, len(order)))),
        asked=len(order),
        letters=tuple(letters),
        events=tuple(events),
        places=places,
        finished=finished,
        stays=stays,
    )


def _lines(conn: Connection, campaign: Campaign) -> list[UnionLine]:
    """Unions with a dossier, and those whose message waits for a person."""
    found = {}
    for one in waiting.unresolved(conn, campaign=campaign.key):
        code = one.union or "?"
        found[code] = _line(campaign, code, one.assessment, 0, len(outbox.listed(conn, answers=one.message_id)))
    for dossier in dossiers.listed(conn, campaign.key):
        revision = revisions.latest(conn, dossier.id)
        if revision is not None:
            written = len(outbox.listed(conn, dossier_id=dossier.id))
            found[dossier.union] = _line(campaign, dossier.union, revision.assessment, dossier.revision, written)
    return list(found.values())


def _line(campaign: Campaign, code: str, assessment: Assessment, revision: int, letters: int) -> UnionLine:
    union = campaign.roster.by_code(code)
    ordered = sorted(assessment.findings, key=lambda one: _GRAVEST_FIRST.index(one.severity))
    return UnionLine(
        code=code,
        name=union.name if union else "(not told yet)",
        verdict=Verdict(assessment.verdict),
        received_at=assessment.received_at,
        findings=tuple(dict.fromkeys(one.code for one in ordered)),
        revision=revision,
        letters=letters,
    )


def letter_lines(files: Sequence[Path], campaign: Campaign, known: Sequence[LetterLine]) -> tuple[LetterLine, ...]:
    """The letters as the unions see them; those that are `known` are not read again."""
    return (*known, *(_letter(file, campaign) for file in files[len(known) :]))


def _letter(file: Path, campaign: Campaign) -> LetterLine:
    message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    to = str(message["To"]).casefold()
    union = next((one.code for one in campaign.roster.unions if to in one.addresses), "")
    sent_at = message["Date"].datetime
    text = "\n".join(body.get_content().splitlines()) if body else ""
    return LetterLine(sent_at, union, str(message["Subject"]), text, file)


def all_answered(store: Store, arrived: int) -> bool:
    """Every message that arrived is settled, and every letter went out or is held."""
    with store.reading() as conn:
        entries = ledger.entries(conn)
        underway = [outbox.listed(conn, state=state) for state in _UNDERWAY]
    settled = [one for one in entries if one.outcome is not None]
    return len(settled) == len(entries) and len(entries) >= arrived and not any(underway)


_UNDERWAY = (LetterState.QUEUED, LetterState.SENDING, LetterState.DATA_STARTED)
