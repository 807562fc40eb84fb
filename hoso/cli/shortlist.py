"""`hoso shortlist` and what people decide on it: in, out, undo, freeze, reopen."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.shortlist import ON_THE_LIST, State
from hoso.cli import output
from hoso.cli.deciding import done, say
from hoso.cli.examination import ByOption, Initiative, ReasonOption, by_of, own_points, place_in, refuse, standing_row
from hoso.cli.exits import Exit
from hoso.cli.options import (
    DEFAULT_SETTINGS,
    AsJson,
    CampaignKey,
    SettingsPath,
    campaign_of,
    campaign_of_dossier,
    records_in,
)
from hoso.local_time import recorded_by
from hoso.plural import counted
from hoso.wiring import Parts, utc_now
from intake.duplicates import pairs_of
from intake.examine import By, NotExaminedError, examination_of
from intake.shortlisting import Listed, Shortlist, decide, freeze, reopen, shortlist
from store import shortlists
from store.shortlists import Choice, Frozen

AsOf = Annotated[
    str, typer.Option("--as-of", help="Day (2021-05-04) or moment as of which dossiers are valid; without it, now.")
]


def add_commands(app: typer.Typer) -> None:
    @app.command("shortlist")
    def shortlist_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", as_of: AsOf = "", json: AsJson = False
    ) -> int:
        """Propose the best initiatives of valid dossiers within the quotas; ties are shown, and people decide."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        try:
            return _shortlist(parts, asked, moment_of(as_of, asked), as_json=json)
        except NotExaminedError as refused:
            return refuse(refused)

    _add_decision(app, "shortlist-in", Choice.IN, "Put an initiative on the shortlist, whatever its average.")
    _add_decision(app, "shortlist-out", Choice.OUT, "Take an initiative out of the shortlist.")
    _add_decision(app, "shortlist-undo", Choice.UNDONE, "Undo what was decided on an initiative: its average decides.")
    _add_freezing(app)


