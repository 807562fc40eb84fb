"""The use cases on a real store, in this process: messages are put in by hand, and the clock is the test's own."""

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from dossier.autoreply import OwnIdentity
from dossier.campaign import Campaign
from dossier.limits import DAILY_LIMITS, DailyLimits
from dossier.model import Position, RawMessage, Submission
from hoso.campaigns import example_campaign
from intake.answer import MESSAGE_ID_PREFIX
from intake.judge import Desk, Reader, judge_pending
from intake.policy import JudgingPolicy, WritingPolicy
from intake.receive import keep
from intake.rewrite import rewriting
from intake.send import Post, send_due
from intake.steps import Steps, no_steps
from notifier.envelope import MailIdentity
from notifier.smtp import Security, Sender, SmtpSettings
from notifier.templates import Templates
from parsers.reader import read_message
from store import ledger, outbox
from store.engine import Store
from store.ledger import LedgerEntry
from store.outbox import LetterState, OutgoingLetter
from support.service import ADDRESS, SERVER

_DOMAIN = ADDRESS.partition("@")[2]
IDENTITY = MailIdentity(ADDRESS, "Công đoàn ngành Y tế Đồng Nai", plus_bounces=True)


class Here:
    """Reads as the sandbox does, without its walls."""

    def __init__(self, campaigns: tuple[Campaign, ...]) -> None:
        self._campaigns = campaigns

    def read(self, content: bytes) -> Submission:
        return read_message(content, self._campaigns)


@dataclass
class Office:
    store: Store
    campaigns: tuple[Campaign, ...] = field(default_factory=lambda: (example_campaign(),))
    now: datetime = datetime(2021, 4, 16, 3, tzinfo=UTC)
    limits: DailyLimits = DAILY_LIMITS
    authentication_hosts: tuple[str, ...] = ()
    templates: Templates = field(default_factory=lambda: Templates(None))
    _uid: int = 0

    def passes(self, time: timedelta) -> None:
        self.now += time

    def receives(self, content: bytes, at: datetime | None = None, place: Position | None = None) -> None:
        """Into the store, at the next place of the mailbox or another; received now, or at that time."""
        self._uid += 1
        position = place or Position("office", "INBOX", 1, self._uid)
        source = f"{position.account}/{position.folder}"
        keep([RawMessage(content, source, self.now, position, at or self.now)], self.store)

    def desk(self, reader: Reader | None = None, steps: Steps = no_steps) -> Desk:
        judging = JudgingPolicy(
            campaigns=self.campaigns,
            own=OwnIdentity((ADDRESS,), _DOMAIN, MESSAGE_ID_PREFIX),
            received_hosts=(SERVER,),
            authentication_hosts=self.authentication_hosts,
        )
        writing = WritingPolicy(
            identity=IDENTITY,
            bounces=IDENTITY,
            templates=self.templates,
            message_id_domain=_DOMAIN,
            limits=self.limits,
        )
        read_by = reader or Here(self.campaigns)
        return Desk(self.store, read_by, judging, writing, lambda: self.now, steps=steps)

    def judges(self, reader: Reader | None = None) -> int:
        return judge_pending(self.desk(reader), threading.Event())

    def post(self, port: int, owner: str = "this", steps: Steps = no_steps) -> Post:
        settings = SmtpSettings("127.0.0.1", port, Security.NONE, connect_timeout=5, step_timeout=5, content_timeout=5)
        return Post(
            store=self.store,
            sender=Sender(settings),
            identity=IDENTITY,
            owner=owner,
            clock=lambda: self.now,
            jitter=lambda: 0.0,
            limits=self.limits,
            rewrite=rewriting(self.campaigns, self.desk().writing),
            steps=steps,
        )

    def sends(self, port: int, **changes: object) -> int:
        """Everything that is due, to the relay at that port; `changes` are fields of Post."""
        post = replace(self.post(port), **changes)  # type: ignore[arg-type]
        try:
            return send_due(post, threading.Event())
        finally:
            post.sender.close()

    # --- what came of it ---------------------------------------------------------------------------------------

    def entries(self) -> list[LedgerEntry]:
        with self.store.reading() as conn:
            return ledger.entries(conn)

    def outcomes(self) -> list[str]:
        """'pending' where there is none yet."""
        return [entry.outcome.value if entry.outcome else "pending" for entry in self.entries()]

    def letters(self, state: LetterState | None = None) -> list[OutgoingLetter]:
        """The oldest first."""
        with self.store.reading() as conn:
            return outbox.listed(conn, state=state)[::-1]

    def states(self) -> list[str]:
        return [letter.state.value for letter in self.letters()]
