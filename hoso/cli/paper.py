"""`hoso paper`, `papers`, `withdraw-paper`: the copies that come by post or by hand."""

from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.decisions import Way
from dossier.model import Kind
from dossier.validity import paper_in_time
from hoso.cli import output
from hoso.cli.deciding import By, day_in, decide, moment_in, say
from hoso.cli.decision_heads import add_on_number
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which, campaign_of, records_in
from hoso.local_time import first_moment
from hoso.wiring import Parts, utc_now
from intake.composing import deadline_of
from intake.decisions import NotDecidedError, Who
from intake.paper import record_paper, withdraw_paper
from store import dossiers, paper
from store.dossiers import Dossier
from store.paper import NewPaper, StoredPaper

WayOption = Annotated[Way, typer.Option("--way", help="How it came.")]
Arrived = Annotated[str, typer.Option("--arrived", help="When it arrived, in the campaign's zone: a day or a moment.")]
Postmark = Annotated[str, typer.Option("--postmark", help="The day on the post office's stamp, as in 2021-04-19.")]
ReceivedBy = Annotated[str, typer.Option("--received-by", help="Who took it in; without it, who records it.")]
Holds = Annotated[
    str, typer.Option("--holds", help="What of it is there and in order: memo, summary_table; without it all.")
]
Incomplete = Annotated[bool, typer.Option("--incomplete", help="Whoever checked it found that something is missing.")]
Note = Annotated[str, typer.Option("--note", help="What was seen: torn, not signed, a table of other initiatives.")]
PaperReason = Annotated[str, typer.Option("--reason", help="Why, where there is something to say.")]


def add_commands(app: typer.Typer) -> None:
    _add_recording(app)
    told = "Say that a paper copy was recorded wrongly; its arrival number stays used."
    add_on_number(app, "withdraw-paper", told, "Number of the paper copy, as `hoso papers` shows it.", _withdraw)
    _add_list(app)


def _add_recording(app: typer.Typer) -> None:
    @app.command("paper")
    def paper_command(
        which: Which,
        way: WayOption,
        arrived: Arrived,
        by: By,
        postmark: Postmark = "",
        received_by: ReceivedBy = "",
        holds: Holds = "",
        incomplete: Incomplete = False,
        note: Note = "",
        reason: PaperReason = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Record a paper copy: it gets its arrival number, and may come before any email."""
        if not by.strip():
            raise typer.BadParameter("a person records it: give --by")
        who = Who(by.strip(), reason.strip())

        def act(parts: Parts, asked: Campaign) -> int:
            new = NewPaper(
                way=way,
                arrived_at=_arrival(parts, asked, arrived),
                received_by=received_by.strip() or who.by,
                holds=_kinds(asked, holds, incomplete),
                complete=not incomplete,
                postmarked_on=day_in(postmark, "--postmark") if postmark else None,
                note=note.strip(),
            )
            dossier, made = record_paper(parts.store, asked, which, new, who, utc_now())
            with parts.store.reading() as conn:
                row = _row(conn, asked, made, dossier)
            if json:
                output.print_json([row])
            else:
                kept = f"paper {made.decided.number}, arrival number {made.arrival}"
                when = "in time" if row["in_time"] else "LATE"
                output.print_lines([f"{dossier.code} [{dossier.union}]: {kept}; {when}"])
            return Exit.OK

        return decide(settings, campaign, act, which)


def _withdraw(parts: Parts, campaign: Campaign, number: int, who: Who, as_json: bool) -> int:
    code = withdraw_paper(parts.store, campaign, number, who, utc_now())
    if as_json:
        output.print_json([{"paper": number, "dossier": code, "withdrawn": True}])
    else:
        say(f"Paper {number} of {code} counts no more.")
    return Exit.OK


def _add_list(app: typer.Typer) -> None:
    @app.command("papers")
    def papers_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """List the paper copies, withdrawn ones too."""
        parts = records_in(settings)
        return _list(parts, campaign_of(parts, campaign), as_json=json)


def _arrival(parts: Parts, campaign: Campaign, written: str) -> datetime:
    """A day alone counts through its last second: on the deadline's own day the hour has to be said (P11)."""
    first = moment_in(written, campaign, "--arrived", read=first_moment)
    last = moment_in(written, campaign, "--arrived")
    with parts.store.reading() as conn:
        due = deadline_of(conn, campaign, "").at
    if first <= due < last - timedelta(seconds=1):
        raise NotDecidedError("the deadline falls on that day: say the hour, as in 2021-04-20T15:30")
    return min(last, max(first, utc_now()))


def _kinds(campaign: Campaign, written: str, incomplete: bool) -> tuple[Kind, ...]:
    if not written.strip():
        return () if incomplete else tuple(one.kind for one in campaign.required)
    try:
        return tuple(Kind(word.strip()) for word in written.replace(",", " ").split())
    except ValueError:
        known = ", ".join(one.kind.value for one in campaign.required)
        raise typer.BadParameter(f"--holds names documents: {known}") from None


def _row(conn: Connection, campaign: Campaign, one: StoredPaper, owner: Dossier) -> dict[str, Any]:
    """`in_time`: by the deadline in force now."""
    return {
        "paper": one.decided.number,
        "dossier": owner.code,
        "union": owner.union,
        "in_time": paper_in_time(one.paper, deadline_of(conn, campaign, owner.union), campaign),
        "arrival": one.arrival,
        "way": one.paper.way.value,
        "arrived_at": one.paper.arrived_at,
        "postmarked_on": one.paper.postmarked_on,
        "received_by": one.received_by,
        "holds": [kind.value for kind in one.paper.holds],
        "complete": one.paper.complete,
        "note": one.note,
        "recorded_at": one.decided.at,
        "by": one.decided.by,
        "reason": one.decided.reason,
        "withdrawn_at": one.decided.ended_at,
        "withdrawn_by": one.decided.ended_by,
        "withdrawn_reason": one.decided.ended_reason,
    }


def _list(parts: Parts, campaign: Campaign, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = paper.of_campaign(conn, campaign.key)
        held = {one.dossier_id: dossiers.get(conn, one.dossier_id) for one in found}
        rows = [_row(conn, campaign, one, owner) for one in found if (owner := held[one.dossier_id])]
    if as_json:
        output.print_json(rows)
        return Exit.OK
    columns = (
        "paper",
        "arrival",
        "dossier",
        "union",
        "way",
        "received",
        "postmark",
        "in time",
        "complete",
        "withdrawn",
        "why",
    )
    shown = (
        (
            row["paper"],
            row["arrival"],
            row["dossier"],
            row["union"],
            row["way"],
            output.local(row["arrived_at"], campaign.zone),
            row["postmarked_on"] and f"{row['postmarked_on']:%d/%m/%Y}",
            row["in_time"],
            row["complete"],
            output.local(row["withdrawn_at"], campaign.zone),
            row["withdrawn_reason"] or row["note"],
        )
        for row in rows
    )
    output.print_table("Paper copies", columns, shown, "No paper copy yet.")
    return Exit.OK
