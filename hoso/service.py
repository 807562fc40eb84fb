"""The service: looks into the mailboxes, judges what came, sends what is due, until it is told to stop."""

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace

import structlog

from hoso.backups import back_up_when_due, config_files
from hoso.folder import Folder, folders_of
from hoso.forgetting import at_night
from hoso.notices import Notices, notices_stage
from hoso.process_identity import is_gone
from hoso.stages import Stage, Timetable
from hoso.strict_yaml import ConfigError
from hoso.systemd import notify, taking_long, watchdog_seconds
from hoso.watch import LOOK, Watch, watching
from hoso.wiring import Parts, desk_of, post_of, utc_now
from ingest.errors import MailboxError
from intake import backlog
from intake.judge import Desk, judge_pending
from intake.send import RELAY_IS_AWAY, Post, send_due, take_back
from intake.steps import Steps, no_steps
from notifier.outcomes import Delivery, Temporary
from parsers.sandbox import SandboxError
from store import ledger
from store.errors import StoreError
from store.signing import KeyFileError

_log = structlog.stdlib.get_logger(__name__)
_OURS = (MailboxError, StoreError, SandboxError)
"""What a round may end with: logged, and tried again at the next one."""
_BACKUP_LOOK = 300.0
"""Seconds between two looks whether a backup is due."""
_RECONCILE_LOOK = 600.0
"""Seconds between two looks whether a folder is to be compared with the ledger."""


class RelayAwayError(Exception):
    """The relay cannot be reached, or refuses to talk: the letters wait, none is to blame."""


def prepare(parts: Parts, *, answer_backlog: bool) -> None:
    """Before the first round: tables of this version; held backlog is released where the administrator says so."""
    with taking_long("upgrading the records", os.environ):
        parts.store.upgrade()
    if parts.settings.smtp.redirect_to is not None:
        _log.warning("TEST MODE: every letter goes to the test address (smtp redirect_to), none to a union")
    if answer_backlog:
        _log.info("backlog answered", letters=backlog.answer_backlog(parts.store, utc_now()))


def run_once(
    parts: Parts, steps: Steps = no_steps, *, answer_backlog: bool = False, stop: threading.Event | None = None
) -> None:
    """One round of everything: receive, judge, send, flag; ends after the step in hand where `stop` is set.

    Raises StoreError, SandboxError, and, when all else is done, the MailboxError of a folder that could not be read, or
    RelayAwayError.
    """
    prepare(parts, answer_backlog=answer_backlog)
    stop, outcomes = stop or threading.Event(), list[Delivery]()
    folders = folders_of(parts, steps, answer_backlog=answer_backlog)
    failed = _look_into(folders, stop)
    unread = _judged(parts, steps, stop)
    if not failed and unread is None:
        Notices(parts, utc_now).look(stop)
    with post_of(parts, steps) as post:
        take_back(post, is_gone)
        send_due(replace(post, delivered=lambda letter, outcome: outcomes.append(outcome)), stop)
    failed += _look_into([one for one in folders if one.account.after.action != "nothing"], stop)
    if unread is not None:
        raise unread
    if failed:
        raise failed[0]
    for outcome in outcomes:
        if isinstance(outcome, Temporary) and outcome.cause in RELAY_IS_AWAY:
            raise RelayAwayError(f"the relay does not take letters, they wait: {outcome.reply.words()}")


def _judged(parts: Parts, steps: Steps, stop: threading.Event) -> SandboxError | None:
    """Judge what is pending; that no reading process starts keeps no letter from going out, so it is told later."""
    if not _is_pending(parts):  # no process has to start for it
        return None
    try:
        with desk_of(parts, steps) as desk:
            judge_pending(desk, stop)
    except SandboxError as error:
        _log.error("nothing is read", error=str(error))
        return error
    return None


def _is_pending(parts: Parts) -> bool:
    with parts.store.reading() as conn:
        return bool(ledger.pending(conn, 1))


def intake_round(desk: Desk, folders: tuple[Folder, ...], stop: threading.Event) -> int:
    """Receive what is new and judge all that is pending; returns how many messages were settled. Raises as `run_once`.

    Letters are in the outbox then.
    """
    failed = _look_into(folders, stop)
    settled = judge_pending(desk, stop)
    if failed:
        raise failed[0]
    return settled


def _look_into(folders: Iterable[Folder], stop: threading.Event) -> list[MailboxError]:
    """One that cannot be read keeps no other from its turn."""
    failed = []
    for folder in folders:
        if stop.is_set():
            break
        try:
            folder.look()
        except MailboxError as error:
            _log.error("folder not read", folder=folder.name, error=str(error))
            failed.append(error)
    return failed


