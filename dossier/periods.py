"""When an initiative was put into practice, as people write it (FORMS.md, "The summary table").

The plan asks when it began ("bắt đầu triển khai thực tế"), so a text is read as the days on which the beginning may lie
and the last day it speaks of. What cannot be read without guessing is not read.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from dossier.campaign import Window
from dossier.folding import fold
from dossier.foreign_dates import in_numbers


class Applied(StrEnum):
    INSIDE = "inside"
    OUTSIDE = "outside"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a text speaks of; None is open. The beginning lies between `first` and `last`, both included."""

    text: str
    """As written."""
    first: date | None
    last: date | None
    until: date | None = None
    """Last day of a stated range ("từ … đến …"); None where the text names a beginning alone."""


_YEAR = r"(?:nam\s*)?(?P<y{0}>(?:19|20)\d\d)(?!\d)"
_MONTHS = {"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_MONTHS |= {"muoi mot": 11, "muoi hai": 12, "chap": 12, "nam": 5}
_MONTH_WORDS = "|".join(sorted(_MONTHS.keys() - {"nam"}, key=len, reverse=True))
"""Without "năm", which is five where a year follows it and else says that one does."""
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DASHES = "‐‑‒–—―−"  # word processors make them of a hyphen between blanks; fold leaves them as they are
_SEP = rf"\s*[-/.,{_DASHES}]?\s*"
_JOINT = rf"[-/.{_DASHES}]"
_NO_DAY = r"(?<!tuan )(?<!dot )(?<!ky )(?<!lan )(?<!\bca )(?<!chuyen )"
"""What is counted, and is neither a day nor a month: "tuần 2 tháng 3", "đợt 2/2021"."""
_EXPRESSION = re.compile(
    r"(?<![\d/.])(?:"
    # 2021-02-15, with a time of day where a spreadsheet adds one
    rf"(?P<iy>(?:19|20)\d\d)\s?(?P<is>{_JOINT})\s?(?P<im>\d{{1,2}})"
    r"(?:\s?(?P=is)\s?(?P<id>\d{1,2})(?:[t ]\d\d:\d\d(?::\d\d)?\S*)?)?"
    # 15/02/2021, 15-2-21
    rf"|(?P<dd>\d{{1,2}})\s?(?P<ds>{_JOINT})\s?(?P<dm>\d{{1,2}})\s?(?P=ds)\s?(?P<dy>(?:19|20)\d\d|\d\d)"
    # 15 tháng 2 năm 2021, 15 tháng 2; not "tuần 2 tháng 3"
    rf"|{_NO_DAY}(?P<ld>\d{{1,2}})\s*thang\s*(?P<lm>\d{{1,2}})(?:{_SEP}{_YEAR.format('l')})?"
    # quý I/2021, q1-2021
    rf"|(?:quy|qui|q)\s*(?P<qq>iv|i{{1,3}}|[1-4])(?![a-z0-9])(?:{_SEP}{_YEAR.format('q')})?"
    # 6 tháng đầu năm 2021
    rf"|(?:6|sau)\s*thang\s*(?P<half>dau|cuoi)\s*{_YEAR.format('h')}"
    # tháng 2/2021, tháng 4 năm 2021, T3/21, tháng tư, tháng 2
    rf"|(?<![a-z])(?:thang|t\.?)\s*(?P<mm>\d{{1,2}}|(?:{_MONTH_WORDS})(?![a-z])|nam(?=\s*[/,-]\s*(?:nam\s*)?20\d\d|\s+nam\s+20\d\d))(?:{_SEP}{_YEAR.format('m')}|\s?[-/.]\s?(?P<m2>\d\d)(?!\s?[/-]\d))?"
    # 15/2 năm 2021; "2-4 năm 2021" may be months
    rf"|(?P<wd>\d{{1,2}})\s?/\s?(?P<wm>\d{{1,2}})\s*,?\s*(?=nam){_YEAR.format('w')}"
    # 02/2021
    rf"|{_NO_DAY}(?P<nm>\d{{1,2}})\s?{_JOINT}\s?{_YEAR.format('n')}"
    # năm 2021, 2021
    rf"|{_YEAR.format('a')}"
    # 15/2
    r"|(?P<sd>\d{1,2})\s?/\s?(?P<sm>\d{1,2})"
    # the 2 of "2 - 4/2021"
    r"|(?P<bare>\d{1,2})(?=\s*(?:-|–|—|den|toi|,|;|va)\s*(?:thang\s*)?\d{1,2}\s?[-/.]\s?(?:19|20)\d\d)"
    r")(?!\d|/\d)"
)
_RANGE = re.compile(r"(?:cho\s*)?(?:den|toi)(?:\s*(?:het|cuoi|khoang))*|[-–—~→]+>?")
_LIST = re.compile(r"[,;+&]|va|hoac|[,;]\s*va")
_UNTIL = re.compile(r"(?:den|toi)(?:\s*(?:het|ngay|cuoi))*\s*$")
_BEFORE = re.compile(r"truoc(?:\s*ngay)?\s*$")
_AFTER = re.compile(r"sau(?:\s*ngay)?\s*$")
_THIRD = re.compile(r"(?P<third>dau|giua|cuoi)\s*$")
_NOT_YET = re.compile(r"\b(?:chua|du kien|se (?:ap dung|trien khai)|khong)\b")
_THOUGHT = r"(?:nghien cuu|de xuat|y tuong|len y tuong|viet|dang ky)"
_ONLY_THOUGHT_OF = re.compile(
    rf"\s*\({_THOUGHT}\b[^()]*\)|\A\s*{_THOUGHT}\b[^,;]*[,;]\s*(?=(?:ap dung|trien khai|thuc hien|bat dau)\b)"
)
"""When it was thought of does not count: "có thể được nghiên cứu, đề xuất trước" (plan 39/CĐN, "Lưu ý")."""
_ENDS = re.compile(r"[,;.]?\s*(?:ket thuc|hoan thanh|den)\s*:?\s*")
_OFFICIALLY = re.compile(
    r"[,;.]?\s*(?:(?:va|roi)\s+)?(?:ap dung\s+|trien khai\s+)?chinh thuc(?:\s+(?:tu|ap dung|trien khai))*"
)
"""After a trial: nobody can tell which of the two is the beginning."""
_YEAR_IN_BRACKETS = re.compile(r"(?<=\d)\s*\(\s*(?:nam\s*)?((?:19|20)\d\d)\s*\)")
"""Behind a month: "tháng 3 (2021)"."""
_OPENED = re.compile(r"\s*\(\s*(?:(?:tuc|la|cu the|khoang|tu|bat dau)\s*)*(?:ngay|thang|nam)?\s*")
_LEAD = r"(?:ngay|thang|nam)?\s*"
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class _Mention:
    """One date as far as it is written: year and month may be missing."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    """First month, where `months` is more than one."""
    months: int = 1
    day: int | None = None


def parse(text: str) -> Period | None:
    """Read a date, a month, a quarter, a year or a range of them. None where it cannot be read without guessing."""
    folded = _ONLY_THOUGHT_OF.sub("", _YEAR_IN_BRACKETS.sub(r"/\1", fold(in_numbers(text[:_LONGEST]))))
    mentions = tuple(mention for match in _EXPRESSION.finditer(folded) if (mention := _mention(match)) is not None)
    mentions = _with_years(mentions)
    if not mentions or len(text) > _LONGEST or any(mention.year is None for mention in mentions):
        return None
    spans = [_days(mention) for mention in mentions]
    if any(span is None for span in spans):
        return None
    mentions, known = _explained(folded, mentions, [span for span in spans if span is not None])
    if len(known) == 1:
        return _one(text, folded, mentions[0], known[0])
    return _several(text, folded, mentions, known)


def _explained(
    folded: str, mentions: tuple[_Mention, ...], spans: list[tuple[date, date]]
) -> tuple[tuple[_Mention, ...], list[tuple[date, date]]]:
    """Of a time and a closer one in brackets behind it the closer one: "Đầu năm học 2020 (tháng 9/2020)"."""
    for place, (here, following) in enumerate(pairwise(mentions)):
        within = spans[place][0] <= spans[place + 1][0] and spans[place + 1][1] <= spans[place][1]
        opened = _OPENED.fullmatch(folded[here.end : following.start])
        if within and opened and folded[following.end :].lstrip().startswith(")"):
            return (*mentions[:place], *mentions[place + 1 :]), [*spans[:place], *spans[place + 1 :]]
    return mentions, spans


def _one(text: str, folded: str, mention: _Mention, days: tuple[date, date]) -> Period:
    before = re.sub(rf"{_LEAD}$", "", folded[: mention.start]).rstrip()
    first, last = days
    if third := _THIRD.search(before):
        first, last = _third(first, last, third["third"])
        before = before[: third.start()].rstrip()
    if _BEFORE.search(before):
        return Period(text, None, first - timedelta(days=1))
    if _AFTER.search(before):
        return Period(text, last + timedelta(days=1), None)
    if _UNTIL.search(before):
        return Period(text, None, last)
    return Period(text, first, last)


def _several(text: str, folded: str, mentions: tuple[_Mention, ...], spans: list[tuple[date, date]]) -> Period | None:
    """A range or a list, in rising order; mentions joined by anything else could mean anything."""
    trial = False
    for here, following in pairwise(mentions):
        joint = re.sub(r"\b(?:ngay|thang|nam|dau|giua|tu)\b", " ", folded[here.end : following.start])
        joint = " ".join(joint.split())
        trial = trial or _OFFICIALLY.fullmatch(joint) is not None
        if not trial and not any(rule.fullmatch(joint) for rule in (_RANGE, _LIST, _ENDS)):
            return None
    if any(one[0] > other[0] for one, other in pairwise(spans)):
        return None
    if trial:
        return Period(text, spans[0][0], spans[-1][1])
    return Period(text, spans[0][0], spans[0][1], spans[-1][1])


def _third(first: date, last: date, which: str) -> tuple[date, date]:
    """ "đầu", "giữa", "cuối" of a month or a longer time: its first, second, last third."""
    third = ((last - first) + timedelta(days=1)) / 3
    if which == "dau":
        return first, first + third - timedelta(days=1)
    if which == "giua":
        return first + third, last - third
    return last - third + timedelta(days=1), last


def _mention(match: re.Match[str]) -> _Mention | None:
    part = match.groupdict()
    start, end = match.span()
    whole = {"start": start, "end": end}
    if part["iy"]:
        return _Mention(**whole, year=int(part["iy"]), month=int(part["im"]), day=_number(part["id"]))
    if day := part["dd"] or part["wd"]:
        return _day_first(start, end, int(day), int(part["dm"] or part["wm"]), _full_year(part["dy"] or part["yw"]))
    if part["ld"]:
        return _Mention(**whole, year=_number(part["yl"]), month=int(part["lm"]), day=int(part["ld"]))
    if part["qq"]:
        return _Mention(**whole, year=_number(part["yq"]), month=3 * _QUARTERS[part["qq"]] - 2, months=3)
    if part["half"]:
        return _Mention(**whole, year=int(part["yh"]), month=1 if part["half"] == "dau" else 7, months=6)
    if part["mm"]:
        year = part["ym"] or part["m2"]
        month = _MONTHS.get(part["mm"]) or int(part["mm"])
        return _Mention(**whole, year=_full_year(year) if year else None, month=month)
    if part["nm"]:
        return _Mention(**whole, year=int(part["yn"]), month=int(part["nm"]))
    if part["ya"]:
        return _Mention(**whole, year=int(part["ya"]), month=1, months=12)
    if part["sd"]:
        return _Mention(**whole, year=None, month=int(part["sm"]), day=int(part["sd"]))
    return _Mention(**whole, year=None, month=int(part["bare"]))


def _day_first(start: int, end: int, day: int, month: int, year: int) -> _Mention:
    """Day before month, as Vietnamese writes it; 02/15/2021 of an English spreadsheet can only be 15 February."""
    if month > 12 >= day:
        day, month = month, day
    return _Mention(start, end, year, month, day=day)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _with_years(mentions: tuple[_Mention, ...]) -> tuple[_Mention, ...]:
    """A mention without a year has that of the next one, else of the one before: "từ tháng 2 đến tháng 4/2021"."""
    result: list[_Mention] = []
    for index, mention in enumerate(mentions):
        if mention.year is not None:
            result.append(mention)
            continue
        later = next((other for other in mentions[index + 1 :] if other.year is not None), None)
        earlier = next((other for other in reversed(result) if other.year is not None), None)
        result.append(_dated(mention, later, earlier))
    return tuple(result)


def _dated(mention: _Mention, later: _Mention | None, earlier: _Mention | None) -> _Mention:
    year: int | None = None
    if later is not None and later.year is not None:
        turned = (mention.month or 1) > (later.month or 12) and later.months == 1
        year = later.year - 1 if turned else later.year
    elif earlier is not None and earlier.year is not None:
        turned = (mention.month or 12) < (earlier.month or 1)
        year = earlier.year + 1 if turned else earlier.year
    return _Mention(mention.start, mention.end, year, mention.month, mention.months, mention.day)


def _days(mention: _Mention) -> tuple[date, date] | None:
    """First and last day; None for a day or month that does not exist."""
    year, month = mention.year or 0, mention.month or 1
    try:
        if mention.day is not None:
            day = date(year, month, mention.day)
            return day, day
        last = month + mention.months - 1
        return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def applied(text: str, window: Window) -> Applied:
    """Whether the initiative was put into practice within the window: its beginning counts.

    A time that the window covers only in part is unclear, and so is a range that began before it and reaches into it.
    """
    period = parse(text)
    if period is None:
        return Applied.UNCLEAR
    if _within(period, window):
        return Applied.UNCLEAR if _NOT_YET.search(fold(text)) else Applied.INSIDE
    ends = period.until or period.last
    misses = (ends is not None and ends < window.first) or (period.first is not None and period.first > window.last)
    return Applied.OUTSIDE if misses else Applied.UNCLEAR


def _within(period: Period, window: Window) -> bool:
    if period.first is None or period.last is None:
        return False
    return window.first <= period.first and period.last <= window.last


def none_inside(judged: Iterable[Applied]) -> bool:
    """Whether there is an initiative and every one is outside: an unclear one may be inside."""
    every = tuple(judged)
    return bool(every) and all(one is Applied.OUTSIDE for one in every)
