"""`hoso valid`, `snapshot`, `snapshots`: which dossiers are valid (hợp lệ) as of a day."""

from datetime import datetime
from typing import Annotated, Any

import typer

from dossier.campaign import Campaign
from dossier.validity import Part
from hoso.cli import output
from hoso.cli.deciding import By, Reason, decide, moment_in, say, who_of
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.local_time import recorded_by
from hoso.plural import counted
from hoso.wiring import Parts, utc_now
from intake.valid import Standing, standings, take_snapshot
from store import dossiers, snapshots
from store.snapshots import SnapshotRow, parts_of

On = Annotated[str, typer.Option("--on", help="As of a day (through its last second) or a moment; else now.")]
Taken = Annotated[int | None, typer.Argument(help="Number of a snapshot: show its rows.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("valid")
    def valid_command(
        on: On = "", settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """Tell of every union which parts of a valid dossier hold, since when, and what says so."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        return _valid(parts, asked, _as_of(on, asked), as_json=json)

    @app.command("snapshot")
    def snapshot_command(
        by: By,
        reason: Reason,
        on: On = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Keep which dossiers are valid as of a day of selection; what is kept never changes."""
        who = who_of(by, reason)

        def act(parts: Parts, asked: Campaign) -> int:
            made = take_snapshot(parts.store, asked, _as_of(on, asked), who, utc_now())
            if not json:
                say(f"Snapshot {made.number}, as of {output.local(made.as_of, asked.zone)}.")
            return _rows(parts, asked, made.number, as_json=json)

        return decide(settings, campaign, act)

    @app.command("snapshots")
    def snapshots_command(
        number: Taken = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """List the snapshots; with a number, show the rows of one."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        if number is not None:
            return _rows(parts, asked, number, as_json=json)
        return _list(parts, asked, as_json=json)


def _as_of(written: str, campaign: Campaign) -> datetime:
    return moment_in(written, campaign, "--on", read=recorded_by) if written else utc_now()


def _valid(parts: Parts, campaign: Campaign, at: datetime, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = {one.dossier.union: one for one in standings(conn, campaign, at)}
    unions = list(dict.fromkeys([*(one.code for one in campaign.roster.unions), *found]))
    if as_json:
        output.print_json(_standing_row(union, found.get(union), at) for union in unions)
        return Exit.OK
    lines = [
        _line(union, found[union].dossier.code if union in found else None, _kept(found.get(union))) for union in unions
    ]
    count = sum(one.validity.valid is True for one in found.values())
    title = f"Valid as of {output.local(at, campaign.zone)}: {count} of {counted(len(campaign.roster.unions), 'union')}"
    output.print_table(title, _COLUMNS, lines, "The roster is empty.")
    return Exit.OK


def _standing_row(union: str, one: Standing | None, at: datetime) -> dict[str, Any]:
    return {
        "union": union,
        "dossier": one.dossier.code if one else None,
        "as_of": at,
        "valid": one.validity.valid if one else False,
        "revision": one.revision if one else 0,
        "parts": parts_of(one.validity) if one else [],
        "objections": [
            {"objection": raised.number, "kind": raised.kind.value, "initiative": raised.initiative}
            for raised in (one.validity.objections if one else ())
        ],
    }


_COLUMNS = ("union", "dossier", "valid", *(part.value for part in Part), "why")


def _kept(one: Standing | None) -> tuple[bool | None, tuple[dict[str, Any], ...]] | None:
    return (one.validity.valid, tuple(parts_of(one.validity))) if one else None


def _line(
    union: str, code: str | None, told: tuple[bool | None, tuple[dict[str, Any], ...]] | None
) -> tuple[object, ...]:
    """What is missing, or waits for a person, stands in the last column."""
    if told is None:
        return (union, "-", "no", *("-" for _ in Part), "nothing sent")
    valid, parts = told
    open_parts = dict.fromkeys(said for one in parts if one["holds"] is not True for said in one["evidence"])
    return (union, code or "-", _mark(valid), *(_mark(one["holds"]) for one in parts), "; ".join(open_parts))


def _mark(holds: bool | None) -> str:
    return "?" if holds is None else "yes" if holds else "no"


def _rows(parts: Parts, campaign: Campaign, number: int, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        kept = snapshots.get(conn, number)
        rows = snapshots.rows_of(conn, number) if kept else []
        codes = {one.dossier_id: dossiers.get(conn, one.dossier_id) for one in rows}
        changed = number in set(snapshots.changed(conn))
    if kept is None or kept.campaign != campaign.key:
        say(f"There is no snapshot {number}: see `hoso snapshots`.")
        return Exit.FOUND
    named = [(one, owner.code if (owner := codes[one.dossier_id]) else None) for one in rows]
    if as_json:
        output.print_json(_kept_row(one, code, number) for one, code in named)
    else:
        title = f"Snapshot {number}: as of {output.local(kept.as_of, campaign.zone)}, by {kept.by or '-'}"
        lines = (_line(one.union, code, (one.valid, one.parts)) for one, code in named)
        output.print_table(title, _COLUMNS, lines, "No dossier was there.")
    if changed:
        say(f"The rows of snapshot {number} are NOT those that were kept: see `hoso audit verify`.")
    return Exit.FOUND if changed else Exit.OK


def _kept_row(one: SnapshotRow, code: str | None, number: int) -> dict[str, Any]:
    return {
        "snapshot": number,
        "union": one.union,
        "dossier": code,
        "valid": one.valid,
        "revision": one.revision,
        "parts": list(one.parts),
    }


def _list(parts: Parts, campaign: Campaign, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = snapshots.listed(conn, campaign.key)
    if as_json:
        output.print_json(
            {
                "snapshot": one.number,
                "as_of": one.as_of,
                "taken_at": one.taken_at,
                "by": one.by,
                "reason": one.reason,
                "digest": one.digest,
            }
            for one in found
        )
        return Exit.OK
    columns = ("number", "as of", "taken", "by", "why")
    shown = (
        (
            one.number,
            output.local(one.as_of, campaign.zone),
            output.local(one.taken_at, campaign.zone),
            one.by,
            one.reason,
        )
        for one in found
    )
    output.print_table("Snapshots", columns, shown, "No snapshot yet.")
    return Exit.OK
