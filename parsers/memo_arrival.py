"""The stamp of an office that a memo arrived at: its number and day are not the memo's (Decree 30/2020, annex IV)."""

import re
from collections.abc import Sequence

from parsers.memo_layout import Segment

_HEAD = re.compile(r"(?:cong van|van ban)?\s*den\W*")
_ALONE = re.compile(r"(?:so|ngay|gio) den\b")
_LINE = re.compile(
    r"so\s*[:.]?\s*[\d.…_]{1,12}\W*|ngay\s*[:.]?\s*(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|[.…_/ ]*)\W*|"
    r"(?:kinh )?chuyen\s*[:.].*|(?:luu ho so|so va ky hieu (?:hs|ho so))\b.*"
)
"""Nothing with the symbol of a type of document."""
_LINES = 8
"""Below its head, those of the other column between them included."""


def without_arrival(lines: Sequence[Segment]) -> list[Segment]:
    """The lines of a letterhead without those of such a stamp: "ĐẾN / Số: 598 / Ngày: 12/4/2021 / Chuyển: …"."""
    stamped: set[int] = set()
    for place, line in enumerate(lines):
        if _ALONE.match(line.plain):
            stamped.add(place)
        elif line.text.isupper() and _HEAD.fullmatch(line.plain):
            below = range(place + 1, min(len(lines), place + 1 + _LINES))
            stamped |= {place, *(number for number in below if _LINE.fullmatch(lines[number].plain))}
    return [line for place, line in enumerate(lines) if place not in stamped]
