"""The settings of what is kept: the proof of the history, the backups, and how long each kind is held."""

from typing import Annotated

from pydantic import Field

from hoso.setting_types import InFolder
from hoso.strict_yaml import Strict

Count = Annotated[int, Field(ge=0, le=1000)]
Years = Annotated[int, Field(ge=0, le=200)]


class Audit(Strict):
    """How the history is proven from outside of this machine."""

    signing_key: InFolder | None = None
    """File of the Ed25519 key that signs the head of the history; `hoso audit keygen` makes it. In no backup."""
    timestamp_url: Annotated[str, Field(pattern=r"^https?://[^\s@]+$")] | None = None
    """A time-stamping authority (RFC 3161) for `hoso audit timestamp`; only a digest is sent to it."""
    timestamp_roots: tuple[InFolder, ...] = ()
    """Certificates (PEM or DER files, or folders of them) that time stamps should lead to."""


class Backup(Strict):
    """Copies that the service makes of its own accord; `hoso backup` makes one at any time."""

    folder: InFolder | None = None
    """Where they go, best on another disk; none are made where it is null."""
    hour: Annotated[int, Field(ge=0, le=23)] = 2
    """The hour of the day, in the first campaign's zone."""
    keep_daily: Annotated[int, Field(ge=1, le=1000)] = 7
    """The newest of each of the last days that have one."""
    keep_weekly: Count = 5
    """The newest of each of the last weeks."""
    keep_monthly: Count = 12
    """The newest of each of the last months."""


class Retention(Strict):
    """How long each kind is kept: years after the one in which the work of its campaign ended; null keeps it for good.

    Mail of no concern goes by itself; of the rest `hoso purge` shows what is due, `hoso purge --apply` removes it.
    """

    dossiers_years: Years | None = 10
    """Messages, documents, what was read in them, and letters of dossiers."""
    waiting_years: Years | None = 2
    """Messages of strangers and others that never came into a dossier, with their letters."""
    other_mail_days: Annotated[int, Field(ge=1, le=36500)] | None = 365
    """Mail of no concern (no campaign's, before a campaign, machines', correspondence), from its coming."""
    decisions_years: Years | None = 10
    """Who decided, and why: names and reasons, confirmed addresses."""
