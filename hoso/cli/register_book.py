"""`hoso register-book`: the register of incoming documents of a year, as Decree 30/2020 has it, to be printed."""

from pathlib import Path
from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.plural import counted
from intake.register_book import register_book
from reports.register_book import register_workbook

Year = Annotated[int, typer.Option("--year", min=2000, max=9999, help="The year of the arrival numbers.")]
Out = Annotated[Path, typer.Option("--out", help="The new XLSX file.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("register-book")
    def register_book_command(
        year: Year,
        out: Out,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Write the register of incoming documents (sổ đăng ký văn bản đến) of a year, email and paper alike."""
        parts = records_in(settings)
        lines = register_book(parts.store, parts.campaigns, year)
        if not output.new_file(out, register_workbook(campaign_of(parts, campaign), lines, year)):
            return Exit.FOUND
        if json:
            output.print_json([{"file": str(out), "year": year, "lines": len(lines)}])
        else:
            output.print_lines([f"{out}: {counted(len(lines), 'line')} of {year}"])
        return Exit.OK
