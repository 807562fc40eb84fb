"""Alarms: the administrator is told of each complaint once, again while it lasts, and when it is over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import uuid4

import structlog

from dossier.health import Complaint
from notifier.envelope import Envelope, MailIdentity
from notifier.notice import Notice, compose_notice
from notifier.outcomes import Delivery, Permanent, Temporary
from notifier.smtp import Sender
from store import alarms
from store.alarms import Claimed
from store.engine import Store
from store.errors import StoreError

_log = structlog.stdlib.get_logger(__name__)

_TEXTS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType(
    {
        "vi": (
            "[Hoso] Cảnh báo",
            "[Hoso] Đã trở lại bình thường",
            "Các cảnh báo sau đã hết:",
            "Thư tự động của chương trình tiếp nhận hồ sơ. Xem tình trạng bằng lệnh: hoso health",
        ),
        "en": (
            "[Hoso] Alarm",
            "[Hoso] All clear",
            "These complaints are over:",
            "An automatic mail of the dossier intake. For its state run: hoso health",
        ),
    }
)
"""Locale → subject of an alarm, subject and first line of the all-clear, last line of both."""


@dataclass(frozen=True, slots=True)
class AlarmPolicy:
    recipient: str
    identity: MailIdentity
    domain: str
    """Of the Message-IDs."""
    locale: str
    repeat: timedelta
    most: int
    """Mails in a day."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """Tells of complaints, by what the store says was told before."""

    store: Store
    policy: AlarmPolicy
    connect: Callable[[], Sender]
    told: dict[str, datetime] = field(default_factory=dict)
    """What this process told while no claim could be kept."""

    def tell(self, complaints: Sequence[Complaint], now: datetime) -> int:
        """Send what is to be told; returns how many mails the relay took. One that it did not is tried next time.

        Where the store cannot be written (a full disk is the very thing to tell of) this process keeps to the same rule
        by itself: with two services there may then be two mails.
        """
        by_key = {one.key: one for one in complaints}
        try:
            with self.store.writing() as tx:
                alarms.told_meanwhile(tx, self.told)
                details = {key: one.en for key, one in by_key.items()}
                claimed = alarms.claim(tx, details, now, self.policy.repeat, self.policy.most)
        except StoreError as error:
            _log.error("alarms are not on record", error=str(error))
            return self._tell_anyway(by_key, now)
        self.told.clear()
        return sum(self._sent(mail, by_key, now) for mail in claimed)

    def _tell_anyway(self, by_key: Mapping[str, Complaint], now: datetime) -> int:
        fresh = [key for key in by_key if key not in self.told or abs(now - self.told[key]) >= self.policy.repeat]
        sent = 0
        for key in fresh[: self.policy.most]:
            outcome = self._delivered((key,), by_key, now, over=False)
            if not isinstance(outcome, Temporary):
                self.told[key] = now
                sent += 1
        return sent

    def _sent(self, mail: Claimed, by_key: Mapping[str, Complaint], now: datetime) -> bool:
        outcome = self._delivered(mail.keys, by_key, now, over=mail.over)
        if not isinstance(outcome, Temporary):
            return not isinstance(outcome, Permanent)
        with self.store.writing() as tx:
            alarms.take_back(tx, mail)
        return False

    def _delivered(
        self, keys: Sequence[str], by_key: Mapping[str, Complaint], now: datetime, *, over: bool
    ) -> Delivery:
        """One conversation for one mail: there are few."""
        policy = self.policy
        content = compose_notice(
            _notice(policy, keys, by_key, over=over),
            policy.identity,
            f"<hoso-alarm.{uuid4().hex}@{policy.domain}>",
            now,
        )
        with self.connect() as sender:
            outcome = sender.deliver(content, Envelope(policy.identity.address, policy.recipient), lambda: None)
        log = _log.error if isinstance(outcome, Permanent | Temporary) else _log.warning
        log("all clear" if over else "alarm", causes=list(keys), outcome=type(outcome).__name__.lower())
        return outcome


def _notice(policy: AlarmPolicy, keys: Sequence[str], by_key: Mapping[str, Complaint], *, over: bool) -> Notice:
    alarm, clear, ended, last = _TEXTS[policy.locale]
    if over:
        return Notice(policy.recipient, f"{clear}: {', '.join(keys)}", (ended, *keys, last))
    said = tuple(by_key[key].said(policy.locale) for key in keys)
    return Notice(policy.recipient, f"{alarm}: {', '.join(keys)}", (*said, last))
