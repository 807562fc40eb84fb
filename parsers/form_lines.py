"""Questions and answers that stand one under the other: in running text, or in the cells of a table of one column.

"Tên sáng kiến: …" on a line or in a cell; a question in one cell and its answer in the next. What is asked in unknown
words is told by its number or its bullet, and by being asked as often as the others; where only its bullet or its bold
type tells it, a person is told as well. Where questions have bullets or numbers, no line without one is a question.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY
from parsers.columns import ColumnNames
from parsers.content import Content
from parsers.dotted_lines import ends_dotted
from parsers.form_answers import BREAK, Pair
from parsers.form_labels import LABEL_ALONE, LABELLED, NUMBERED, is_short, match_of
from parsers.form_texts import FormText, form_texts
from parsers.header_likeness import speaks_of
from parsers.question_marks import LONGEST_LABEL, is_end
from parsers.questions import is_question
from parsers.wording import is_ordinal

_COUNTED = re.compile(r"\s*(\d{1,2})\s*[.)/]\s*([^:]{2,80}?)\s*:\s*(.*)")
_BULLETED = re.compile(r"\s*([-–+*•])\s*([^:]{2,60}?)\s*:\s*(.*)")
_NUMBERED_ALONE = re.compile(r"\s*(\d{1,2})\s*[.)/]\s*([^:]{2,80}?)\s*:?")
_SENTENCE = re.compile(r"([^:?]{5,110}\?)\s*:?\s*(.*)")
"""A question in a sentence, and what follows it."""
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
_PERHAPS = "“{}” may be a question of its own, or part of the answer above it"
_LEAST_ASKED, _MARKED = 3, 0.6
"""Questions that tell how a file asks, and the part of them that does so."""


@dataclass(frozen=True, slots=True)
class FoundPairs:
    pairs: tuple[Pair, ...]
    used: frozenset[int]
    """Places in Content.blocks."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Usage:
    """How a file asks."""

    labels: frozenset[str]
    """Unknown ones that are questions."""
    marked: bool
    """Its questions in running text have bullets or numbers."""
    several: bool
    """It has more than one form."""
    sentences: bool
    """It asks in sentences."""
    asked: Counter[str]
    """How often each label with a colon begins a line."""


def pairs_of_lines(content: Content, names: ColumnNames) -> FoundPairs:
    """Every question with its answer, in reading order; BREAK where a heading stands between two forms."""
    texts = list(form_texts(content, names))
    usage = _usage(texts, names)
    pairs: list[Pair] = []
    used: set[int] = set()
    doubts: list[str] = []
    number, bullet, waiting, ended, begins = 0, "", False, False, False
    for one in texts:
        if one.cell and waiting:
            pairs[-1], waiting = replace(pairs[-1], value=one.text), False
            used.add(one.place)
            continue
        if not one.text:
            continue
        pair = _question(one, names, usage, number, bullet, begins=begins or not pairs)
        pair = pair or (_after_dots(one, usage) if ended or begins else None)
        ended, begins = ends_dotted(one.text), one.beside
        waiting = pair is None and one.cell and (pair := _asked(one.text, names, number, usage)) is not None
        if pair is None and pairs and (doubted := _perhaps(one, usage, bullet)) is not None:
            doubts.append(_PERHAPS.format(doubted.label))
            pair = None if usage.several else doubted
        if pair is not None:
            number = _number_of(one.text)
            bullet = found[1] if (found := _BULLETED.fullmatch(one.text)) is not None else bullet
        elif pairs and pairs[-1] is not BREAK:
            doubts += _behind_an_answer(one, pairs[-1]) if not usage.several else ()
            pair = BREAK if not one.cell and _is_heading(one.text, pairs[-1]) else Pair("", one.text)
            begins = begins or pair is BREAK
        if pair is not None:
            pairs.append(pair)
            used.add(one.place)
    return FoundPairs(tuple(pairs), frozenset(used), tuple(dict.fromkeys(doubts)))


def _behind_an_answer(one: FormText, above: Pair) -> tuple[str, ...]:
    """A doubt where a cell stands under a cell that has answered: of a single form nothing tells whether it asks."""
    answered = one.cell and bool(above.value.strip()) and len(one.text) <= LONGEST_LABEL and not is_end(one.text)
    return (_PERHAPS.format(one.text),) if answered else ()


def _question(
    one: FormText, names: ColumnNames, usage: _Usage, number: int, bullet: str, *, begins: bool
) -> Pair | None:
    """A question that the text begins with, its answer behind it. `begins`: no answer above it goes on."""
    if usage.marked and not (one.cell or one.beside or begins) and not NUMBERED.match(one.text):
        return None
    if usage.sentences and (found := _SENTENCE.fullmatch(NUMBERED.sub("", one.text, count=1))) is not None:
        return Pair(found[1], found[2], match_of(found[1], names)) if found[2] or not one.cell else None
    pair = _labelled(one.text, names) or _counted(one.text, number, usage.labels) or _dotted(one, usage)
    pair = pair or _bulleted(one.text, bullet, usage.labels)
    found = LABELLED.fullmatch(one.text) if pair is None and (one.cell or begins or not usage.marked) else None
    return Pair(found[1], found[2]) if found is not None and found[1] in usage.labels else pair


def _dotted(one: FormText, usage: _Usage) -> Pair | None:
    """A question of a printed form, in whatever words: its answer stands on a dotted line, or beside another one."""
    if not one.beside and not ends_dotted(one.text):
        return None
    return _after_dots(one, usage)


