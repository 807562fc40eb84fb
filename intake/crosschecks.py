"""Cross-checks against what other unions have sent, and a person's ruling: from stored rows, with the record."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from dossier.composition import DossierState
from dossier.initiatives import Drawn, draw
from dossier.model import Kind
from dossier.near_duplicates import sent_before
from dossier.rulings import ruled
from store import likenesses, rulings
from store.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Checked:
    """A dossier's state with the findings of the cross-checks, and what was drawn from its table."""

    state: DossierState
    initiatives: tuple[Drawn, ...]


def cross_check(conn: Connection, dossier: Dossier, state: DossierState) -> Checked:
    """The warnings that come of it change no verdict and no letter; the ruling in force does."""
    checked = _compared(conn, dossier, state)
    ruling = rulings.in_force(conn, dossier.id)
    if ruling is None:
        return checked
    assessment = ruled(checked.state.assessment, ruling.ruling)
    return replace(checked, state=replace(checked.state, assessment=assessment))


def _compared(conn: Connection, dossier: Dossier, state: DossierState) -> Checked:
    placed = state.in_force.get(Kind.SUMMARY_TABLE)
    table = placed.document.table if placed is not None else None
    if placed is None or table is None:
        return Checked(state, ())
    drawn = draw(table, dossier.campaign)
    others = likenesses.candidates(conn, dossier.id, drawn)
    compared = (
        sent_before(placed.document.file, row, one.gist, sent)
        for row, (one, sent) in enumerate(zip(drawn, others, strict=True), start=1)
    )
    found = tuple(one for one in compared if one is not None)
    if not found:
        return Checked(state, drawn)
    assessment = replace(state.assessment, findings=(*state.assessment.findings, *found))
    return Checked(replace(state, assessment=assessment), drawn)
