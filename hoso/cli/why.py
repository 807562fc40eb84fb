"""`hoso why`: a verdict as it stood at a moment, with what it was drawn from (P8)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.deadline import whole_second
from dossier.rulings import finding_key
from hoso.cli import output, story
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which, campaign_of_dossier, records_in
from hoso.local_time import recorded_by
from hoso.wiring import Parts, utc_now
from store import contents, corrections, deadlines, dossiers, messages, revisions, rulings
from store.dossiers import Dossier
from store.revisions import Revision

At = Annotated[
    str, typer.Option("--at", help="A day or a moment, each through its end, in the campaign's zone; else now.")
]


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def why(
        which: Which,
        at: At = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Tell a dossier's verdict as it stood at a moment: rules, deadline, findings with their evidence."""
        parts = records_in(settings)
        asked = campaign_of_dossier(parts, campaign, which)
        try:
            moment = recorded_by(at, ZoneInfo(asked.zone)) if at else utc_now()
        except ValueError as wrong:
            raise typer.BadParameter(f"--at {wrong}") from None
        return _why(parts, asked, which, moment, as_json=json)


def _why(parts: Parts, campaign: Campaign, which: str, at: datetime, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = dossiers.called(conn, campaign.key, which)
        stood = revisions.in_force_at(conn, found.id, at) if found else None
        told = told_of(conn, campaign, found, stood, at) if found and stood else None
    if told is None:
        known = campaign.roster.by_code(which)
        why = f"{known.name} has sent nothing yet" if known else "see `hoso dossiers` for the codes"
        if found:
            why = f"nothing of {which} was judged by {output.local(at, campaign.zone)}"
        output.error_console().print(f"There is no verdict of {which}: {why}.", markup=False)
        return Exit.FOUND
    if as_json:
        output.print_json([told])
    else:
        output.print_lines(_lines(told, campaign))
    return Exit.OK


def told_of(conn: Connection, campaign: Campaign, dossier: Dossier, stood: Revision, at: datetime) -> dict[str, Any]:
    """All that explains a verdict, from what is stored alone."""
    return {
        "code": dossier.code,
        "union": dossier.union,
        "at": at,
        "in_force_now": stood.number == dossier.revision,
        **story.revision_row(stood),
        "reply": stood.assessment.reply.value,
        **_ruled(conn, stood),
        "corrections": list(_corrected(conn, stood)),
        "moved": list(_moved(conn, campaign, dossier, stood)),
        "messages": list(_received(conn, stood)),
        "evidence": list(_evidence(conn, stood)),
    }


def _ruled(conn: Connection, stood: Revision) -> dict[str, Any]:
    """The ruling that was applied, and beside it what the rules alone said; "settled" counts findings from 1."""
    judged = stood.assessment
    if judged.ruling is None or judged.by_rules is None:
        return {"by_rules": None, "ruling": None}
    made = next(
        (one for one in rulings.of_dossier(conn, stood.dossier_id) if one.decided.number == judged.ruling), None
    )
    settled = [place for place, one in enumerate(judged.findings, 1) if finding_key(one) in judged.settled]
    told = {"number": judged.ruling, "settled": settled}
    if made is not None:
        told |= {"at": made.decided.at, "by": made.decided.by, "reason": made.decided.reason}
    return {"by_rules": judged.by_rules.value, "ruling": told}


def _corrected(conn: Connection, stood: Revision) -> Iterator[dict[str, Any]]:
    """What persons had corrected when it was judged, with what was read."""
    for one in corrections.of_dossier(conn, stood.dossier_id):
        if one.decided.span.covers(stood.recorded_at):
            yield {
                "correction": one.decided.number,
                "document": one.correction.document,
                "row": one.correction.row,
                "field": one.correction.field,
                "reading": one.reading,
                "value": one.correction.value,
                "by": one.decided.by,
                "reason": one.decided.reason,
            }


def _moved(conn: Connection, campaign: Campaign, dossier: Dossier, stood: Revision) -> Iterator[dict[str, Any]]:
    """The decisions that the deadline in force then came from; none where it is the campaign's own."""
    if whole_second(stood.assessment.deadline) == whole_second(campaign.deadline):
        return
    for stored in deadlines.history(conn, dossier.campaign):
        moved, span = stored.extended.extension, stored.extended.span
        same = whole_second(moved.until) == whole_second(stood.assessment.deadline)
        if same and moved.union in (None, dossier.union) and span.covers(stood.recorded_at):
            yield {
                "until": moved.until,
                "union": moved.union,
                "decided_at": span.start,
                "by": stored.by,
                "reason": moved.reason,
            }


def _received(conn: Connection, stood: Revision) -> Iterator[dict[str, Any]]:
    """When each message that had joined by then came, by each clock; the sender's own decides nothing (P3)."""
    for joined in revisions.contributions(conn, stood.dossier_id):
        if joined.revision <= stood.number:
            yield {
                "message": joined.submission.sha256,
                "received_at": joined.receipt.at,
                "server_time": joined.receipt.server_time,
                "header_time": joined.receipt.header_time,
                "claimed_at": joined.submission.date,
            }


def _evidence(conn: Connection, stood: Revision) -> Iterator[dict[str, Any]]:
    """The files that counted then: "SHA256-of-message/part" of the assessment, with their names and digests."""
    held = {}
    for document in contents.documents_of(conn, stood.dossier_id):
        message = messages.get(conn, document.message_id)
        if message is not None and document.revision <= stood.number:
            held[f"{message.sha256}/{document.part}"] = document
    for kind, place in sorted(stood.assessment.in_force.items()):
        file = held.get(place)
        yield {
            "kind": kind,
            "message": place.partition("/")[0],
            "part": place.partition("/")[2],
            "file": file.file if file else None,
            "sha256": file.sha256 if file else None,
        }


def _lines(told: dict[str, Any], campaign: Campaign) -> Iterator[str]:
    """For people, times in the campaign's zone."""
    union, time = campaign.roster.by_code(told["union"]), partial(output.local, zone=campaign.zone)
    now = "in force now" if told["in_force_now"] else "judged again since"
    own = "" if told["deadline"] == campaign.deadline else f", the campaign's own {time(campaign.deadline)}"
    yield f"{told['code']}: {union.name if union else told['union']} [{told['union']}], at {time(told['at'])}"
    yield (
        f"  {told['verdict']}: complete {output.shown(told['complete'])}, in time {output.shown(told['in_time'])}"
        f" (revision {told['number']}, {told['cause']}, recorded {time(told['recorded_at'])}; {now})"
    )
    yield f"  received {time(told['received_at'])}, deadline {time(told['deadline'])}{own}"
    for moved in told["moved"]:
        yield f"  moved on {time(moved['decided_at'])} by {moved['by'] or '-'}: {moved['reason'] or '-'}"
    yield f"  rules {told['rules']}"
    if told["ruling"]:
        one = told["ruling"]
        yield (
            f"  by the rules alone {told['by_rules']}; ruling {one['number']} on {time(one.get('at'))}"
            f" by {one.get('by') or '-'}: {one.get('reason') or '-'}"
        )
    for one in told["corrections"]:
        row = f"row {one['row']}, " if one["row"] else ""
        yield (
            f"  corrected ({one['correction']}): {row}{one['field']} “{one['value']}”, read as “{one['reading']}”,"
            f" by {one['by'] or '-'}: {one['reason'] or '-'}"
        )
    yield "Messages"
    for one in told["messages"]:
        yield (
            f"  {one['message'][:12]}: received {time(one['received_at'])} (mailbox {time(one['server_time'])},"
            f" Received {time(one['header_time'])}); the sender says {time(one['claimed_at'])}"
        )
    yield "Findings"
    settled = told["ruling"]["settled"] if told["ruling"] else ()
    for place, finding in enumerate(told["findings"], 1):
        mark = ", settled by the ruling" if place in settled else ""
        row = f", row {finding['row']}" if finding["row"] else ""
        where = f" in {finding['document']}" if finding["document"] else ""
        yield f"  [{finding['severity']}{mark}] {finding['code']}{where}{row}: {finding['detail'] or '-'}"
    if not told["findings"]:
        yield "  none"
    yield "Files that counted"
    for file in told["evidence"]:
        digest, name = file["sha256"] or "-", file["file"] or "erased"
        yield f"  {file['kind']}: {name} (SHA-256 {digest}; message {file['message'][:12]})"
