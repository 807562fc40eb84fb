"""`hoso duplicates`: initiatives much like one another, side by side."""

from itertools import islice
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from dossier.campaign import Campaign
from hoso.cli import listing, output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, Limit, SettingsPath, campaign_of, records_in
from hoso.plural import counted
from hoso.wiring import Parts
from intake.duplicates import Pair, Side, pairs

UnionOption = Annotated[str, typer.Option("--union", help="Only pairs with an initiative of the union with this code.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("duplicates")
    def duplicates_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        union: UnionOption = "",
        limit: Limit = 100,
        json: AsJson = False,
    ) -> int:
        """List initiatives much like one another, two side by side; words that one of them alone has are in [ ]."""
        parts = records_in(settings)
        return _duplicates(parts, campaign_of(parts, campaign), union, limit, as_json=json)


def _duplicates(parts: Parts, campaign: Campaign, union: str, limit: int, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = list(islice(pairs(conn, campaign, union), limit + 1))
    if as_json:
        output.print_json(_row(one) for one in found[:limit])
        return Exit.OK
    labels = {column.key: column.label for column in campaign.columns}
    for one in found[:limit]:
        _print(one, labels, campaign)
    whole = len(found) <= limit
    more = f"{counted(len(found), 'pair')}." if whole else f"More than {counted(limit, 'pair')}: see --limit."
    none = listing.nothing(campaign, "No two initiatives are much alike.", union)
    output.print_lines([more if found else none])
    return Exit.OK


def _print(pair: Pair, labels: dict[str, str], campaign: Campaign) -> None:
    scope = "two unions" if pair.between_unions else "one union twice"
    names = [(campaign.roster.by_code(side.dossier.union), side) for side in (pair.one, pair.other)]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), show_edge=False, expand=True)
    table.title, table.title_justify = f"Alike by {round(100 * pair.likeness)}%, {scope}", "left"
    table.add_column("column", ratio=2)
    for side in (pair.one, pair.other):
        table.add_column(side.code, ratio=6, overflow="fold")
    table.add_column("", no_wrap=True)
    rows = [
        ("union", *(union.name if union else side.dossier.union for union, side in names), ""),
        ("received", *(output.local(side.received_at, campaign.zone) for _, side in names), ""),
        *(
            (labels.get(one.key, one.key), one.one, one.other, "same" if one.same else "differs")
            for one in pair.columns
        ),
    ]
    for row in rows:
        table.add_row(*(Text(output.shown(value)) for value in row))
    output.console().print(table)


def _row(pair: Pair) -> dict[str, Any]:
    return {
        "likeness": round(pair.likeness, 3),
        "between_unions": pair.between_unions,
        "one": _side(pair.one),
        "other": _side(pair.other),
        "differ": [one.key for one in pair.columns if not one.same],
        "same": [one.key for one in pair.columns if one.same],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "dossier": side.dossier.code,
        "row": side.initiative.row,
        "union": side.dossier.union,
        "received_at": side.received_at,
        "cells": dict(side.initiative.cells),
    }
