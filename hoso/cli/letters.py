"""`hoso letters`: every letter with what became of it, and each as it went out."""

import email
from email import policy
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, Limit, SettingsPath, records_in
from hoso.plural import counted
from hoso.wiring import Parts
from store import outbox
from store.outbox import LetterState, OutgoingLetter

StateOption = Annotated[LetterState | None, typer.Option("--state", help="Only letters in this state.")]
LetterNumber = Annotated[int | None, typer.Argument(help="Number of a letter: show it whole.")]
RawTo = Annotated[Path | None, typer.Option("--eml", help="Write the letter as it went out to this new file.")]

_URGENT = (LetterState.UNKNOWN, LetterState.UNDELIVERED, LetterState.FAILED)


def add_commands(app: typer.Typer) -> None:
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
    if eml is not None and not output.new_file(eml, content):
        return Exit.FOUND
    if eml is not None and not as_json:
        output.print_lines([f"Letter {number} ({counted(len(content), 'byte')}) is in {eml}", ""])
    message = email.message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    if as_json:
        output.print_json([{**_letter_row(letter), "text": text}])
    else:
        head = [f"{name}: {' '.join(str(message[name]).split())}" for name in ("Date", "From", "To", "Subject")]
        output.print_lines([*head, "", *text.splitlines()])
    return Exit.OK
