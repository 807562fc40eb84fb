"""`hoso check`: is everything in place? Changes nothing, and says how to mend what is not."""

from pathlib import Path

import typer

from hoso.checkup import Level, checkup
from hoso.cli import health, output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, parts_in
from hoso.plural import counted

_MARKS = {Level.GOOD: "ok     ", Level.NOTE: "note   ", Level.WRONG: "WRONG  "}


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def check(settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Try mailboxes, relay, store, campaigns, letters, tools and clock. Changes nothing."""
        return _check(settings, as_json=json)

    health.add_commands(app)


def _check(path: Path, *, as_json: bool) -> int:
    parts = parts_in(path)
    wrong = 0
    for one in checkup(parts):
        wrong += one.level is Level.WRONG
        if as_json:
            output.print_json([{"what": one.what, "level": one.level.value, "detail": one.detail, "mend": one.mend}])
        else:
            output.print_lines([f"{_MARKS[one.level]}{one.what}: {one.detail}"])
            if one.mend:
                output.print_lines([f"       -> {one.mend}"])
    if not as_json:
        output.print_lines([f"{counted(wrong, 'thing')} to mend." if wrong else "Everything is in place."])
    return Exit.FOUND if wrong else Exit.OK
