"""All that a dossier's validity hangs on, as `dossier.validity` wants it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from dossier.decisions import Extended
from dossier.validity import Judged, Story
from store import deadlines, dossiers, objections, paper, revisions, rulings
from store.dossiers import Dossier

_T = TypeVar("_T")


def story_of(conn: Connection, dossier: Dossier) -> Story:
    """Of one dossier."""
    ((_, story),) = stories_of(conn, dossier.campaign, [dossier])
    return story


def stories(conn: Connection, campaign: str) -> Iterator[tuple[Dossier, Story]]:
    """Of every dossier of a campaign, by union code; memory does not grow with them."""
    extended = _extended(conn, campaign)
    for part in dossiers.in_parts(conn, campaign):
        yield from _stories(conn, part, extended)


def stories_of(conn: Connection, campaign: str, part: Sequence[Dossier]) -> Iterator[tuple[Dossier, Story]]:
    """Of these dossiers of a campaign, at most some hundreds, in their order: one query of each kind for all."""
    return _stories(conn, part, _extended(conn, campaign))


def _extended(conn: Connection, campaign: str) -> list[Extended]:
    return [one.extended for one in deadlines.history(conn, campaign)]


def _stories(
    conn: Connection, part: Sequence[Dossier], extended: Sequence[Extended]
) -> Iterator[tuple[Dossier, Story]]:
    ids = [one.id for one in part]
    judged = _by_dossier(
        (one.dossier_id, Judged(one.number, one.recorded_at, one.assessment)) for one in revisions.every_of(conn, ids)
    )
    papers = _by_dossier((one.dossier_id, one.paper) for one in paper.of_dossiers(conn, ids))
    raised = _by_dossier((one.dossier_id, one.objection) for one in objections.of_dossiers(conn, ids))
    ruled = _by_dossier((one.dossier_id, one.ruling) for one in rulings.of_dossiers(conn, ids))
    for one in part:
        yield (
            one,
            Story(
                union=one.union,
                judged=tuple(judged[one.id]),
                papers=tuple(papers[one.id]),
                objections=tuple(raised[one.id]),
                rulings=tuple(ruled[one.id]),
                extensions=tuple(each for each in extended if each.extension.union in (None, one.union)),
            ),
        )


def _by_dossier(held: Iterable[tuple[int, _T]]) -> dict[int, list[_T]]:
    found: dict[int, list[_T]] = defaultdict(list)
    for number, one in held:
        found[number].append(one)
    return found
