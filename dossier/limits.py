"""How many letters go out in a day (DESIGN.md, "The rules"; FAULTS.md 8): to one sender, about one dossier, in all.

A day is the last 24 hours. What is over a limit waits, is told as held, and is drawn together into one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Limit(StrEnum):
    """Which limit holds a letter."""

    SENDER = "daily-limit"
    DOSSIER = "dossier-limit"
    ALL = "total-limit"
    STRANGERS = "strangers-limit"


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """Letters a day."""

    ordinary: int = 3
    """To one sender."""
    known_with_new_files: int = 10
    """To one sender whose address is known, where it brings new files."""
    dossier: int = 15
    """About one dossier, to all its addresses together."""
    strangers: int = 50
    """To all addresses together that are not known."""
    all: int = 400
    """To everybody."""

    def __post_init__(self) -> None:
        if min(self.ordinary, self.known_with_new_files, self.dossier, self.strangers, self.all) < 1:
            raise ValueError("a daily limit of letters is at least 1")


DAILY_LIMITS = DailyLimits()

_DOTS_DO_NOT_COUNT: Mapping[str, str] = MappingProxyType({"gmail.com": "gmail.com", "googlemail.com": "gmail.com"})
"""Domains of which it is documented that dots in the local part make no other mailbox → the domain they count as."""


def sender_key(address: str) -> str:
    """Whom a letter to this address counts for: letter case and a `+tag` (RFC 5233) make no other sender.

    For counting alone: where a `+` is part of a name after all, two people share a limit, and a letter waits for a day.
    Who somebody *is* goes by the whole address.
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    if not at:
        return address.strip().casefold()
    bare = local.partition("+")[0] or local
    if domain in _DOTS_DO_NOT_COUNT:
        bare, domain = bare.replace(".", "") or bare, _DOTS_DO_NOT_COUNT[domain]
    return f"{bare}@{domain}"


def daily_limit(known: bool, brings_new_files: bool, limits: DailyLimits = DAILY_LIMITS) -> int:
    return limits.known_with_new_files if known and brings_new_files else limits.ordinary


def may_send(
    sent_today_to_sender: int, known: bool, brings_new_files: bool, limits: DailyLimits = DAILY_LIMITS
) -> bool:
    """Whether one more letter may go to this address today. Raises ValueError for a count below zero."""
    if sent_today_to_sender < 0:
        raise ValueError(f"{sent_today_to_sender} letters cannot have been sent")
    return sent_today_to_sender < daily_limit(known, brings_new_files, limits)


def over_its_own(
    to_sender: int, about_dossier: int, known: bool, brings_new_files: bool, limits: DailyLimits
) -> Limit | None:
    """Which of the limits of one sender and one dossier one more letter would go over; None for none."""
    if not may_send(to_sender, known, brings_new_files, limits):
        return Limit.SENDER
    return Limit.DOSSIER if about_dossier >= limits.dossier else None


def over_all(sent_today: int, sent_to_strangers: int, stranger: bool, limits: DailyLimits) -> Limit | None:
    """Which of the limits of all letters together one more would go over; None for none."""
    if sent_today >= limits.all:
        return Limit.ALL
    return Limit.STRANGERS if stranger and sent_to_strangers >= limits.strangers else None
