"""`hoso extend`, `extensions`, `withdraw-extension`, `close`, `reopen`: when a campaign's time is over."""

from typing import Annotated, Any

import typer
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from dossier.campaign import Campaign
from hoso.cli import output
from hoso.cli.deciding import By, Reason, decide, done, moment_in, rejudged_line, rejudged_row, say, who_of
from hoso.cli.decision_heads import add_on_campaign, add_on_number
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.plural import counted
from hoso.wiring import Parts, utc_now
from intake.decisions import Who
from intake.extend import extend, moved_dossiers, rejudge_moved, withdraw_extension
from intake.rejudging import Rejudged
from store import closings, deadlines

Until = Annotated[
    str, typer.Option("--until", help="The new deadline in the campaign's zone: a day (its end) or more.")
]
Union = Annotated[str, typer.Option("--union", help="For this union alone; without it for all.")]


def add_commands(app: typer.Typer) -> None:
    _extensions(app)
    _closings(app)


def _extensions(app: typer.Typer) -> None:
    @app.command("extend")
    def extend_command(
        until: Until,
        by: By,
        reason: Reason,
        union: Union = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Move the deadline; dossiers are judged again, and told of it where their verdict changes.

        After a crash the same command goes on from where it was.
        """
        who = who_of(by, reason)

        def act(parts: Parts, asked: Campaign) -> int:
            moment = moment_in(until, asked, "--until")
            code, new = extend(parts.store, asked, moment, union or None, who, utc_now())
            whose = code or "all unions"
            told = "The deadline of" if new else "It was decided before: the deadline of"
            say(f"{told} {whose} is {output.local(moment, asked.zone)}.")
            return _rejudge(parts, asked, who, as_json=json)

        return decide(settings, campaign, act)

    told = "Undo an extension: the deadline before it counts again, and dossiers are judged by it."
    add_on_number(app, "withdraw-extension", told, "Number of the extension, as `hoso extensions` shows it.", _withdraw)

    @app.command("extensions")
    def extensions_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """List every extension, withdrawn ones too."""
        parts = records_in(settings)
        return _list(parts, campaign_of(parts, campaign), as_json=json)


def _withdraw(parts: Parts, campaign: Campaign, number: int, who: Who, as_json: bool) -> int:
    withdraw_extension(parts.store, campaign, number, who, utc_now())
    if not as_json:
        say(f"Extension {number} counts no more.")
    return _rejudge(parts, campaign, who, as_json=as_json)


def _closings(app: typer.Typer) -> None:
    told = "Close the campaign: mail is recorded and waits, nothing joins a dossier without a person."
    add_on_campaign(app, "close", told, _close)
    told = "Open a closed campaign again; what came meanwhile goes on waiting for a person."
    add_on_campaign(app, "reopen", told, _reopen)


def _close(parts: Parts, campaign: Campaign, who: Who, as_json: bool) -> int:
    with parts.store.writing() as tx:
        changed = closings.close(tx, campaign.key, utc_now(), by=who.by, reason=who.reason)
    said = f"{campaign.key} is closed." if changed else f"{campaign.key} was closed before."
    done(said, {"campaign": campaign.key, "closed": True, "changed": changed}, as_json=as_json)
    return Exit.OK if changed else Exit.FOUND


def _reopen(parts: Parts, campaign: Campaign, who: Who, as_json: bool) -> int:
    with parts.store.writing() as tx:
        changed = closings.reopen(tx, campaign.key, utc_now(), by=who.by, reason=who.reason)
    said = f"{campaign.key} is open again." if changed else f"{campaign.key} is not closed."
    done(said, {"campaign": campaign.key, "closed": False, "changed": changed}, as_json=as_json)
    return Exit.OK if changed else Exit.FOUND


def _rejudge(parts: Parts, campaign: Campaign, who: Who, *, as_json: bool) -> int:
    wanted = moved_dossiers(parts.store, campaign)
    judged: list[Rejudged] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    told = output.error_console()
    with Progress(*columns, transient=True, console=told, disable=not told.is_terminal) as progress:
        task = progress.add_task("judging again", total=len(wanted))

        def advance(one: Rejudged) -> None:
            judged.append(one)
            progress.advance(task)

        rejudge_moved(parts.store, campaign, wanted, parts.writing, who, utc_now, advance)
    if as_json:
        output.print_json(rejudged_row(one) for one in judged)
        return Exit.OK
    output.print_lines(rejudged_line(one) for one in judged if one.changed)
    changed = sum(one.changed for one in judged)
    were = counted(len(judged), "dossier was", "dossiers were")
    say(f"{were} judged again; the verdict of {changed} changed.")
    return Exit.OK


def _list(parts: Parts, campaign: Campaign, *, as_json: bool) -> int:
    rows: list[dict[str, Any]] = []
    with parts.store.reading() as conn:
        for one in deadlines.history(conn, campaign.key):
            moved, span = one.extended.extension, one.extended.span
            rows.append(
                {
                    "extension": one.number,
                    "union": moved.union,
                    "until": moved.until,
                    "decided_at": span.start,
                    "by": one.by,
                    "reason": moved.reason,
                    "withdrawn_at": span.end,
                }
            )
    if as_json:
        output.print_json(rows)
        return Exit.OK
    columns = ("number", "union", "until", "decided", "by", "why", "withdrawn")
    shown = (
        (
            row["extension"],
            row["union"] or "all",
            output.local(row["until"], campaign.zone),
            output.local(row["decided_at"], campaign.zone),
            row["by"],
            row["reason"],
            output.local(row["withdrawn_at"], campaign.zone),
        )
        for row in rows
    )
    output.print_table("Extensions", columns, shown, "The deadline was never moved.")
    return Exit.OK
