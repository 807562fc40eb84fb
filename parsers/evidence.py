"""Where on the page each value of a memo was read, and with what confidence: for staff, the crop, and doubts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dossier.model import Memo, Spot
from parsers.content import Content, Line
from parsers.wording import letters_of, plain

_LETTERHEAD = ("issuer", "parent", "number")
"""Stand above the addressee, which may name the same bodies."""
_ABOVE_TEXT = ("subject", "addressee")
_SIGNED = ("signer", "signer_title")
"""Looked for from the end: the signer may be named in the body as well."""
_REACH = 8
"""Lines behind its first within which a value ends: another column may stand between."""
_LEAST = 3
"""Letters by which a value that begins within a line is told."""
_ADDRESSED = re.compile(r"\s*(?:dong )?kinh\s*(?:gui|trinh|goi)\b")
_NUMBERS = re.compile(r"\d+")
_MOST_LINES = 2_000


def evidenced(memo: Memo, content: Content) -> Memo:
    """The memo with `confidence` and `spots` of the values that stand in lines with a place on a page."""
    lines = [block for block in content.blocks if isinstance(block, Line) and block.box is not None][:_MOST_LINES]
    if not lines:
        return memo
    addressed = (place for place, line in enumerate(lines) if _ADDRESSED.match(plain(line.text)))
    head = lines[: next(addressed, len(lines))]
    found = {name: _found(getattr(memo, name), head) for name in _LETTERHEAD}
    found |= {name: _found(getattr(memo, name), lines) for name in _ABOVE_TEXT}
    found |= {name: _found(getattr(memo, name), lines[::-1]) for name in _SIGNED}
    found["date"] = _dated(memo.date, lines)
    found["place"] = _found(memo.place, found["date"])
    return replace(memo, confidence=_confidence(found), spots=_spots(found))


def spot_of(lines: Sequence[Line]) -> Spot | None:
    """Around the lines of the page that the first of them stands on; None where they have no place."""
    placed = [(line.page, line.box) for line in lines if line.page is not None and line.box is not None]
    if not placed:
        return None
    page = placed[0][0]
    boxes = [box for number, box in placed if number == page]
    return Spot(
        page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _confidence(found: Mapping[str, Sequence[Line]]) -> dict[str, float]:
    """That of the least certain line of each value."""
    return {name: min(line.confidence for line in lines) for name, lines in found.items() if lines}


def _spots(found: Mapping[str, Sequence[Line]]) -> dict[str, Spot]:
    spots = {name: spot_of(lines) for name, lines in found.items()}
    return {name: spot for name, spot in spots.items() if spot is not None}


def _found(text: str | None, lines: Sequence[Line]) -> Sequence[Line]:
    """The lines that hold a value: one that holds all of it, or the first run that it can be put together from."""
    target = letters_of(text or "")
    if not target:
        return ()
    letters = [letters_of(line.text) for line in lines]
    whole = next((line for line, each in zip(lines, letters, strict=True) if target in each), None)
    if whole is not None:
        return (whole,)
    runs = (_run(target, lines[place:], letters[place:]) for place in range(len(lines)))
    return next((run for run in runs if run), ())


def _run(target: str, lines: Sequence[Line], letters: Sequence[str]) -> Sequence[Line]:
    begun = _beginning(target, letters[0])
    if not begun:
        return ()
    rest, run = target[begun:], [lines[0]]
    for line, each in zip(lines[1:_REACH], letters[1:_REACH], strict=False):
        if each and (rest.startswith(each) or each.startswith(rest)):
            run.append(line)
            rest = rest[len(each) :]
            if not rest:
                return run
    return ()


def _beginning(target: str, line: str) -> int:
    """How many letters of a value the end of a line holds: "Kính gửi: Ban Thường vụ" the first of an addressee."""
    for length in range(min(len(target), len(line)), _LEAST - 1, -1):
        if line.endswith(target[:length]):
            return length
    return 0


def _dated(day: date | None, lines: Sequence[Line]) -> Sequence[Line]:
    """The line with the date; its year may stand in the next one of its column."""
    if day is None:
        return ()
    for place, line in enumerate(lines):
        numbers = [int(number) for number in _NUMBERS.findall(line.text)]
        if numbers[:2] != [day.day, day.month] or "ngay" not in plain(line.text):
            continue
        if day.year in numbers:
            return (line,)
        return (line, *(other for other in lines[place + 1 : place + _REACH] if other.text.strip() == str(day.year)))
    return ()
