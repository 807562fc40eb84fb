"""What persons decided of one dossier, for its story: paper, objections, rulings, corrections, points; validity."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.validity import validity
from hoso.cli.output import local, shown
from intake.decision_rows import decision_rows
from store import scores
from store.dossiers import Dossier
from store.scores import Score
from store.stories import story_of


def decisions_of(conn: Connection, dossier: Dossier, campaign: Campaign, now: datetime) -> dict[str, Any]:
    """Each with who, when and why, ended ones too; `validity` as of now."""
    stands = validity(story_of(conn, dossier), campaign, now)
    return {
        "valid": stands.valid,
        "validity": [
            {"part": one.part.value, "holds": one.holds, "since": one.since, "by": list(one.evidence)}
            for one in stands.parts
        ],
        **decision_rows(conn, dossier.id),
        "scores": [_score(one) for one in scores.of_dossier(conn, dossier.campaign, dossier.id)],
    }


def decision_lines(told: Mapping[str, Any], campaign: Campaign) -> Iterator[str]:
    """For people; a heading only where something stands under it."""
    zone = campaign.zone
    yield f"Valid: {_held(told['valid'])}"
    for one in told["validity"]:
        since = f" since {local(one['since'], zone)}" if one["since"] else ""
        yield f"  {one['part']}: {_held(one['holds'])}{since} ({', '.join(one['by']) or '-'})"
    for name, heading, line in _SECTIONS:
        if told[name]:
            yield heading
            yield from (line(one, zone) for one in told[name])


def _score(one: Score) -> dict[str, Any]:
    return {
        "event": one.seq,
        "row": one.initiative.row,
        "title": one.initiative.title,
        "examiner": one.examiner,
        "points": {key: str(value) for key, value in one.points.items()},
        "note": one.note,
        "at": one.at,
        "by": one.by,
    }


def _paper_line(one: Mapping[str, Any], zone: str) -> str:
    stamp = f", postmark {one['postmarked_on']:%d/%m/%Y}" if one["postmarked_on"] else ""
    whole = "complete" if one["complete"] else "not complete"
    came = f"arrival {one['arrival']} by {one['way']}, {local(one['arrived_at'], zone)}{stamp}"
    return f"  {came}; {whole}, taken in by {one['received_by'] or '-'}; {_who(one, zone)}"


def _objection_line(one: Mapping[str, Any], zone: str) -> str:
    against = f"{one['kind']} of {one['row']}. {one['title'] or '-'}, raised by {one['raised_by'] or '-'}"
    return f"  {against} on {one['raised_on']:%d/%m/%Y}: {one['outcome'] or 'stands'}; {_who(one, zone)}"


def _ruling_line(one: Mapping[str, Any], zone: str) -> str:
    return f"  {one['kind']} the {one['about']}; {_who(one, zone)}"


def _correction_line(one: Mapping[str, Any], zone: str) -> str:
    row = f" of initiative {one['row']}" if one["row"] else ""
    return f"  {one['field']}{row}: {one['value']} in place of {one['reading'] or '-'}; {_who(one, zone)}"


def _score_line(one: Mapping[str, Any], zone: str) -> str:
    points = ", ".join(f"{key} {value}" for key, value in one["points"].items()) or "withdrawn"
    return f"  {one['row']}. {one['title'] or '-'}: {points} by {one['examiner'] or '-'}, {local(one['at'], zone)}"


_SECTIONS = (
    ("papers", "Paper copies", _paper_line),
    ("objections", "Objections", _objection_line),
    ("rulings", "Rulings", _ruling_line),
    ("corrections", "Corrections", _correction_line),
    ("scores", "Points", _score_line),
)


def _who(one: Mapping[str, Any], zone: str) -> str:
    said = f"event {one['event']}, {local(one['at'], zone)} by {one['by'] or '-'}: {one['reason'] or '-'}"
    if one["ended_at"] is None:
        return said
    return f"{said}; ended {local(one['ended_at'], zone)} by {one['ended_by'] or '-'}: {one['ended_reason'] or '-'}"


def _held(holds: bool | None) -> str:
    return "a person decides" if holds is None else shown(holds)
