"""The digest and the reminders of one installation: what the timetable of the service writes of its own accord."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from dossier.reminders import Plan
from hoso.audit import head_now
from hoso.digest_settings import time_of
from hoso.health import condition
from hoso.settings import Settings
from hoso.wiring import Parts
from intake.digest import Beside
from intake.remind import remind
from intake.send_digest import DigestPolicy, slot_due, write_due
from notifier.templates import LetterTemplateError
from store import ledger, polls
from store.signing import KeyFileError, SigningKey, load_key

_log = structlog.stdlib.get_logger(__name__)
_WAIT = timedelta(minutes=10)
"""A digest waits so long for the mail to be read, then it goes out as things stand and says what is wrong."""
_RECENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Notices:
    """Nothing is kept in memory between two looks: what was written stands in the store, each slot once."""

    parts: Parts
    clock: Callable[[], datetime]
    running_since: datetime | None = None
    """Of the service; None for a single round, in which the mail was just read."""

    def look(self, stop: threading.Event) -> int:
        """Write what is due: reminders, then digests, so that a digest tells of both. Returns how many letters.

        A reminder waits until all mail is read: what a union sent while the service was down may be among it.
        Raises StoreError.
        """
        settled = self._mail_is_read()
        written = self._remind() if settled else 0
        policy = digest_policy(self.parts.settings)
        for campaign in self.parts.campaigns:
            now = self.clock()
            slot = slot_due(self.parts.store, campaign, policy, now)
            if stop.is_set() or slot is None:
                continue
            if settled or now - max(slot, self.running_since or slot) >= _WAIT:
                told = beside(self.parts, now, self.running_since)
                written += len(write_due(self.parts.store, campaign, policy, self.parts.writing, now, told))
        return written

    def _remind(self) -> int:
        parts = self.parts
        try:
            found = remind(parts.store, parts.campaigns, plan_of(parts.settings), parts.writing, self.clock)
        except LetterTemplateError as error:
            _log.error("nobody is reminded", error=str(error))
            return 0
        return sum(len(one.letters) for one in found)

    def _mail_is_read(self) -> bool:
        """Every folder was looked into just now, by this service, and all that came is judged."""
        now = self.clock()
        with self.parts.store.reading() as conn:
            if ledger.pending(conn, 1):
                return False
            if self.running_since is None:
                return True
            for mailbox in self.parts.settings.mailboxes:
                oldest = max(self.running_since, now - max(_RECENT, 3 * timedelta(seconds=mailbox.poll_seconds)))
                for folder in mailbox.folders:
                    looked = polls.latest(conn, f"{mailbox.name}/{folder}")
                    if looked is None or looked[0] < oldest:
                        return False
        return True


def notices_stage(notices: Notices, stop: threading.Event, nudge: Callable[[], None]) -> Callable[[], None]:
    """One look of the timetable; `nudge` sends what it wrote. Raises as `look`."""

    def look() -> None:
        if notices.look(stop):
            nudge()

    return look


def digest_policy(settings: Settings) -> DigestPolicy:
    own = settings.digest
    return DigestPolicy(own.recipients, time_of(own.hour), own.locale, own.register_attached)


def plan_of(settings: Settings) -> Plan:
    return Plan(settings.reminders.days_before, time_of(settings.reminders.hour))


def beside(parts: Parts, now: datetime, running_since: datetime | None = None) -> Beside:
    """The head of the history, signed where there is a key that can be read, and what is wrong with the service.

    Raises StoreError.
    """
    head = head_now(parts.store, _key(parts.settings), now).text
    return Beside(head, condition(parts, now, running_since).complaints, plan_of(parts.settings))


def _key(settings: Settings) -> SigningKey | None:
    """A digest without a signature is better than none."""
    path = settings.audit.signing_key
    try:
        return load_key(path) if path is not None else None
    except KeyFileError as error:
        _log.error("the head in the digest is not signed", error=str(error))
        return None
