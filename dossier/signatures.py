"""Digital signatures in a file, as far as they can be checked without a network."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dossier.moments import require_zone


class SinceSigning(StrEnum):
    """What became of a file after a digital signature was put on it."""

    UNCHANGED = "unchanged"
    EXTENDED = "extended"
    """Only what the signature allows was added: further signatures, entries in form fields, notes."""
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature in a file, as far as it can be checked without a network. Never a reason to refuse."""

    signer: str = ""
    """As the certificate names its owner, cleaned; '' where it cannot be read."""
    organisation: str = ""
    signed_at: datetime | None = None
    stamped: bool = False
    """The time is that of a trusted time-stamp; else the signer's own claim."""
    since: SinceSigning = SinceSigning.UNKNOWN
    trusted: bool | None = None
    """Whether the certificate led to one of the roots of the settings when it signed; None where there are no roots."""
    doubt: str = ""
    """What was met, in English, for staff: why it could not be checked, or why it is not trusted."""

    def __post_init__(self) -> None:
        require_zone(signed_at=self.signed_at)
