"""`hoso purge`: personal data that was kept as long as it was to be kept."""

from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, records_in
from hoso.cli.purge_person import purge_person
from hoso.plural import counted
from hoso.purging import plan, purge
from hoso.wiring import Parts, utc_now
from store import dossiers
from store.retention import Due

Apply = Annotated[bool, typer.Option("--apply", help="Remove it; without this, it is only shown.")]
By = Annotated[str, typer.Option("--by", help="Who removes it: kept in the history.")]
Reason = Annotated[str, typer.Option("--reason", help="Why: kept in the history.")]


Person = Annotated[
    list[str] | None,
    typer.Option("--person", help="An address: only what can go of this person, before its time. May be repeated."),
]


def add_commands(app: typer.Typer) -> None:
    @app.command("purge")
    def purge_command(
        apply: Apply = False,
        person: Person = None,
        by: By = "",
        reason: Reason = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        json: AsJson = False,
    ) -> int:
        """Show what has been kept as long as the settings say; with --apply, remove it. The history tells of it.

        With --person: mail of that address that came into no dossier, and what was written to it alone.
        """
        if apply and not (by and reason):
            raise typer.BadParameter("it is removed by a person, for a reason: give --by and --reason")
        parts = records_in(settings)
        try:
            if person:
                return purge_person(parts, person, by, reason, apply=apply, as_json=json)
            return _purge(parts, by, reason, apply=apply, as_json=json)
        finally:
            parts.store.close()


def _purge(parts: Parts, by: str, reason: str, *, apply: bool, as_json: bool) -> int:
    due = plan(parts.store, parts.settings.retention, parts.campaigns, utc_now())
    with parts.store.reading() as conn:
        codes = [found.code for one in due.dossiers if (found := dossiers.get(conn, one)) is not None]
    removed = purge(parts.store, due, utc_now, by=by, reason=reason).messages if apply else 0
    if as_json:
        row = {"dossiers": codes, "waiting": due.waiting, "other_mail": due.other_mail, "decisions": due.decisions}
        row |= {"unasked": due.unasked}
        output.print_json([row | {"applied": apply, "messages_removed": removed}])
    else:
        output.print_lines(_lines(due, codes, apply=apply, removed=removed))
    return Exit.OK


def _lines(due: Due, codes: list[str], *, apply: bool, removed: int) -> list[str]:
    if not due.count:
        return ["Nothing has been kept longer than the settings say."]
    lines = [
        f"{counted(len(due.dossiers), 'dossier')} with messages and letters: {', '.join(codes) or '-'}",
        f"{counted(len(due.waiting), 'message')} that never came into a dossier",
        f"{counted(len(due.other_mail), 'message')} of no concern",
        f"{counted(len(due.unasked), 'digest')} and reminders to unions without a dossier",
        f"{counted(len(due.decisions), 'decision')}: who, and why",
    ]
    if apply:
        return [
            *lines,
            f"Removed, with {counted(removed, 'stored message')}. Earlier backups still hold it: docs/privacy.md.",
        ]
    return [*lines, "Nothing was removed: --apply --by NAME --reason WHY removes it for good."]
