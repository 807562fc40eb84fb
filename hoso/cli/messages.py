"""`hoso messages`: every message with its one outcome, and each as it came."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, Limit, SettingsPath, records_in
from hoso.plural import counted
from hoso.wiring import Parts
from store import ledger, messages, readings
from store.ledger import LedgerEntry, Outcome

OutcomeOption = Annotated[Outcome | None, typer.Option("--outcome", help="Only messages with this outcome.")]
QuarantinedOption = Annotated[bool, typer.Option("--quarantined", help="Only messages that failed.")]
Export = Annotated[int | None, typer.Option("--export", help="Number of a message: write it as it came, to --out.")]
Out = Annotated[Path | None, typer.Option("--out", help="The new file that --export writes.")]


def add_commands(app: typer.Typer) -> None:
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
    if not output.new_file(out, parts.store.blobs.get(entry.sha256)):
        return Exit.FOUND
    if as_json:
        output.print_json([{"number": number, "sha256": entry.sha256, "size": entry.size, "file": str(out)}])
    else:
        output.print_lines([f"Message {number} ({counted(entry.size, 'byte')}, SHA-256 {entry.sha256}) is in {out}"])
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
