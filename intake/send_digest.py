"""The digest as a mail: written into the outbox with a row for its slot, sent like any letter (P6)."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from dossier.campaign import Campaign
from dossier.deadline import deadline_in_force
from dossier.digest import Digest, due_slot, last_slot, told_since
from dossier.letter import Attachment, Letter, LetterKind, Picture
from intake.answer import message_id_of, token_of
from intake.digest import Beside, digest
from intake.policy import WritingPolicy
from intake.register import register_rows
from notifier.digest import Chart, RenderedDigest, digest_words, render_digest
from notifier.mime import compose
from reports.charts import arrivals_chart
from reports.register import MEDIA_TYPE, Heading, register_xlsx
from store import deadlines, digests, outbox
from store.digests import NewDigest
from store.engine import Store
from store.outbox import NewLetter, OutgoingLetter

_log = structlog.stdlib.get_logger(__name__)
_LARGEST = 5 << 20
"""Bytes of a register that still goes along: base64 makes a third more of it, and mailboxes refuse 10 MB and less."""
SENDER_KEY = "digest"
"""Whom the limits count it for: nobody who writes to us, so that staff who do are answered."""


@dataclass(frozen=True, slots=True)
class DigestPolicy:
    """The settings."""

    recipients: tuple[str, ...]
    hour: time
    """In the campaign's zone."""
    locale: str
    register_attached: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """A digest with what goes along: ready to be sent, or to be looked at."""

    found: Digest
    chart: bytes
    register: Attachment | None
    words: Mapping[str, Any]
    locale: str
    chart_height: int = 0
    """Of the chart as wide as it is shown, in pixels."""

    def page(self) -> RenderedDigest:
        """With the chart in it, for a file."""
        return self._rendered(f"data:image/png;base64,{base64.b64encode(self.chart).decode('ascii')}")

    def mail(self, content_id: str) -> RenderedDigest:
        """With the chart as a part of the mail."""
        return self._rendered(f"cid:{content_id}")

    def _rendered(self, chart_src: str) -> RenderedDigest:
        file = self.register.file if self.register is not None else ""
        chart = Chart(chart_src, self.chart_height) if self.chart else None
        return render_digest(self.found, self.locale, chart=chart, register=file)


def slot_due(store: Store, campaign: Campaign, policy: DigestPolicy, now: datetime) -> datetime | None:
    """The slot that a digest has to be written for now; None where there is none, or nobody to read it."""
    if not policy.recipients:
        return None
    with store.reading() as conn:
        slot = _slot(campaign, deadline_in_force(campaign, deadlines.in_campaign(conn, campaign.key)).at, policy, now)
        last = digests.latest(conn, campaign.key, now)
        return (
            slot if due_slot(last.until if last else None, slot) and not digests.has(conn, campaign.key, slot) else None
        )


def since_last(store: Store, campaign: Campaign, policy: DigestPolicy, now: datetime) -> datetime:
    """From when on a digest of now tells: where one was sent, from the last on; else since the last hour of digests."""
    with store.reading() as conn:
        last = digests.latest(conn, campaign.key, now)
        deadline = deadline_in_force(campaign, deadlines.in_campaign(conn, campaign.key)).at
    slot = _slot(campaign, deadline, policy, now)
    return told_since(last.until, slot, campaign.opens_at) if last is not None else slot


def bind(
    store: Store, campaign: Campaign, since: datetime, now: datetime, policy: DigestPolicy, beside: Beside
) -> Bound:
    """Gather the digest, draw its chart, fill in the register. Raises StoreError."""
    found, words = digest(store, campaign, since, now, beside), digest_words(policy.locale)
    drawn = arrivals_chart(found.arrivals, words["chart"]) if found.arrivals is not None else None
    height = round(Chart.width * drawn.height / drawn.width) if drawn is not None else 0
    register = _register(store, campaign, now, words) if policy.register_attached else None
    return Bound(found, drawn.png if drawn is not None else b"", register, words, policy.locale, height)


