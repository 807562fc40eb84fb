"""Questions that a file asks again for each initiative, told by their coming back in the same order.

Words need not be known for that: what stands in every form once, between the same two questions, is a question, the
heading of a form, or an answer that is everywhere the same; the marks of the known questions (bold, a number, a colon,
free space above) tell these apart. What this does not prove is no form here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.columns import ColumnNames, Match
from parsers.form_labels import asked_for
from parsers.question_features import USUAL, Feature, features_of, usual_features
from parsers.question_marks import Mark, Piece, joined, label_in, marks_at, matched

_LEAST_FORMS = 2
_LEAST_MANDATORY = 2
_SURE = 0.75


@dataclass(frozen=True, slots=True)
class Asked:
    """What every form asks, form by form."""

    forms: tuple[tuple[Mark, ...], ...]
    """The same questions in each, in their order on the page."""
    headings: frozenset[int]
    """Pieces that head the questions below them."""
    features: frozenset[Feature]
    """What marks a question here."""
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Entry:
    """One question with its place in every form, perhaps."""

    marks: list[Mark]
    match: Match | None
    gaps: list[int] = field(default_factory=list)
    """How many pieces stand under it, form by form."""

    @property
    def inline(self) -> bool:
        return any(mark.inline for mark in self.marks)

    @property
    def is_empty(self) -> bool:
        return not any(self.gaps) and not self.inline

    @property
    def is_known(self) -> bool:
        return self.match is not None


def repeated(pieces: Sequence[Piece], names: ColumnNames) -> Asked | None:
    """The questions of several forms; None where nothing proves them."""
    where = _occurrences(pieces)
    known = {key: match for key, marks in where.items() if (match := _known(key, marks, names)) is not None}
    count = _forms(where, known, names)
    if not count:
        return None
    chosen = _interleaved({key: marks for key, marks in where.items() if len(marks) == count}, known)
    if not _suffices([entry[0].label for entry in chosen.values()], names):
        return None
    entries = sorted(chosen.values(), key=lambda marks: (marks[0].piece, marks[0].inline))
    settled = _settled([_Entry(marks, known.get(marks[0].key)) for marks in entries], pieces)
    others = [marks for key, marks in where.items() if key not in chosen and len(marks) >= _LEAST_FORMS]
    return None if settled is None else _with_loose(settled, others, pieces)


def _known(key: str, marks: Sequence[Mark], names: ColumnNames) -> Match | None:
    return matched(marks[0].label, names) if len(marks) >= _LEAST_FORMS and key else None


def _suffices(labels: Sequence[str], names: ColumnNames) -> bool:
    return len(asked_for(labels, names) & names.mandatory) >= min(_LEAST_MANDATORY, len(names.mandatory))


def _occurrences(pieces: Sequence[Piece]) -> dict[str, list[Mark]]:
    """Every label that may be one, with the pieces that begin with it; of one piece each label once."""
    where: dict[str, list[Mark]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for mark in marks_at(number, piece):
            if not where[mark.key] or where[mark.key][-1].piece != number:
                where[mark.key].append(mark)
    return where


def _forms(where: Mapping[str, Sequence[Mark]], known: Mapping[str, Match], names: ColumnNames) -> int:
    """How often most known columns are asked; 0 where too few are asked as often as each other."""
    columns: dict[int, set[str]] = defaultdict(set)
    for key, match in known.items():
        columns[len(where[key])].add(match.key)
    labels = {count: [marks[0].label for marks in where.values() if len(marks) == count] for count in columns}
    enough = [count for count in columns if _suffices(labels[count], names)]
    return max(enough, key=lambda count: (len(columns[count] & names.mandatory), len(columns[count])), default=0)


def _interleaved(where: Mapping[str, list[Mark]], known: Mapping[str, Match]) -> dict[str, list[Mark]]:
    """Labels that take turns: between two of the one stands one of the other. The best known first, then inline ones.

    Where one piece begins with two of them ("Mô tả: vấn đề, cách giải quyết: …"), the longer label counts.
    """
    chosen: dict[str, list[Mark]] = {}
    taken: dict[int, Mark] = {}

    def rank(key: str) -> tuple[bool, bool, float, int]:
        match = known.get(key)
        return (
            match is None,
            not where[key][0].inline,
            -match.share if match is not None else 0.0,
            where[key][0].piece,
        )

    for key in sorted(where, key=rank):
        marks = where[key]
        longer = [taken[mark.piece] for mark in marks if mark.piece in taken]
        if longer:
            one = longer[0]
            whole = marks[0].inline or (one.inline and one.answer[:1].islower())
            if not (len(longer) == len(marks) and whole and len(marks[0].label) > len(one.label)):
                continue
            chosen.pop(one.key, None)
        if all(_take_turns(marks, others) for others in chosen.values()):
            chosen[key] = marks
            taken.update((mark.piece, mark) for mark in marks)
    return chosen


def _take_turns(one: Sequence[Mark], other: Sequence[Mark]) -> bool:
    first, second = (one, other) if one[0].piece < other[0].piece else (other, one)
    merged = [mark.piece for pair in zip(first, second, strict=True) for mark in pair]
    return all(before < after for before, after in pairwise(merged))


def _with_loose(asked: Asked, others: Iterable[list[Mark]], pieces: Sequence[Piece]) -> Asked:
    """With questions that every form asks, each at another place; what only some ask is for a person."""
    starts = [min([form[0].piece, *_headings_above(form[0].piece, asked, pieces)]) for form in asked.forms]
    ends = [*starts[1:], len(pieces)]
    taken = {mark.piece for form in asked.forms for mark in form} | asked.headings
    forms = [list(form) for form in asked.forms]
    bulleted = [bool(pieces[mark.piece].point) for form in forms for mark in form if mark.inline]
    marked = sum(bulleted) >= USUAL * len(bulleted)
    doubts = list(asked.doubts)
    for marks in sorted(others, key=lambda marks: -len(marks[0].label)):
        loose = [mark for mark in marks if mark.inline and mark.label[:1].isupper() and mark.piece not in taken]
        loose = [mark for mark in loose if pieces[mark.piece].point or not marked]
        places = [sum(start <= mark.piece < end for mark in loose) for start, end in zip(starts, ends, strict=True)]
        if len(loose) < _LEAST_FORMS or not bulleted:
            continue
        taken |= {mark.piece for mark in loose}
        if len(loose) == len(forms) and all(count == 1 for count in places):
            for form, mark in zip(forms, loose, strict=True):
                form.append(mark)
        elif max(places) <= 1:
            doubts.append(f"“{loose[0].label}” may be a question of its own, or part of the answer above it")
    ordered = tuple(tuple(sorted(form, key=lambda mark: mark.piece)) for form in forms)
    return Asked(ordered, asked.headings, asked.features, tuple(doubts))


def _headings_above(first: int, asked: Asked, pieces: Sequence[Piece]) -> Sequence[int]:
    above = first
    while above - 1 in asked.headings:
        above -= 1
    return range(above, first)


def _settled(entries: list[_Entry], pieces: Sequence[Piece]) -> Asked | None:
    """Questions told from headings and from answers that are the same in all forms."""
    features = _usual_features(entries, pieces)
    _count_gaps(entries, len(pieces))
    entries = _that_may_ask(entries, features, pieces)
    _count_gaps(entries, len(pieces))
    entries = _without_constant_answers(entries, features, pieces)
    _count_gaps(entries, len(pieces))
    entries = _with_whole_labels(entries, pieces)
    headings: set[int] = set()
    asked: list[_Entry] = []
    for entry in entries:
        heads = not asked and _is_title(entry, pieces)
        if heads or (entry.is_empty and (not entry.is_known or entry.marks[0].counts)):
            headings.update(
                one for mark in entry.marks for one in range(mark.piece, mark.piece + 1 + heads * entry.gaps[0])
            )
        else:
            asked.append(entry)
    doubts = _doubts(asked, features)
    forms = tuple(zip(*(entry.marks for entry in asked), strict=True))
    return Asked(forms, frozenset(headings), features, doubts) if asked else None


def _usual_features(entries: Iterable[_Entry], pieces: Sequence[Piece]) -> frozenset[Feature]:
    """What nearly all known questions on pieces of their own bear, and what stands under them does not."""
    marks = [mark for entry in entries if entry.is_known and not entry.inline for mark in entry.marks]
    asking = {mark.piece for mark in marks}
    under = [piece + 1 for piece in asking if piece + 1 < len(pieces) and piece + 1 not in asking]
    return usual_features([pieces[piece] for piece in asking], [pieces[piece] for piece in under])


def _that_may_ask(entries: Sequence[_Entry], features: frozenset[Feature], pieces: Sequence[Piece]) -> list[_Entry]:
    """Those that bear the marks of the known questions; among questions with a colon, those with one and titles."""
    known = [entry for entry in entries if entry.is_known]
    colons = sum(entry.inline for entry in known) >= USUAL * len(known)
    first = min((entry.marks[0].piece for entry in known), default=0)
    return [
        entry
        for entry in entries
        if _may_ask(entry, features, pieces)
        and (entry.is_known or entry.inline or not colons or entry.marks[0].piece < first)
    ]


def _may_ask(entry: _Entry, features: frozenset[Feature], pieces: Sequence[Piece]) -> bool:
    if entry.inline:
        return entry.is_known or entry.marks[0].label[:1].isupper()
    bearing = sum(features <= features_of(pieces[mark.piece]) for mark in entry.marks)
    sure = entry.match is not None and entry.match.share >= _SURE and any(entry.gaps)
    return bearing >= USUAL * len(entry.marks) or (sure and not entry.marks[0].counts)


def _count_gaps(entries: Sequence[_Entry], end: int) -> None:
    firsts = entries[0].marks if entries else []
    for place, entry in enumerate(entries):
        following = entries[place + 1].marks if place + 1 < len(entries) else None
        ends = [mark.piece for mark in following] if following else [*(mark.piece for mark in firsts[1:]), end]
        entry.gaps = [stop - mark.piece - 1 for mark, stop in zip(entry.marks, ends, strict=True)]
        if following is None:  # behind the last form stand signatures
            entry.gaps[-1] = min(entry.gaps[-1], max(entry.gaps[:-1], default=0))


def _without_constant_answers(
    entries: Sequence[_Entry], features: frozenset[Feature], pieces: Sequence[Piece]
) -> list[_Entry]:
    """ "Doanh nghiệp" under the same question of every form asks nothing: it bears no mark, and nothing answers it."""
    asking = [place for place, entry in enumerate(entries) if entry.is_known or not entry.is_empty]
    kept: list[_Entry] = []
    for place, entry in enumerate(entries):
        above = kept[-1] if kept else None
        sure = entry.match is not None and entry.match.share >= _SURE
        bare = not features or not features <= features_of(pieces[entry.marks[0].piece])
        amid = bool(asking) and asking[0] < place < asking[-1]
        under = above is not None and above.is_empty and (above.is_known or bool(features) or amid)
        if not entry.inline and not sure and bare and under and (entry.is_empty or bool(features)):
            _answer_with(kept[-1])
            continue
        kept.append(entry)
    return kept


def _answer_with(entry: _Entry) -> None:
    """One piece more answers it, in every form."""
    entry.gaps = [gap + 1 for gap in entry.gaps]


def _is_title(entry: _Entry, pieces: Sequence[Piece]) -> bool:
    """What stands over every form with the same remark under it: "Phiếu đăng ký năm 2021", "Biểu mẫu này …"."""
    if entry.inline or not entry.marks[0].label[-1:].isdigit() or len({*entry.gaps}) > 1:
        return False
    under = {tuple(pieces[mark.piece + 1 + n].text for n in range(entry.gaps[0])) for mark in entry.marks}
    return len(under) == 1


def _with_whole_labels(entries: Sequence[_Entry], pieces: Sequence[Piece]) -> list[_Entry]:
    """A question that is broken over two lines of its page."""
    whole: list[_Entry] = []
    for entry in entries:
        above = whole[-1] if whole else None
        begins = label_in(pieces[entry.marks[0].piece].text)[:1]
        goes_on = pieces[entry.marks[0].piece].box is not None and (begins.islower() or begins == "(")
        if above is not None and above.is_empty and goes_on and not entry.inline:
            marks = [joined(one, other) for one, other in zip(above.marks, entry.marks, strict=True)]
            whole[-1] = _Entry(marks, above.match, entry.gaps)
        else:
            whole.append(entry)
    return whole


def _doubts(entries: Sequence[_Entry], features: frozenset[Feature]) -> tuple[str, ...]:
    """Questions in unknown words that nothing but their coming back marks, amid answers of several pieces."""
    alone = [entry for entry in entries if not entry.inline]
    if features or all(gap <= 1 for entry in alone[:-1] for gap in entry.gaps):
        return ()
    unknown = [entry.marks[0].label for entry in alone if not entry.is_known]
    return tuple(f"“{label}” may be a question of its own, or part of the answer above it" for label in unknown)
