"""`hoso dossiers`, `show`, `messages`, `letters`: what is recorded."""

import email
from datetime import datetime
from email import policy
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.model import Verdict
from hoso.cli import output, story
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, Limit, SettingsPath, records_in
from hoso.wiring import Parts
from store import dossiers, ledger, messages, outbox, readings, revisions
from store.ledger import LedgerEntry, Outcome
from store.outbox import LetterState, OutgoingLetter

CampaignKey = Annotated[str, typer.Option("--campaign", help="Key of the campaign; without it the only one there is.")]
VerdictOption = Annotated[Verdict | None, typer.Option("--verdict", help="Only dossiers with this verdict.")]
FindingOption = Annotated[str | None, typer.Option("--finding", help="Only dossiers with this finding.")]
OutcomeOption = Annotated[Outcome | None, typer.Option("--outcome", help="Only messages with this outcome.")]
QuarantinedOption = Annotated[bool, typer.Option("--quarantined", help="Only messages that failed.")]
StateOption = Annotated[LetterState | None, typer.Option("--state", help="Only letters in this state.")]
LetterNumber = Annotated[int | None, typer.Argument(help="Number of a letter: show it whole.")]
Export = Annotated[int | None, typer.Option("--export", help="Number of a message: write it as it came, to --out.")]
Out = Annotated[Path | None, typer.Option("--out", help="The new file that --export writes.")]
RawTo = Annotated[Path | None, typer.Option("--eml", help="Write the letter as it went out to this new file.")]
Which = Annotated[str, typer.Argument(help="A dossier code (SK39-007) or a union's code (BVND).")]

_URGENT = (LetterState.UNKNOWN, LetterState.UNDELIVERED, LetterState.FAILED)


def add_commands(app: typer.Typer) -> None:
    @app.command("dossiers")
    def dossiers_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        verdict: VerdictOption = None,
        finding: FindingOption = None,
        limit: Limit = 1000,
        json: AsJson = False,
    ) -> int:
        """List the dossiers, one for each union that sent something."""
        parts = records_in(settings)
        return _dossiers(parts, campaign_of(parts, campaign), verdict, finding, limit, as_json=json)

    @app.command()
    def show(
        which: Which, settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """Tell the whole story of one dossier: files, initiatives, findings, revisions, letters, history."""
        parts = records_in(settings)
        return _show(parts, campaign_of(parts, campaign), which, as_json=json)

    @app.command("messages")
    def messages_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        outcome: OutcomeOption = None,
        quarantined: QuarantinedOption = False,
        export: Export = None,
        out: Out = None,
        limit: Limit = 1000,
        json: AsJson = False,
    ) -> int:
        """List the messages, each with its one outcome, the newest first; with --export, write one as it came."""
        if (export is None) is not (out is None):
            raise typer.BadParameter("a message is exported to a file: give both --export NUMBER and --out FILE.eml")
        parts = records_in(settings)
        if export is not None and out is not None:
            return _export(parts, export, out, as_json=json)
        return _messages(parts, Outcome.QUARANTINED if quarantined else outcome, limit, as_json=json)

    @app.command()
    def letters(
        number: LetterNumber = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        state: StateOption = None,
        eml: RawTo = None,
        limit: Limit = 1000,
        json: AsJson = False,
    ) -> int:
        """List the letters, the newest first; with a number, show one whole."""
        parts = records_in(settings)
        if number is not None:
            return _letter(parts, number, eml, as_json=json)
        return _letters(parts, state, limit, as_json=json)


