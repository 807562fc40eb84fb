"""How many letters a sender may get in a day (DESIGN.md, "The rules"; FAULTS.md 8)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """Letters a day to one address; what is over waits and is drawn together into one."""

    ordinary: int = 3
    known_with_new_files: int = 10

    def __post_init__(self) -> None:
        if min(self.ordinary, self.known_with_new_files) < 1:
            raise ValueError("a daily limit of letters is at least 1")


DAILY_LIMITS = DailyLimits()


def daily_limit(known: bool, brings_new_files: bool, limits: DailyLimits = DAILY_LIMITS) -> int:
    return limits.known_with_new_files if known and brings_new_files else limits.ordinary


def may_send(
    sent_today_to_sender: int, known: bool, brings_new_files: bool, limits: DailyLimits = DAILY_LIMITS
) -> bool:
    """Whether one more letter may go to this address today. Raises ValueError for a count below zero."""
    if sent_today_to_sender < 0:
        raise ValueError(f"{sent_today_to_sender} letters cannot have been sent")
    return sent_today_to_sender < daily_limit(known, brings_new_files, limits)
