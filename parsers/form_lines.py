"""Questions and answers that stand one under the other: in running text, or in the cells of a table of one column.

"Tên sáng kiến: …" on a line or in a cell; a question in one cell and its answer in the next. What is asked in unknown
words is told by its number or its bullet, and by being asked as often as the others; where only its bullet or its bold
type tells it, a person is told as well. Where questions have bullets or numbers, no line without one is a question.
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
_LEADER = re.compile(r"(?:\.{4,}|…+|_{4,})[\s.…_]*\Z")
"""What is left of a dotted line behind its answer."""
_SPOKEN = (AUTHOR, POSITION, FIELD, SUMMARY, APPLIED, BENEFIT)
_SIGNED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*[./]")
_LETTERS = 0.6
"""Part of a text in capitals: "47.000.000 VNĐ" is a sum."""
_MOST_HEADING = 6
"""Words between two forms that end in a number."""
_MOST_WORDS = 9
"""Of a question."""
_OFTEN = 0.75
"""Of the most that a known question is asked: one may stand alone at the head of a page, and be no cell."""
_LEAST_ASKED, _MARKED = 3, 0.6
"""Questions that tell how a file asks, and the part of them that does so."""


@dataclass(frozen=True, slots=True)
class FoundPairs:
    pairs: tuple[Pair, ...]
    used: frozenset[int]
    """Places in Content.blocks."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    place: int
    text: str
    cell: bool
    """It fills a cell: what follows it is another question, or its answer."""
    bold: bool = False
    beside: bool = False
    """Another question stands on its line."""


@dataclass(frozen=True, slots=True)
class _Usage:
    """How a file asks."""

    labels: frozenset[str]
    """Unknown ones that are questions."""
    marked: bool
    """Its questions in running text have bullets or numbers."""
    several: bool
    """It has more than one form."""


def pairs_of_lines(content: Content, names: ColumnNames) -> FoundPairs:
    """Every question with its answer, in reading order; BREAK where a heading stands between two forms."""
    texts = list(_texts(content))
    usage = _usage(texts, names)
    pairs: list[Pair] = []
    used: set[int] = set()
    doubts: list[str] = []
    number, bullet, waiting = 0, "", False
    for one in texts:
        if one.cell and waiting:
            pairs[-1], waiting = replace(pairs[-1], value=one.text), False
            used.add(one.place)
            continue
        if not one.text:
            continue
        pair = _question(one, names, usage, number, bullet)
        waiting = pair is None and one.cell and (pair := _asked(one.text, names, number, usage.labels)) is not None
        if pair is None and pairs and (doubted := _perhaps(one, usage, bullet)) is not None:
            doubts.append(f"“{doubted.label}” may be a question of its own, or part of the answer above it")
            pair = None if usage.several else doubted
        if pair is not None:
            number = _number_of(one.text)
            bullet = found[1] if (found := _BULLETED.fullmatch(one.text)) is not None else bullet
        elif pairs and pairs[-1] is not BREAK:
            pair = BREAK if not one.cell and _is_heading(one.text, pairs[-1].value) else Pair("", one.text)
        if pair is not None:
            pairs.append(pair)
            used.add(one.place)
    return FoundPairs(tuple(pairs), frozenset(used), tuple(dict.fromkeys(doubts)))


def _question(one: _Text, names: ColumnNames, usage: _Usage, number: int, bullet: str) -> Pair | None:
    """A question that the text begins with, its answer behind it."""
    if usage.marked and not one.cell and not NUMBERED.match(one.text):
        return None
    pair = _labelled(one.text, names) or _counted(one.text, number, usage.labels) or _dotted(one)
    pair = pair or _bulleted(one.text, bullet, usage.labels)
    found = _LABELLED.fullmatch(one.text) if pair is None and (one.cell or not usage.marked) else None
    return Pair(found[1], found[2]) if found is not None and found[1] in usage.labels else pair


