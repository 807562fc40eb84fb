"""Propose: the frozen shortlist, or a draft of it, as the document that goes to the body above."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dossier.campaign import BENEFIT, Campaign
from dossier.money import Benefit, Worth, parse
from dossier.proposal import Figures, Proposal, Proposed
from intake.examine import NotExaminedError
from intake.shortlisting import draft as drafted
from store import shortlists
from store.shortlists import Entry, Frozen


@dataclass(frozen=True, slots=True)
class Heading:
    """What a person says of the document; what is left out is written by hand."""

    number: str = ""
    dated: date | None = None
    signer: str = ""


def proposal_of(
    conn: Connection, campaign: Campaign, heading: Heading, now: datetime, *, draft: bool = False
) -> Proposal:
    """From the frozen shortlist; with `draft`, as the list stands now. Raises NotExaminedError."""
    frozen = shortlists.in_force(conn, campaign.key)
    if frozen is None and not draft:
        raise NotExaminedError(
            "the shortlist is not frozen: `hoso shortlist-freeze` first, or --draft to see how it would look"
        )
    held = drafted(conn, campaign, now, now) if frozen is None else frozen
    if not held.entries:
        raise NotExaminedError("nothing is on the shortlist: give points first, or put an initiative in")
    if not all(one.cells for one in held.entries):
        raise NotExaminedError("a dossier of the frozen shortlist was erased: what it proposed cannot be written again")
    return _proposal(campaign, held, heading, now, draft=frozen is None)


def _proposal(campaign: Campaign, held: Frozen, heading: Heading, now: datetime, *, draft: bool) -> Proposal:
    figures = {name: held.figures.get(name, 0) for name in Figures.__dataclass_fields__}
    return Proposal(
        campaign=campaign,
        proposed=tuple(_proposed(campaign, one) for one in held.entries),
        figures=Figures(**figures),
        valid_at=held.valid_at,
        written=now.astimezone(ZoneInfo(campaign.zone)).date(),
        number=heading.number,
        dated=heading.dated,
        signer=heading.signer,
        draft=draft,
    )


def _proposed(campaign: Campaign, entry: Entry) -> Proposed:
    union = campaign.roster.by_code(entry.union)
    return Proposed(
        place=entry.place,
        union=entry.union,
        union_name=union.name if union else entry.union,
        cells=entry.cells,
        average=None if entry.average is None else Decimal(entry.average),
        benefit=_benefit(entry),
    )


def _benefit(entry: Entry) -> Benefit:
    """As it was read when the list was frozen: the header that says what numbers count in is not kept with it."""
    text = entry.cells.get(BENEFIT, "")
    if entry.benefit is None:
        worth = parse(text).worth
        return Benefit(text, worth if worth is not Worth.MONEY else Worth.UNCLEAR)
    low, high = entry.benefit
    return Benefit(text, Worth.MONEY, low, high, entry.per, entry.approximate)
