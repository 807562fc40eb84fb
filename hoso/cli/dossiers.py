"""`hoso dossiers`: where the unions stand."""

from typing import Annotated

import typer

from dossier.campaign import Campaign
from dossier.model import Verdict
from hoso.cli import output, story
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, Limit, SettingsPath, campaign_of, records_in
from hoso.wiring import Parts
from store import dossiers, revisions

VerdictOption = Annotated[Verdict | None, typer.Option("--verdict", help="Only dossiers with this verdict.")]
FindingOption = Annotated[str | None, typer.Option("--finding", help="Only dossiers with this finding.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("dossiers")
    def dossiers_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        verdict: VerdictOption = None,
        finding: FindingOption = None,
        limit: Limit = 1000,
        json: AsJson = False,
    ) -> int:
        """List the dossiers, one for each union that sent something."""
        parts = records_in(settings)
        return _dossiers(parts, campaign_of(parts, campaign), verdict, finding, limit, as_json=json)


def _dossiers(
    parts: Parts, campaign: Campaign, verdict: Verdict | None, finding: str | None, limit: int, *, as_json: bool
) -> int:
    with parts.store.reading() as conn:
        found = dossiers.listed(conn, campaign.key, verdict=verdict, finding=finding, limit=limit)
        codes = {one.id: story.finding_codes(revisions.latest(conn, one.id)) for one in found}
    if as_json:
        output.print_json(story.dossier_row(one, codes[one.id]) for one in found)
        return Exit.OK
    columns = ("dossier", "arrival", "union", "verdict", "complete", "in time", "received", "findings")
    rows = (
        (
            one.code,
            f"{one.arrival_number}/{one.arrival_year}",
            one.union,
            one.verdict,
            one.complete,
            one.in_time,
            output.local(one.received_at, campaign.zone),
            ", ".join(codes[one.id]) or "-",
        )
        for one in found
    )
    asked = len(campaign.roster.unions)
    output.print_table(f"{campaign.name}: {len(found)} of {asked} unions", columns, rows, "No dossier yet.")
    return Exit.OK
