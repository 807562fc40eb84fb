"""`hoso show`: one dossier with all that is recorded of it."""

import typer

from dossier.campaign import Campaign
from hoso.cli import output, story
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which, campaign_of_dossier, records_in
from hoso.cli.story_decisions import decisions_of
from hoso.wiring import Parts, utc_now
from store import dossiers


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def show(
        which: Which, settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """Tell the whole story of one dossier: messages, files, verdicts, letters, decisions, points, history."""
        parts = records_in(settings)
        return _show(parts, campaign_of_dossier(parts, campaign, which), which, as_json=json)


def _show(parts: Parts, campaign: Campaign, which: str, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = dossiers.called(conn, campaign.key, which)
        told = story.story_of(conn, found, campaign.zone, parts.judging.authentication_hosts) if found else None
        if found and told is not None:
            told |= decisions_of(conn, found, campaign, utc_now())
    if told is None:
        known = campaign.roster.by_code(which)
        why = f"{known.name} has sent nothing yet" if known else "see `hoso dossiers` for the codes"
        output.error_console().print(f"There is no dossier {which}: {why}.", markup=False)
        return Exit.FOUND
    if as_json:
        output.print_json([told])
    else:
        output.print_lines(story.lines(told, campaign))
    return Exit.OK
