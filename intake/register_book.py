"""The register of incoming documents of a year, line by line, from what was read and recorded."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from dossier.campaign import Campaign
from dossier.incoming import Incoming, Paper, date_of, memo_of, number_and_symbol
from dossier.model import Document, Kind
from store.arrival_book import Arrived, arrived
from store.engine import Store
from store.paper import StoredPaper


def register_book(store: Store, campaigns: Sequence[Campaign], year: int) -> list[Incoming]:
    """Every arrival number of the year in order, whatever the campaign: there is one series. Raises StoreError."""
    known = {one.key: one for one in campaigns}
    with store.reading() as conn:
        return list(_lines(arrived(conn, year), known))


def _lines(found: Iterator[Arrived], known: Mapping[str, Campaign]) -> Iterator[Incoming]:
    for one in found:
        yield _line(one, known.get(one.dossier.campaign))


def _line(one: Arrived, campaign: Campaign | None) -> Incoming:
    zone = ZoneInfo(campaign.zone if campaign else "UTC")
    roster = campaign.roster.by_code(one.dossier.union) if campaign else None
    union = roster.name if roster else one.dossier.union
    documents = tuple(document for brought in one.contributions for document in brought.submission.documents)
    memo = memo_of(documents)
    times = [brought.receipt.at for brought in one.contributions if brought.receipt.at is not None]
    at = one.paper.paper.arrived_at if one.paper else min(times, default=one.dossier.created_at)
    number, symbol = number_and_symbol(memo) if memo else ("", "")
    read = memo.memo if memo else None
    return Incoming(
        number=one.number,
        arrived_on=at.astimezone(zone).date(),
        dossier=one.dossier.code,
        union=union,
        issuer=(read.issuer if read else None) or union,
        written_number=number,
        symbol=symbol,
        written_on=date_of(memo) if memo else None,
        kinds=one.paper.paper.holds if one.paper else _kinds(documents),
        subject=(read.subject if read else None) or "",
        pages=memo.pages if memo and one.paper is None else None,
        signer=(read.signer if read else None) or "",
        signer_title=(read.signer_title if read else None) or "",
        recipient=campaign.contact.name if campaign else "",
        paper=_paper(one.paper) if one.paper else None,
        campaign=one.dossier.campaign,
    )


def _kinds(documents: Sequence[Document]) -> tuple[Kind, ...]:
    held = {kind for document in documents for kind in document.kinds}
    return tuple(kind for kind in (Kind.MEMO, Kind.SUMMARY_TABLE) if kind in held)


def _paper(copy: StoredPaper) -> Paper:
    return Paper(copy.paper.way.value, copy.paper.postmarked_on, withdrawn=not copy.decided.stands)
