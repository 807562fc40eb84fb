"""Whether a message is a machine's and whether it may be answered (FAULTS.md 1-9; RFC 3834).

One table of (rule, predicate); every rule runs, and each that holds is kept as a reason.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dossier.model import Submission


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """How our own mail is known when it comes back."""

    addresses: tuple[str, ...] = ()
    """Every address of ours, aliases too, lower case; `name+tag@domain` counts as `name@domain`."""
    message_id_domain: str = ""
    """Right side of our letters' Message-IDs; '' where none are sent yet."""
    message_id_prefix: str = ""
    """Beginning of their left side: a colleague's mail program may use the same domain."""
    loop_header: str = "x-hoso-loop"
    loop_mark: str = ""
    """Value of the loop header in our letters; '' means any value."""

    def owns(self, address: str) -> bool:
        return _bare(address) in {_bare(own) for own in self.addresses}

    def wrote(self, message_id: str) -> bool:
        left, at, right = message_id.strip().strip("<>").rpartition("@")
        ours = bool(at) and bool(self.message_id_domain) and right.casefold() == self.message_id_domain.casefold()
        return ours and left.startswith(self.message_id_prefix)


@dataclass(frozen=True, slots=True)
class Answerability:
    """What speaks against an answer, rule by rule."""

    automatic: tuple[str, ...] = ()
    """Why it is a machine's mail: nothing is ever answered to it."""
    suppressed: tuple[str, ...] = ()
    """Why no answer goes out by itself; proves nothing, and a person can still send it."""
    loop: bool = False
    """Our own mail came back: an alarm, and part of `automatic`."""

    @property
    def may_answer(self) -> bool:
        return not self.automatic and not self.suppressed


Predicate = Callable[[Submission, OwnIdentity], bool]


def _bare(address: str) -> str:
    local, _, domain = address.casefold().strip().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def _values(submission: Submission, name: str) -> tuple[str, ...]:
    return tuple(value for header, value in submission.headers if header.casefold() == name)


_COMMENT = re.compile(r"\([^()]*\)")


def _keyword(value: str) -> str:
    """The first word of a header's value, comments apart (RFC 5322, 3.2.2; comments may be nested)."""
    previous, value = "", value[:1000]
    while previous != value:
        previous, value = value, _COMMENT.sub(" ", value)
    return value.partition(";")[0].strip().casefold()


def _null_return_path(submission: Submission, own: OwnIdentity) -> bool:
    return submission.return_path is not None and submission.return_path.strip() in ("", "<>")


def _no_sender(submission: Submission, own: OwnIdentity) -> bool:
    return submission.sender.address is None and not submission.sender.doubt


def _auto_submitted(submission: Submission, own: OwnIdentity) -> bool:
    return any(_keyword(value) != "no" for value in _values(submission, "auto-submitted"))


def _auto_reply_header(submission: Submission, own: OwnIdentity) -> bool:
    names = ("x-autoreply", "x-autorespond", "x-autoresponse")
    return any(_keyword(value) != "no" for name in names for value in _values(submission, name))


def _report(submission: Submission, own: OwnIdentity) -> bool:
    told = submission.content_type.casefold().partition(";")[0].strip()
    return submission.report is not None or told in ("multipart/report", "message/delivery-status")


def _list(submission: Submission, own: OwnIdentity) -> bool:
    return any(header.casefold().startswith("list-") for header, _ in submission.headers)


def _precedence(submission: Submission, own: OwnIdentity) -> bool:
    return any(_keyword(value) in ("bulk", "junk", "list") for value in _values(submission, "precedence"))


def _from_ourselves(submission: Submission, own: OwnIdentity) -> bool:
    return any(own.owns(address) for address in (submission.sender.address, *submission.reply_to) if address)


def _own_message_id(submission: Submission, own: OwnIdentity) -> bool:
    return submission.message_id is not None and own.wrote(submission.message_id)


def _own_loop_header(submission: Submission, own: OwnIdentity) -> bool:
    values = _values(submission, own.loop_header.casefold())
    return any(not own.loop_mark or value.strip().casefold() == own.loop_mark.casefold() for value in values)


_DAEMONS = re.compile(r"mailer-daemon|majordomo|listserv|owner-.+|.+-(?:request|owner|bounces?)")
_DEAF = re.compile(r"(?:.*[._-])?(?:no-?reply|do-?not-?reply|noreply)(?:[._+-].*)?")


def _local_parts(submission: Submission) -> tuple[str, ...]:
    addresses = (submission.sender.address, submission.return_path, *submission.reply_to)
    return tuple(
        address.casefold().strip("<> ").rpartition("@")[0] or address.casefold() for address in addresses if address
    )


def _daemon(submission: Submission, own: OwnIdentity) -> bool:
    return any(_DAEMONS.fullmatch(local) for local in _local_parts(submission))


def _suppress_header(submission: Submission, own: OwnIdentity) -> bool:
    words = {
        word.strip().casefold()
        for value in _values(submission, "x-auto-response-suppress")
        for word in re.split(r"[,;\s]+", value)
    }
    return bool(words & {"all", "oof", "autoreply"})


def _deaf_address(submission: Submission, own: OwnIdentity) -> bool:
    return any(_DEAF.fullmatch(local) for local in _local_parts(submission))


AUTOMATIC: tuple[tuple[str, Predicate], ...] = (
    ("null return path", _null_return_path),
    ("no sender", _no_sender),
    ("Auto-Submitted", _auto_submitted),
    ("automatic answer header", _auto_reply_header),
    ("delivery report", _report),
    ("List header", _list),
    ("Precedence", _precedence),
    ("from our own address", _from_ourselves),
    ("our own Message-ID", _own_message_id),
    ("our own loop header", _own_loop_header),
    ("address of a mail program", _daemon),
)
LOOPS = frozenset({"our own Message-ID", "our own loop header"})
SUPPRESSING: tuple[tuple[str, Predicate], ...] = (
    ("X-Auto-Response-Suppress", _suppress_header),
    ("address that takes no answer", _deaf_address),
)


def answerability(submission: Submission, own: OwnIdentity) -> Answerability:
    """All that speaks against an answer. `Auto-Submitted: no` speaks for a person (RFC 3834, 5)."""
    automatic = tuple(name for name, holds in AUTOMATIC if holds(submission, own))
    suppressed = tuple(name for name, holds in SUPPRESSING if holds(submission, own))
    return Answerability(automatic, suppressed, loop=any(name in LOOPS for name in automatic))
