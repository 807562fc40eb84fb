"""What a row of the outbox says, and which step leads from which state to which (P6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from dossier.moments import require_zone


class LetterState(StrEnum):
    QUEUED = "queued"
    """Goes out at `next_attempt_at`."""
    HELD = "held"
    """Written, and kept back until a person or a later step releases it."""
    SENDING = "sending"
    """A process has claimed it; DATA has not begun: after a crash it is safe to send again."""
    DATA_STARTED = "data-started"
    """Durable just before DATA: from here on it may have arrived."""
    SENT = "sent"
    UNKNOWN = "unknown"
    """DATA had begun and no answer came: a person decides; it is not repeated blindly."""
    FAILED = "failed"
    """Refused for good."""
    UNDELIVERED = "undelivered"
    """The relay took it and a report says that it did not arrive."""
    SUPERSEDED = "superseded"
    """Another letter says it too; this one is not sent."""


class Step(StrEnum):
    START_DATA = "start-data"
    SENT = "sent"
    TRY_LATER = "try-later"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    BOUNCED = "bounced"
    HOLD = "hold"
    RELEASE = "release"
    SUPERSEDE = "supersede"


_Q, _H, _S, _D = LetterState.QUEUED, LetterState.HELD, LetterState.SENDING, LetterState.DATA_STARTED
_U, _F = LetterState.UNKNOWN, LetterState.FAILED

STEPS: Mapping[Step, tuple[frozenset[LetterState], LetterState]] = MappingProxyType(
    {
        Step.START_DATA: (frozenset({_S}), _D),
        # an answer that comes after the lease ran out is still the answer, so these lead on from unknown too
        Step.SENT: (frozenset({_D, _U}), LetterState.SENT),
        Step.TRY_LATER: (frozenset({_S, _D, _U}), _Q),
        Step.REFUSED: (frozenset({_S, _D, _U}), _F),
        Step.NO_ANSWER: (frozenset({_D}), _U),
        Step.BOUNCED: (frozenset({_D, _U, LetterState.SENT}), LetterState.UNDELIVERED),
        Step.HOLD: (frozenset({_Q}), _H),
        Step.RELEASE: (frozenset({_H, _F, _U, LetterState.UNDELIVERED}), _Q),
        Step.SUPERSEDE: (frozenset({_Q, _H, _F}), LetterState.SUPERSEDED),
    }
)
"""Step → (states it may start from, state it leads to). No other way leads from state to state but claiming."""

GONE = frozenset({_D, _U, LetterState.SENT, LetterState.UNDELIVERED})
"""What went out or may have: the limits of letters count these."""


@dataclass(frozen=True, slots=True)
class NewLetter:
    key: str
    """What must not be written twice: "SHA256-of-message/kind". The same key gives the letter that is there."""
    message_id: str
    """The letter's own, with angle brackets, unique."""
    kind: str
    recipient: str
    """addr-spec in lower case."""
    subject: str
    mime: bytes
    """The whole message as it goes out, the same on every try."""
    answers: int | None = None
    """Number of the message that it answers."""
    dossier_id: int | None = None
    revision: int | None = None
    held: bool = False
    reason: str = ""
    """Why it is held."""
    sender_key: str = ""
    """Whom the limits count it for (dossier.limits.sender_key); '' stands for the recipient."""
    stranger: bool = False
    """It goes to an address that is not known: after those to unions."""


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    id: int
    key: str
    message_id: str
    answers: int | None
    dossier_id: int | None
    revision: int | None
    kind: str
    recipient: str
    sender_key: str
    """Whom the limits count it for."""
    stranger: bool
    by_hand: bool
    """A person sent it off: no limit holds it."""
    subject: str
    state: LetterState
    reason: str
    """Why it is held, failed, superseded …"""
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    owner: str | None
    """The process that claimed it last."""
    lease_until: datetime | None
    reply: str | None
    """The relay's last words."""
    sent_at: datetime | None
    """When the relay took it; for one that may have gone out, when DATA began."""
    superseded_by: int | None
    new: bool = False
    """This call made the row."""

    def __post_init__(self) -> None:
        require_zone(created_at=self.created_at, next_attempt_at=self.next_attempt_at)

    @property
    def was_put_off(self) -> bool:
        """It did not go out when it was written: the relay put it off, or it was held."""
        return self.next_attempt_at > self.created_at


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """Letters that went out, or may have, since the time asked about, and those queued or being sent now."""

    sender: int
    """To one sender, under whatever form of the address."""
    dossier: int
    """About one dossier; 0 where none was asked about."""
    held: int
    """To that sender, held now."""


@dataclass(frozen=True, slots=True)
class Sendings:
    """Letters that went out, or may have, since the time asked about; counted up to a limit."""

    all: int
    strangers: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """Letters that a process had claimed and left behind."""

    requeued: tuple[int, ...]
    """DATA had not begun: they are sent again."""
    unknown: tuple[int, ...]
    """DATA had begun: a person decides."""


def letter_of(row: Row[Any], *, new: bool = False) -> OutgoingLetter:
    return OutgoingLetter(
        id=row.id,
        key=row.key,
        message_id=row.message_id,
        answers=row.answers,
        dossier_id=row.dossier_id,
        revision=row.revision,
        kind=row.kind,
        recipient=row.recipient,
        sender_key=row.sender_key,
        stranger=row.stranger,
        by_hand=row.by_hand,
        subject=row.subject,
        state=LetterState(row.state),
        reason=row.reason,
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        owner=row.owner,
        lease_until=row.lease_until,
        reply=row.reply,
        sent_at=row.sent_at,
        superseded_by=row.superseded_by,
        new=new,
    )
