"""What of earlier messages' files was mended by later ones (DESIGN.md, "One dossier from several messages")."""

from dataclasses import dataclass

from dossier.campaign import Campaign
from dossier.folding import fold
from dossier.model import Document, Kind
from dossier.replacement import Contribution, Placed, Role, Standing, join
from dossier.selection import Selection, select

_KINDS = (Kind.MEMO, Kind.SUMMARY_TABLE)


@dataclass(frozen=True, slots=True)
class Step:
    """One message that counts, and what was still lacking after it."""

    contribution: Contribution
    selection: Selection
    standing: Standing
    role: Role


def step_after(standing: Standing, contribution: Contribution) -> Step:
    selection = select(contribution.submission.documents)
    roles = []
    for kind, document in selection.in_force.items():
        standing, role = join(standing, Placed(contribution, document), kind)
        roles.append(role)
    order = (Role.UNLIKE, Role.REPLACED, Role.ADDED)
    return Step(contribution, selection, standing, next((role for role in order if role in roles), Role.NOTHING_NEW))


def documents_of(standing: Standing) -> dict[Kind, Document]:
    return {kind: placed.document for kind, placed in standing.in_force.items()}


def is_from(standing: Standing, kind: Kind, message: str) -> bool:
    placed = standing.in_force.get(kind)
    return placed is not None and placed.contribution.message == message


def _told(document: Document) -> tuple[Kind, ...]:
    return tuple(kind for kind in _KINDS if kind in document.kinds)


def doubts_matter(document: Document, step: Step, standing: Standing) -> bool:
    """Not in a copy of what is in force, nor in what was replaced since."""
    placed = {one.key for one in (*standing.in_force.values(), *standing.unlike)}
    if f"{step.contribution.message}/{document.part}" in placed:
        return True
    if document.part in step.selection.copies:
        return False
    told = _told(document)
    return not told or any(is_from(standing, kind, step.contribution.message) for kind in told)


def mended(document: Document, number: int, steps: tuple[Step, ...], campaign: Campaign) -> bool:
    """Whether a later message brought, readable, what this file of message `number` was or may have been.

    By the same name; by its kind, where that was told; else by everything that was lacking when it came. A file that
    could be anything while nothing was lacking stays for a person.
    """
    doubtful = document.problem is not None or (not _told(document) and document.doubts)
    if not doubtful:
        return False
    later = [step.contribution for step in steps[number + 1 :]]
    if any(_same_name(document, other) for one in later for other in one.submission.documents):
        return True
    told = _told(document) or _lacking(steps[number], campaign)
    standing = steps[-1].standing
    return bool(told) and all(any(is_from(standing, kind, one.message) for one in later) for kind in told)


def _same_name(document: Document, other: Document) -> bool:
    return other.problem is None and not other.inline and bool(_told(other)) and fold(other.file) == fold(document.file)


def _lacking(step: Step, campaign: Campaign) -> tuple[Kind, ...]:
    return tuple(required.kind for required in campaign.required if required.kind not in step.standing.in_force)


def message_unread(number: int, steps: tuple[Step, ...], campaign: Campaign) -> bool:
    """Whether a message that was not read to its end may still hold what nobody has sent since."""
    if not steps[number].contribution.submission.problems:
        return False
    lacking = _lacking(steps[number], campaign)
    return not lacking or any(kind not in steps[-1].standing.in_force for kind in lacking)