def write_due(
    store: Store,
    campaign: Campaign,
    policy: DigestPolicy,
    writing: WritingPolicy,
    now: datetime,
    beside: Beside,
) -> list[OutgoingLetter]:
    """Write the digest of the slot that is due, once, whoever else is at it; it tells all since the last one.

    Raises StoreError.
    """
    slot = slot_due(store, campaign, policy, now)
    if slot is None:
        return []
    with store.reading() as conn:
        last = digests.latest(conn, campaign.key, now)
    since = told_since(last.until if last is not None else None, slot, campaign.opens_at)
    new = NewDigest(campaign.key, slot.astimezone(UTC), since.astimezone(UTC), now)
    return _write(store, bind(store, campaign, since, now, policy, beside), new, campaign, policy, writing)


def write_now(
    store: Store, campaign: Campaign, policy: DigestPolicy, writing: WritingPolicy, now: datetime, beside: Beside
) -> list[OutgoingLetter]:
    """One that a person asks for: beside those of the timetable, it takes the place of none. Raises StoreError."""
    since = since_last(store, campaign, policy, now)
    new = NewDigest(campaign.key, now, since.astimezone(UTC), now, scheduled=False)
    return _write(store, bind(store, campaign, since, now, policy, beside), new, campaign, policy, writing)


def _slot(campaign: Campaign, deadline: datetime, policy: DigestPolicy, now: datetime) -> datetime:
    return last_slot(now, deadline, ZoneInfo(campaign.zone), policy.hour)


def _register(store: Store, campaign: Campaign, now: datetime, words: Mapping[str, Any]) -> Attachment | None:
    with store.reading() as conn:
        rows = register_rows(conn, campaign, now)
    heading = Heading(campaign.organisation, campaign.name, now, ZoneInfo(campaign.zone))
    content = register_xlsx(rows, heading, words)
    if len(content) > _LARGEST:
        _log.warning("the register is too large for a mail", bytes=len(content))
        return None
    return Attachment(words["register"]["file"], MEDIA_TYPE, content)


def _write(
    store: Store, bound: Bound, new: NewDigest, campaign: Campaign, policy: DigestPolicy, writing: WritingPolicy
) -> list[OutgoingLetter]:
    """The row of the slot and the letters in one transaction; nothing where another process was first."""
    key = f"digest/{campaign.key}/{new.slot.astimezone(UTC):%Y%m%dT%H%M%S.%f}"
    picture = Picture(f"arrivals.{token_of(key)}@{writing.message_id_domain}", "arrivals.png", "image/png", bound.chart)
    rendered = bound.mail(picture.name)
    letters = [
        _letter(f"{key}/{to}", bound, rendered, picture, campaign, to, writing, new.until) for to in policy.recipients
    ]
    with store.writing() as tx:
        if digests.has(tx, campaign.key, new.slot):
            return []
        number = digests.record(tx, new, len(letters))
        written = [outbox.enqueue(tx, one, new.until) for one in letters]
    _log.info("digest written", digest=number, campaign=campaign.key, letters=len(written))
    return written


def _letter(
    key: str,
    bound: Bound,
    rendered: RenderedDigest,
    picture: Picture,
    campaign: Campaign,
    to: str,
    writing: WritingPolicy,
    now: datetime,
) -> NewLetter:
    letter = Letter(
        kind=LetterKind.DIGEST,
        recipient=to,
        subject=f"[{campaign.code_prefix}] {rendered.subject}",
        text=rendered.text,
        html=rendered.html,
        attachments=(bound.register,) if bound.register is not None else (),
        in_reply_to=None,
        references=(),
        pictures=(picture,) if bound.chart else (),
    )
    token = token_of(key)
    message_id = message_id_of(token, writing)
    return NewLetter(
        key=f"digest/{campaign.key}/{token}",  # no address stands in a key
        message_id=message_id,
        kind=letter.kind.value,
        recipient=to,
        subject=letter.subject,
        mime=compose(letter, writing.identity, message_id, now),
        sender_key=SENDER_KEY,
    )
