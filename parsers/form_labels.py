"""Labels of forms: which cells of a grid hold them, what each names, and which rows only head the others."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from dossier.campaign import APPLIED, NO, SUMMARY, TITLE
from parsers.column_holders import SURE
from parsers.columns import ColumnNames, Match
from parsers.content import Cell, Grid, Line, Origin
from parsers.header_likeness import speaks_of
from parsers.questions import asked_by, is_question
from parsers.wording import is_arabic_ordinal, is_ordinal, join_lines

_SHARE = 0.5
"""Least part of a label's letters that its column's synonyms cover."""
_LEADING_SHARE = 0.28
"""The same where they begin a short label: "Nội dung chủ yếu của giải pháp"."""
LABEL_ALONE = 60
"""Most letters of a label on a line of its own."""
_ASKED_SHARE = 0.7
"""How far a question in a sentence is believed: its answers may say that another thing is meant."""
_SHORT_LABEL = 40
"""The same of one that is told by the language's nouns alone."""
_MOST_LABEL_COLUMNS = 8
_LABEL_AND_ANSWER = 2
"""Columns of a form."""
_MOST_WORDS = 9
"""Of a question."""
_HEADING = 30
"""Most letters of "Thông tin", "Nội dung đăng ký" over the values."""
NUMBERED = re.compile(
    r"\A\s*(?:[-+*•]|[Cc]âu(?: hỏi)?\s+\d{1,2}\s*[.):/]|(?:\d{1,2}|[IVXa-zA-ZđĐ])(?:\.\d{1,2})*\s*[.)/])\s*"
)
LABELLED = re.compile(r"([^:]{2,80}?)\s*:\s*(.*)")
_LEAST_NUMBERED = 3
_NUMBER_AT_END = re.compile(r"\s*(?<!\d)\d{1,3}\Z")


def label_columns(grid: Grid, names: ColumnNames) -> list[int]:
    """The grid's columns that hold labels: of at least three columns in all, two of them mandatory. [] for no form."""
    found: dict[int, set[str]] = {}
    for column in range(min(_MOST_LABEL_COLUMNS, len(grid.rows[0]) - 1)):
        cells = (row[column] for row in grid.rows)
        keys = asked_for([cell.text for cell in cells if cell.origin is Origin.OWN], names)
        if len(keys) >= 2:
            found[column] = keys
    all_keys = set().union(*found.values())
    if len(all_keys) < 3 or len(all_keys & names.mandatory) < 2:
        return []
    most = max(found, key=lambda column: (len(found[column]), -column))
    columns = [column for column in sorted(found) if column == most or not found[column] & found[most]]
    if columns == [most] and (beside := _asked_beside(grid, most)):
        return [most, beside]
    return columns


def forms_apart(grid: Grid, names: ColumnNames) -> list[Grid]:
    """The forms that stand beside each other in a grid, each with its own labels; the grid where there is one."""
    width = len(grid.rows[0])
    asked = [[label_of(row[column].text) for row in grid.rows] for column in range(width)]
    again = {at: [to for to in range(at + 2, width) if _ask_alike(grid, asked, at, to)] for at in range(width)}
    twice = (at for at, others in again.items() if others)
    first = next((at for at in twice if sum(match_of(label, names) is not None for label in {*asked[at]}) > 1), None)
    if first is None:
        return [grid]
    same = again[first]
    ends = [*same, width]
    if min(end - start for start, end in zip((first, *same), ends, strict=True)) < _LABEL_AND_ANSWER:
        return [grid]
    starts = [0, *same]
    return [
        replace(grid, rows=tuple(row[start:end] for row in grid.rows)) for start, end in zip(starts, ends, strict=True)
    ]


def _ask_alike(grid: Grid, asked: Sequence[Sequence[str]], one: int, other: int) -> bool:
    """Whether two columns hold the same texts, several of them; what is merged over both stands over both forms."""
    rows = [place for place, row in enumerate(grid.rows) if row[other].origin is not Origin.LEFT]
    texts = {asked[other][place] for place in rows} - {""}
    return len(texts) > 1 and all(asked[one][place] == asked[other][place] for place in rows)


def asked_for(texts: Sequence[str], names: ColumnNames) -> set[str]:
    """Columns that the labels name; where one does so in the campaign's words, others may in the language's.

    Where none does, the language's nouns must ask for all that is mandatory.
    """
    keys = {match.key for text in texts if (match := match_of(text, names)) is not None} - {NO}
    labels = [label for text in texts if 0 < len(label := label_of(text)) <= _SHORT_LABEL]
    if not keys:
        return {*names.mandatory} if spoken_whole(labels, names) else keys
    return keys | {key for key in names.mandatory - keys for label in labels if _is_spoken(label, key, names)}


def spoken_whole(labels: Sequence[str], names: ColumnNames) -> bool:
    """Whether labels that the campaign does not know ask for all that it must have, in the language's own words."""
    return bool(names.mandatory) and all(any(speaks_of(label, key) for label in labels) for key in names.mandatory)


def _is_spoken(label: str, key: str, names: ColumnNames) -> bool:
    return match_of(label, names) is None and speaks_of(label, key)


def known_labels(blocks: Sequence[Line | Grid], names: ColumnNames) -> frozenset[str]:
    """The labels of every grid that is a form, known words or not: other forms of the file ask the same."""
    forms = ((block, label_columns(block, names)) for block in blocks if isinstance(block, Grid) and block.rows)
    return frozenset(label_of(row[column].text) for grid, columns in forms for row in grid.rows for column in columns)


