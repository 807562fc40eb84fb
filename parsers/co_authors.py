"""Co-authors on lines of their own in one cell: the line is what parts them, and it is kept.

A name that the cell is too narrow for is broken as well ("Nguyễn Thị / Thanh Hương"), so lines are kept apart only
where each begins as a whole name does; else they are joined as those of any other text.
"""

import re

from parsers.cell_kinds import is_person, without_titles
from parsers.wording import join_lines, lines_of

_FAMILIES = frozenset((
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "phan", "võ", "đặng", "bùi", "đỗ", "ngô", "lý", "đoàn", "trương", "đinh",
    "trịnh", "hoàng", "vũ", "dương", "hồ", "tạ", "phùng", "nông", "lò", "giàng", "quách", "tống", "thạch", "điểu",
))  # fmt: skip
"""Names of families, nine people in ten have one of them: a line that begins so is no rest of a name."""
_MIDDLE = frozenset(("thị", "văn", "hữu", "đức", "thanh"))
"""No name of three or more ends so: the rest of it stands on the next line."""
_LONG = 3
"""Words: two lines of so many are no one name."""
_ASIDE = re.compile(r"(?<=\w)\s*(?:[,;:(]|\s[-–]\s).*")
"""What follows a name on its line: a post, a share, a comma."""


def names_apart(text: str) -> str:
    """The names that a cell's lines hold, one a line; its lines joined with one space where they are not that."""
    lines = lines_of(text)
    names = list(lines[:1])
    for line in lines[1:]:
        if _is_whole(names[-1]) and _begins(line, names[-1]):
            names.append(line)
        else:
            names[-1] = join_lines(f"{names[-1]}\n{line}")
    whole = len(names) > 1 and all(is_person(_name(name)) for name in names)
    return "\n".join(names) if whole else join_lines(text)


def _begins(line: str, before: str) -> bool:
    """Whether a line is the beginning of a name, and not the rest of the one before."""
    words = _name(line).split()
    if not words:
        return False
    titled = line.split(maxsplit=1)[0] != words[0]
    if titled or words[0].lower() in _FAMILIES:
        return True
    return min(len(words), len(_name(before).split())) >= _LONG


def _is_whole(line: str) -> bool:
    words = _name(line).split()
    return len(words) > 1 and not (len(words) < _LONG and words[-1].lower() in _MIDDLE)


def _name(line: str) -> str:
    """A line's name alone: without number, degree, post or share."""
    return without_titles(_ASIDE.sub("", line))
