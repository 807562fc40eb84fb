"""Options that several commands share, and what stands behind them."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dossier.campaign import Campaign
from hoso import logs
from hoso.cli.output import error_console
from hoso.settings import Settings, load_settings
from hoso.strict_yaml import ConfigError
from hoso.wiring import Parts, parts_of
from store import dossiers
from store.engine import Store
from store.errors import PermanentStoreError

DEFAULT_SETTINGS = Path("settings.yaml")

SettingsPath = Annotated[
    Path, typer.Option("--settings", "-s", envvar="HOSO_SETTINGS", help="The settings file.", show_default=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, for other programs.")]
CampaignKey = Annotated[str, typer.Option("--campaign", help="Key of the campaign; without it the only one there is.")]
Which = Annotated[str, typer.Argument(help="A dossier code (SK39-007) or a union's code (BVND).")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many lines.")]


def settings_in(path: Path, *, json_log: bool = False, logins: bool = True) -> Settings:
    """Read the settings and direct the log by them. Raises ConfigError.

    Who only looks or decides may have no right to the service's log: what they do logs goes to the terminal then.
    """
    if not path.is_file():
        raise ConfigError(path, ("there is no such file: copy settings.example.yaml to it and change what is marked",))
    settings = load_settings(path, os.environ, logins=logins)
    told = settings.logs.model_copy(update={"json_lines": True}) if json_log else settings.logs
    try:
        logs.configure(told, logs.secrets_of(settings), sys.stderr)
    except OSError as error:
        why = f"{told.file} cannot be written ({error.strerror or error})"
        if logins:
            raise ConfigError(path, (f"logs.file: {why}: give this user the right to, or name another file",)) from None
        error_console().print(f"{why}: what this command logs stands here", markup=False, soft_wrap=True)
        logs.configure(told.model_copy(update={"file": None}), logs.secrets_of(settings), sys.stderr)
    return settings


def records_in(path: Path) -> Parts:
    """The same for commands that only look: what they look at has to be there. Raises PermanentStoreError.

    They log in nowhere, so they ask for no password of a server.
    """
    parts = parts_of(settings_in(path, logins=False))
    require_records(parts.store)
    return parts


def require_records(store: Store) -> None:
    """Raises PermanentStoreError where the store is not set up, or by another version of the program."""
    if store.is_up_to_date():
        return
    version, expected = store.version(), store.expected_version()
    if version is None:
        raise PermanentStoreError("nothing is recorded yet: the first `hoso run` sets the store up")
    raise PermanentStoreError(
        f"the store is of version {version}, the program of {expected}: `hoso run` brings it up to date"
    )


def parts_in(path: Path, *, json_log: bool = False, logins: bool = True) -> Parts:
    """Everything that a command works with. Raises ConfigError, PermanentStoreError.

    `logins`: whether it logs in anywhere; without, passwords may be absent.
    """
    return replace(parts_of(settings_in(path, json_log=json_log, logins=logins)), settings_file=path)


def campaign_of(parts: Parts, key: str) -> Campaign:
    """The campaign that a command is about. Raises BadParameter where it cannot be told."""
    found = [one for one in parts.campaigns if key in ("", one.key)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(one.key for one in parts.campaigns)
    raise typer.BadParameter(f"say which campaign is meant with --campaign: {known}")


def campaign_of_dossier(parts: Parts, key: str, which: str) -> Campaign:
    """The campaign of the dossier with that code, which tells it; of anything else as `campaign_of`.

    Raises BadParameter, also where another campaign is named than the dossier's.
    """
    with parts.store.reading() as conn:
        found = dossiers.by_code(conn, which) or dossiers.by_code(conn, which.upper())
    of_it = next((one for one in parts.campaigns if found and one.key == found.campaign), None)
    if of_it and key not in ("", of_it.key):
        raise typer.BadParameter(f"{which} is a dossier of {of_it.key}, not of {key}: leave --campaign out")
    return of_it or campaign_of(parts, key)
