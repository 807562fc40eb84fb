"""`hoso score`, `scores`: what examiners give the initiatives, and what it comes to."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

import typer

from dossier import examination as rules
from dossier.campaign import Campaign
from dossier.examination import bears_name, plain, points_of
from hoso.cli import listing, output
from hoso.cli.deciding import done, say
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, Limit, SettingsPath, campaign_of, records_in
from hoso.wiring import Parts, utc_now
from intake.examine import (
    By,
    Examined,
    Given,
    Giving,
    NotExaminedError,
    Standing,
    every_examined,
    examination_of,
    examined,
    expected,
    find,
    give,
)
from store import scores
from store.scores import Score

Initiative = Annotated[str, typer.Argument(help="Dossier or union code, a slash and the row: SK39-003/2, BVDN/2.")]
Examiner = Annotated[str, typer.Option("--examiner", help="Whose points they are.")]
Points = Annotated[list[str] | None, typer.Option("--points", help="Once for each criterion: novelty=25,5.")]
Note = Annotated[str, typer.Option("--note", help="What the examiner says of it.")]
Withdraw = Annotated[bool, typer.Option("--withdraw", help="The examiner's points no longer hold.")]
ByOption = Annotated[str, typer.Option("--by", help="Who enters or decides it: kept in the history.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why: kept in the history.")]
Which = Annotated[str | None, typer.Argument(help="One initiative (SK39-003/2): every examiner, older points too.")]
UnionOption = Annotated[str, typer.Option("--union", help="Only of the union with this code.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("score")
    def score_command(
        initiative: Initiative,
        examiner: Examiner,
        by: ByOption,
        reason: ReasonOption,
        points: Points = None,
        note: Note = "",
        withdraw: Withdraw = False,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Record one examiner's points for an initiative; older ones stay on record beside them."""
        if withdraw is bool(points):
            raise typer.BadParameter("give --points for every criterion, or --withdraw, and not both")
        dossier, row = place_in(initiative)
        giving = Giving(dossier, row, _points(points or []), note.strip())
        parts = records_in(settings)
        return _score(parts, campaign_of(parts, campaign), examiner, giving, by_of(by, reason), as_json=json)

    @app.command("scores")
    def scores_command(
        initiative: Which = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        union: UnionOption = "",
        limit: Limit = 1000,
        json: AsJson = False,
    ) -> int:
        """List the initiatives with average, spread and missing examiners; or all points of one initiative."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        try:
            if initiative is not None:
                return _one(parts, asked, initiative, as_json=json)
            return _scores(parts, asked, union, limit, as_json=json)
        except NotExaminedError as refused:
            return refuse(refused)


def by_of(by: str, reason: str) -> By:
    """Raises BadParameter: a person decides, for a reason."""
    if not by.strip() or not reason.strip():
        raise typer.BadParameter("a person decides, for a reason: give --by and --reason")
    return By(by.strip(), reason.strip())


def place_in(text: str) -> tuple[str, int]:
    """The code and the row of "SK39-003/2". Raises BadParameter."""
    code, _, row = text.strip().rpartition("/")
    if not code or not row.isascii() or not row.isdecimal() or len(row) > 9:
        raise typer.BadParameter(f"“{text}” names no initiative: write code/row, as in SK39-003/2")
    return code, int(row)


def refuse(error: NotExaminedError) -> int:
    output.error_console().print(f"Not done: {error}.", markup=False)
    return Exit.FOUND


def _points(given: list[str]) -> dict[str, Decimal]:
    points: dict[str, Decimal] = {}
    for one in given:
        key, _, value = one.partition("=")
        number = points_of(value)
        if number is None or key.strip() in points:
            raise typer.BadParameter(f"“{one}” is not once for each criterion key=points, as in novelty=25,5")
        points[key.strip()] = number
    return points


def _score(parts: Parts, campaign: Campaign, examiner: str, giving: Giving, by: By, *, as_json: bool) -> int:
    try:
        given = give(parts.store, campaign, examiner, [giving], by, utc_now())
        with parts.store.reading() as conn:
            _, initiative = find(conn, campaign, giving.dossier, giving.row)
    except NotExaminedError as refused:
        return refuse(refused)
    if given.same:
        said = "stand there already: nothing was recorded"
    elif not giving.points:
        said = "are withdrawn; what was given stays on record"
    else:
        said = "are recorded; the older ones stay on record" if given.changed else "are recorded"
    place, own = f"{giving.dossier}/{giving.row}", bool(giving.points) and bears_name(examiner, initiative.author)
    if own:
        say(f"{examiner} bears the name of an author of {place}: look whether these points may count.")
    row = {"initiative": place, "examiner": examiner, "author": own, **asdict(given)}
    return done(f"The points for {place} {said}.", row, as_json=as_json)


def _all(parts: Parts, campaign: Campaign, union: str) -> Iterator[Examined]:
    with parts.store.reading() as conn:
        yield from every_examined(conn, campaign, expected(conn, campaign), union)


def _scores(parts: Parts, campaign: Campaign, union: str, limit: int, *, as_json: bool) -> int:
    standings: list[Standing] = []
    lost: list[Score] = []
    for here in _all(parts, campaign, union):
        standings += here.standings
        lost += here.lost
        if len(standings) >= limit:
            break
    examination = examination_of(campaign)
    if as_json:
        output.print_json(standing_row(one) for one in standings[:limit])
    else:
        nothing = listing.nothing(campaign, "No initiative is in force.", union)
        title = f"{campaign.name}: points, at most {plain(examination.maximum)}"
        columns = (
            "initiative",
            "union",
            "title",
            "average",
            "deviation",
            "range",
            "examiners",
            "missing",
            "to look at",
        )
        output.print_table(title, columns, (_line(one) for one in standings[:limit]), nothing)
    for one in lost:
        output.error_console().print(_lost(one), markup=False)
    return Exit.OK


def standing_row(one: Standing) -> dict[str, Any]:
    result = one.result
    return {
        "dossier": one.dossier.code,
        "row": one.initiative.row,
        "union": one.dossier.union,
        "title": one.initiative.title,
        "average": result.average,
        "deviation": result.deviation,
        "lowest": result.lowest,
        "highest": result.highest,
        "by_criterion": {key: str(value) for key, value in result.by_criterion.items()},
        "examiners": [given.score.examiner for given in one.given if given.total is not None],
        "missing": list(one.missing),
        "authors": list(one.authors),
        "changed_since": [given.score.examiner for given in one.given if given.changed],
        "not_fitting": [given.score.examiner for given in one.given if given.total is None],
    }


def _line(one: Standing) -> tuple[object, ...]:
    result = one.result
    spread = None if result.lowest is None else f"{plain(result.lowest)}–{plain(result.highest or result.lowest)}"
    counting = sum(given.total is not None for given in one.given)
    return (
        f"{one.dossier.code}/{one.initiative.row}",
        one.dossier.union,
        one.initiative.title,
        result.average,
        result.deviation,
        spread,
        counting,
        ", ".join(one.missing) or None,
        _doubts(one),
    )


def _doubts(one: Standing) -> str | None:
    changed = [given.score.examiner for given in one.given if given.changed]
    unfit = [given.score.examiner for given in one.given if given.total is None]
    said = [f"changed since {', '.join(changed)} gave points"] if changed else []
    said += [f"points of {', '.join(unfit)} do not fit the criteria"] if unfit else []
    said += [own_points(one)] if own_points(one) else []
    return "; ".join(said) or None


def own_points(one: Standing) -> str:
    """Points that count, of examiners who bear the name of an author; '' where there are none."""
    names = [given.score.examiner for given in one.given if given.score.examiner in one.authors]
    return f"points of {', '.join(names)}, the name of an author" if names else ""


def _lost(score: Score) -> str:
    return (
        f"{score.examiner} gave points to “{output.clean(score.initiative.title)}” (row {score.initiative.row}), "
        "which its dossier does not hold any more: they do not count."
    )


def _one(parts: Parts, campaign: Campaign, which: str, *, as_json: bool) -> int:
    code, row = place_in(which)
    with parts.store.reading() as conn:
        dossier, initiative = find(conn, campaign, code, row)
        here = examined(conn, campaign, dossier, expected(conn, campaign))
        every = scores.of_dossier(conn, campaign.key, dossier.id)
    standing = next(one for one in here.standings if one.initiative.row == initiative.row)
    in_force = {given.score.seq: given for given in standing.given}
    names = {given.score.examiner for given in standing.given}
    mine = [one for one in every if one.seq in in_force or (one.initiative.row == row and one.examiner in names)]
    mine += [one for one in every if one.initiative.row == row and one not in mine]
    shown = [_given_row(campaign, one, in_force.get(one.seq)) for one in sorted(mine, key=lambda one: one.seq)]
    if as_json:
        output.print_json([standing_row(standing) | {"points": shown}])
        return Exit.OK
    examination = examination_of(campaign)
    columns = (
        "event",
        "examiner",
        *(one.key for one in examination.criteria),
        "total",
        "in force",
        "note",
        "by",
        "why",
    )
    rows = (
        (
            one["event"],
            one["examiner"],
            *(one["points"].get(criterion.key) for criterion in examination.criteria),
            one["total"],
            one["in_force"],
            one["note"],
            one["by"],
            one["reason"],
        )
        for one in shown
    )
    output.print_table(f"{dossier.code}/{row} {initiative.title}", columns, rows, "Nobody has given points yet.")
    output.print_lines([f"{one.key}: {one.label}, at most {plain(one.points)}" for one in examination.criteria])
    return Exit.OK


def _given_row(campaign: Campaign, score: Score, given: Given | None) -> dict[str, Any]:
    total = rules.total(examination_of(campaign), score.points)
    return {
        "event": score.seq,
        "examiner": score.examiner,
        "points": {key: plain(value) for key, value in score.points.items()},
        "total": None if total is None else plain(total),
        "in_force": given is not None,
        "changed_since": given.changed if given else None,
        "note": score.note,
        "at": score.at,
        "by": score.by,
        "reason": score.reason,
    }
