"""`hoso accept`, `refuse`, `withdraw-ruling`, `rulings`: a person rules on what is late or doubtful."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from dossier.campaign import Campaign
from dossier.decisions import About, RulingKind
from hoso.cli import output
from hoso.cli.deciding import By, Reason, decide, print_rejudged, say, who_of
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which, campaign_of, records_in
from hoso.wiring import Parts, utc_now
from intake.decisions import Who
from intake.ruling import rule, rule_on_paper, withdraw_ruling
from store import dossiers, rulings

_Act = Callable[[Parts, Campaign, str, About, Who, bool], int]
"""Which dossier, its paper copy or itself, who and why, as JSON or not; returns the exit code."""
OnPaper = Annotated[bool, typer.Option("--paper", help="The paper copy is meant, and not what came by email.")]


def add_commands(app: typer.Typer) -> None:
    for name, told, act in (
        (
            "accept",
            "Accept a late or doubtful dossier as it stands; what the rules say stays beside it, the union is told.",
            _rule(RulingKind.ACCEPT),
        ),
        (
            "refuse",
            "Decide not to accept it: the verdict stays, no letter goes out (write one with `hoso write`).",
            _rule(RulingKind.REFUSE),
        ),
        ("withdraw-ruling", "Undo `hoso accept` or `hoso refuse`: the rules alone count again.", _withdraw),
    ):
        _add_ruling(app, name, told, act)

    @app.command("rulings")
    def rulings_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """List every ruling, withdrawn ones too."""
        parts = records_in(settings)
        return _list(parts, campaign_of(parts, campaign), as_json=json)


def _add_ruling(app: typer.Typer, name: str, told: str, act: _Act) -> None:
    @app.command(name, help=told)
    def ruling_command(
        which: Which,
        by: By,
        reason: Reason,
        on_paper: OnPaper = False,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        who, about = who_of(by, reason), About.PAPER if on_paper else About.DOSSIER
        return decide(settings, campaign, lambda parts, asked: act(parts, asked, which, about, who, json), which)


def _rule(kind: RulingKind) -> _Act:
    def act(parts: Parts, campaign: Campaign, which: str, about: About, who: Who, as_json: bool) -> int:
        if about is About.PAPER:
            code = rule_on_paper(parts.store, campaign, which, kind, who, utc_now())
            say(f"Ruled on the paper copy of {code}: {kind.value}.")
        else:
            print_rejudged(rule(parts.store, campaign, which, kind, parts.writing, who, utc_now()), as_json=as_json)
        return Exit.OK

    return act


def _withdraw(parts: Parts, campaign: Campaign, which: str, about: About, who: Who, as_json: bool) -> int:
    done = withdraw_ruling(parts.store, campaign, which, about, parts.writing, who, utc_now())
    if not as_json:
        say(f"The ruling on the {about.value} of {which} counts no more.")
    print_rejudged(done, as_json=as_json)
    return Exit.OK


def _list(parts: Parts, campaign: Campaign, *, as_json: bool) -> int:
    rows: list[dict[str, Any]] = []
    with parts.store.reading() as conn:
        for one in rulings.of_campaign(conn, campaign.key):
            owner = dossiers.get(conn, one.dossier_id)
            rows.append(
                {
                    "ruling": one.decided.number,
                    "dossier": owner.code if owner else None,
                    "union": owner.union if owner else None,
                    "kind": one.ruling.kind.value,
                    "about": one.ruling.about.value,
                    "revision": one.revision,
                    "settles": len(one.ruling.settled),
                    "recorded_at": one.decided.at,
                    "by": one.decided.by,
                    "reason": one.decided.reason,
                    "withdrawn_at": one.decided.ended_at,
                    "withdrawn_by": one.decided.ended_by,
                    "withdrawn_reason": one.decided.ended_reason,
                }
            )
    if as_json:
        output.print_json(rows)
        return Exit.OK
    columns = ("number", "dossier", "union", "ruling", "about", "by", "why", "recorded", "withdrawn")
    shown = (
        (
            *(row[name] for name in ("ruling", "dossier", "union", "kind", "about", "by", "reason")),
            output.local(row["recorded_at"], campaign.zone),
            output.local(row["withdrawn_at"], campaign.zone),
        )
        for row in rows
    )
    output.print_table("Rulings", columns, shown, "No ruling yet.")
    return Exit.OK
