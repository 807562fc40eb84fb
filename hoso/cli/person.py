"""`hoso export-person`: what a person may ask for."""

from pathlib import Path
from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, require_records, settings_in
from hoso.person_export import export
from hoso.plural import counted
from hoso.wiring import store_of, utc_now
from store.person import Person

Names = Annotated[list[str] | None, typer.Option("--name", help="A full name; marks and case do not matter.")]
Addresses = Annotated[list[str] | None, typer.Option("--address", help="An email address.")]
Out = Annotated[Path, typer.Option("--out", help="A new ZIP file.")]
By = Annotated[str, typer.Option("--by", help="Who hands it out: kept in the history.")]
Reason = Annotated[str, typer.Option("--reason", help="Why: kept in the history.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("export-person")
    def export_person(
        out: Out,
        by: By,
        reason: Reason,
        name: Names = None,
        address: Addresses = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        json: AsJson = False,
    ) -> int:
        """All that is held on one person: messages, letters, initiatives, decisions, events; JSON and originals."""
        names = tuple(one.strip() for one in name or [] if one.strip())
        addresses = tuple(one.strip().lower() for one in address or [] if one.strip())
        if not names and not addresses:
            raise typer.BadParameter("say who is asked for: --name or --address, each as often as needed")
        return _export(settings, Person(names, addresses), out, by, reason, as_json=json)


def _export(path: Path, who: Person, out: Path, by: str, reason: str, *, as_json: bool) -> int:
    store = store_of(settings_in(path, logins=False))
    require_records(store)
    try:
        done = export(store, who, out, utc_now(), by=by, reason=reason)
    except OSError as error:
        output.not_written(out, error)
        return Exit.FOUND
    finally:
        store.close()
    if as_json:
        output.print_json(
            [{"file": str(out), "messages": done.messages, "letters": done.letters, "records": done.rows}]
        )
    else:
        held = f"{counted(done.messages, 'message')}, {counted(done.letters, 'letter')}"
        said = f"{out}: {held}, {counted(done.rows, 'further record')}."
        found = done.messages + done.letters + done.rows
        more = "They speak of others, too: look them over before they are handed out."
        output.print_lines([said, more if found else "Nothing is held under that name or address; the ZIP says so."])
    return Exit.OK
