"""The settings of the watch over the service: what is a complaint, who is told, and where it can be asked."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from hoso.setting_types import Address
from hoso.strict_yaml import Strict

_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})")
Minutes = Annotated[float, Field(gt=0, le=100_000)]
Hours = Annotated[float, Field(gt=0, le=10_000)]


def _listen(value: str) -> str:
    found = _LISTEN.fullmatch(value)
    if found is None or int(found[2]) > 65535:
        raise PydanticCustomError("listen", "must be address and port, as in 127.0.0.1:9155")
    return value


class Health(Strict):
    """When the service is not well, and who hears of it."""

    alarms_to: Address | None = None
    """The administrator, who gets a mail for each complaint; null: nobody. Best an address on another mail server."""
    locale: Annotated[str, Field(pattern="^(vi|en)$")] = "vi"
    """Language of these mails."""
    repeat_hours: Hours = 12
    """A complaint that lasts, or comes back, is told again after so long."""
    mails_a_day: Annotated[int, Field(ge=1, le=1000)] = 20
    """Such mails in a day, whatever happens; they are no part of the limits of letters."""
    listen: Annotated[str, AfterValidator(_listen)] | None = None
    """Address and port of /healthz and /metrics (127.0.0.1:9155); null: nothing listens."""
    poll_minutes: Minutes = 15
    """No look into a folder went well for so long."""
    queue_messages: Annotated[int, Field(ge=1)] = 500
    """More messages wait to be judged."""
    queue_minutes: Minutes = 30
    """One of them has waited longer."""
    letters_minutes: Minutes = 60
    """A letter has waited longer for the relay."""
    disk_free_mb: Annotated[int, Field(ge=1)] = 1024
    """Less is free where the database or the messages lie."""
    backup_hours: Hours = 36
    """The last sound backup is older, where the service makes backups."""
    reconcile_hours: Hours = 36
    """The last comparison of a mailbox with the ledger is older, where the service makes them."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port of `listen`."""
        if self.listen is None:
            return None
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def repeat(self) -> timedelta:
        return timedelta(hours=self.repeat_hours)
