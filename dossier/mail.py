"""What the headers of a message say: who it is from, which way it came, which letter of ours it reports on."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the From header says it is from."""

    address: str | None
    """addr-spec in lower case; None where there is none or it cannot be told without doubt (CVE-2023-27043)."""
    name: str = ""
    doubt: str = ""
    """Why the address is not believed: two addresses, an address as display name …"""


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received header (RFC 5321, 4.4)."""

    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A multipart/report about a letter of ours (RFC 3464)."""

    action: str
    status: str
    recipient: str
    original_ids: tuple[str, ...]
    """Message-IDs in the returned part: which letter bounced."""
