"""Addresses, and the envelope that a letter travels in (RFC 5321, 3.3): apart from the letter's own From and To."""

import re
from dataclasses import dataclass

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDR_SPEC = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})*)")
_LOCAL_LIMIT = 64  # RFC 5321, 4.5.3.1.1
_ADDRESS_LIMIT = 254  # a path of 256 (RFC 5321, 4.5.3.1.3) less its angle brackets
_TOKEN = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_BOUNCE = "+b-"


class AddressError(ValueError):
    """What stands in place of an address is none that a letter can be sent to."""


def addr_spec(text: str) -> str:
    """`text` where it is one plain addr-spec: dot-atom, ASCII, no comment, no quotes, no second `@` (CVE-2023-27043).

    Raises AddressError otherwise: what could be read in two ways is not written to.
    """
    found = _ADDR_SPEC.fullmatch(text)
    if found is None or len(found[1]) > _LOCAL_LIMIT or len(text) > _ADDRESS_LIMIT:
        raise AddressError(f"not an address that a letter can be sent to: {text[:80]!a}")
    return text


@dataclass(frozen=True, slots=True)
class MailIdentity:
    """Who the letters come from."""

    address: str
    """addr-spec of the mailbox: From, and where bounces come back to."""
    name: str
    """Display name: the organisation as its letters write it."""
    reply_to: str | None = None
    """Where answers go; None: to the mailbox itself, so that what a union sends in answer is read like any dossier."""
    plus_bounces: bool = False
    """Bounces come to `local+b-TOKEN@domain` and name their letter; only where the mailbox takes plus addresses."""
    loop: str = ""
    """Value of X-Hoso-Loop, by which our own letters are known when they come back; '' stands for the address."""

    def __post_init__(self) -> None:
        addr_spec(self.address)
        if self.reply_to is not None:
            addr_spec(self.reply_to)

    @property
    def loop_mark(self) -> str:
        return self.loop or self.address


@dataclass(frozen=True, slots=True)
class Envelope:
    """MAIL FROM and RCPT TO: one letter goes to one address. Raises AddressError."""

    sender: str
    """Never empty: a bounce of a letter must come back, or nobody learns that it did not arrive (FAULTS.md 11)."""
    recipient: str

    def __post_init__(self) -> None:
        addr_spec(self.sender)
        addr_spec(self.recipient)


def return_address(identity: MailIdentity, token: str) -> str:
    """The envelope sender of the letter that `token` names (lower-case letters, digits and hyphens, at most 40).

    Without plus addresses, or where the local part would grow too long, it is the mailbox: bounces are then tied by the
    Message-ID they return (RFC 3464 asks them to). Raises ValueError for another kind of token.
    """
    if not _TOKEN.fullmatch(token):
        raise ValueError(f"a bounce token is 1-40 lower-case letters, digits or hyphens, not {token!r}")
    local, _, domain = identity.address.rpartition("@")
    tagged = f"{local}{_BOUNCE}{token}"
    if not identity.plus_bounces or len(tagged) > _LOCAL_LIMIT:
        return identity.address
    return f"{tagged}@{domain}"


def bounced_token(identity: MailIdentity, address: str) -> str | None:
    """The token in an address that a bounce came to, or None where it is not one of `return_address`'s.

    Only a hint: anybody can write to such an address. Letter case is free, as relays change it.
    """
    local, _, domain = identity.address.lower().rpartition("@")
    got_local, _, got_domain = address.strip().lower().rpartition("@")
    prefix = f"{local}{_BOUNCE}"
    if got_domain != domain or not got_local.startswith(prefix):
        return None
    token = got_local.removeprefix(prefix)
    return token if _TOKEN.fullmatch(token) else None