class Service:
    """Runs until `stop` is set; the step in hand is finished then."""

    def __init__(self, parts: Parts, steps: Steps = no_steps, *, answer_backlog: bool = False) -> None:
        self._parts = parts
        self._steps = steps
        self._answer_backlog = answer_backlog

    def run(self, stop: threading.Event, started: Callable[[Desk, Post], tuple[Desk, Post]] | None = None) -> None:
        """`started` may put listeners into the desk and the post. Raises StoreError, SandboxError at the start."""
        prepare(self._parts, answer_backlog=self._answer_backlog)
        with ExitStack() as stack:
            desk = stack.enter_context(desk_of(self._parts, self._steps))
            post = stack.enter_context(post_of(self._parts, self._steps))
            take_back(post, is_gone)
            if started is not None:
                desk, post = started(desk, post)
            self._work(desk, post, stop, stack.enter_context(watching(self._parts, utc_now)))

    def _work(self, desk: Desk, post: Post, stop: threading.Event, watch: Watch) -> None:
        folders = folders_of(self._parts, self._steps, answer_backlog=self._answer_backlog)
        schedule = self._parts.settings.schedule
        timetable = Timetable(threads=2 * (len(folders) + 8))
        send = Stage("send", _guarded("send", lambda: send_due(post, stop)))
        process = Stage("process", _guarded("process", lambda: _process(desk, stop, lambda: timetable.nudge(send))))
        timetable.every(schedule.process_seconds, process)
        timetable.every(schedule.send_seconds, send)
        if self._parts.settings.backup.folder is not None:
            back_up = Stage("backup", _guarded("backup", lambda: _back_up(self._parts)))
            timetable.every(_BACKUP_LOOK, back_up)
        night = Stage("reconcile", _guarded("reconcile", at_night(self._parts, stop, lambda: timetable.nudge(process))))
        timetable.every(_RECONCILE_LOOK, night)
        notices = notices_stage(Notices(self._parts, utc_now, utc_now()), stop, lambda: timetable.nudge(send))
        timetable.every(LOOK / 2, Stage("notices", _guarded("notices", notices)))
        timetable.every(LOOK, Stage("health", _guarded("health", watch.look)))
        watchers = []
        for folder in folders:
            poll = Stage(f"poll {folder.name}", _guarded(folder.name, _look(folder, timetable, process)))
            timetable.every(folder.account.poll, poll)
            if folder.account.idle:
                watchers.append(_watcher(folder, timetable, poll, stop))
        timetable.start()
        for watcher in watchers:
            watcher.start()
        if (every := watchdog_seconds(os.environ, os.getpid())) is not None:
            timetable.every(every, Stage("systemd", lambda: _tell("WATCHDOG=1")))
        _tell("READY=1")
        _log.info("running", folders=[folder.name for folder in folders])
        stop.wait()
        _tell("STOPPING=1")
        _log.info("stopping: the step in hand is finished")
        timetable.stop()
        for watcher in watchers:
            watcher.join()


def _tell(state: str) -> None:
    """To systemd, where it started us; its watchdog ends a service whose timetable stands still."""
    notify(state, os.environ)


def _look(folder: Folder, timetable: Timetable, process: Stage) -> Callable[[], None]:
    return lambda: folder.look(lambda count: timetable.nudge(process))


def _process(desk: Desk, stop: threading.Event, nudge: Callable[[], None]) -> None:
    if judge_pending(desk, stop):
        nudge()


def _back_up(parts: Parts) -> None:
    """Where one is due. What an administrator has to mend is on record, and is tried again."""
    file = parts.settings_file

    def files() -> dict[str, bytes]:
        return config_files(file, parts.settings) if file is not None else {}

    try:
        back_up_when_due(parts.store, parts.settings, parts.campaigns[0].zone, utc_now(), files)
    except (KeyFileError, ConfigError) as error:
        _log.error("no backup", error=str(error))


def _watcher(folder: Folder, timetable: Timetable, poll: Stage, stop: threading.Event) -> threading.Thread:
    watch = (lambda: timetable.nudge(poll), stop)
    return threading.Thread(target=folder.watch, args=watch, name=f"watch {folder.name}", daemon=True)


def _guarded(name: str, work: Callable[[], object]) -> Callable[[], None]:
    """A round that fails for reasons of the outside is logged; the next one tries again."""

    def round_of_work() -> None:
        try:
            work()
        except _OURS as error:
            _log.error("round failed", stage=name, error=str(error))

    return round_of_work
