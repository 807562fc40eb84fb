"""`hoso confirm-sender`, `revoke-sender`, `senders`, `waiting`: whose an address is, and what waits for that."""

from pathlib import Path
from typing import Annotated

import typer

from dossier.authentication import alignment
from hoso.cli import output
from hoso.cli.deciding import done
from hoso.cli.exits import Exit
from hoso.cli.ingest import judge_now, print_recorded
from hoso.cli.options import (
    DEFAULT_SETTINGS,
    AsJson,
    CampaignKey,
    Limit,
    SettingsPath,
    campaign_of,
    parts_in,
    records_in,
)
from hoso.wiring import Parts, utc_now
from intake.confirm import Decision, NotConfirmedError, confirm_sender, revoke_sender
from store import readings, senders, waiting

Address = Annotated[str, typer.Argument(help="The address, whole: a +tag or a dot more is another one.")]
UnionCode = Annotated[str, typer.Option("--union", help="Code of the union whose own it is, as in the roster.")]
By = Annotated[str, typer.Option("--by", help="Who decides: kept in the history.")]
Reason = Annotated[str, typer.Option("--reason", help="Why: kept in the history.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("confirm-sender")
    def confirm_command(
        address: Address,
        union: UnionCode,
        reason: Reason,
        by: By,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Say that an address is a union's own; what it sent and what waited is judged again and answered."""
        return _confirm(settings, campaign, _decision(address, by, reason), union, as_json=json)

    @app.command("revoke-sender")
    def revoke_command(
        address: Address,
        reason: Reason,
        by: By,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Undo a confirmation: what the address sends from now on waits; what it brought before stays."""
        return _revoke(settings, campaign, _decision(address, by, reason), as_json=json)

    @app.command("senders")
    def senders_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """List the addresses that persons confirmed, with who, when and why; revoked ones too."""
        parts = records_in(settings)
        return _senders(parts, campaign_of(parts, campaign).key, as_json=json)

    @app.command("waiting")
    def waiting_command(
        settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", limit: Limit = 1000, json: AsJson = False
    ) -> int:
        """List the messages that wait for a person, the longest waiting first."""
        parts = records_in(settings)
        return _waiting(parts, campaign_of(parts, campaign).key, limit, as_json=json)


def _decision(address: str, by: str, reason: str) -> Decision:
    if not by.strip() or not reason.strip():
        raise typer.BadParameter("a person decides, for a reason: give --by and --reason")
    return Decision(address, by.strip(), reason.strip())


def _confirm(path: Path, key: str, decision: Decision, union: str, *, as_json: bool) -> int:
    parts = parts_in(path, logins=False)
    try:
        parts.store.upgrade()
        campaign = campaign_of(parts, key)
        done = confirm_sender(parts.store, campaign, parts.judging.own, decision, union, utc_now())
        known = "is now known" if done.new else "was known before"
        output.error_console().print(f"{decision.address} {known} as {union}'s.", markup=False)
        recorded = judge_now(parts, done.reopened) if done.reopened else []
        print_recorded(recorded, done.reopened, as_json=as_json, nothing="No message of this address waits.")
    except NotConfirmedError as refused:
        output.error_console().print(f"Not confirmed: {refused}.", markup=False)
        return Exit.FOUND
    finally:
        parts.store.close()
    return Exit.OK


def _revoke(path: Path, key: str, decision: Decision, *, as_json: bool) -> int:
    parts = parts_in(path, logins=False)
    try:
        parts.store.upgrade()
        revoked = revoke_sender(parts.store, campaign_of(parts, key), decision, utc_now())
    except NotConfirmedError as refused:
        output.error_console().print(f"Not revoked: {refused}.", markup=False)
        return Exit.FOUND
    finally:
        parts.store.close()
    said = "is nobody's own any more" if revoked else "is not confirmed: see `hoso senders`"
    done(f"{decision.address} {said}.", {"address": decision.address, "revoked": bool(revoked)}, as_json=as_json)
    return Exit.OK if revoked else Exit.FOUND


def _senders(parts: Parts, key: str, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = senders.listed(conn, key)
    rows = [
        {
            "address": one.address,
            "union": one.union,
            "by": one.confirmed_by,
            "reason": one.reason,
            "confirmed_at": one.confirmed_at,
            "revoked_at": one.withdrawn_at,
        }
        for one in found
    ]
    if as_json:
        output.print_json(rows)
        return Exit.OK
    zone = parts.campaigns[0].zone
    columns = ("address", "union", "by", "why", "confirmed", "revoked")
    shown = (
        (
            one.address,
            one.union,
            one.confirmed_by,
            one.reason,
            output.local(one.confirmed_at, zone),
            output.local(one.withdrawn_at, zone),
        )
        for one in found
    )
    output.print_table("Confirmed senders", columns, shown, "Nobody was confirmed yet.")
    return Exit.OK


def _waiting(parts: Parts, key: str, limit: int, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = waiting.unresolved(conn, campaign=key, limit=limit)
        read = readings.latest_of(conn, [one.message_id for one in found])
    rows = []
    for one in found:
        submission = read[one.message_id].submission if one.message_id in read else None
        told = alignment(submission.headers, parts.judging.authentication_hosts, one.address) if submission else None
        rows.append(
            {
                "message": one.message_id,
                "since": one.since,
                "received_at": one.assessment.received_at,
                "sender": one.address,
                "doubt": submission.sender.doubt if submission else "",
                "union": one.union,
                "reason": one.reason,
                "authentication": told.words() if told else None,
                "subject": submission.subject if submission else None,
            }
        )
    if as_json:
        output.print_json(rows)
        return Exit.OK
    zone = parts.campaigns[0].zone
    columns = ("message", "received", "from", "union", "why", "authentication", "subject")
    keys = ("sender", "union", "reason", "authentication", "subject")
    shown = (
        (row["message"], output.local(one.assessment.received_at, zone), *(row[key] for key in keys))
        for row, one in zip(rows, found, strict=True)
    )
    output.print_table("Waiting for a person", columns, shown, "Nothing waits.")
    return Exit.OK
