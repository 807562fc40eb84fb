"""`hoso dossiers`: where the unions stand, filtered, searched, for people and for spreadsheets."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Annotated

import typer
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.model import Verdict
from hoso.cli import listing, output, story
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.plural import counted
from hoso.wiring import utc_now
from intake.valid import standings
from parsers.pasted_words import as_unicode
from reports.list_words import HEADERS
from reports.tables import Cell
from store import dossiers, lists
from store.dossiers import Dossier
from store.narrowing import Asked
from store.paging import NoSuchRowError, Page

VerdictOption = Annotated[Verdict | None, typer.Option("--verdict", help="Only dossiers with this verdict.")]
FindingOption = Annotated[str | None, typer.Option("--finding", help="Only dossiers with this finding.")]
Paper = Annotated[
    bool | None, typer.Option("--paper/--no-paper", help="Only those whose paper copy is there, whole; or is not.")
]
Valid = Annotated[bool | None, typer.Option("--valid/--not-valid", help="Only those that are valid now; or are not.")]
Field = Annotated[
    str, typer.Option("--field", help="Only with an initiative that has these words in the column of the field.")
]
Block = Annotated[str, typer.Option("--block", help="Only of unions whose block in the roster has these words.")]
After = Annotated[str, typer.Option("--after", help="The next page: from after the dossier with this code.")]
_BATCH = 500
_Told = tuple[Dossier, list[str]]
"""With the codes of its findings."""


def add_commands(app: typer.Typer) -> None:
    @app.command("dossiers")
    def dossiers_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        text: listing.Text = "",
        union: listing.Union = None,
        verdict: VerdictOption = None,
        finding: FindingOption = None,
        field: Field = "",
        block: Block = "",
        paper: Paper = None,
        valid: Valid = None,
        began: listing.From = "",
        ended: listing.To = "",
        sort: listing.SortBy = "",
        after: After = "",
        limit: listing.Most = None,
        csv: listing.Csv = None,
        xlsx: listing.Xlsx = None,
        separator: listing.Separator = ",",
        json: AsJson = False,
    ) -> int:
        """List the dossiers, one for each union that sent something; --text looks into union, memo, files, initiatives.

        Sorted is by union, received, verdict or arrival.
        """
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
            paper=paper,
        )
        with listing.refusals(), parts.store.reading() as conn:
            page = Page(listing.sorts(sort), _number_of(conn, after), listing.limit_of(limit, target))
            if valid is not None or block:
                which = replace(which, among=_among(conn, asked, valid, block))
            found = _told(conn, lists.list_dossiers(conn, which, page, listing.names_of(asked)))
            if target is not None:
                headers, rows = _table(asked, parts.settings.letters.locale, found)
                title = HEADERS[parts.settings.letters.locale]["dossiers"]
                return Exit.OK if target.write(title, headers, rows, "dossier", as_json=json) else Exit.FOUND
            if json:
                output.print_json(story.dossier_row(one, codes) for one, codes in found)
                return Exit.OK
            return _shown(asked, list(found), page, listing.nothing(asked, "No dossier found.", union, finding))


def _among(conn: Connection, campaign: Campaign, valid: bool | None, block: str) -> list[int]:
    """Keys of the dossiers that are valid now, or are not, and of unions of that block; all where that is not asked."""
    unions = set(listing.in_block(campaign, block, HEADERS["vi"])) if block else None
    if valid is None:
        return [one.id for one in dossiers.of_unions(conn, campaign.key, sorted(unions or ())).values()]
    return [
        one.dossier.id
        for one in standings(conn, campaign, utc_now())
        if bool(one.validity.valid) is valid and (unions is None or one.dossier.union in unions)
    ]


def _number_of(conn: Connection, code: str) -> int | None:
    if not code:
        return None
    found = dossiers.by_code(conn, code)
    if found is None:
        raise NoSuchRowError(f"there is no dossier {code}: --after takes the last code of the page before")
    return found.id


def _told(conn: Connection, found: Iterator[Dossier]) -> Iterator[_Told]:
    for part in _parts(found):
        codes = lists.standing_findings(conn, [one.id for one in part])
        yield from ((one, codes[one.id]) for one in part)


def _parts(found: Iterator[Dossier]) -> Iterator[list[Dossier]]:
    while part := list(islice(found, _BATCH)):
        yield part


def _shown(campaign: Campaign, found: list[_Told], page: Page, nothing: str) -> int:
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
            ", ".join(codes) or "-",
        )
        for one, codes in found
    )
    asked = len(campaign.roster.unions)
    output.print_table(f"{campaign.name}: {len(found)} of {counted(asked, 'union')}", columns, rows, nothing)
    listing.tell_more(len(found), page.limit, found[-1][0].code if found else None)
    return Exit.OK


def _table(campaign: Campaign, locale: str, found: Iterator[_Told]) -> tuple[list[str], Iterator[list[Cell]]]:
    words = HEADERS[locale]
    names = ("code", "arrival", "union", "name", "block", "verdict", "complete", "in_time", "received", "findings")
    known = {one.code: one for one in campaign.roster.unions}
    said = {True: words["yes"], False: words["no"], None: ""}

    def row(one: Dossier, codes: list[str]) -> list[Cell]:
        union = known.get(one.union)
        return [
            one.code,
            f"{one.arrival_number}/{one.arrival_year}",
            one.union,
            union.name if union else "",
            words.get(union.block, union.block) if union else "",
            words.get(one.verdict.value, one.verdict.value) if one.verdict else "",
            said[one.complete],
            said[one.in_time],
            listing.local_time(one.received_at, campaign.zone),
            ", ".join(codes),
        ]

    return [words[name] for name in names], (row(one, codes) for one, codes in found)
