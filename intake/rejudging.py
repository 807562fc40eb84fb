"""Rejudge: a dossier is judged again after a person's decision; a letter goes out only where the verdict changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.composition import DossierState
from dossier.model import Verdict
from intake import answer, known
from intake.composing import NothingHeldError, compose_dossier, joined_now
from intake.crosschecks import cross_check
from intake.policy import WritingPolicy
from store import ledger, revisions, senders
from store.dossiers import Dossier
from store.outbox import OutgoingLetter
from store.revisions import Cause, Contribution, NewRevision, Revision


@dataclass(frozen=True, slots=True)
class Rejudged:
    """How a dossier stands after it was judged again."""

    code: str
    before: Verdict | None
    revision: Revision
    letter: OutgoingLetter | None
    """None where the verdict is the same, or the union has no address that a letter could go to."""

    @property
    def changed(self) -> bool:
        return self.before is not self.revision.assessment.verdict


def rejudge(
    tx: Connection,
    dossier: Dossier,
    campaign: Campaign,
    cause: Cause,
    writing: WritingPolicy,
    now: datetime,
    *,
    by: str,
    reason: str,
) -> Rejudged | None:
    """Judge a dossier as it is stored; None where nothing of it came by email, or was kept."""
    try:
        checked = cross_check(tx, dossier, compose_dossier(tx, dossier, campaign))
    except NothingHeldError:
        return None
    new = NewRevision(checked.state.assessment, cause, initiatives=checked.initiatives, by=by, reason=reason)
    revised = revisions.add(tx, dossier, new, now)
    letter = None
    if revised.assessment.verdict is not dossier.verdict:
        letter = tell_union(tx, dossier, revised, checked.state, campaign, writing, now)
    return Rejudged(dossier.code, dossier.verdict, revised, letter)


def tell_union(
    tx: Connection,
    dossier: Dossier,
    revised: Revision,
    state: DossierState,
    campaign: Campaign,
    writing: WritingPolicy,
    now: datetime,
) -> OutgoingLetter | None:
    """Write to the union that its dossier stands otherwise: in answer to its own newest message, else to its address.

    What a stranger sent and a person assigned is not answered to the stranger.
    """
    joined = joined_now(tx, dossier)
    if not joined:
        return None
    own = [one for one in joined if _is_own(tx, one, campaign, dossier.union)]
    told = (own or joined)[-1]
    to = None if own else first_address(tx, campaign, dossier.union)
    if not own and to is None:
        return None
    backlog = any(known.is_backlog(tx, entry) for entry in ledger.places(tx, told.message_id))
    return answer.verdict_changed(
        tx, told.message_id, dossier, revised, state, campaign, writing, now, backlog=backlog, to=to
    )


def _is_own(conn: Connection, one: Contribution, campaign: Campaign, union: str) -> bool:
    address = one.submission.sender.address
    return address is not None and address.casefold() in own_addresses(conn, campaign, union)


def own_addresses(conn: Connection, campaign: Campaign, union: str) -> tuple[str, ...]:
    """Of the roster, then those that a person confirmed, in lower case."""
    listed = campaign.roster.by_code(union)
    roster = [one.casefold() for one in listed.addresses] if listed else []
    confirmed = [one.address for one in senders.of_union(conn, campaign.key, union) if one.withdrawn_at is None]
    return tuple(dict.fromkeys([*roster, *filter(None, confirmed)]))


def first_address(conn: Connection, campaign: Campaign, union: str) -> str | None:
    """Where a letter to the union goes that answers no message of its own."""
    return next(iter(own_addresses(conn, campaign, union)), None)
