"""Rewrite: a letter that was put off while its dossier went on is written anew, with what is true now."""

from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.reply import letter_kind
from intake.answer import Ground, new_letter, recipient_of
from intake.composing import compose_dossier
from intake.crosschecks import cross_check
from intake.dispatch import Rewrite
from intake.policy import WritingPolicy
from store import dossiers, messages, outbox, paper, readings, revisions
from store.outbox import OutgoingLetter


def rewriting(campaigns: tuple[Campaign, ...], writing: WritingPolicy) -> Rewrite:
    """How the post has letters written anew."""

    def rewrite(tx: Connection, letter: OutgoingLetter, now: datetime) -> OutgoingLetter | None:
        ground = _ground(tx, letter, campaigns)
        kind = letter_kind(ground.alone, ground.alone) if ground is not None else None
        recipient = recipient_of(ground.submission) if ground is not None and kind is not None else None
        if ground is None or kind is None or recipient is None or ground.revision is None:
            return None
        # in the place of a letter that the limits let out: they do not hold this one
        new = new_letter(f"{letter.key}/again-{ground.revision.number}", ground, kind, recipient, writing, now)
        return outbox.enqueue(tx, new, now)

    return rewrite


def _ground(tx: Connection, letter: OutgoingLetter, campaigns: tuple[Campaign, ...]) -> Ground | None:
    """What the letter rests on today; None where its dossier, message or campaign is not there any more."""
    dossier = dossiers.get(tx, letter.dossier_id) if letter.dossier_id is not None else None
    campaign = next((one for one in campaigns if dossier is not None and one.key == dossier.campaign), None)
    message = messages.get(tx, letter.answers) if letter.answers is not None else None
    read = readings.latest(tx, message.id) if message is not None else None
    revised = revisions.latest(tx, dossier.id) if dossier is not None else None
    if dossier is None or campaign is None or message is None or read is None or revised is None:
        return None
    state = cross_check(tx, dossier, compose_dossier(tx, dossier, campaign)).state
    return Ground(
        submission=read.submission,
        message_id=message.id,
        received_at=message.receipt.at,
        alone=state.assessment,
        campaign=campaign,
        dossier=dossier,
        revision=revised,
        state=state,
        paper=paper.is_received(tx, dossier.id),
    )
