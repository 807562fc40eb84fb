"""Digital signatures of files, as data and as a line for people."""

from typing import TypedDict
from zoneinfo import ZoneInfo

from dossier.signatures import Signature, SinceSigning


class SignatureView(TypedDict):
    signer: str
    organisation: str
    signed_at: str | None
    """ISO 8601."""
    time_is_stamped: bool
    since: str
    trusted: bool | None
    doubt: str


_SINCE = {
    SinceSigning.UNCHANGED: "not changed since",
    SinceSigning.EXTENDED: "only what it allows was added since",
    SinceSigning.CHANGED: "CHANGED since",
    SinceSigning.UNKNOWN: "not checked",
}
_TRUST = {True: "trusted", False: "certificate not trusted", None: "no trust roots to check it by"}


def signature_view(signature: Signature, zone: str) -> SignatureView:
    at = signature.signed_at
    return {
        "signer": signature.signer,
        "organisation": signature.organisation,
        "signed_at": at.astimezone(ZoneInfo(zone)).isoformat() if at else None,
        "time_is_stamped": signature.stamped,
        "since": signature.since.value,
        "trusted": signature.trusted,
        "doubt": signature.doubt,
    }


def signature_line(view: SignatureView) -> str:
    by = view["signer"] or view["organisation"] or "?"
    at = f" at {view['signed_at']}{' (time-stamped)' if view['time_is_stamped'] else ''}" if view["signed_at"] else ""
    told = f"signed by {by}{at}: {_SINCE[SinceSigning(view['since'])]}, {_TRUST[view['trusted']]}"
    return f"{told} ({view['doubt']})" if view["doubt"] else told
