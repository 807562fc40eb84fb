"""The register (sổ theo dõi): one row for each union of the roster, whether it has sent anything or not."""

from dataclasses import dataclass
from datetime import datetime

from dossier.model import Verdict
from dossier.validity import Validity


@dataclass(frozen=True, slots=True)
class RegisterRow:
    union: str
    """Roster code."""
    name: str
    addresses: tuple[str, ...]
    code: str = ""
    """Of the dossier; '' where there is none."""
    arrival: str = ""
    """Số đến: "6/2021"."""
    verdict: Verdict | None = None
    ruled: bool = False
    """Accepted by a decision of a person; the rules alone say otherwise."""
    received_at: datetime | None = None
    """Of the message that made it complete, else of the last."""
    complete: bool | None = None
    in_time: bool | None = None
    initiatives: int = 0
    """In force."""
    findings: tuple[str, ...] = ()
    """Their codes."""
    validity: Validity | None = None
