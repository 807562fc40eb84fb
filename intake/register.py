"""The register out of the store: one view of it, one row for each union of the roster."""

from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.model import Verdict
from dossier.register import RegisterRow
from dossier.validity import validity
from intake.union_addresses import known_addresses
from store import stories, targets


def register_rows(conn: Connection, campaign: Campaign, at: datetime) -> list[RegisterRow]:
    """In the order of the roster; `at` is the moment as of which a dossier is valid."""
    addresses = known_addresses(conn, campaign, campaign.roster.unions)
    initiatives = {one.union: one.initiatives for one in targets.held(conn, campaign.key)}
    rows = {one.code: RegisterRow(one.code, one.name, addresses[one.code]) for one in campaign.roster.unions}
    for dossier, story in stories.stories(conn, campaign.key):
        union = campaign.roster.by_code(dossier.union)
        judged = story.judged[-1] if story.judged else None
        rows[dossier.union] = RegisterRow(
            union=dossier.union,
            name=union.name if union is not None else dossier.union,
            addresses=addresses.get(dossier.union, ()),
            code=dossier.code,
            arrival=f"{dossier.arrival_number}/{dossier.arrival_year}",
            verdict=dossier.verdict,
            ruled=dossier.verdict is Verdict.ACCEPTED and judged is not None and judged.assessment.by_rules is not None,
            received_at=dossier.received_at,
            complete=dossier.complete,
            in_time=dossier.in_time,
            initiatives=initiatives.get(dossier.union, 0),
            findings=tuple(dict.fromkeys(one.code for one in judged.assessment.findings)) if judged else (),
            validity=validity(story, campaign, at),
        )
    return list(rows.values())
