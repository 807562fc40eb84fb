"""Answer: the letter that goes with a record, written in the same transaction and sent later (P6)."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.composition import DossierState
from dossier.findings import deficiencies
from dossier.letter import Attachment, LetterFacts, LetterKind
from dossier.limits import Limit, over_its_own, sender_key
from dossier.model import Assessment, Reply, Submission
from dossier.recognition import is_dossier_like
from dossier.reply import letter_by_hand, letter_kind
from dossier.rulings import as_told
from intake.dispatch import DAY
from intake.policy import WritingPolicy
from notifier.envelope import AddressError, addr_spec
from notifier.letters import render
from notifier.mime import compose
from notifier.view import UNVERIFIED
from store import letter_counts, outbox, paper, readings
from store.dossiers import Dossier
from store.letter_row import LetterCounts
from store.outbox import LetterState, NewLetter, OutgoingLetter
from store.revisions import Revision

_log = structlog.stdlib.get_logger(__name__)
BACKLOG, DAILY_LIMIT, NOT_AUTHENTIC = "backlog", Limit.SENDER.value, "sender-not-authentic"
"""Why a letter is held: it waits for `--answer-backlog`, for the next day, or for a person: our own server says that it
was not this address that wrote, so a letter would go to somebody who has nothing to do with it."""
SUPPRESSED = "answer-suppressed"
"""Why a letter is held: the message is marked as a machine's, or asks for no answer; a person can send it all the same
(FAULTS.md 5)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a letter rests on: a message judged alone, and the dossier where it joined one."""

    submission: Submission
    message_id: int
    received_at: datetime | None
    alone: Assessment
    campaign: Campaign
    backlog: bool = False
    forged: bool = False
    """Our own server says that the address is not known to have sent it, and it is nobody's of the roster."""
    dossier: Dossier | None = None
    revision: Revision | None = None
    state: DossierState | None = None
    new_files: bool = False
    paper: bool = False
    """A complete paper copy of the dossier was recorded."""


def answer(tx: Connection, ground: Ground, writing: WritingPolicy, now: datetime) -> OutgoingLetter | None:
    """Write the letter that answers a message, where one goes out at all; held where it may not go out yet."""
    told = ground.state.assessment if ground.state else None
    kind = letter_by_hand(ground.alone, told) if _is_suppressed(ground) else letter_kind(ground.alone, told)
    recipient = recipient_of(ground.submission) if kind else None
    if kind is None or recipient is None:
        return None
    key = f"{ground.submission.sha256}/answer"
    before = outbox.find(tx, key) if ground.dossier is not None else None
    if before is None or before.dossier_id is not None:
        return _write(tx, key, ground, kind, recipient, writing, now)
    # it waited and was answered as a stranger's; now its sender is known
    written = _write(tx, f"{ground.submission.sha256}/joined", ground, kind, recipient, writing, now)
    outbox.supersede(tx, before.id, now, reason="its sender is known now", superseded_by=written.id)
    return written


def _is_suppressed(ground: Ground) -> bool:
    """Whether a dossier gets no answer by itself for the marks of its message alone (FAULTS.md 5)."""
    if ground.alone.reply is not Reply.NONE:
        return False
    return ground.alone.known_sender or is_dossier_like(ground.submission, ground.campaign)


def verdict_changed(
    tx: Connection,
    message_id: int,
    dossier: Dossier,
    revised: Revision,
    state: DossierState,
    campaign: Campaign,
    writing: WritingPolicy,
    now: datetime,
    *,
    backlog: bool,
    to: str | None = None,
) -> OutgoingLetter | None:
    """Tell the union that its dossier, judged again, stands otherwise; `message_id` is the message that is answered.

    `backlog`: what made the change was there before the service was (P7). `to`: an address of the union's, where the
    message was sent by somebody else; then the letter answers nothing.
    """
    read = readings.latest(tx, message_id)
    if read is None:
        return None
    submission = read.submission if to is None else _unanswered(read.submission)
    ground = Ground(
        submission=submission,
        message_id=message_id,
        received_at=revised.assessment.received_at,
        alone=state.assessment,
        campaign=campaign,
        backlog=backlog,
        dossier=dossier,
        revision=revised,
        state=state,
        new_files=True,
        paper=paper.is_received(tx, dossier.id),
    )
    kind = letter_kind(state.assessment, state.assessment)
    recipient = (to or recipient_of(submission)) if kind else None
    if kind is None or recipient is None:
        return None
    return _write(tx, f"{dossier.code}/revision-{revised.number}", ground, kind, recipient, writing, now)


def _unanswered(submission: Submission) -> Submission:
    """Without what would tie a letter to the thread of somebody else."""
    return replace(submission, message_id=None, references=(), subject="")


def message_id_of(token: str, writing: WritingPolicy) -> str:
    """Message-ID of the letter that a token names; the envelope's return address carries the same token."""
    return f"<{MESSAGE_ID_PREFIX}{token}@{writing.message_id_domain}>"


