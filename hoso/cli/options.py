"""Options that several commands share, and what stands behind them."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from hoso import logs
from hoso.settings import Settings, load_settings
from hoso.strict_yaml import ConfigError
from hoso.wiring import Parts, parts_of

DEFAULT_SETTINGS = Path("settings.yaml")

SettingsPath = Annotated[
    Path, typer.Option("--settings", "-s", envvar="HOSO_SETTINGS", help="The settings file.", show_default=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, for other programs.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many lines.")]


def settings_in(path: Path) -> Settings:
    """Read the settings and direct the log by them. Raises ConfigError."""
    if not path.is_file():
        raise ConfigError(path, ("there is no such file: copy settings.example.yaml to it and change what is marked",))
    settings = load_settings(path, os.environ)
    logs.configure(settings.logs, logs.secrets_of(settings), sys.stderr)
    return settings


def parts_in(path: Path) -> Parts:
    """Everything that a command works with. Raises ConfigError, PermanentStoreError."""
    return parts_of(settings_in(path))
