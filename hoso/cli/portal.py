"""`hoso portal`: what the unions enter into the Confederation's portal, as a workbook."""

from pathlib import Path
from typing import Annotated

import typer

from dossier.campaign import Campaign
from dossier.portal import PortalEntry, by_union, entry
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.plural import counted
from hoso.wiring import Parts
from reports.portal import portal_file
from store import contents, dossiers

Out = Annotated[Path, typer.Option("--out", help="The new workbook (.xlsx).")]
UnionOption = Annotated[str, typer.Option("--union", help="Only what the union with this code has to enter.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("portal")
    def portal_command(
        out: Out,
        union: UnionOption = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Write what the Confederation's portal asks for of each initiative; what is missing or too long is marked."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        if union and asked.roster.by_code(union) is None:
            raise typer.BadParameter(f"the roster of {asked.key} has no union {union}")
        return _portal(parts, asked, union, out, as_json=json)


def _portal(parts: Parts, campaign: Campaign, union: str, out: Path, *, as_json: bool) -> int:
    entries = _entries(parts, campaign, union)
    unions = [one for one in by_union(campaign, entries) if union in ("", one.union)]
    letters = parts.settings.letters
    content = portal_file(campaign, entries, unions, letters.locale, letters.templates)
    if not output.new_file(out, content):
        return Exit.FOUND
    ready = sum(not one.gaps for one in entries)
    without = sum(not one.initiatives for one in unions)
    if as_json:
        held = {"initiatives": len(entries), "complete": ready, "unions_without": without}
        output.print_json([{"file": str(out), **held}])
        return Exit.OK
    none = counted(without, "union has", "unions have")
    said = f"{counted(len(entries), 'initiative')}, {ready} with all that is asked; {none} none"
    output.print_lines([f"{out}: {said}"])
    return Exit.OK


def _entries(parts: Parts, campaign: Campaign, union: str) -> tuple[PortalEntry, ...]:
    with parts.store.reading() as conn:
        return tuple(
            entry(campaign, dossier.union, f"{dossier.code}/{one.row}", one.cells)
            for part in dossiers.in_parts(conn, campaign.key)
            for held in [contents.initiatives_of_each(conn, [one.id for one in part if union in ("", one.union)])]
            for dossier in part
            for one in held.get(dossier.id, ())
        )
