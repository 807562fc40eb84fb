"""What the use cases need of the settings, handed in once and passed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from dossier.autoreply import OwnIdentity
from dossier.campaign import Campaign
from dossier.deadline import TOLERANCE
from dossier.letter import Attachment
from dossier.limits import DAILY_LIMITS, DailyLimits
from notifier.envelope import MailIdentity
from notifier.templates import Templates


@dataclass(frozen=True, slots=True)
class JudgingPolicy:
    """By what messages are judged."""

    campaigns: tuple[Campaign, ...]
    own: OwnIdentity
    received_hosts: tuple[str, ...] = ()
    """Our receiving servers, as they name themselves in Received: only theirs are believed (P3)."""
    authentication_hosts: tuple[str, ...] = ()
    """Our servers, as they name themselves in Authentication-Results (RFC 8601)."""
    tolerance: timedelta = TOLERANCE


@dataclass(frozen=True, slots=True)
class WritingPolicy:
    """How letters are written."""

    identity: MailIdentity
    """Who signs: From, Reply-To and the loop header."""
    bounces: MailIdentity
    """Whose address is the envelope sender, where undeliverable letters come back to."""
    templates: Templates
    message_id_domain: str
    locale: str = "vi"
    blank_forms: Mapping[str, Attachment] = field(default_factory=dict)
    """Campaign key → the form that goes along with a deficiency letter."""
    limits: DailyLimits = DAILY_LIMITS
    """Letters a day."""
