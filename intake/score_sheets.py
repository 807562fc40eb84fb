"""The sheets that examiners fill in: what is written into one, and what a filled one is taken for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import BENEFIT, SUMMARY, Campaign
from dossier.folding import fold
from dossier.same_initiative import content_digest
from dossier.score_sheet import Filled, Sheet, SheetError, SheetRow, Value, filled
from intake.examine import (
    ANEW,
    By,
    Done,
    Giving,
    NotExaminedError,
    Standing,
    examination_of,
    examined_together,
    examiner_named,
    find,
    give,
)
from intake.shortlisting import eligible_together
from store import dossiers
from store.dossiers import Dossier
from store.engine import Store


def sheet_for(conn: Connection, campaign: Campaign, examiner: str, valid_at: datetime | None = None) -> Sheet:
    """Every initiative in force, with what the examiner gave; with `valid_at`, of dossiers valid as of then alone.

    Raises NotExaminedError.
    """
    name = examiner_named(conn, campaign, examiner)
    rows: list[SheetRow] = []
    for part in dossiers.in_parts(conn, campaign.key):
        asked = part if valid_at is None else _valid(conn, campaign, part, valid_at)
        for here in examined_together(conn, campaign, asked, ()):
            rows += [_row(campaign, one, name) for one in here.standings]
    if not rows:
        raise NotExaminedError("there is no initiative to examine yet")
    return Sheet(campaign.key, campaign.name, name, examination_of(campaign), tuple(rows))


def _valid(conn: Connection, campaign: Campaign, part: Sequence[Dossier], at: datetime) -> list[Dossier]:
    states = eligible_together(conn, campaign, part, at)
    return [one for one, state in zip(part, states, strict=True) if state.valid]


def take_sheet(store: Store, campaign: Campaign, cells: Sequence[Sequence[Value]], by: By, now: datetime) -> Done:
    """Record what a filled sheet says, all of it or nothing. Raises SheetError, NotExaminedError, StoreError."""
    said = filled(cells, campaign.key, examination_of(campaign))
    if not said.examiner:
        raise SheetError(["the sheet does not say whose it is: write a new one"])
    with store.reading() as conn:
        problems = _changed(conn, campaign, said)
    if problems:
        raise SheetError(problems)
    given = [Giving(one.dossier, one.row, one.points, one.note, one.check) for one in said.rows]
    return give(store, campaign, said.examiner, given, by, now)


def _row(campaign: Campaign, standing: Standing, examiner: str) -> SheetRow:
    initiative, union = standing.initiative, campaign.roster.by_code(standing.dossier.union)
    mine = next((one for one in standing.given if fold(one.score.examiner) == fold(examiner)), None)
    return SheetRow(
        code=f"{standing.dossier.code}/{initiative.row}",
        union=union.name if union else standing.dossier.union,
        author=initiative.author,
        title=initiative.title,
        summary=initiative.cells.get(SUMMARY, ""),
        benefit=initiative.cells.get(BENEFIT, ""),
        check=content_digest(initiative.cells),
        points=mine.score.points if mine else {},
        note=mine.score.note if mine else "",
    )


def _changed(conn: Connection, campaign: Campaign, said: Filled) -> list[str]:
    """What is in no table any more, or reads otherwise than the examiner saw it."""
    problems = []
    for one in said.rows:
        code = f"{one.dossier}/{one.row}"
        try:
            _, initiative = find(conn, campaign, one.dossier, one.row)
        except NotExaminedError as gone:
            problems.append(f"{one.cell}: {gone}")
            continue
        if one.check != content_digest(initiative.cells):
            problems.append(f"{one.cell}: {code} was changed since the sheet was written: {ANEW}")
    return problems