def _after_dots(one: FormText, usage: _Usage) -> Pair | None:
    """What stands where a question must: the dotted line of the one before has ended; one of several forms asks it."""
    found = LABELLED.fullmatch(NUMBERED.sub("", one.text, count=1))
    if one.cell or found is None or not is_short(found[1]):
        return None
    return Pair(found[1], found[2]) if usage.asked[found[1]] > 1 or not usage.several or one.beside else None


def _perhaps(one: FormText, usage: _Usage, bullet: str) -> Pair | None:
    """What is put as the questions around it are, in words that nobody knows: behind their bullet, or in bold."""
    if one.cell:
        return None
    found = _BULLETED.fullmatch(one.text)
    if found is not None and usage.marked and found[1] == bullet and is_short(found[2]):
        return Pair(found[2], found[3])
    label = one.text.rstrip(" .…").removesuffix(":")
    alone = one.bold and one.text.rstrip(" .…").endswith(":") and ":" not in label
    return Pair(label, "") if alone and len(label) <= LABEL_ALONE and is_short(label) else None


def _usage(texts: Sequence[FormText], names: ColumnNames) -> _Usage:
    known: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    beside: set[str] = set()
    marked = sentences = 0
    for one in texts:
        bare = NUMBERED.sub("", one.text, count=1)
        if (sentence := _SENTENCE.fullmatch(bare)) is not None and match_of(sentence[1], names) is not None:
            sentences += 1
        elif not one.cell and (labelled := LABELLED.fullmatch(bare)) is not None:
            asked[labelled[1]] += 1
            beside |= {labelled[1]} if one.beside and is_short(labelled[1]) else set()
        if not (one.cell or one.beside) and (pair := _labelled(one.text, names)) is not None:
            known[pair.label] += 1
            marked += NUMBERED.match(one.text) is not None
    return _Usage(
        _asked_as_often(texts, names) | _asked_in_cells(texts) | frozenset(beside),
        known.total() >= _LEAST_ASKED and marked >= _MARKED * known.total(),
        max(known.values(), default=0) > 1,
        sentences >= _LEAST_ASKED,
        asked,
    )


def _asked_in_cells(texts: Sequence[FormText]) -> frozenset[str]:
    """What begins the cells of a grid nearly each of which is a question with its answer."""
    cells: dict[int, list[str]] = {}
    for one in texts:
        if one.cell and one.text:
            found = LABELLED.fullmatch(one.text)
            cells.setdefault(one.place, []).append(found[1] if found is not None and is_short(found[1]) else "")
    asking = [asked for asked in cells.values() if sum(map(bool, asked)) >= max(_LEAST_ASKED, _MARKED * len(asked))]
    return frozenset(label for asked in asking for label in asked if label)


def _asked_as_often(texts: Sequence[FormText], names: ColumnNames) -> frozenset[str]:
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


def _label(one: FormText) -> str:
    """What may be a question: behind a bullet or a number, or at the head of a cell."""
    found = _BULLETED.fullmatch(one.text) or _COUNTED.fullmatch(one.text)
    if found is not None:
        return found[2]
    if not one.cell:
        return ""
    alone = _NUMBERED_ALONE.fullmatch(one.text) if len(one.text) <= LABEL_ALONE else None
    found = LABELLED.fullmatch(one.text)
    return alone[2] if alone is not None else found[1] if found is not None else ""


def _bulleted(text: str, bullet: str, usual: frozenset[str]) -> Pair | None:
    found = _BULLETED.fullmatch(text)
    if found is None or found[1] != (bullet or found[1]) or found[2] not in usual:
        return None
    return Pair(found[2], found[3])


def _asked(text: str, names: ColumnNames, before: int, usage: _Usage) -> Pair | None:
    """A question in a cell of its own: it names a column, is a sentence, or is numbered on from the one before."""
    label = NUMBERED.sub("", text, count=1).rstrip(" :.…_")
    if usage.sentences and label.endswith("?") and is_question(label):
        return Pair(label, "", match_of(label, names))
    if len(text) > LABEL_ALONE:
        return None
    match = match_of(label, names)
    if match is not None:
        return Pair(label, "", match)
    found = _NUMBERED_ALONE.fullmatch(text)
    if found is None or not (label in usage.labels or (before and int(found[1]) == before + 1)):
        return None
    return Pair(label, "")


def _labelled(text: str, names: ColumnNames) -> Pair | None:
    found = LABELLED.fullmatch(NUMBERED.sub("", text, count=1))
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


def _is_heading(text: str, asked: Pair) -> bool:
    """Whether a line stands between two forms: "SÁNG KIẾN SỐ 2", "Sáng kiến thứ hai: …" do; a sentence does not.

    `asked`: what it would answer or go on with, in capitals itself or not; where there is no answer yet, it is that.
    """
    above = asked.value
    if asked.label.endswith("?") and not above.strip() and not is_ordinal(text.rsplit(" ", 1)[-1]):
        return False
    if not above.strip() and not text.isupper():
        return False
    if text.isupper():
        letters = sum(map(str.isalpha, above))
        return not above.isupper() or letters < _LETTERS * len(above) or _SIGNED.match(text) is not None
    return text[:1].isupper() and is_ordinal(text.rsplit(" ", 1)[-1]) and len(text.split()) <= _MOST_HEADING
