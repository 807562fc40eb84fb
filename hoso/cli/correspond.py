"""`hoso resend`, `hoso write`: a person's letters, through the outbox."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from dossier.campaign import Campaign
from hoso.cli import output
from hoso.cli.deciding import By, Reason, decide, decide_on_records, who_of
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which
from hoso.wiring import Parts, utc_now
from intake.correspond import Words, resend, write
from store.letter_row import LetterState, OutgoingLetter

_MOST = 100_000
Number = Annotated[int, typer.Argument(metavar="LETTER", help="Number of a letter, as `hoso letters` shows it.")]
Subject = Annotated[str, typer.Option("--subject", help="The subject of the letter.")]
Text = Annotated[Path, typer.Option("--text", help="A file with the text, in UTF-8; - reads standard input.")]
To = Annotated[str | None, typer.Option("--to", help="One of the union's own addresses; else its newest sender.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("resend")
    def resend_command(
        number: Number,
        by: By,
        reason: Reason,
        settings: SettingsPath = DEFAULT_SETTINGS,
        json: AsJson = False,
    ) -> int:
        """Send a letter again: what is held, failed, undelivered or unknown goes out; of one that was sent, a copy."""
        who = who_of(by, reason)

        def act(parts: Parts) -> int:
            return _told(resend(parts.store, number, parts.writing, who, utc_now()), as_json=json)

        return decide_on_records(settings, act)

    @app.command("write")
    def write_command(
        which: Which,
        subject: Subject,
        text: Text,
        by: By,
        reason: Reason,
        to: To = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Write a letter to a union about its dossier; it goes out with the next round of the service."""
        who, words = who_of(by, reason), Words(subject, _read(text), to)

        def act(parts: Parts, asked: Campaign) -> int:
            made = write(parts.store, asked, which, words, parts.writing, who, utc_now())
            return _told(made, as_json=json)

        return decide(settings, campaign, act, which)


def _read(path: Path) -> str:
    """Raises BadParameter."""
    try:
        content = sys.stdin.buffer.read(_MOST + 1) if str(path) == "-" else path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as wrong:
        raise typer.BadParameter(f"--text {path} cannot be read: {wrong.strerror or wrong}") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"--text {path} is not UTF-8") from None
    if len(content) > _MOST:
        raise typer.BadParameter(f"--text {path} is longer than {_MOST} bytes")
    return text


def _told(letter: OutgoingLetter, *, as_json: bool) -> int:
    if as_json:
        row = {"letter": letter.id, "kind": letter.kind, "to": letter.recipient, "subject": letter.subject}
        output.print_json([{**row, "state": letter.state.value, "reason": letter.reason}])
        return Exit.OK
    held = f" ({letter.reason}): `hoso resend {letter.id}` lets it out" if letter.state is LetterState.HELD else ""
    output.print_lines([f"Letter {letter.id} to {letter.recipient}: {letter.state.value}{held}"])
    return Exit.OK
