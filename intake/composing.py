"""A dossier put together from what is stored, as the rules want it."""

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.composition import DossierState, compose
from dossier.deadline import deadline_in_force
from dossier.model import Submission
from dossier.replacement import Contribution
from store import deadlines, dossiers, revisions


def contributions(conn: Connection, dossier_id: int) -> tuple[Contribution, ...]:
    """The dossier's messages as the rules want them."""
    joined = revisions.contributions(conn, dossier_id)
    return tuple(Contribution(one.submission, one.receipt, arrival=one.revision) for one in joined)


def compose_dossier(conn: Connection, dossier: dossiers.Dossier, campaign: Campaign) -> DossierState:
    """The dossier from what is stored, by the deadline in force now."""
    deadline = deadline_in_force(campaign, deadlines.in_campaign(conn, campaign.key), dossier.union)
    return compose(contributions(conn, dossier.id), campaign, deadline, dossier.union)


def joined_before(
    tx: Connection, message_id: int, campaigns: tuple[Campaign, ...]
) -> tuple[dossiers.Dossier, Campaign] | None:
    """The dossier that the message is part of, where its campaign is still in the settings."""
    for revised in revisions.of_message(tx, message_id)[:1]:
        dossier = dossiers.get(tx, revised.dossier_id)
        campaign = next((one for one in campaigns if dossier and one.key == dossier.campaign), None)
        if dossier is not None and campaign is not None:
            return dossier, campaign
    return None


def brings_new_files(submission: Submission, earlier: tuple[Contribution, ...]) -> bool:
    known = {document.sha256 for one in earlier for document in one.submission.documents}
    return any(not document.inline and document.sha256 not in known for document in submission.documents)
