"""A dossier put together from what is stored, as the rules want it."""

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.composition import DossierState, compose, emptied
from dossier.corrections import corrected
from dossier.deadline import DeadlineInForce, deadline_in_force
from dossier.model import Submission
from dossier.replacement import Contribution
from store import assignments, corrections, deadlines, dossiers, ledger, revisions


class NothingHeldError(Exception):
    """No message is left that the dossier could be judged from: they were removed, or only paper came."""


def contributions(conn: Connection, dossier: dossiers.Dossier) -> tuple[Contribution, ...]:
    """The dossier's messages as the rules want them, with what persons corrected in them.

    One that was assigned by a person counts for as long as it is.
    """
    joined = joined_now(conn, dossier)
    assigned = assignments.of_messages(conn, {one.message_id for one in joined}, dossier.campaign)
    values = corrections.in_force(conn, dossier.id)
    return tuple(
        Contribution(
            corrected(one.submission, values),
            one.receipt,
            arrival=one.revision,
            accepted=assigned.get(one.message_id) == dossier.union,
        )
        for one in joined
    )


def joined_now(conn: Connection, dossier: dossiers.Dossier) -> list[revisions.Contribution]:
    """The messages that are part of the dossier, in the order of their receipt, without those that were taken out."""
    every = revisions.contributions(conn, dossier.id)
    held = _held(conn, dossier, {one.message_id for one in every})
    return [one for one in every if held.get(one.message_id, True)]


def _held(conn: Connection, dossier: dossiers.Dossier, messages: set[int]) -> dict[int, bool]:
    """Messages that were ever assigned to a union → whether they are this one's now.

    One whose assignment was undone is, where it came back another way: its sender was confirmed since.
    """
    found = assignments.of_messages(conn, messages, dossier.campaign)
    return {
        number: _came_back(conn, dossier, number) if union is None else union == dossier.union
        for number, union in found.items()
    }


def _came_back(conn: Connection, dossier: dossiers.Dossier, message_id: int) -> bool:
    places = ledger.places(conn, message_id)
    return any(one.outcome is ledger.Outcome.JOINED and one.dossier_id == dossier.id for one in places)


def deadline_of(conn: Connection, campaign: Campaign, union: str) -> DeadlineInForce:
    """The deadline in force now."""
    return deadline_in_force(campaign, deadlines.in_campaign(conn, campaign.key), union)


def compose_dossier(conn: Connection, dossier: dossiers.Dossier, campaign: Campaign) -> DossierState:
    """The dossier from what is stored, by the deadline in force now.

    Where all its messages were taken out again it holds nothing. Raises NothingHeldError where there were none.
    """
    deadline = deadline_of(conn, campaign, dossier.union)
    joined = contributions(conn, dossier)
    if joined:
        return compose(joined, campaign, deadline, dossier.union)
    if revisions.contributions(conn, dossier.id):
        return emptied(campaign, deadline, dossier.union)
    raise NothingHeldError(dossier.code)


def joined_before(
    tx: Connection, message_id: int, campaigns: tuple[Campaign, ...]
) -> tuple[dossiers.Dossier, Campaign] | None:
    """The dossier that the message is part of, where its campaign is still in the settings."""
    for revised in revisions.of_message(tx, message_id):
        dossier = dossiers.get(tx, revised.dossier_id)
        campaign = next((one for one in campaigns if dossier and one.key == dossier.campaign), None)
        if dossier is not None and campaign is not None and _held(tx, dossier, {message_id}).get(message_id, True):
            return dossier, campaign
    return None


def brings_new_files(submission: Submission, earlier: tuple[Contribution, ...]) -> bool:
    known = {document.sha256 for one in earlier for document in one.submission.documents}
    return any(not document.inline and document.sha256 not in known for document in submission.documents)
