"""What every decision of a person shares: who and why, which dossier is meant, and why it cannot stand."""

from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Connection

from dossier.campaign import Campaign
from store import dossiers
from store.dossiers import Dossier


class NotDecidedError(Exception):
    """The decision cannot stand; the text says why and what to do. For the person who made it to mend."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who decided, and why: kept in the history."""

    by: str
    reason: str


def union_of(campaign: Campaign, code: str) -> str:
    """The code as the roster writes it. Raises NotDecidedError."""
    codes = {one.code.upper(): one.code for one in campaign.roster.unions}
    if code.upper() in codes:
        return codes[code.upper()]
    near = get_close_matches(code.upper(), list(codes), 1, 0.5)
    hint = f": did you mean {codes[near[0]]}?" if near else ": see the roster for its code"
    raise NotDecidedError(f"the roster of {campaign.key} has no union {code}{hint}")


def dossier_of(conn: Connection, campaign: Campaign, which: str) -> Dossier:
    """By its code or its union's. Raises NotDecidedError."""
    found = dossiers.called(conn, campaign.key, which)
    if found is None or found.campaign != campaign.key:
        raise NotDecidedError(f"there is no dossier {which} in {campaign.key}: see `hoso dossiers` for the codes")
    return found
