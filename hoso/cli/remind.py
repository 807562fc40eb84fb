"""`hoso remind`: who is reminded of the deadline next, by how things stand now."""

from typing import Annotated

import typer

from dossier.reminders import Upcoming
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.notices import plan_of
from hoso.wiring import utc_now
from intake.remind import upcoming

_YEAR = 366
Preview = Annotated[bool, typer.Option("--preview", help="List who would be reminded next; nothing is sent.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("remind")
    def remind_command(
        preview: Preview = False,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """List the unions that would be reminded of the deadline next, with what is missing; the service sends."""
        if not preview:
            raise typer.BadParameter(
                "say --preview: the service sends reminders by itself, on the days of the settings"
            )
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        with parts.store.reading() as conn:
            found = upcoming(conn, asked, plan_of(parts.settings), utc_now(), days=_YEAR)
        if json:
            output.print_json([_row(one) for one in found])
            return Exit.OK
        shown = (
            (
                output.local(one.slot.at, asked.zone),
                one.union,
                one.name,
                one.need.value,
                ", ".join(one.findings),
                ", ".join(one.addresses) or "no address: call",
            )
            for one in found
        )
        columns = ("goes out", "union", "name", "why", "missing", "to")
        output.print_table("Reminders", columns, shown, "Nobody is to be reminded.")
        return Exit.OK


def _row(one: Upcoming) -> dict[str, object]:
    return {
        "at": one.slot.at,
        "days_before": one.slot.days_before,
        "union": one.union,
        "name": one.name,
        "why": one.need.value,
        "missing": list(one.findings),
        "addresses": list(one.addresses),
    }
