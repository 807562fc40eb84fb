"""`hoso initiatives`: the initiatives of a campaign, searched whatever the marks, for people and for spreadsheets."""

from pathlib import Path
from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, Limit, SettingsPath, campaign_of, records_in
from reports.tables import Cell, csv_table, xlsx_table
from store import contents

TextOption = Annotated[str, typer.Option("--text", help='Only with all these words, marks ignored: "benh vien".')]
UnionOption = Annotated[str | None, typer.Option("--union", help="Only of the union with this code.")]
After = Annotated[int, typer.Option("--after", min=0, help="The next page: from after this number.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write the list to this new file.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write the list to this new file.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("initiatives")
    def initiatives_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        text: TextOption = "",
        union: UnionOption = None,
        after: After = 0,
        limit: Limit = 1000,
        csv: Csv = None,
        xlsx: Xlsx = None,
        json: AsJson = False,
    ) -> int:
        """List the initiatives in force, by number; search them with --text."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        with parts.store.reading() as conn:
            found = contents.found(conn, asked.key, text, union=union, after=after, limit=limit)
        keys = [column.key for column in asked.columns]
        names = ["Number", "Union", "Row", *(column.label for column in asked.columns)]
        rows: list[list[Cell]] = [
            [one.id, one.union, one.row, *(one.cells.get(key, "") for key in keys)] for one in found
        ]
        if csv is not None and not output.new_file(csv, csv_table(names, rows)):
            return Exit.FOUND
        if xlsx is not None and not output.new_file(xlsx, xlsx_table("Initiatives", names, rows)):
            return Exit.FOUND
        if json:
            output.print_json(
                {"number": one.id, "union": one.union, "row": one.row, "cells": dict(one.cells)} for one in found
            )
        elif csv is None and xlsx is None:
            shown = [(one.id, one.union, one.row, one.author, one.title) for one in found]
            output.print_table(asked.name, ("number", "union", "row", "author", "title"), shown, "No initiative found.")
        return Exit.OK
