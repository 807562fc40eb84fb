"""Confirm: a person says whose an address is, once; what waited for that is judged again (DESIGN.md, "The rules")."""

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from dossier.autoreply import OwnIdentity
from dossier.campaign import Campaign
from notifier.envelope import AddressError, addr_spec
from store import ledger, senders, waiting
from store.engine import Store
from store.ledger import Outcome


class NotConfirmedError(Exception):
    """The decision cannot stand; the text says why and what to do. For the person who made it to mend."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what about an address, and why: all of it goes into the history."""

    address: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    new: bool
    """It was not confirmed before."""
    reopened: int
    """Messages of the address that waited, and are to be judged again."""


def confirm_sender(
    store: Store, campaign: Campaign, own: OwnIdentity, decision: Decision, union: str, now: datetime
) -> Confirmed:
    """From now on the address is the union's own; what it sent and what waited is open again, in one transaction.

    Each message keeps its own time of receipt. Raises NotConfirmedError, StoreError.
    """
    address = _address(decision.address)
    with store.writing() as tx:
        _check(campaign, own, address, union, senders.confirmed(tx, campaign.key, [address]).get(address))
        new = senders.confirm(tx, campaign.key, address, union, now, by=decision.by, reason=decision.reason)
        reopened = 0
        for one in waiting.unresolved(tx, campaign=campaign.key, address=address):
            for entry in ledger.places(tx, one.message_id):
                if entry.outcome is Outcome.WAITING:
                    reopened += ledger.requeue(tx, entry.id, now, by=decision.by, reason=decision.reason)
    return Confirmed(new, reopened)


def revoke_sender(store: Store, campaign: Campaign, decision: Decision, now: datetime) -> bool:
    """The address is nobody's own any more: what it sends from now on waits, what it brought before stays.

    False where it was not confirmed. Raises NotConfirmedError, StoreError.
    """
    address = _address(decision.address)
    owner = _owner(campaign, address)
    if owner is not None:
        raise NotConfirmedError(f"{address} stands in the roster as {owner}'s: take it out of the roster file")
    with store.writing() as tx:
        return senders.withdraw(tx, campaign.key, address, now, by=decision.by, reason=decision.reason)


def _address(text: str) -> str:
    try:
        return addr_spec(text.strip().lower())
    except AddressError as error:
        raise NotConfirmedError(str(error)) from None


def _owner(campaign: Campaign, address: str) -> str | None:
    every = ((union.code, own.casefold()) for union in campaign.roster.unions for own in union.addresses)
    return next((code for code, own in every if own == address), None)


def _check(campaign: Campaign, own: OwnIdentity, address: str, union: str, before: str | None) -> None:
    if campaign.roster.by_code(union) is None:
        near = get_close_matches(union.upper(), [one.code for one in campaign.roster.unions], 1, 0.5)
        hint = f": did you mean {near[0]}?" if near else ": see the roster for its code"
        raise NotConfirmedError(f"the roster of {campaign.key} has no union {union}{hint}")
    if own.owns(address):
        raise NotConfirmedError(f"{address} is an address of this service: mail from it is never a union's")
    owner = _owner(campaign, address)
    if owner is not None:
        raise NotConfirmedError(f"{address} stands in the roster as {owner}'s already")
    if before not in (None, union):
        raise NotConfirmedError(f"{address} is confirmed as {before}'s: revoke that first (hoso revoke-sender)")
