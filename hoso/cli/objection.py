"""`hoso objection add|end|reopen|list`: complaints and disputes against single initiatives."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.decisions import ObjectionKind, Outcome
from hoso.cli import output
from hoso.cli.deciding import By, Reason, day_in, decide, done, who_of
from hoso.cli.decision_heads import add_on_number
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which, campaign_of, records_in
from hoso.wiring import Parts, utc_now
from intake.decisions import Who
from intake.objecting import end_objection, raise_objection, reopen_objection
from store import dossiers, objections
from store.objections import StoredObjection

Row = Annotated[int, typer.Option("--row", min=1, help="The initiative's place in the table, as `hoso show` counts.")]
KindOption = Annotated[
    ObjectionKind, typer.Option("--kind", help="A complaint on content or result, or a dispute over authorship.")
]
RaisedBy = Annotated[str, typer.Option("--from", help="Who raised it.")]
RaisedOn = Annotated[str, typer.Option("--on", help="The day on which it was raised, as in 2021-04-18; else today.")]
OutcomeOption = Annotated[Outcome, typer.Option("--outcome", help="How it ended; upheld goes on to stand.")]
Number = Annotated[int, typer.Argument(help="Number of the objection, as `hoso objection list` shows it.")]


def add_commands(app: typer.Typer) -> None:
    group = typer.Typer(help="Complaints and disputes against single initiatives.", no_args_is_help=True)
    app.add_typer(group, name="objection")
    _add(group)
    _end(group)

    @group.command("list")
    def list_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """List all objections, ended ones too, with where their initiatives stand now."""
        parts = records_in(settings)
        return _list(parts, campaign_of(parts, campaign), as_json=json)


def _add(group: typer.Typer) -> None:
    @group.command("add")
    def add_command(
        which: Which,
        row: Row,
        kind: KindOption,
        raised_by: RaisedBy,
        by: By,
        reason: Reason,
        on: RaisedOn = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Record a complaint or a dispute; it stays with the initiative when the table is replaced."""
        who = who_of(by, reason)

        def act(parts: Parts, asked: Campaign) -> int:
            raised_on = day_in(on, "--on") if on else utc_now().astimezone(ZoneInfo(asked.zone)).date()
            made = raise_objection(
                parts.store, asked, which, row, kind, who, utc_now(), raised_by=raised_by, raised_on=raised_on
            )
            return _told(parts, asked, made, as_json=json)

        return decide(settings, campaign, act, which)

    told = "Take up again an objection that ended: a further one, of the same initiative."
    add_on_number(group, "reopen", told, "Number of the objection, as `hoso objection list` shows it.", _reopen)


def _reopen(parts: Parts, campaign: Campaign, number: int, who: Who, as_json: bool) -> int:
    return _told(parts, campaign, reopen_objection(parts.store, campaign, number, who, utc_now()), as_json=as_json)


def _end(group: typer.Typer) -> None:
    @group.command("end")
    def end_command(
        number: Number,
        outcome: OutcomeOption,
        by: By,
        reason: Reason,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Say that an objection is over, and how it ended."""
        who = who_of(by, reason)

        def act(parts: Parts, asked: Campaign) -> int:
            end_objection(parts.store, asked, number, outcome, who, utc_now())
            stands = " It goes on to stand against the initiative." if outcome is Outcome.UPHELD else ""
            row = {"objection": number, "outcome": outcome.value}
            return done(f"Objection {number} ended: {outcome.value}.{stands}", row, as_json=json)

        return decide(settings, campaign, act)


def _told(parts: Parts, campaign: Campaign, one: StoredObjection, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        row = _row(conn, one)
    if as_json:
        output.print_json([row])
    else:
        about = f"{row['kind']} of “{one.title}” ({one.author})"
        output.print_lines([f"{row['dossier']} [{row['union']}]: objection {row['objection']}, {about}"])
    return Exit.OK


def _row(conn: Connection, one: StoredObjection) -> dict[str, Any]:
    owner = dossiers.get(conn, one.dossier_id)
    return {
        "objection": one.decided.number,
        "dossier": owner.code if owner else None,
        "union": owner.union if owner else None,
        "kind": one.objection.kind.value,
        "row_then": one.row,
        "row_now": objections.row_now(conn, one),
        "author": one.author,
        "title": one.title,
        "raised_by": one.raised_by,
        "raised_on": one.raised_on,
        "recorded_at": one.decided.at,
        "by": one.decided.by,
        "reason": one.decided.reason,
        "reopens": one.reopens,
        "outcome": one.objection.outcome.value if one.objection.outcome else None,
        "ended_at": one.decided.ended_at,
        "ended_by": one.decided.ended_by,
        "ended_reason": one.decided.ended_reason,
    }


def _list(parts: Parts, campaign: Campaign, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        rows = [_row(conn, one) for one in objections.of_campaign(conn, campaign.key)]
    if as_json:
        output.print_json(rows)
        return Exit.OK
    columns = ("number", "dossier", "union", "kind", "row", "subject", "from", "recorded", "outcome", "why")
    shown = (
        (
            row["objection"],
            row["dossier"],
            row["union"],
            row["kind"],
            row["row_now"] or f"gone ({row['row_then']})",
            row["title"],
            row["raised_by"],
            output.local(row["recorded_at"], campaign.zone),
            row["outcome"] or "stands",
            row["ended_reason"] or row["reason"],
        )
        for row in rows
    )
    output.print_table("Complaints and disputes", columns, shown, "None was recorded.")
    return Exit.OK
