"""`hoso accept`, `refuse`, `withdraw-ruling`, `rulings`: a person rules on what is late or doubtful."""

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

OnPaper = Annotated[bool, typer.Option("--paper", help="The paper copy is meant, and not what came by email.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("accept")
    def accept_command(
        which: Which,
        by: By,
        reason: Reason,
        on_paper: OnPaper = False,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Accept a late or doubtful dossier as it stands; what the rules say stays beside it, the union is told."""
        return _rule(settings, campaign, which, RulingKind.ACCEPT, who_of(by, reason), on_paper=on_paper, as_json=json)

    @app.command("refuse")
    def refuse_command(
        which: Which,
        by: By,
        reason: Reason,
        on_paper: OnPaper = False,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Decide not to accept it: the verdict stays, no letter goes out (write one with `hoso write`)."""
        return _rule(settings, campaign, which, RulingKind.REFUSE, who_of(by, reason), on_paper=on_paper, as_json=json)

    @app.command("withdraw-ruling")
    def withdraw_command(
        which: Which,
        by: By,
        reason: Reason,
        on_paper: OnPaper = False,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Undo `hoso accept` or `hoso refuse`: the rules alone count again."""
        who = who_of(by, reason)

        def act(parts: Parts, asked: Campaign) -> int:
            about = About.PAPER if on_paper else About.DOSSIER
            done = withdraw_ruling(parts.store, asked, which, about, parts.writing, who, utc_now())
            print_rejudged(done, as_json=json)
            return Exit.OK

        return decide(settings, campaign, act)

    @app.command("rulings")
    def rulings_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """List every ruling, withdrawn ones too."""
        parts = records_in(settings)
        return _list(parts, campaign_of(parts, campaign), as_json=json)


def _rule(
    settings: SettingsPath, key: str, which: str, kind: RulingKind, who: Who, *, on_paper: bool, as_json: bool
) -> int:
    def act(parts: Parts, asked: Campaign) -> int:
        if on_paper:
            code = rule_on_paper(parts.store, asked, which, kind, who, utc_now())
            say(f"Ruled on the paper copy of {code}: {kind.value}.")
            return Exit.OK
        done = rule(parts.store, asked, which, kind, parts.writing, who, utc_now())
        print_rejudged(done, as_json=as_json)
        return Exit.OK

    return decide(settings, key, act)


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
