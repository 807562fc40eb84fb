"""All that a dossier's validity hangs on, as `dossier.validity` wants it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from dossier.decisions import Extended, Objection, PaperCopy, Ruling
from dossier.validity import Judged, Story
from store import deadlines, dossiers, objections, paper, revisions, rulings
from store.dossiers import Dossier

_BATCH = 500


def story_of(conn: Connection, dossier: Dossier) -> Story:
    """Of one dossier."""
    return _story(
        conn,
        dossier,
        [one.paper for one in paper.of_dossier(conn, dossier.id)],
        [one.objection for one in objections.of_dossier(conn, dossier.id)],
        [one.ruling for one in rulings.of_dossier(conn, dossier.id)],
        [one.extended for one in deadlines.history(conn, dossier.campaign)],
    )


@dataclass(frozen=True, slots=True)
class _Held:
    papers: dict[int, list[PaperCopy]]
    objections: dict[int, list[Objection]]
    rulings: dict[int, list[Ruling]]
    extensions: list[Extended]


def stories(conn: Connection, campaign: str) -> Iterator[tuple[Dossier, Story]]:
    """Of every dossier of a campaign, by union code; memory grows with what persons decided alone."""
    held = _held(conn, campaign)
    after = ""
    while part := dossiers.listed(conn, campaign, after=after, limit=_BATCH):
        for one in part:
            mine = (held.papers[one.id], held.objections[one.id], held.rulings[one.id])
            yield one, _story(conn, one, *mine, held.extensions)
        after = part[-1].union


def _held(conn: Connection, campaign: str) -> _Held:
    held = _Held(
        defaultdict(list),
        defaultdict(list),
        defaultdict(list),
        [one.extended for one in deadlines.history(conn, campaign)],
    )
    for copy in paper.of_campaign(conn, campaign):
        held.papers[copy.dossier_id].append(copy.paper)
    for objection in objections.of_campaign(conn, campaign):
        held.objections[objection.dossier_id].append(objection.objection)
    for ruling in rulings.of_campaign(conn, campaign):
        held.rulings[ruling.dossier_id].append(ruling.ruling)
    return held


def _story(
    conn: Connection,
    dossier: Dossier,
    papers: list[PaperCopy],
    raised: list[Objection],
    ruled: list[Ruling],
    extended: list[Extended],
) -> Story:
    judged = revisions.every(conn, dossier.id) if dossier.revision else []
    return Story(
        union=dossier.union,
        judged=tuple(Judged(one.number, one.recorded_at, one.assessment) for one in judged),
        papers=tuple(papers),
        objections=tuple(raised),
        rulings=tuple(ruled),
        extensions=tuple(one for one in extended if one.extension.union in (None, dossier.union)),
    )
