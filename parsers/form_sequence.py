"""Forms whose questions and answers stand one under the other, told by their structure: see `repeated_questions`.

A sheet of one column, the print of an online form, paragraphs with bold questions. Where the questions of several forms
come back in the same order, or where bold type or counting numbers set them apart, words tell only what each is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from parsers.columns import ColumnNames
from parsers.content import Content
from parsers.form_answers import Form, Pair
from parsers.form_labels import LABEL_ALONE, asked_for, match_of
from parsers.question_features import features_of, usual_features
from parsers.question_marks import (
    LONGEST_LABEL,
    Mark,
    Piece,
    is_end,
    joined,
    label_in,
    marks_at,
    matched,
    number_of,
    pieces_of,
    shape_of,
    stand_beside,
)
from parsers.repeated_questions import Asked, repeated
from parsers.vertical_form import Collected, Forms

_LEAST_PIECES = 6
_LEAST_QUESTIONS, _LEAST_MANDATORY, _LEAST_COLUMNS = 4, 2, 3
"""Known ones, of a form that is asked once."""
_SURE = 0.75
_BEFORE = 6
"""Pieces over the first question that may head a form."""
_BEHIND = "what stands under the last form may be more of its last answer"


def read_sequence_forms(content: Content, names: ColumnNames) -> Forms | None:
    """Forms that their structure proves; None where it does not."""
    pieces = pieces_of(content, names)
    if len(pieces) < _LEAST_PIECES or stand_beside(pieces):
        return None
    collected = Collected(names)
    asked = repeated(pieces, names)
    if asked is not None:
        _collect_repeated(collected, pieces, asked, names)
    else:
        collected.add(_by_type(pieces, names), "")
    if not collected.forms:
        return None
    collected.used |= {piece.place for piece in pieces}
    return collected.forms_found()


def _collect_repeated(collected: Collected, pieces: Sequence[Piece], asked: Asked, names: ColumnNames) -> None:
    tails = _tails(pieces, asked)
    for marks, tail in zip(asked.forms, tails, strict=True):
        form = Form(_place(pieces[marks[0].piece]))
        betweens = [range(mark.piece + 1, following.piece) for mark, following in pairwise(marks)]
        for mark, under in zip(marks, (*betweens, tail), strict=True):
            form.put(_pair(mark, [pieces[one] for one in under if one not in asked.headings], names))
        collected.forms.append(form)
    collected.doubts += [*asked.doubts, *_asked_within(pieces, asked, tails, names), *_behind(pieces, tails)]


def _place(piece: Piece) -> str:
    return f"trang {piece.page}" if piece.page is not None else ""


def _pair(mark: Mark, under: Iterable[Piece], names: ColumnNames) -> Pair:
    answer = "\n".join(filter(None, (mark.answer, *(piece.whole for piece in under))))
    return Pair(mark.label, answer, matched(mark.label, names))


def _tails(pieces: Sequence[Piece], asked: Asked) -> list[list[int]]:
    """What answers the last question of each form, without what heads the next and what stands at the end."""
    starts = [form[0].piece for form in asked.forms]
    lasts = [form[-1] for form in asked.forms]
    ends = [*starts[1:], len(pieces)]
    raw = [list(range(last.piece + 1, end)) for last, end in zip(lasts, ends, strict=True)]
    before = range(max(0, starts[0] - _BEFORE), starts[0])
    heads = {shape_of(pieces[one].text) for one in before}
    often = Counter(shape for places in (before, *raw) for shape in {shape_of(pieces[one].text) for one in places})
    later = {shape_of(pieces[one].text) for places in raw for one in places[1:]}
    over = {shape for shape, count in often.items() if count > 1 and (shape in heads or shape in later)}
    kept = [_up_to_end(places, pieces, asked, over, last) for places, last in zip(raw, lasts, strict=True)]
    spaced = any(pieces[one].apart for tail in kept[:-1] for one in tail[1:])
    return [*kept[:-1], kept[-1] if spaced else _up_to_space(kept[-1], pieces, lasts[-1])]


def _up_to_end(places: Sequence[int], pieces: Sequence[Piece], asked: Asked, over: set[str], last: Mark) -> list[int]:
    kept: list[int] = []
    for one in places:
        text = pieces[one].text
        first = not kept and not last.answer
        upper = text.isupper() and not (kept and pieces[kept[0]].text.isupper()) and not first
        if one in asked.headings or upper or is_end(text) or (shape_of(text) in over and text not in ("", last.answer)):
            break
        kept.append(one)
    return kept


def _up_to_space(places: Sequence[int], pieces: Sequence[Piece], last: Mark) -> list[int]:
    """The answer ends at the first free space, where the others have none within."""
    first = 0 if last.answer else 1
    at = next((number for number, one in enumerate(places) if number >= first and pieces[one].apart), len(places))
    return list(places[:at])


def _behind(pieces: Sequence[Piece], tails: Sequence[Sequence[int]]) -> list[str]:
    """A doubt where the last answer has more paragraphs than that of any other form."""
    most = max(1, *(len(tail) for tail in tails[:-1]))
    printed = all(pieces[one].box is not None for one in tails[-1])
    return [_BEHIND] if len(tails[-1]) > most and not printed else []


def _asked_within(
    pieces: Sequence[Piece], asked: Asked, tails: Sequence[Sequence[int]], names: ColumnNames
) -> list[str]:
    """Doubts about questions that the answers seem to hold: known words, or the marks of the others."""
    asking = {mark.piece for form in asked.forms for mark in form} | asked.headings
    keys = {None, *(match.key for mark in asked.forms[0] if (match := match_of(mark.label, names)) is not None)}
    within: set[int] = {one for tail in tails for one in tail}
    within |= {one for form in asked.forms for one in range(form[0].piece, form[-1].piece)}
    found = []
    for one in sorted(within - asking):
        piece = pieces[one]
        if not asked.features <= features_of(piece):
            continue
        label = next((mark.label for mark in marks_at(one, piece) if _known_key(mark, names) not in keys), "")
        if label or ("bold" in asked.features and len(piece.text) <= LABEL_ALONE):
            found.append(
                f"“{label or label_in(piece.text)}” may be a question of its own, or part of the answer above it"
            )
    return found


def _known_key(mark: Mark, names: ColumnNames) -> str | None:
    match = match_of(mark.label, names) if len(mark.label) <= LABEL_ALONE and not mark.counts else None
    return match.key if match is not None and match.leads and match.share >= _SURE else None


def _by_type(pieces: Sequence[Piece], names: ColumnNames) -> list[Pair]:
    """Questions and answers where counting numbers or bold type set all questions apart; [] where they do not."""
    for asking in (_counted(pieces, names), _in_bold(pieces, names)):
        labels = [label_in(pieces[one].text) for one in asking]
        if len(asking) >= _LEAST_QUESTIONS and len(asked_for(labels, names) & names.mandatory) >= _LEAST_MANDATORY:
            return _pairs(pieces, asking, names)
    return []


def _counted(pieces: Sequence[Piece], names: ColumnNames) -> list[int]:
    """Short pieces that count 1, 2, 3 through a sheet or page, each with an answer under it that has no such number."""
    chains = [_chain(pieces, number) for number, piece in enumerate(pieces) if number_of(piece) == 1]
    whole = [chain for chain in chains if len(chain) >= _LEAST_QUESTIONS]
    return max(
        whole, key=lambda chain: len(asked_for([label_in(pieces[one].text) for one in chain], names)), default=[]
    )


def _chain(pieces: Sequence[Piece], first: int) -> list[int]:
    asking: list[int] = []
    for number in range(first, len(pieces)):
        piece = pieces[number]
        counts = number_of(piece) == len(asking) + 1 and ":" not in piece.text[:-1]
        if counts and len(piece.text) <= LONGEST_LABEL and not (asking and asking[-1] == number - 1):
            asking.append(number)
        elif asking and asking[-1] == number - 1 and number_of(piece):
            return []
    return asking


def _in_bold(pieces: Sequence[Piece], names: ColumnNames) -> list[int]:
    """Bold pieces, where all known questions are bold and what stands under them is not."""
    bold = [number for number, piece in enumerate(pieces) if piece.bold and not piece.upper]
    bold = [number for number in bold if len(pieces[number].text) <= LONGEST_LABEL]
    known = {number: match for number in bold if (match := match_of(label_in(pieces[number].text), names)) is not None}
    under = [number + 1 for number in known if number + 1 < len(pieces) and number + 1 not in bold]
    features = usual_features([pieces[one] for one in known], [pieces[one] for one in under])
    if "bold" not in features or len({match.key for match in known.values()}) < _LEAST_COLUMNS:
        return []
    plain_ones = (piece for piece in pieces if not piece.bold and len(piece.text) <= LABEL_ALONE)
    keys = {match.key for match in known.values()}
    if any(_known_key(mark, names) not in {None, *keys} for piece in plain_ones for mark in marks_at(0, piece)):
        return []
    return [number for number in bold if features <= features_of(pieces[number])]


def _pairs(pieces: Sequence[Piece], asking: Sequence[int], names: ColumnNames) -> list[Pair]:
    pairs: list[Pair] = []
    above: Mark | None = None
    for number, following in pairwise((*asking, len(pieces))):
        mark = next(marks_at(number, pieces[number]), None)
        if mark is None:
            continue
        goes_on = above is not None and (mark.label[:1].islower() or mark.label[:1] == "(")
        mark = joined(above, mark) if goes_on and above is not None else mark
        under = _answering(pieces, range(number + 1, following), last=following == len(pieces))
        above = mark if not under and following < len(pieces) and following == number + 1 else None
        pair = _pair(mark, [pieces[one] for one in under], names)
        if under or pair.match is not None:
            pairs.append(pair)
    return pairs


def _answering(pieces: Sequence[Piece], places: Sequence[int], *, last: bool) -> list[int]:
    kept: list[int] = []
    for one in places:
        piece = pieces[one]
        upper = piece.text.isupper() and bool(kept) and not pieces[kept[0]].text.isupper()
        if upper or is_end(piece.text) or (last and kept and piece.apart):
            break
        kept.append(one)
    return kept