def campaign_of(parts: Parts, key: str) -> Campaign:
    """The campaign that a command is about. Raises BadParameter where it cannot be told."""
    found = [one for one in parts.campaigns if key in ("", one.key)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(one.key for one in parts.campaigns)
    raise typer.BadParameter(f"say which campaign is meant with --campaign: {known}")


def _dossiers(
    parts: Parts, campaign: Campaign, verdict: Verdict | None, finding: str | None, limit: int, *, as_json: bool
) -> int:
    with parts.store.reading() as conn:
        found = dossiers.listed(conn, campaign.key, verdict=verdict, finding=finding, limit=limit)
        codes = {one.id: story.finding_codes(revisions.latest(conn, one.id)) for one in found}
    if as_json:
        output.print_json(story.dossier_row(one, codes[one.id]) for one in found)
        return Exit.OK
    columns = ("dossier", "arrival", "union", "verdict", "complete", "in time", "received", "findings")
    rows = (
        (
            one.code,
            f"{one.arrival_number}/{one.arrival_year}",
            one.union,
            one.verdict,
            one.complete,
            one.in_time,
            output.local(one.received_at, campaign.zone),
            ", ".join(codes[one.id]) or "-",
        )
        for one in found
    )
    asked = len(campaign.roster.unions)
    output.print_table(f"{campaign.name}: {len(found)} of {asked} unions", columns, rows, "No dossier yet.")
    return Exit.OK


def _show(parts: Parts, campaign: Campaign, which: str, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = dossiers.by_code(conn, which) or dossiers.of_union(conn, campaign.key, which)
        told = story.story_of(conn, found, campaign.zone, parts.judging.authentication_hosts) if found else None
    if told is None:
        known = campaign.roster.by_code(which)
        why = f"{known.name} has sent nothing yet" if known else "see `hoso dossiers` for the codes"
        output.error_console().print(f"There is no dossier {which}: {why}.", markup=False)
        return Exit.FOUND
    if as_json:
        output.print_json([told])
    else:
        output.print_lines(story.lines(told, campaign))
    return Exit.OK


def _messages(parts: Parts, outcome: Outcome | None, limit: int, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = ledger.entries(conn, outcome=outcome, newest_first=True, limit=limit)
        read = readings.latest_of(conn, [one.message_id for one in found])
        received = {one.id: _received_at(conn, one) for one in found}
    rows = [_message_row(one, received[one.id], read.get(one.message_id)) for one in found]
    if as_json:
        output.print_json(rows)
        return Exit.OK
    columns = ("number", "received", "from", "subject", "outcome", "message", "error")
    zone = parts.campaigns[0].zone
    shown = (
        (
            row["number"],
            output.local(received[entry.id], zone),
            row["sender"],
            row["subject"],
            row["outcome"] or "pending",
            entry.sha256[:12],
            row["error"] or "",
        )
        for row, entry in zip(rows, found, strict=True)
    )
    output.print_table("Messages", columns, shown, "No message yet.")
    return Exit.OK


def _export(parts: Parts, number: int, out: Path, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        entry = ledger.entry(conn, number)
    if entry is None:
        output.error_console().print(f"There is no message {number}: see `hoso messages`.", markup=False)
        return Exit.FOUND
    if not _written(out, parts.store.blobs.get(entry.sha256)):
        return Exit.FOUND
    if as_json:
        output.print_json([{"number": number, "sha256": entry.sha256, "size": entry.size, "file": str(out)}])
    else:
        output.print_lines([f"Message {number} ({entry.size} bytes, SHA-256 {entry.sha256}) is in {out}"])
    return Exit.OK


def _received_at(conn: Connection, entry: LedgerEntry) -> datetime | None:
    """By the server's clock; of a message from a file, what was read in it."""
    if entry.internal_date is not None:
        return entry.internal_date
    message = messages.get(conn, entry.message_id)
    return message.receipt.at if message else None


def _message_row(
    entry: LedgerEntry, received_at: datetime | None, reading: readings.Reading | None
) -> dict[str, object]:
    return {
        "number": entry.id,
        "sha256": entry.sha256,
        "size": entry.size,
        "source": entry.source,
        "uid": entry.position.uid if entry.position else None,
        "received_at": received_at,
        "recorded_at": entry.arrived_at,
        "sender": reading.submission.sender.address if reading else None,
        "subject": reading.submission.subject if reading else None,
        "state": entry.state.value,
        "outcome": entry.outcome.value if entry.outcome else None,
        "duplicate_of": entry.duplicate_of,
        "error": entry.error,
        "attempts": entry.attempts,
        "failed_under": entry.failed_under,
        "gone_at": entry.gone_at,
    }


def _letters(parts: Parts, state: LetterState | None, limit: int, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = _listed(conn, state, limit)
    if as_json:
        output.print_json(_letter_row(one) for one in found)
        return Exit.OK
    zone = parts.campaigns[0].zone
    columns = ("number", "written", "to", "kind", "state", "subject", "why")
    rows = (
        (
            one.id,
            output.local(one.created_at, zone),
            one.recipient,
            one.kind,
            one.state,
            one.subject,
            one.reason or (one.reply or "" if one.state is not LetterState.SENT else ""),
        )
        for one in found
    )
    output.print_table("Letters", columns, rows, "No letter yet.")
    return Exit.OK


def _listed(conn: Connection, state: LetterState | None, limit: int) -> list[OutgoingLetter]:
    """What a person has to look at comes first: of unknown outcome (P6), not arrived, refused; then the newest."""
    if state is not None:
        return outbox.listed(conn, state=state, limit=limit)
    first = [one for urgent in _URGENT for one in outbox.listed(conn, state=urgent, limit=limit)]
    rest = (one for one in outbox.listed(conn, limit=limit) if one.state not in _URGENT)
    return [*first, *rest][:limit]


def _letter_row(letter: OutgoingLetter) -> dict[str, object]:
    return {
        "number": letter.id,
        "kind": letter.kind,
        "recipient": letter.recipient,
        "subject": letter.subject,
        "state": letter.state.value,
        "reason": letter.reason,
        "reply": letter.reply,
        "attempts": letter.attempts,
        "message_id": letter.message_id,
        "revision": letter.revision,
        "written_at": letter.created_at,
        "next_attempt_at": letter.next_attempt_at,
        "sent_at": letter.sent_at,
    }


def _letter(parts: Parts, number: int, eml: Path | None, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        letter = outbox.get(conn, number)
        content = outbox.mime(conn, number) if letter else b""
    if letter is None:
        output.error_console().print(f"There is no letter {number}: see `hoso letters`.", markup=False)
        return Exit.FOUND
    if eml is not None and not _written(eml, content):
        return Exit.FOUND
    message = email.message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    if as_json:
        output.print_json([{**_letter_row(letter), "text": text}])
    else:
        head = [f"{name}: {' '.join(str(message[name]).split())}" for name in ("Date", "From", "To", "Subject")]
        output.print_lines([*head, "", *text.splitlines()])
    return Exit.OK


def _written(path: Path, content: bytes) -> bool:
    """Into a new file: none that is there is overwritten."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        output.error_console().print(f"{path} cannot be written: {error.strerror or error}", markup=False)
        return False
    return True
