"""`hoso health`: is the service well? For a person, and by its exit status for other programs."""

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, records_in
from hoso.health import Condition, condition
from hoso.wiring import utc_now


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def health(settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Say whether the service is well, and what to do where it is not. Logs in nowhere, changes nothing."""
        parts = records_in(settings)
        try:
            found = condition(parts, utc_now())
        finally:
            parts.store.close()
        if json:
            output.print_json([found.report()])
        else:
            output.print_lines(_lines(found, parts.settings.health.locale, parts.campaigns[0].zone))
        return Exit.OK if found.is_well else Exit.FOUND


def _lines(found: Condition, locale: str, zone: str) -> list[str]:
    facts = found.facts
    lines = [f"WRONG  {one.key}: {one.said(locale)}" for one in found.complaints]
    for folder in facts.folders:
        looked, compared = (output.local(at, zone) for at in (folder.polled_at, folder.reconciled_at))
        lines.append(f"       {folder.name}: looked into {looked}, compared with the ledger {compared}")
    lost = f"{facts.unknown} of unknown outcome, {facts.undelivered} not delivered"
    lines += [
        f"       messages: {facts.pending} not judged yet, {facts.quarantined} in quarantine",
        f"       letters: {facts.waiting} waiting, {lost}",
        *(f"       disk of {disk.what}: {disk.free >> 20} MB free" for disk in facts.disks),
        f"       last backup: {output.local(facts.backup_at, zone)}",
    ]
    return [*lines, "All is well." if found.is_well else f"{len(found.complaints)} thing(s) to mend."]
