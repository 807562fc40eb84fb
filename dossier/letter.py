"""What a letter is made from, and what it is: the notifier turns LetterFacts into a Letter, purely."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dossier.campaign import Campaign, Union
from dossier.model import Assessment, Document
from dossier.moments import require_zone


class LetterKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    DEFICIENCY = "deficiency"
    UNVERIFIED_ACKNOWLEDGEMENT = "unverified-acknowledgement"
    """A fixed text to an address that is not known: no dossier number, no history, nothing of the message's text."""
    UNVERIFIED_DEFICIENCY = "unverified-deficiency"
    REMINDER = "reminder"
    """Answers nothing: the deadline comes near, and something is missing."""
    DIGEST = "digest"
    """To staff."""
    BY_HAND = "by-hand"
    """A person's own words."""


UNASKED = frozenset({LetterKind.REMINDER, LetterKind.DIGEST})
"""Written of our own accord: auto-generated, not auto-replied (RFC 3834, 5.1)."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything a letter says. Rendering looks nothing up and asks no clock."""

    kind: LetterKind
    campaign: Campaign
    assessment: Assessment
    recipient: str
    """addr-spec; the letter goes to it and to nobody else."""
    union: Union | None
    dossier_code: str | None
    arrival_number: str | None
    """Số đến: paper and email together, by year."""
    revision: int | None
    message_received_at: datetime
    """Of the message that is answered, by the server's clock."""
    dossier_received_at: datetime | None
    """Of the message that made the dossier complete; None while it is not."""
    documents: tuple[Document, ...]
    """The files of the message that is answered."""
    documents_in_force: tuple[Document, ...]
    """What counts for the dossier as a whole now, from earlier messages too."""
    late_supplement: bool
    """Came after the deadline to a dossier that was complete in time: kept for staff, changes nothing."""
    original_message_id: str | None
    original_references: tuple[str, ...]
    original_subject: str
    written_at: datetime
    paper_received: bool = False
    """A paper copy is there and complete: the letter does not ask for one."""

    def __post_init__(self) -> None:
        require_zone(
            message_received_at=self.message_received_at,
            dossier_received_at=self.dossier_received_at,
            written_at=self.written_at,
        )


@dataclass(frozen=True, slots=True)
class Attachment:
    file: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """Shown within the letter, where its HTML says `cid:NAME` (RFC 2392)."""

    name: str
    """Its Content-ID without angle brackets: `arrivals.TOKEN@domain`, of letters, digits, dots and hyphens."""
    file: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered letter, before it is put into a MIME message."""

    kind: LetterKind
    recipient: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    in_reply_to: str | None
    references: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()