def _add_freezing(app: typer.Typer) -> None:
    @app.command("shortlist-freeze")
    def freeze_command(
        by: ByOption,
        reason: ReasonOption,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        as_of: AsOf = "",
        json: AsJson = False,
    ) -> int:
        """Keep the shortlist as it stands for the proposal; points and decisions wait until it is reopened."""
        parts, who = records_in(settings), by_of(by, reason)
        asked = campaign_of(parts, campaign)
        at = moment_of(as_of, asked)
        try:
            frozen = freeze(parts.store, asked, at, who, utc_now())
            with parts.store.reading() as conn:
                chosen = shortlist(conn, asked, at).chosen
            lacking = {code_of(one): one.standing.missing for one in chosen if one.standing.missing}
        except NotExaminedError as refused:
            return refuse(refused)
        said = [f"The shortlist is frozen with {counted(len(frozen.entries), 'initiative')}, as event {frozen.seq}."]
        said += [f"{code} has no points of {', '.join(names)}." for code, names in lacking.items()]
        said += [f"{code_of(one)} has {own_points(one.standing)}." for one in chosen if own_points(one.standing)]
        lacks = {code: list(names) for code, names in lacking.items()}
        row = {"event": frozen.seq, "initiatives": [code_of(one) for one in chosen], "missing": lacks}
        done(said[0], row, as_json=json)
        for line in said[1:]:
            say(line)
        return Exit.OK

    @app.command("shortlist-reopen")
    def reopen_command(
        by: ByOption,
        reason: ReasonOption,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Reopen a frozen shortlist; what was frozen stays on record."""
        parts, who = records_in(settings), by_of(by, reason)
        asked = campaign_of(parts, campaign)
        try:
            reopen(parts.store, asked, who, utc_now())
        except NotExaminedError as refused:
            return refuse(refused)
        return done("The shortlist is open again.", {"campaign": asked.key, "frozen": False}, as_json=json)


def _add_decision(app: typer.Typer, name: str, choice: Choice, about: str) -> None:
    @app.command(name, help=about)
    def decision_command(
        initiative: Initiative,
        by: ByOption,
        reason: ReasonOption,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        as_of: AsOf = "",
        json: AsJson = False,
    ) -> int:
        return _decide(settings, campaign, initiative, choice, by_of(by, reason), as_of, as_json=json)


def moment_of(as_of: str, campaign: Campaign) -> datetime:
    """The end of a day in the campaign's zone, a moment, or now. Raises BadParameter."""
    if not as_of:
        return utc_now()
    try:
        return recorded_by(as_of, ZoneInfo(campaign.zone))
    except ValueError as error:
        raise typer.BadParameter(f"--as-of: {error}") from None


def _decide(path: Path, key: str, initiative: str, choice: Choice, by: By, as_of: str, *, as_json: bool) -> int:
    dossier, row = place_in(initiative)
    parts = records_in(path)
    campaign = campaign_of_dossier(parts, key, dossier)
    try:
        decide(parts.store, campaign, dossier, row, choice, by, utc_now(), moment_of(as_of, campaign))
    except NotExaminedError as refused:
        return refuse(refused)
    said = {Choice.IN: "is put on the shortlist", Choice.OUT: "is taken out of it", Choice.UNDONE: "is open again"}
    place = f"{dossier}/{row}"
    return done(f"{place} {said[choice]}.", {"initiative": place, "choice": choice.value}, as_json=as_json)


def _shortlist(parts: Parts, campaign: Campaign, at: datetime, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found, frozen = shortlist(conn, campaign, at), shortlists.in_force(conn, campaign.key)
        like = _alike(conn, campaign, found)
    if as_json:
        output.print_json(listed_row(one) | {"much_like": like.get(code_of(one), [])} for one in found.rows)
        return Exit.OK
    columns = ("initiative", "union", "title", "average", "state", "note", "decided by", "why")
    title = f"Shortlist of {found.size}, from dossiers valid as of {output.local(at, campaign.zone)}"
    lines = (_line(one, like.get(code_of(one), [])) for one in found.rows)
    output.print_table(title, columns, lines, "Nobody has given points yet.")
    output.print_lines(_remarks(campaign, found, frozen))
    return Exit.OK


def listed_row(one: Listed) -> dict[str, Any]:
    return standing_row(one.standing) | {
        "state": one.placed.state.value,
        "on_the_list": one.placed.state in ON_THE_LIST,
        "valid": one.eligible.valid,
        "not_valid_for": list(one.eligible.why),
        "beyond_quota": one.placed.beyond_quota,
        "decided_by": one.decision.by if one.decision else None,
        "reason": one.decision.reason if one.decision else None,
    }


def code_of(one: Listed) -> str:
    return f"{one.standing.dossier.code}/{one.standing.initiative.row}"


def _alike(conn: Connection, campaign: Campaign, found: Shortlist) -> dict[str, list[str]]:
    """Of those on the list: code → codes of initiatives that are much like it."""
    like: dict[str, list[str]] = {}
    for dossier in {one.standing.dossier.id: one.standing.dossier for one in found.chosen}.values():
        for pair in pairs_of(conn, campaign, dossier):
            for one, other in ((pair.one.code, pair.other.code), (pair.other.code, pair.one.code)):
                if other not in like.setdefault(one, []):
                    like[one].append(other)
    return {code_of(one): sorted(like.get(code_of(one), [])) for one in found.chosen}


def _line(one: Listed, like: list[str]) -> tuple[object, ...]:
    said = [f"not valid: {', '.join(one.eligible.why)}"] if one.placed.not_valid or _kept_out(one) else []
    said += ["beyond the quota"] if one.placed.beyond_quota else []
    said += [f"no points of {', '.join(one.standing.missing)}"] if one.standing.missing else []
    said += [own_points(one.standing)] if own_points(one.standing) else []
    said += [f"much like {', '.join(like)}: see hoso duplicates"] if like else []
    said += ["changed since it was given points"] if any(given.changed for given in one.standing.given) else []
    return (
        code_of(one),
        one.standing.dossier.union,
        one.standing.initiative.title,
        one.standing.result.average,
        one.placed.state,
        "; ".join(said) or None,
        one.decision.by if one.decision else None,
        one.decision.reason if one.decision else None,
    )


def _kept_out(one: Listed) -> bool:
    return one.placed.state is State.NOT_VALID


def _remarks(campaign: Campaign, found: Shortlist, frozen: Frozen | None) -> list[str]:
    quota = examination_of(campaign).quota
    places = counted(found.size, "place is", "places are")
    said = [f"{len(found.chosen)} of {places} taken; quota of a union: {'none' if quota is None else quota}."]
    if found.tied:
        said.append(
            f"{counted(len(found.tied), 'is', 'are')} tied: put in or take out with shortlist-in, shortlist-out."
        )
    said += [
        f"{decision.by} decided on “{output.clean(decision.initiative.title)}”, which is in no table any more."
        for decision in found.lost_decisions
    ]
    if frozen is not None:
        when = output.local(frozen.at, campaign.zone)
        said.append(
            f"Frozen on {when} by {frozen.by} with {counted(len(frozen.entries), 'initiative')}: `hoso proposal`."
        )
    return said
