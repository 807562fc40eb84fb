"""Rows whose cells stand in each other's columns: a check of what was read, whatever read it (promise P11).

A name under "Tên sáng kiến" beside an author that is none, a day under "Hiệu quả" beside a time that is none: a row
that lacks a cell, a page that goes on in another order, an answer under the wrong question.
"""

from collections.abc import Iterator, Mapping

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, BLOCK, FIELD, POSITION, SUMMARY, TITLE
from dossier.model import SummaryTable
from dossier.periods import parse
from parsers.cell_kinds import begins_with_family, begins_with_person, is_person, is_time

_NO_TIMES = (AUTHOR, POSITION, TITLE, FIELD, BLOCK, SUMMARY, BENEFIT)
_NO_PEOPLE = (POSITION, TITLE, FIELD, BLOCK, SUMMARY, APPLIED)
_LEAST_OF_A_NAME = 3
_LONGEST_TIME = 32
"""Letters of "Từ ngày 15 tháng 02 năm 2021"."""
_MOST = 3
"""Doubts of one file."""


def displaced_in(table: SummaryTable) -> tuple[str, ...]:
    """Its rows of which two cells seem to have changed places, in English, with their place."""
    return tuple(
        f"{row.place or f'row {number}'}: what stands in {there} may belong in {here}"
        for number, row in enumerate(table.rows, start=1)
        for here, there in _displaced(row.cells)
    )[:_MOST]


def _displaced(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(column that holds something else, column that holds what it asks for)."""
    applied, author = cells.get(APPLIED), cells.get(AUTHOR)
    if applied is not None and parse(applied) is None:
        there = next((key for key in _NO_TIMES if _is_bare_time(cells.get(key, ""))), None)
        if there is not None:
            yield APPLIED, there
    if author is not None and not (is_person(author) or begins_with_person(author)):
        there = next((key for key in _NO_PEOPLE if _names_somebody(cells.get(key, ""))), None)
        if there is not None:
            yield AUTHOR, there


def _is_bare_time(text: str) -> bool:
    """A sentence may speak of a time as well."""
    return len(text) <= _LONGEST_TIME and is_time(text)


def _names_somebody(text: str) -> bool:
    """Three capitalised words, the first a family's: two may be a post or a title."""
    return len(text.split()) >= _LEAST_OF_A_NAME and is_person(text) and begins_with_family(text)
