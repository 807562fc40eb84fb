"""Questions and answers that stand one under the other: in running text, or in the cells of a table of one column.

"Tên sáng kiến: …" on a line or in a cell; a question in one cell and its answer in the next. What is asked in unknown
words is told by its number or its bullet, and by being asked as often as the others.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY
from parsers.columns import ColumnNames
from parsers.content import Cell, Content, Line, Origin
from parsers.form_answers import BREAK, Pair
from parsers.form_labels import LABEL_ALONE, NUMBERED, match_of
from parsers.header_likeness import speaks_of
from parsers.wording import is_ordinal, join_lines

_COUNTED = re.compile(r"\s*(\d{1,2})\s*[.)/]\s*([^:]{2,80}?)\s*:\s*(.*)")
_LABELLED = re.compile(r"([^:]{2,80}?)\s*:\s*(.*)")
_BULLETED = re.compile(r"\s*([-–+*•])\s*([^:]{2,60}?)\s*:\s*(.*)")
_NUMBERED_ALONE = re.compile(r"\s*(\d{1,2})\s*[.)/]\s*([^:]{2,80}?)\s*:?")
_SPOKEN = (AUTHOR, POSITION, FIELD, SUMMARY, APPLIED, BENEFIT)
_MOST_WORDS = 9
"""Of a question."""


@dataclass(frozen=True, slots=True)
class FoundPairs:
    pairs: tuple[Pair, ...]
    used: frozenset[int]
    """Places in Content.blocks."""


@dataclass(frozen=True, slots=True)
class _Text:
    place: int
    text: str
    cell: bool
    """It fills a cell: what follows it is another question, or its answer."""


def pairs_of_lines(content: Content, names: ColumnNames) -> FoundPairs:
    """Every question with its answer, in reading order; BREAK where a heading stands between two forms."""
    texts = list(_texts(content))
    usual = _asked_as_often(texts, names)
    pairs: list[Pair] = []
    used: set[int] = set()
    number, bullet, waiting = 0, "", False
    for one in texts:
        if one.cell and waiting:
            pairs[-1], waiting = replace(pairs[-1], value=one.text), False
            used.add(one.place)
            continue
        if not one.text:
            continue
        pair = _labelled(one.text, names) or _counted(one.text, number, usual) or _bulleted(one.text, bullet, usual)
        if pair is None and one.cell and (found := _LABELLED.fullmatch(one.text)) is not None and found[1] in usual:
            pair = Pair(found[1], found[2])
        waiting = pair is None and one.cell and (pair := _asked(one.text, names, number, usual)) is not None
        if pair is not None:
            number = _number_of(one.text)
            bullet = found[1] if (found := _BULLETED.fullmatch(one.text)) is not None else bullet
        elif pairs and pairs[-1] is not BREAK:
            pair = BREAK if not one.cell and _is_heading(one.text) else Pair("", one.text)
        if pair is not None:
            pairs.append(pair)
            used.add(one.place)
    return FoundPairs(tuple(pairs), frozenset(used))


def _texts(content: Content) -> Iterator[_Text]:
    """Lines, and the cells of grids of one column."""
    for place, block in enumerate(content.blocks):
        if isinstance(block, Line):
            yield _Text(place, join_lines(block.text), cell=False)
        elif all(_is_alone(row) for row in block.rows):
            for row in block.rows:
                yield _Text(place, join_lines(row[0].text), cell=True)


def _is_alone(row: Sequence[Cell]) -> bool:
    return bool(row) and all(cell.origin is Origin.LEFT for cell in row[1:])


def _asked_as_often(texts: Sequence[_Text], names: ColumnNames) -> frozenset[str]:
    """Questions behind a bullet or a number, in unknown words, that stand in the file as often as known ones.

    Of a file with one form only what the language's own nouns tell to be a question: "- Kinh tế: …" is an answer's.
    """
    known: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for one in texts:
        label = _label(one)
        if not label or len(label.split()) > _MOST_WORDS or not label[:1].isupper():
            continue
        (known if match_of(label, names) is not None else others)[label] += 1
    most = max(known.values(), default=0)
    return frozenset(
        label
        for label, count in others.items()
        if count == most and (count > 1 or any(speaks_of(label, key) for key in _SPOKEN))
    )


def _label(one: _Text) -> str:
    """What may be a question: behind a bullet or a number, or at the head of a cell."""
    found = _BULLETED.fullmatch(one.text) or _COUNTED.fullmatch(one.text)
    if found is not None:
        return found[2]
    if not one.cell:
        return ""
    alone = _NUMBERED_ALONE.fullmatch(one.text) if len(one.text) <= LABEL_ALONE else None
    found = _LABELLED.fullmatch(one.text)
    return alone[2] if alone is not None else found[1] if found is not None else ""


def _bulleted(text: str, bullet: str, usual: frozenset[str]) -> Pair | None:
    found = _BULLETED.fullmatch(text)
    if found is None or found[1] != (bullet or found[1]) or found[2] not in usual:
        return None
    return Pair(found[2], found[3])


def _asked(text: str, names: ColumnNames, before: int, usual: frozenset[str]) -> Pair | None:
    """A question in a cell of its own: it names a column, or is numbered on from the question before."""
    if len(text) > LABEL_ALONE:
        return None
    label = NUMBERED.sub("", text, count=1).rstrip(" :.…")
    match = match_of(label, names)
    if match is not None:
        return Pair(label, "", match)
    found = _NUMBERED_ALONE.fullmatch(text)
    if found is None or not (label in usual or (before and int(found[1]) == before + 1)):
        return None
    return Pair(label, "")


def _labelled(text: str, names: ColumnNames) -> Pair | None:
    found = _LABELLED.fullmatch(NUMBERED.sub("", text, count=1))
    match = None if found is None else match_of(found[1], names)
    return None if found is None or match is None else Pair(found[1], found[2], match)


def _counted(text: str, before: int, usual: frozenset[str]) -> Pair | None:
    """A question in words that nobody knows, told by its number: the one behind that of the last question."""
    found = _COUNTED.fullmatch(text)
    if found is None or not (found[2] in usual or (before and int(found[1]) == before + 1)):
        return None
    return Pair(found[2], found[3])


def _number_of(text: str) -> int:
    found = _COUNTED.fullmatch(text) or _NUMBERED_ALONE.fullmatch(text)
    return int(found[1]) if found is not None else 0


def _is_heading(text: str) -> bool:
    """Whether a line stands between two forms: "SÁNG KIẾN SỐ 2", "Sáng kiến thứ hai: …" do; a sentence does not."""
    return text.isupper() or (is_ordinal(text.rsplit(" ", 1)[-1]) and len(text) <= LABEL_ALONE)
