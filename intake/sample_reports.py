"""Every document and sheet with words of its own, of an invented initiative: `hoso check` finds a broken text early."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from dossier.campaign import Campaign
from dossier.examination import Criterion, Examination
from dossier.money import parse
from dossier.portal import by_union, entry
from dossier.proposal import Figures, Proposal, Proposed
from dossier.score_sheet import Sheet, SheetRow
from reports.portal import portal_file
from reports.proposal import proposal
from reports.score_sheet import score_sheet

_LONG = "Mô tả. " * 5000
"""Longer than the portal takes, and than a cell holds."""


def every_report(campaigns: tuple[Campaign, ...], locale: str, texts: Path | None, now: datetime) -> Iterator[bytes]:
    """Each with and without what may be left out; `texts`: the folder of own ones. Raises ReportTextError."""
    for campaign in campaigns:
        yield _portal(campaign, locale, texts)
        yield _score_sheet(campaign, locale, texts)
        for full in (True, False):
            written = proposal(_proposal(campaign, now, full=full), texts)
            yield written.memo
            yield written.table


def _cells(campaign: Campaign) -> dict[str, str]:
    return {column.key: "-" for column in campaign.columns}


def _portal(campaign: Campaign, locale: str, texts: Path | None) -> bytes:
    union = next((one.code for one in campaign.roster.unions), "-")
    rows: tuple[tuple[str, dict[str, str]], ...] = (
        (union, {}),
        (union, dict.fromkeys(_cells(campaign), _LONG)),
        ("-", {}),
    )
    entries = tuple(entry(campaign, code, f"{campaign.code_prefix}-0/1", cells) for code, cells in rows)
    return portal_file(campaign, entries, by_union(campaign, entries), locale, texts)


def _score_sheet(campaign: Campaign, locale: str, texts: Path | None) -> bytes:
    row = SheetRow(f"{campaign.code_prefix}-000/1", "-", "-", "-", "-", "-", "0", {}, "")
    examination = campaign.examination or Examination((Criterion("any", "-", Decimal(100)),))
    return score_sheet(Sheet(campaign.key, campaign.name, "-", examination, (row,)), locale, texts)


def _proposal(campaign: Campaign, now: datetime, *, full: bool) -> Proposal:
    """`full`: with number, day, signer, points and a benefit in money."""
    benefit = parse("từ 1 đến 2 triệu/năm" if full else "")
    row = Proposed(1, "-", "-", _cells(campaign), Decimal(1) if full else None, benefit)
    day = now.astimezone(ZoneInfo(campaign.zone)).date()
    figures = Figures(*(1 if full else 0 for _ in Figures.__dataclass_fields__))
    found = Proposal(campaign, (row,), figures, campaign.deadline, day, draft=not full)
    return replace(found, number="0", dated=day, signer="-") if full else found
