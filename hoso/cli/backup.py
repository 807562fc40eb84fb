"""`hoso backup`, `hoso restore`: a whole copy of the installation, and back."""

from pathlib import Path
from typing import Annotated

import typer

from hoso.backups import back_up, config_files
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, require_records, settings_in
from hoso.plural import counted
from hoso.restoring import Restored, restore_folder, restore_records
from hoso.strict_yaml import ConfigError
from hoso.wiring import store_of, utc_now
from store.backup import Backup, check

To = Annotated[Path | None, typer.Option("--to", help="The folder of backups; without it that of the settings.")]
CheckOnly = Annotated[Path | None, typer.Option("--check", help="Make none: read this backup and say if it is whole.")]
Folder = Annotated[Path, typer.Argument(help="The folder of one backup, as in backups/hoso-20261123T020000Z.")]
NewFolder = Annotated[Path | None, typer.Option("--to", help="A new folder: settings, campaigns, records and bytes.")]
IntoStore = Annotated[
    Path | None, typer.Option("--store-of", help="A settings file: records and bytes into its store, which is empty.")
]


def add_commands(app: typer.Typer) -> None:
    @app.command("backup")
    def backup_command(
        to: To = None,
        only: CheckOnly = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        json: AsJson = False,
    ) -> int:
        """Copy records, bytes, settings and campaigns, and check the copy; the service may go on meanwhile."""
        return _told(check(only), as_json=json) if only else _backup(settings, to, as_json=json)

    @app.command("restore")
    def restore_command(folder: Folder, to: NewFolder = None, store_of: IntoStore = None, json: AsJson = False) -> int:
        """Check a backup and make an installation of it; nothing that is there is overwritten."""
        if (to is None) == (store_of is None):
            raise typer.BadParameter("say where to: --to NEWFOLDER, or --store-of SETTINGS")
        restored = restore_folder(folder, to) if to is not None else _into_store(folder, store_of or Path())
        return _restored(restored, to, as_json=json)


def _backup(path: Path, to: Path | None, *, as_json: bool) -> int:
    settings = settings_in(path, logins=False)
    target = to or settings.backup.folder
    if target is None:
        raise ConfigError(path, ("backup.folder: name a folder there, or give --to",))
    store = store_of(settings)
    require_records(store)
    made = back_up(store, settings, target, utc_now(), lambda: config_files(path, settings))
    return _told(made, as_json=as_json)


def _told(made: Backup, *, as_json: bool) -> int:
    row = {"folder": str(made.folder), "made_at": made.made_at, "head": str(made.head), "bytes": made.bytes}
    if as_json:
        output.print_json([row | {"whole": True}])
    else:
        output.print_lines([f"{made.folder}: whole, checked; history up to {made.head}; {made.bytes:,} bytes"])
    return Exit.OK


def _into_store(folder: Path, settings: Path) -> Restored:
    store = store_of(settings_in(settings, logins=False))
    try:
        return restore_records(folder, store)
    finally:
        store.close()


def _restored(restored: Restored, to: Path | None, *, as_json: bool) -> int:
    if as_json:
        head = str(restored.backup.head)
        output.print_json(
            [{"to": str(to) if to else None, "events": restored.events, "head": head, "files": restored.files}]
        )
        return Exit.OK
    lines = [f"{counted(restored.events, 'event')} and all that belongs to them are back."]
    if to is not None:
        lines.append(f"{to} holds {', '.join(restored.files) or 'no settings'}, var/hoso.sqlite and var/blobs.")
        lines.append(
            "Put passwords and the signing key back; let store.url and store.blobs name these two; hoso check."
        )
    output.print_lines(lines)
    return Exit.OK
