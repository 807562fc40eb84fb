"""At which addresses a union is written to: those of the roster, and those that a person confirmed."""

from collections.abc import Iterable, Mapping

import structlog
from sqlalchemy import Connection

from dossier.campaign import Campaign, Union
from dossier.limits import sender_key
from notifier.envelope import AddressError, addr_spec
from store import senders

_log = structlog.stdlib.get_logger(__name__)
_FEW = 100
"""Unions whose confirmed addresses are asked for by their codes."""


def known_addresses(conn: Connection, campaign: Campaign, unions: Iterable[Union]) -> Mapping[str, tuple[str, ...]]:
    """Union → the addresses of the roster, then those that a person confirmed and did not withdraw."""
    unions = tuple(unions)
    confirmed: dict[str, list[str]] = {}
    few = len(unions) <= _FEW  # asked part by part of a large roster, all of the campaign would be read as often
    codes = [one.code for one in unions]
    listed = senders.of_unions(conn, campaign.key, codes) if few else senders.listed(conn, campaign.key)
    for one in listed:
        if one.withdrawn_at is None and one.address:
            confirmed.setdefault(one.union, []).append(one.address)
    return {one.code: tuple(dict.fromkeys((*one.addresses, *confirmed.get(one.code, ())))) for one in unions}


def writable(addresses: Iterable[str]) -> tuple[str, ...]:
    """Those that a letter can be sent to, each person once."""
    kept: dict[str, str] = {}
    for one in addresses:
        try:
            kept.setdefault(sender_key(one), addr_spec(one))
        except AddressError:
            _log.warning("an address of a union cannot be written to")
    return tuple(kept.values())
