"""Near-duplicates side by side: initiatives much like one another, within a dossier or between unions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.differences import Difference, differences
from dossier.findings import NEAR_DUPLICATE
from dossier.initiatives import draw
from dossier.model import Row, SummaryTable
from dossier.near_duplicates import Gist, likeness, twice_in_table
from store import contents, dossiers, likenesses, messages
from store.dossiers import Dossier
from store.initiative_row import Initiative

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    dossier: Dossier
    initiative: Initiative
    received_at: datetime | None
    """When the message with its table came."""

    @property
    def code(self) -> str:
        return f"{self.dossier.code}/{self.initiative.row}"


@dataclass(frozen=True, slots=True)
class Pair:
    """The one that came first stands first."""

    one: Side
    other: Side
    likeness: float
    """Up to 1."""
    columns: tuple[Difference, ...]

    @property
    def between_unions(self) -> bool:
        return self.one.dossier.id != self.other.dossier.id


def pairs(conn: Connection, campaign: Campaign, union: str = "") -> Iterator[Pair]:
    """Each pair once, as the tables in force read now; with `union`, those that it is one side of.

    Begins with the findings: of two that are alike, the dossier that was judged later has one.
    """
    seen: set[frozenset[str]] = set()
    for dossier in _with_findings(conn, campaign):
        for pair in pairs_of(conn, campaign, dossier):
            key = frozenset((pair.one.code, pair.other.code))
            if key not in seen and union in ("", pair.one.dossier.union, pair.other.dossier.union):
                seen.add(key)
                yield pair


def pairs_of(conn: Connection, campaign: Campaign, dossier: Dossier) -> Iterator[Pair]:
    """Those that an initiative of this dossier is one side of, each once."""
    seen: set[frozenset[tuple[int, int]]] = set()
    for places in _alike(conn, campaign, dossier, contents.initiatives_of(conn, dossier.id)):
        key = frozenset(places)
        pair = None if key in seen else _pair(conn, campaign, *sorted(places))
        seen.add(key)
        if pair is not None:
            yield pair


def _with_findings(conn: Connection, campaign: Campaign) -> Iterator[Dossier]:
    after = ""
    while part := dossiers.listed(conn, campaign.key, finding=NEAR_DUPLICATE, after=after, limit=_BATCH):
        yield from part
        after = part[-1].union


def _alike(
    conn: Connection, campaign: Campaign, dossier: Dossier, rows: Sequence[Initiative]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of (dossier, row) that may be alike: within the table, and with other dossiers of the campaign."""
    table = tuple(Row(one.cells) for one in rows)
    for found in twice_in_table("", table):
        first, second = int(found.values["row"]), found.row or 0
        yield (dossier.id, rows[first - 1].row), (dossier.id, rows[second - 1].row)
    candidates = likenesses.candidates(conn, dossier.id, draw(SummaryTable({}, table), campaign.key))
    for mine, others in zip(rows, candidates, strict=True):
        for sent in others:
            other = dossiers.by_code(conn, sent.dossier)
            if other is not None:
                yield (dossier.id, mine.row), (other.id, sent.row)


def _pair(conn: Connection, campaign: Campaign, place: tuple[int, int], other_place: tuple[int, int]) -> Pair | None:
    """None where they are not alike (any more)."""
    one, other = _side(conn, *place), _side(conn, *other_place)
    if one is None or other is None:
        return None
    score = likeness(Gist.of(one.initiative.cells), Gist.of(other.initiative.cells))
    if not score:
        return None
    if other.received_at and (one.received_at is None or other.received_at < one.received_at):
        one, other = other, one
    keys = [column.key for column in campaign.columns if column.key != "no"]
    return Pair(one, other, score, differences(one.initiative.cells, other.initiative.cells, keys))


def _side(conn: Connection, dossier_id: int, row: int) -> Side | None:
    dossier = dossiers.get(conn, dossier_id)
    found = next((one for one in contents.initiatives_of(conn, dossier_id) if one.row == row), None)
    if dossier is None or found is None:
        return None
    message = messages.find_by_sha(conn, found.document.partition("/")[0])
    return Side(dossier, found, message.receipt.at if message else None)
