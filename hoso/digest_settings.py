"""The settings of what the service writes of its own accord: the digest to staff, reminders to unions."""

import re
from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from hoso.setting_types import Address
from hoso.strict_yaml import Strict

_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _hour(value: str) -> str:
    if _HOUR.fullmatch(value) is None:
        raise PydanticCustomError("hour", "must be an hour and minutes of the day, as in 07:30")
    return value


Hour = Annotated[str, AfterValidator(_hour)]


def time_of(hour: str) -> time:
    """Of a value that was checked."""
    hours, _, minutes = hour.partition(":")
    return time(int(hours), int(minutes))


class Digest(Strict):
    """What staff read in the morning, by mail."""

    recipients: tuple[Address, ...] = ()
    """Staff; nobody where it is empty. None of them may be an address of the service itself."""
    hour: Hour = "07:30"
    """Of the day, in the campaign's zone; on the day of the deadline every two hours."""
    locale: Literal["vi", "en"] = "vi"
    """Its language."""
    register_attached: bool = True
    """The register goes along as XLSX."""


class Reminders(Strict):
    """Letters to unions that sent nothing, or have something to mend, before their deadline."""

    days_before: Annotated[tuple[Annotated[int, Field(ge=0, le=365)], ...], Field(max_length=10)] = (7, 3, 1)
    """The deadline's day; none where it is empty. 0 is the day itself."""
    hour: Hour = "08:00"
    """Of the day, in the campaign's zone."""
