"""`hoso initiatives`: the initiatives of a campaign, searched whatever the marks, for people and for spreadsheets."""

from collections.abc import Iterator
from typing import Annotated

import typer

from dossier.campaign import Campaign
from dossier.co_authors import on_one_line
from dossier.model import Verdict
from hoso.cli import listing, output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.wiring import Parts
from parsers.pasted_words import as_unicode
from reports.list_words import HEADERS
from reports.tables import Cell
from store import lists
from store.initiative_row import Initiative
from store.narrowing import Asked
from store.paging import Page

VerdictOption = Annotated[Verdict | None, typer.Option("--verdict", help="Only of dossiers with this verdict.")]
FindingOption = Annotated[str | None, typer.Option("--finding", help="Only of dossiers with this finding.")]
Field = Annotated[str, typer.Option("--field", help="Only with these words in the column of the field.")]
Block = Annotated[str, typer.Option("--block", help="Only with these words in the column of the block.")]
After = Annotated[int | None, typer.Option("--after", min=0, help="The next page: from after this number.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("initiatives")
    def initiatives_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        text: listing.Text = "",
        union: listing.Union = None,
        verdict: VerdictOption = None,
        finding: FindingOption = None,
        field: Field = "",
        block: Block = "",
        began: listing.From = "",
        ended: listing.To = "",
        sort: listing.SortBy = "",
        after: After = None,
        limit: listing.Most = None,
        csv: listing.Csv = None,
        xlsx: listing.Xlsx = None,
        separator: listing.Separator = ",",
        json: AsJson = False,
    ) -> int:
        """List the initiatives in force; search them with --text. Sorted is by union, received, number or title."""
        target = listing.target_of(csv, xlsx, separator)
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        since, until = listing.span(asked, began, ended)
        which = Asked(
            asked.key,
            text=as_unicode(text),
            union=listing.union_meant(asked, union),
            verdict=verdict,
            finding=finding,
            since=since,
            until=until,
            field=as_unicode(field),
            block=as_unicode(block),
        )
        page = Page(listing.sorts(sort), after, listing.limit_of(limit, target))
        with listing.refusals():
            return _listed(parts, asked, which, page, target, as_json=json)


def _listed(
    parts: Parts, campaign: Campaign, which: Asked, page: Page, target: listing.Target | None, *, as_json: bool
) -> int:
    with parts.store.reading() as conn:
        found = lists.list_initiatives(conn, which, page)
        if target is not None:
            headers, rows = _table(campaign, parts.settings.letters.locale, found)
            title = HEADERS[parts.settings.letters.locale]["initiatives"]
            return Exit.OK if target.write(title, headers, rows, "initiative", as_json=as_json) else Exit.FOUND
        if as_json:
            output.print_json(_row(one) for one in found)
            return Exit.OK
        shown = list(found)
    rows_shown = [(one.id, one.union, one.row, one.author, one.title) for one in shown]
    columns = ("number", "union", "row", "author", "title")
    nothing = listing.nothing(campaign, "No initiative found.", which.union, which.finding)
    output.print_table(campaign.name, columns, rows_shown, nothing)
    listing.tell_more(len(shown), page.limit, shown[-1].id if shown else None)
    return Exit.OK


def _row(one: Initiative) -> dict[str, object]:
    return {"number": one.id, "union": one.union, "row": one.row, "cells": dict(one.cells)}


def _table(campaign: Campaign, locale: str, found: Iterator[Initiative]) -> tuple[list[str], Iterator[list[Cell]]]:
    words = HEADERS[locale]
    keys = [column.key for column in campaign.columns]
    headers = [words["number"], words["union"], words["name"], words["row"], *(one.label for one in campaign.columns)]
    names = {one.code: one.name for one in campaign.roster.unions}
    rows: Iterator[list[Cell]] = (
        [one.id, one.union, names.get(one.union, ""), one.row, *(on_one_line(one.cells.get(key, "")) for key in keys)]
        for one in found
    )
    return headers, rows
