"""`hoso run`: the service."""

import os
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, SettingsPath, parts_in
from hoso.crash import VARIABLE, crash_at
from hoso.service import Service, run_once
from hoso.starting import begin_when_possible
from intake.steps import Steps, no_steps

Once = Annotated[bool, typer.Option("--once", help="One round of receiving, judging and sending; then end.")]
AnswerBacklog = Annotated[
    bool,
    typer.Option(
        "--answer-backlog", help="Answer the mail, too, that was in the mailbox before the service first looked."
    ),
]

JsonLog = Annotated[bool, typer.Option("--json", help="Write the log as JSON, one object a line.")]


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def run(
        settings: SettingsPath = DEFAULT_SETTINGS,
        once: Once = False,
        answer_backlog: AnswerBacklog = False,
        json: JsonLog = False,
    ) -> int:
        """Serve the mailboxes of the settings until SIGTERM or Ctrl-C; the step in hand is finished."""
        return _run(settings, once=once, answer_backlog=answer_backlog, json_log=json)


def _run(path: Path, *, once: bool, answer_backlog: bool, json_log: bool) -> int:
    parts, steps, stop = parts_in(path, json_log=json_log), _steps(), stop_on_signals()
    try:
        if once:
            run_once(parts, steps, answer_backlog=answer_backlog, stop=stop)
        else:
            begin_when_possible(parts, Service(parts, steps, answer_backlog=answer_backlog).run, stop)
    finally:
        parts.store.close()
    return Exit.OK


def stop_on_signals() -> threading.Event:
    """Set by SIGTERM or Ctrl-C; a second one ends the program at once. To be called by the main thread."""
    stop = threading.Event()
    told, tell = os.pipe()

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        signal.signal(number, signal.SIG_DFL)

    def pass_on() -> None:
        os.read(told, 1)
        stop.set()

    # The event is not set by the handler: Python calls that in the main thread alone, which may hold the lock of the
    # event, or have gone to sleep on it an instant before. The byte is written by the system's handler, at once.
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    threading.Thread(target=pass_on, name="signals", daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop


def _steps() -> Steps:
    spec = os.environ.get(VARIABLE)
    return crash_at(spec) if spec else no_steps
