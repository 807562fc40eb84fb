"""`hoso ingest`: messages from files take the same way as those of the mailbox."""

import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, parts_in
from hoso.plural import counted
from hoso.wiring import Parts, desk_of, utc_now
from ingest.files import read_paths
from intake.judge import judge_pending
from intake.receive import keep_all
from intake.record import Recorded

Files = Annotated[list[Path], typer.Argument(help="Messages: .eml files, mbox files, Maildir folders.")]

_MAIL = (".eml", ".mbox")
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From |[!-9;-~]{1,80}[ \t]*:)")
"""How a message begins: RFC 5322, 2.2; in an mbox file with a line of its own."""


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def ingest(files: Files, settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Record messages from files; their letters wait in the outbox for the next `hoso run`.

        The time of receipt is that of the topmost Received header.
        """
        parts = parts_in(settings, logins=False)
        try:
            return _ingest(files, parts, as_json=json)
        finally:
            parts.store.close()


def _ingest(files: list[Path], parts: Parts, *, as_json: bool) -> int:
    for file in files:
        if _is_other(file):
            said = f"{file} is no message: nothing was taken. Save the mail itself, as .eml, and take that."
            output.error_console().print(said, markup=False, soft_wrap=True)
            return Exit.FOUND
    parts.store.upgrade()
    new = keep_all(read_paths(files, utc_now()), parts.store)
    known = "Nothing new: all of it was taken before (`hoso messages`)."
    print_recorded(judge_now(parts, new), new, as_json=as_json, nothing=known)
    return Exit.OK


def _is_other(file: Path) -> bool:
    """A document, a picture: it does not begin with a header, and nobody named it as mail."""
    if not file.is_file() or file.suffix.lower() in _MAIL:
        return False
    with file.open("rb") as opened:
        return _HEADER.match(opened.read(1000)) is None


def judge_now(parts: Parts, count: int) -> list[Recorded]:
    """Judge all that is pending, showing the progress on standard error; `count` is how many are expected."""
    recorded: list[Recorded] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    told = output.error_console()
    with (
        Progress(*columns, transient=True, console=told, disable=not told.is_terminal) as progress,
        desk_of(parts) as desk,
    ):
        task = progress.add_task("judging", total=count)

        def judged(one: Recorded) -> None:
            recorded.append(one)
            progress.advance(task)

        judge_pending(replace(desk, judged=judged), threading.Event())
    return recorded


def print_recorded(recorded: list[Recorded], expected: int, *, as_json: bool, nothing: str = "") -> None:
    """What was judged; `nothing` is said where nothing was to be, and where a service judged it first, that it did."""
    rows = [_row(one) for one in recorded]
    if as_json:
        output.print_json(rows)
    elif rows:
        names = ("message", "source", "outcome", "union", "verdict", "dossier", "letter")
        output.print_table("Recorded", names, ([row[name] for name in names] for row in rows), "")
    elif not expected and nothing:
        output.print_lines([nothing])
    if (away := expected - len(rows)) > 0:
        said = counted(away, "message is", "messages are")
        told = f"{said} judged by the service that runs: `hoso messages` tells what became of it."
        output.error_console().print(told, markup=False, soft_wrap=True)


def _row(one: Recorded) -> dict[str, object]:
    return {
        "message": one.entry.sha256[:12],
        "source": one.entry.source,
        "outcome": one.outcome.value,
        "union": one.union,
        "verdict": one.assessment.verdict.value if one.assessment else None,
        "dossier": one.dossier_code,
        "letter": f"{one.letter.kind}, {one.letter.state}" if one.letter else None,
    }