MESSAGE_ID_PREFIX = "hoso-"


def token_of(key: str) -> str:
    """What names a letter in its Message-ID and its return address: of the key, so the same on every try."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def recipient_of(submission: Submission) -> str | None:
    """The sender's own address and no other: Reply-To may be a third party's (see SECURITY.md)."""
    try:
        return addr_spec(submission.sender.address or "")
    except AddressError:
        _log.warning("no address that an answer can go to", message=submission.sha256)
        return None


def _write(
    tx: Connection,
    key: str,
    ground: Ground,
    kind: LetterKind,
    recipient: str,
    writing: WritingPolicy,
    now: datetime,
) -> OutgoingLetter:
    counts = letter_counts.counts(tx, sender_key(recipient), ground.dossier.id if ground.dossier else None, now - DAY)
    new = new_letter(key, ground, kind, recipient, writing, now, _why_held(ground, counts, writing))
    written = outbox.enqueue(tx, new, now)
    if written.new and counts.held:
        _draw_together(tx, written, now)
    return written


def _forms(ground: Ground, kind: LetterKind, writing: WritingPolicy) -> tuple[Attachment, ...]:
    """The blank form goes along where something has to be mended; one who is merely late has nothing to fill in."""
    assessment = as_told(ground.state.assessment if ground.state else ground.alone)
    mends = kind in (LetterKind.DEFICIENCY, LetterKind.UNVERIFIED_DEFICIENCY) and bool(
        deficiencies(assessment.findings)
    )
    form = writing.blank_forms.get(ground.campaign.key)
    return (form,) if form and mends else ()


def new_letter(
    key: str, ground: Ground, kind: LetterKind, recipient: str, writing: WritingPolicy, now: datetime, held: str = ""
) -> NewLetter:
    """The letter, rendered and composed; `held` says why it is, where it is."""
    facts = _facts(ground, kind, recipient, now)
    letter = render(facts, writing.templates, writing.locale, _forms(ground, kind, writing))
    message_id = message_id_of(token_of(key), writing)
    return NewLetter(
        key=key,
        message_id=message_id,
        kind=letter.kind.value,
        recipient=letter.recipient,
        subject=letter.subject,
        mime=compose(letter, writing.identity, message_id, now),
        answers=ground.message_id,
        dossier_id=ground.dossier.id if ground.dossier else None,
        revision=ground.revision.number if ground.revision else None,
        held=bool(held),
        reason=held,
        sender_key=sender_key(letter.recipient),
        stranger=kind in UNVERIFIED,
    )


def _why_held(ground: Ground, counts: LetterCounts, writing: WritingPolicy) -> str:
    """'' where the letter may go out (P7; DESIGN.md, "Letters are limited")."""
    # what waits for a person comes first: the word to answer the backlog is none on these
    if ground.forged:
        return NOT_AUTHENTIC
    if _is_suppressed(ground):
        return SUPPRESSED
    if ground.backlog:
        return BACKLOG
    known = ground.alone.known_sender
    over = over_its_own(counts.sender, counts.dossier, known, ground.new_files, writing.limits)
    return "" if over is None else over.value


def _draw_together(tx: Connection, written: OutgoingLetter, now: datetime) -> None:
    """A newer letter on the same dossier says all that the held ones would have said.

    One that waits for a person takes the place of its like alone: it may have to wait for long.
    """
    for older in outbox.listed(tx, state=LetterState.HELD, recipient=written.recipient):
        if older.kind == LetterKind.BY_HAND.value:
            continue  # a person's own words are said by no other letter
        waits_as_long = written.reason in ("", *Limit) or older.reason == written.reason
        if older.id != written.id and older.dossier_id == written.dossier_id and waits_as_long:
            outbox.supersede(tx, older.id, now, reason="drawn together", superseded_by=written.id)


def _facts(ground: Ground, kind: LetterKind, recipient: str, now: datetime) -> LetterFacts:
    state, dossier, submission = ground.state, ground.dossier, ground.submission
    assessment = as_told(state.assessment if state else ground.alone)
    return LetterFacts(
        kind=kind,
        campaign=ground.campaign,
        assessment=assessment,
        recipient=recipient,
        union=ground.campaign.roster.by_code(assessment.union) if assessment.union else None,
        dossier_code=dossier.code if dossier else None,
        arrival_number=f"{dossier.arrival_number}/{dossier.arrival_year}" if dossier else None,
        revision=ground.revision.number if ground.revision else None,
        message_received_at=ground.received_at or now,
        dossier_received_at=state.completed_at if state else None,
        documents=submission.documents,
        documents_in_force=tuple(placed.document for placed in state.in_force.values()) if state else (),
        late_supplement=state is not None and submission.sha256 in state.late_supplements,
        original_message_id=submission.message_id,
        original_references=submission.references,
        original_subject=submission.subject,
        written_at=now,
        paper_received=ground.paper,
    )
