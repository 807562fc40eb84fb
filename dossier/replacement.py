"""What a further message does to the documents in force: adds, replaces, repeats, or asks for a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dossier.deadline import Receipt
from dossier.findings import REPLACES_UNLIKE, finding
from dossier.likeness import rows_of, same_initiatives, shared, tells_of_others, titles
from dossier.model import Document, Finding, Kind, Submission
from dossier.selection import OCR, agree, initiatives


class Role(StrEnum):
    """What one message did to its dossier."""

    ADDED = "added"
    """It brought a document of a kind that was not there."""
    REPLACED = "replaced"
    """A document of it stands in place of an older one."""
    UNLIKE = "unlike"
    """Its table shares few initiatives with the one in force: both are kept, a person decides."""
    NOTHING_NEW = "nothing-new"
    """It changed no document in force: a copy, a blank form, files that were not read, words alone."""
    LATE_SUPPLEMENT = "late-supplement"
    """It came after the deadline to a dossier that was complete in time: kept for staff, changes nothing."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A message that may add to its union's dossier: from a known address, or accepted by a person."""

    submission: Submission
    receipt: Receipt
    arrival: int = 0
    """Order in which the messages were recorded; decides between equal times of receipt."""
    accepted: bool = False
    """A person took it: doubts about sender and disputed times are settled; a time that nobody knows is not."""

    @property
    def message(self) -> str:
        return self.submission.sha256


@dataclass(frozen=True, slots=True)
class Placed:
    """A document and the message it came with."""

    contribution: Contribution
    document: Document

    @property
    def key(self) -> str:
        """As Assessment.in_force names it: "SHA256-of-message/part"."""
        return f"{self.contribution.message}/{self.document.part}"


@dataclass(frozen=True, slots=True)
class Standing:
    """The documents in force, and the tables that a person has to decide on."""

    in_force: Mapping[Kind, Placed] = field(default_factory=dict)
    unlike: tuple[Placed, ...] = ()


def join(standing: Standing, newer: Placed, kind: Kind) -> tuple[Standing, Role]:
    """Bring a document of `kind` into the dossier; a newer one replaces the older where it is like it."""
    older = standing.in_force.get(kind)
    if older is None:
        return _put(standing, newer, kind), Role.ADDED
    if _changes_nothing(older.document, newer.document, kind):
        return standing, Role.NOTHING_NEW
    described = older.document.description and not newer.document.description
    if described and not tells_of_others(rows_of(older.document), rows_of(newer.document)):
        return _put(standing, newer, kind), Role.REPLACED
    if kind is Kind.SUMMARY_TABLE and not same_initiatives(older.document, newer.document):
        return _keep_both(standing, newer), Role.UNLIKE
    return _put(standing, newer, kind), Role.REPLACED


def _changes_nothing(older: Document, newer: Document, kind: Kind) -> bool:
    """The same file again; a scan of what is there in digital form; the blank form that our letters carry; a
    description of an initiative that the table holds."""
    if older.sha256 == newer.sha256:
        return True
    if newer.description and not older.description:
        return not tells_of_others(rows_of(newer), rows_of(older))
    if kind is Kind.SUMMARY_TABLE and initiatives(older) and not initiatives(newer):
        return True
    return newer.read_by == OCR and older.read_by != OCR and agree(kind, older, newer)


def _put(standing: Standing, newer: Placed, kind: Kind) -> Standing:
    settled = kind is Kind.SUMMARY_TABLE
    unlike = tuple(one for one in standing.unlike if not (settled and same_initiatives(one.document, newer.document)))
    return replace(standing, in_force={**standing.in_force, kind: newer}, unlike=unlike)


def _keep_both(standing: Standing, newer: Placed) -> Standing:
    """A newer one takes the place of an earlier unlike one that it is like."""
    others = tuple(one for one in standing.unlike if not same_initiatives(one.document, newer.document))
    return replace(standing, unlike=(*others, newer))


def unlike_findings(standing: Standing) -> tuple[Finding, ...]:
    """One for each table that would have replaced the one in force and was kept beside it."""
    older = standing.in_force.get(Kind.SUMMARY_TABLE)
    if older is None:
        return ()
    return tuple(_unlike(older.document, newer.document) for newer in standing.unlike)


def _unlike(older: Document, newer: Document) -> Finding:
    old, new = titles(older), titles(newer)
    values = {"earlier": older.file, "shared": str(shared(old, new)), "of": str(len(old))}
    return finding(REPLACES_UNLIKE, document=newer.file, detail=older.file, values=values)