def _dotted(one: _Text) -> Pair | None:
    """A question of a printed form, in whatever words: its answer stands on a dotted line, or beside another one."""
    found = _LABELLED.fullmatch(one.text)
    if one.cell or found is None or not _is_short(found[1]):
        return None
    if not one.beside and _LEADER.search(found[2]) is None:
        return None
    return Pair(found[1], found[2])


def _perhaps(one: _Text, usage: _Usage, bullet: str) -> Pair | None:
    """What is put as the questions around it are, in words that nobody knows: behind their bullet, or in bold."""
    if one.cell:
        return None
    found = _BULLETED.fullmatch(one.text)
    if found is not None and usage.marked and found[1] == bullet and _is_short(found[2]):
        return Pair(found[2], found[3])
    label = one.text.rstrip(" .…").removesuffix(":")
    alone = one.bold and one.text.rstrip(" .…").endswith(":") and ":" not in label
    return Pair(label, "") if alone and len(label) <= LABEL_ALONE and _is_short(label) else None


def _is_short(label: str) -> bool:
    """A few words that begin with a capital and count nothing: "Bước 2" counts the steps of an answer."""
    return label[:1].isupper() and len(label.split()) <= _MOST_WORDS and not label[-1:].isdigit()


def _usage(texts: Sequence[_Text], names: ColumnNames) -> _Usage:
    known: Counter[str] = Counter()
    marked = 0
    for one in texts:
        if not one.cell and (pair := _labelled(one.text, names)) is not None:
            known[pair.label] += 1
            marked += NUMBERED.match(one.text) is not None
    return _Usage(
        _asked_as_often(texts, names) | _asked_in_cells(texts),
        known.total() >= _LEAST_ASKED and marked >= _MARKED * known.total(),
        max(known.values(), default=0) > 1,
    )


def _asked_in_cells(texts: Sequence[_Text]) -> frozenset[str]:
    """What begins the cells of a grid nearly each of which is a question with its answer."""
    cells: dict[int, list[str]] = {}
    for one in texts:
        if one.cell and one.text:
            found = _LABELLED.fullmatch(one.text)
            cells.setdefault(one.place, []).append(found[1] if found is not None and _is_short(found[1]) else "")
    asking = [asked for asked in cells.values() if sum(map(bool, asked)) >= max(_LEAST_ASKED, _MARKED * len(asked))]
    return frozenset(label for asked in asking for label in asked if label)


def _texts(content: Content) -> Iterator[_Text]:
    """Lines, and the cells of grids of one column."""
    for place, block in enumerate(content.blocks):
        if isinstance(block, Line):
            parts = _questions_on(block.text)
            for text in parts:
                yield _Text(place, join_lines(text), cell=False, bold=block.bold, beside=len(parts) > 1)
        elif all(_is_alone(row) for row in block.rows):
            for row in block.rows:
                yield _Text(place, join_lines(row[0].text), cell=True)


def _questions_on(line: str) -> Sequence[str]:
    """The questions that one line asks, a tab between them; else the line."""
    parts = [part.strip() for part in line.split("\t") if part.strip()]
    asked = len(parts) > 1 and all(
        (found := _LABELLED.fullmatch(NUMBERED.sub("", part, count=1))) is not None and _is_short(found[1])
        for part in parts
    )
    return parts if asked else [line]


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
        if (count > 1 and _OFTEN * most <= count <= most)
        or (count == most and any(speaks_of(label, key) for key in _SPOKEN))
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


def _is_heading(text: str, above: str) -> bool:
    """Whether a line stands between two forms: "SÁNG KIẾN SỐ 2", "Sáng kiến thứ hai: …" do; a sentence does not.

    `above`: the answer that it would go on with, in capitals itself or not; where there is none yet, it is that.
    """
    if not above.strip() and not text.isupper():
        return False
    if text.isupper():
        letters = sum(map(str.isalpha, above))
        return not above.isupper() or letters < _LETTERS * len(above) or _SIGNED.match(text) is not None
    return text[:1].isupper() and is_ordinal(text.rsplit(" ", 1)[-1]) and len(text.split()) <= _MOST_HEADING
