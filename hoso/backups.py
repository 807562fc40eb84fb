"""Backups of an installation: what goes into one beside the records, when the next is due, which are kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import structlog

from hoso.campaigns import CampaignFile
from hoso.record_settings import Backup as BackupSettings
from hoso.settings import EXAMPLE_CAMPAIGN, Settings
from hoso.strict_yaml import ConfigError, read_model
from store import backup, backup_runs
from store.backup import Backup
from store.backup_runs import BackupRun
from store.carried_head import carry
from store.engine import Store
from store.errors import StoreError
from store.signing import KeyFileError, load_key

_log = structlog.stdlib.get_logger(__name__)
_AFTER_FAILURE = timedelta(hours=1)
_Item = TypeVar("_Item")


def config_files(path: Path, settings: Settings) -> dict[str, bytes]:
    """The settings file, campaigns with their rosters, own templates: name in the backup → content.

    None of them holds a secret: the settings refuse one, and files of passwords and keys are not among them.
    Raises ConfigError.
    """
    found = {"settings.yaml": _read(path)}
    base = path.resolve().parent
    for name in settings.campaigns:
        if name != EXAMPLE_CAMPAIGN:
            roster = Path(name).parent / read_model(Path(name), CampaignFile, {}).roster
            found |= {_name(file, base): _read(file) for file in (Path(name), roster)}
    templates = settings.letters.templates
    if templates is not None:
        found |= {_name(file, base): _read(file) for file in sorted(templates.rglob("*")) if file.is_file()}
    return found


def back_up(
    store: Store, settings: Settings, to: Path, now: datetime, files: Callable[[], Mapping[str, bytes]]
) -> Backup:
    """Make one, check it, and record what became of it: failures, too. Raises StoreError, KeyFileError, ConfigError."""
    run = BackupRun(now, now, f"{now.astimezone(UTC):hoso-%Y%m%dT%H%M%SZ}", None, None)
    try:
        key = load_key(settings.audit.signing_key) if settings.audit.signing_key else None
        made = backup.make(store, to, now, files(), lambda head: carry(head, now, key).text)
    except (StoreError, KeyFileError, ConfigError) as error:
        _record(store, BackupRun(run.started_at, _now(), run.name, None, None, str(error) or type(error).__name__))
        raise
    _record(store, BackupRun(run.started_at, _now(), run.name, made.head, made.bytes))
    return made


def back_up_when_due(
    store: Store, settings: Settings, zone: str, now: datetime, files: Callable[[], Mapping[str, bytes]]
) -> Backup | None:
    """The service's own, once a day; then those that are too many go. Raises as `back_up`."""
    to = settings.backup.folder
    if to is None:
        return None
    with store.reading() as conn:
        good, bad = backup_runs.latest(conn, sound=True), backup_runs.latest(conn, sound=False)
    if not is_due(settings.backup.hour, zone, now, good.started_at if good else None, bad.started_at if bad else None):
        return None
    made = back_up(store, settings, to, now, files)
    for folder in too_many(backup.backups_in(to), settings.backup, zone):
        backup.remove(folder)
    _log.info("backup made", name=made.folder.name, head=str(made.head), bytes=made.bytes)
    return made


def is_due(hour: int, zone: str, now: datetime, good: datetime | None, bad: datetime | None) -> bool:
    """No good one since the hour was last reached, and an hour has passed since one that failed.

    So a machine that slept over the hour makes one when it wakes.
    """
    here = now.astimezone(ZoneInfo(zone))
    reached = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    since = reached if reached <= here else reached - timedelta(days=1)
    return (good is None or good < since) and (bad is None or bad <= now - _AFTER_FAILURE)


def too_many(folders: Iterable[Path], settings: BackupSettings, zone: str) -> list[Path]:
    """Those that are not the newest of one of the last days, weeks or months that have one."""
    made = {folder: backup.describe(folder).made_at.astimezone(ZoneInfo(zone)) for folder in folders}
    newest = sorted(made, key=lambda folder: made[folder], reverse=True)
    kept = {
        *_first(newest, settings.keep_daily, lambda folder: made[folder].date()),
        *_first(newest, settings.keep_weekly, lambda folder: made[folder].isocalendar()[:2]),
        *_first(newest, settings.keep_monthly, lambda folder: (made[folder].year, made[folder].month)),
    }
    return [folder for folder in reversed(newest) if folder not in kept]


def _first(newest: list[_Item], count: int, group: Callable[[_Item], object]) -> Iterator[_Item]:
    seen = set[object]()
    for one in newest:
        if group(one) not in seen and len(seen) < count:
            seen.add(group(one))
            yield one


def _record(store: Store, run: BackupRun) -> None:
    with store.writing() as tx:
        backup_runs.record(tx, run)


def _now() -> datetime:
    return datetime.now(UTC)


def _name(file: Path, base: Path) -> str:
    """Where it lay beside the settings; what lay elsewhere comes under `elsewhere/`, with its whole path."""
    whole = file.resolve()
    return str(whole.relative_to(base)) if whole.is_relative_to(base) else f"elsewhere/{str(whole).lstrip('/')}"


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(file, (f"cannot be read: {error.strerror}",)) from None