def columns_of(grid: Grid, known: Collection[str]) -> list[int]:
    """The label columns of a grid, too short to be told as a form, that asks what others of the file ask.

    Its first row may be the rest of one that the page's end cut; numbers may stand before the labels.
    """
    rest = len(grid.rows) > 1 and not any(cell.text.strip()[:1].isupper() for cell in grid.rows[0])
    rows = grid.rows[1:] if rest and grid.page is not None else grid.rows
    columns = range(min(_MOST_LABEL_COLUMNS, len(grid.rows[0]) - 1))
    asking = [column for column in columns if all(label_of(row[column].text) in known for row in rows)]
    before = range(asking[0]) if asking else range(0)
    beside = (row[one].text.strip() for row in rows for one in before)
    return asking if all(is_ordinal(text) or not text for text in beside) else []


def _asked_beside(grid: Grid, column: int) -> int:
    """The column of a second question on a row, in a grid whose other rows have one answer over all; 0 for none."""
    beside = column + 2
    if len(grid.rows[0]) != beside + 2:
        return 0
    rows = [row for row in grid.rows if sum(bool(cell.text.strip()) for cell in row) > 1]
    pairs = [row for row in rows if all(cell.origin is Origin.OWN for cell in row[column:])]
    alone = [row for row in rows if all(cell.origin is Origin.LEFT for cell in row[beside:])]
    labels = [label_of(row[beside].text) for row in pairs]
    usual = bool(pairs and alone) and all(0 < len(label) <= LABEL_ALONE for label in labels)
    return beside if usual and len(pairs) + len(alone) == len(rows) else 0


def match_of(text: str, names: ColumnNames) -> Match | None:
    """The column that a label names; None where too little of it does."""
    label = label_of(text)
    if is_question(label) and (key := asked_by(label)) in names.known and key is not None:
        share = SURE if key == APPLIED else _ASKED_SHARE
        return Match(key, len(label) * share, share, leads=True)
    matches = names.matches(label) if label and len(label) <= 2 * LABEL_ALONE else ()
    if not matches or (matches[0].key == TITLE and is_question(label)):
        return None
    leads = matches[0].leads and len(label) <= LABEL_ALONE
    return matches[0] if matches[0].share >= (_LEADING_SHARE if leads else _SHARE) else None


def is_short(label: str) -> bool:
    """A few words that begin with a capital and count nothing: "Bước 2" counts the steps of an answer."""
    return label[:1].isupper() and len(label.split()) <= _MOST_WORDS and not label[-1:].isdigit()


def label_of(text: str) -> str:
    """A label without its number and what leads to the answer: "2. Tên sáng kiến:" is "Tên sáng kiến"."""
    return NUMBERED.sub("", join_lines(text), count=1).rstrip(" :.…_")


def without_headings(blocks: Sequence[Line | Grid], names: ColumnNames) -> Sequence[Line | Grid]:
    """The blocks without rows that only head the others; one told in any grid is told where a page's end parts it."""
    headings: set[tuple[str, ...]] = set()
    for grid in (block for block in blocks if isinstance(block, Grid) and block.rows):
        columns = label_columns(grid, names)
        if len(columns) == 1:
            column = columns[0]
            numbered = column > 0 and _is_numbered(grid)
            found = (
                row
                for place, row in enumerate(grid.rows)
                if (numbered and _is_unnumbered(row)) or _heads(grid, place, column, names)
            )
            headings.update(map(_heading, found))
    if not headings:
        return blocks
    return [
        replace(block, rows=tuple(row for row in block.rows if _heading(row) not in headings))
        if isinstance(block, Grid)
        else block
        for block in blocks
    ]


def _heading(row: Sequence[Cell]) -> tuple[str, ...]:
    """What a heading is known again by, whatever the numbers in it: "Nội dung", "Sáng kiến 1", "Sáng kiến 2"."""
    texts = (_NUMBER_AT_END.sub("", join_lines(cell.text)) for cell in row)
    return tuple(dict.fromkeys(filter(None, texts)))


def _is_numbered(grid: Grid) -> bool:
    return sum(is_arabic_ordinal(join_lines(row[0].text)) for row in grid.rows) >= _LEAST_NUMBERED


def _is_unnumbered(row: Sequence[Cell]) -> bool:
    """Whether a row among numbered ones is headed so: "TT | Nội dung | Thông tin"."""
    return all(cell.text.strip() for cell in row) and not is_ordinal(join_lines(row[0].text))


def _heads(grid: Grid, place: int, column: int, names: ColumnNames) -> bool:
    """Whether a row only heads those below, one of which names the same: "Nội dung | Sáng kiến 1"."""
    found = match_of(grid.rows[place][column].text, names)
    before = grid.rows[place - 1][column + 1 :] if place else ()
    if found is None or found.key != SUMMARY or any(cell.origin is Origin.OWN and cell.text.strip() for cell in before):
        return False
    heads = {at: text for at, cell in enumerate(grid.rows[place]) if at > column and (text := join_lines(cell.text))}
    for row in grid.rows[place + 1 :]:
        if row[column].text == grid.rows[place][column].text:
            return False
        match = match_of(row[column].text, names)
        if match is not None and match.key == found.key:
            told = (min(len(text), _HEADING) for at in heads if (text := join_lines(row[at].text)))
            numbered = all(_NUMBER_AT_END.search(text) and len(text) < _HEADING for text in heads.values())
            return bool(heads) and (numbered or max(map(len, heads.values())) < min(told, default=_HEADING))
    return False
