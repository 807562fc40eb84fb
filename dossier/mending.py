"""What of earlier messages' files was mended by later ones (DESIGN.md, "One dossier from several messages").

A mail program may repeat itself a thousand times: what a message holds is worked out once, with its step.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dossier.campaign import Campaign
from dossier.folding import fold
from dossier.model import Document, Kind
from dossier.replacement import Contribution, Placed, Role, Standing, join
from dossier.selection import Selection, select

_KINDS = (Kind.MEMO, Kind.SUMMARY_TABLE)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A file that was not read, or not with certainty."""

    name: str
    """Folded."""
    may_be: tuple[Kind, ...]
    """Its kind, where that was told; else everything that was lacking when it came."""


@dataclass(frozen=True, slots=True)
class Step:
    """One message that counts, and how the dossier stood after it."""

    contribution: Contribution
    selection: Selection
    standing: Standing
    role: Role
    doubtful: Mapping[str, Doubtful]
    """Part → what is not known of it."""
    names: frozenset[str]
    """Folded names of the files in which a memo or a table was read."""
    lacking: tuple[Kind, ...]
    """What was required and not in force after it."""


def step_after(standing: Standing, contribution: Contribution, campaign: Campaign) -> Step:
    """Bring one message into the dossier."""
    documents = contribution.submission.documents
    selection = select(documents)
    roles = []
    for kind, document in selection.in_force.items():
        standing, role = join(standing, Placed(contribution, document), kind)
        roles.append(role)
    order = (Role.UNLIKE, Role.REPLACED, Role.ADDED)
    lacking = tuple(required.kind for required in campaign.required if required.kind not in standing.in_force)
    return Step(
        contribution,
        selection,
        standing,
        next((role for role in order if role in roles), Role.NOTHING_NEW),
        {one.part: Doubtful(fold(one.file), _told(one) or lacking) for one in documents if _is_doubtful(one)},
        frozenset(fold(one.file) for one in documents if one.problem is None and not one.inline and _told(one)),
        lacking,
    )


def _is_doubtful(document: Document) -> bool:
    return document.problem is not None or (not _told(document) and bool(document.doubts))


def _told(document: Document) -> tuple[Kind, ...]:
    return tuple(kind for kind in _KINDS if kind in document.kinds)


def documents_of(standing: Standing) -> dict[Kind, Document]:
    return {kind: placed.document for kind, placed in standing.in_force.items()}


def sources(standing: Standing) -> frozenset[str]:
    """SHA-256 of the messages that the documents in force came with."""
    return frozenset(placed.contribution.message for placed in standing.in_force.values())


def is_from(standing: Standing, kind: Kind, message: str) -> bool:
    placed = standing.in_force.get(kind)
    return placed is not None and placed.contribution.message == message


def doubts_matter(document: Document, step: Step, standing: Standing) -> bool:
    """Not in a copy of what is in force, nor in what was replaced since."""
    message = step.contribution.message
    if any(one.key == f"{message}/{document.part}" for one in (*standing.in_force.values(), *standing.unlike)):
        return True
    if document.part in step.selection.copies or (document.description and Kind.SUMMARY_TABLE in standing.in_force):
        return False
    told = _told(document)
    return not told or any(is_from(standing, kind, message) for kind in told)


def mended(document: Document, number: int, steps: Sequence[Step]) -> bool:
    """Whether a later message brought, readable, what this file of message `number` was or may have been.

    By the same name; by its kind, where that was told; else by everything that was lacking when it came. A file that
    could be anything while nothing was lacking stays for a person.
    """
    doubt = steps[number].doubtful.get(document.part)
    if doubt is None:
        return False
    later = range(number + 1, len(steps))
    if any(doubt.name in steps[place].names for place in later):
        return True
    standing = steps[-1].standing
    return bool(doubt.may_be) and all(_is_later(kind, later, steps, standing) for kind in doubt.may_be)


def _is_later(kind: Kind, later: Iterable[int], steps: Sequence[Step], standing: Standing) -> bool:
    return any(is_from(standing, kind, steps[place].contribution.message) for place in later)


def message_unread(step: Step, standing: Standing) -> bool:
    """Whether a message that was not read to its end may still hold what nobody has sent since."""
    if not step.contribution.submission.problems:
        return False
    return not step.lacking or any(kind not in standing.in_force for kind in step.lacking)
