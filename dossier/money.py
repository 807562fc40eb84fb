"""What an initiative is worth in money, as people write it (FORMS.md, "The summary table").

`150 triệu/năm`, `1,2 tỷ`, `1.200.000 đ`, `50-70 triệu mỗi tháng`, "không tính được bằng tiền". Amounts are whole đồng.
What cannot be read without guessing is not read: the text is kept, and a person reads it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from dossier.folding import fold


class Worth(StrEnum):
    MONEY = "money"
    NOT_IN_MONEY = "not-in-money"
    """The text says that it cannot be told in money."""
    UNCLEAR = "unclear"
    """No amount, several, or one that could mean two things."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a text says of a benefit. `low` and `high` are equal for one amount; None is open ("trên 100 triệu")."""

    text: str
    """As written."""
    worth: Worth
    low: int | None = None
    """Đồng."""
    high: int | None = None
    per: str = ""
    """'', or what the amount is for: year, quarter, month, week, day, else the words, folded ("ca", "6 thang")."""
    approximate: bool = False


_MOST, _MOST_IN_CELL = 10**13, 10**11
"""Đồng; more is a slip of the pen, or a number that does not count in what the column's header says."""
_LONGEST = 2_000
_MAGNITUDES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3, "k": 10**3}
_NUMBER = r"\d{1,3}(?:[.,\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_MAGNITUDE = r"(?:ty|ti|trieu|tr|nghin|ngan|k)"
_CURRENCY = r"(?:vnd|dong|d|₫)(?![a-z])"
_AMOUNT = re.compile(
    rf"(?<![\d.,/a-z])(?:(?P<before>vnd)\s*)?(?P<number>{_NUMBER})\s*"
    rf"(?:(?P<magnitude>{_MAGNITUDE})(?![a-z])\.?\s*(?P<half>ruoi(?![a-z])\s*)?"
    rf"(?:(?P<rest>\d{{1,3}})\s*(?P<lower>trieu|tr|nghin|ngan)(?![a-z])\s*)?"
    rf"(?:(?P<currency>{_CURRENCY}|tien(?![a-z])))?"
    rf"|(?P<joined>trd)(?![a-z])|{_CURRENCY}|(?P<alone>))"
)
_COUNTED = re.compile(
    r"\s*(?:luot|nguoi|ca|benh|ban|cai|chiec|san|mau|xet|lieu|don|m2|m3|kwh|to|trang|luong|gio|phut|ngay|lan|km|lit|kg|tan|"
    r"ho so|phieu|ho|doan vien|cong doan|can bo|nhan vien)\b"
)
"""Behind a magnitude with no currency: "3 triệu lượt khám" is no money."""
_MONEY_GOES_ON = re.compile(
    r"$|\s*[^a-z0-9\s]|\s*(?:moi|mot|1|01|hang|trong|so voi|tro|cho|va|den|toi|nam|thang|quy|tu|nho|khi|tai|tren|"
    r"chi phi|nua|xuong|con|len|hoac)\b"
)
_RANGE = re.compile(r"(?:cho\s*)?(?:den|toi)|[-–—~]")
_OPEN_UP = re.compile(r"(?:tren|hon|it nhat|toi thieu|khong duoi|khong it hon|>=?|≥)\s*$")
_OPEN_DOWN = re.compile(r"(?:duoi|khong qua|toi da|khong hon|chua den|<=?|≤)\s*$")
_ABOUT = re.compile(r"(?:khoang|gan|xap xi|uoc(?: tinh| dat| chung)?|chung|~|≈)\s*$")
_AND_MORE = re.compile(r"\s*tro (?P<way>len|xuong)\b")
_TOTAL = re.compile(r"\btong(?: cong| so tien| gia tri| so)?[^\d.;]{0,30}$")
_COST = re.compile(r"\b(?:kinh phi|chi phi dau tu|tong chi|dau tu|gia thanh|von)[^\d.;]{0,30}$")
_TIMES = {"nam": "year", "quy": "quarter", "thang": "month", "tuan": "week", "ngay": "day"}
_TIME = r"(?:nam|quy|thang|tuan|ngay)"
_PER = re.compile(
    rf"\s*(?:/\s*|\b(?:(?:tren|cho)\s+)?(?:moi|mot|hang|tung)\s+)(?:0?1\s+|mot\s+|moi\s+)?"
    rf"(?:(?P<count>\d{{1,3}})\s*)?(?P<unit>{_TIME}\b|[a-z]+(?:\s(?!so\b|va\b|giam|tiet|do\b|cho\b|tu\b)[a-z]+)?)"
)
_PER_BEFORE = re.compile(rf"\b(?:moi|hang|tung)\s+(?P<unit>{_TIME})\b")
_NO_MONEY = re.compile(
    r"\b(?:khong|chua|kho)\b[^.;\d]{0,40}\b(?:bang|ra|thanh|duoc so)\s+tien\b"
    r"|\b(?:khong|chua)\b (?:the )?(?:luong hoa|quy doi|dinh luong)\b"
    r"|\bkhong co gia tri lam loi\b"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    number: str
    amount: int | None
    """None where only a number stands there: the first half of "50-70 triệu"."""
    magnitude: int
    whole: bool = True
    """False where it could mean two things."""


def parse(text: str, unit: int | None = None) -> Benefit:
    """Read one text; `unit` is what a bare number counts in, where the column's header says it. Raises nothing."""
    folded = fold(text[:_LONGEST])
    mentions = [_mention(match) for match in _AMOUNT.finditer(folded)]
    if unit is not None and len(text) <= _LONGEST and (bare := _bare(text, folded, mentions, unit)) is not None:
        return bare
    found = _chosen(folded, mentions) if len(text) <= _LONGEST else None
    if found is not None:
        return _benefit(text, folded, *found)
    told = not any(mention.amount is not None for mention in mentions) and _NO_MONEY.search(folded)
    return Benefit(text, Worth.NOT_IN_MONEY if told else Worth.UNCLEAR)


def unit_of(header: str) -> int | None:
    """What the numbers of a column count in, by its header: "Giá trị làm lợi (triệu đồng)". None where it is silent."""
    folded = fold(header)
    for name in ("ty", "trieu", "nghin", "ngan"):
        if re.search(rf"\b{name}(?:\s*(?:dong|d|vnd))?\b\s*(?:\)|/|$|dong|vnd)", folded):
            return _MAGNITUDES[name]
    return 1 if re.search(r"\((?:[^)]*\b)?(?:dong|vnd|d)\b|\bso tien\b|\bthanh tien\b", folded) else None


def _mention(match: re.Match[str]) -> _Mention:
    start, end = match.span()
    number = match["number"]
    told = match["currency"] or match["before"] or not match["magnitude"]
    if (match["alone"] is not None and not match["before"]) or (not told and _COUNTED.match(match.string, end)):
        return _Mention(start, end, number, None, 0)
    if not told and not _MONEY_GOES_ON.match(match.string, end):
        return _Mention(start, end, number, 0, 1, whole=False)
    magnitude = 10**6 if match["joined"] else _MAGNITUDES.get(match["magnitude"] or "", 1)
    value = _value(number, magnitude)
    if value is not None and match["half"]:
        value += magnitude // 2
    if value is not None and match["rest"]:
        lower = _MAGNITUDES[match["lower"]]
        value = value + int(match["rest"]) * lower if lower < magnitude else None
    return _Mention(start, end, number, value if value is not None else 0, magnitude, value is not None)


def _value(number: str, magnitude: int) -> int | None:
    """Whole đồng. A dot groups thousands, a comma begins the decimals; other ways are read where nothing else is meant.

    "1,200 triệu" and "1.250 tỷ" are 1,2 and 1,25 to some and a thousand times that to others: not read.
    """
    groups = re.split(r"[.,\u202f ]", number)
    separators = re.findall(r"[.,\u202f ]", number)
    grouped = len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and len(set(separators)) == 1
    if len(groups) == 1:
        exact = Decimal(number)
    elif grouped and len(groups) == 2 and (magnitude == 10**9 or (magnitude > 1 and separators == [","])):
        return None
    elif grouped:
        exact = Decimal("".join(groups))
    elif len(set(separators[:-1])) <= 1 and separators[-1] not in separators[:-1]:
        exact = Decimal("".join(groups[:-1]) + "." + groups[-1])
    else:
        return None
    amount = exact * magnitude
    return int(amount) if amount == int(amount) and amount <= _MOST else None


def _bare(text: str, folded: str, mentions: Sequence[_Mention], unit: int) -> Benefit | None:
    """A number, or two with a dash between, and nothing else."""
    if not 1 <= len(mentions) <= 2 or any(mention.amount is not None for mention in mentions):
        return None
    rest = folded[: mentions[0].start] + folded[mentions[-1].end :]
    between = folded[mentions[0].end : mentions[-1].start].strip() if len(mentions) == 2 else "-"
    values = [_value(mention.number, unit) for mention in mentions]
    low, high = values[0], values[-1]
    if rest.strip(" .") or not _RANGE.fullmatch(between) or low is None or high is None:
        return None
    return Benefit(text, Worth.MONEY, low, high) if low <= high <= _MOST_IN_CELL else None


def _chosen(folded: str, mentions: Sequence[_Mention]) -> tuple[_Mention, _Mention] | None:
    """The one amount or range that the text speaks of; the same one said twice, or the total, is one."""
    spans = _spans(folded, mentions)
    if spans is None or not spans:
        return None
    if any(not end.whole or not start.whole for start, end in spans):
        return None
    if len({(start.amount, end.amount) for start, end in spans}) == 1:
        chosen = spans[-1] if len(spans) > 1 and not _followed_by_per(folded, spans[0]) else spans[0]
    else:
        totals = [span for span in spans if _TOTAL.search(folded[: span[0].start])]
        if len(totals) != 1:
            return None
        chosen = totals[0]
    return None if _COST.search(folded[: chosen[0].start]) else chosen


def _followed_by_per(folded: str, span: tuple[_Mention, _Mention]) -> bool:
    return _PER.match(folded, span[1].end) is not None


def _spans(folded: str, mentions: Sequence[_Mention]) -> list[tuple[_Mention, _Mention]] | None:
    """Amounts and ranges; None where a number stands behind an amount as in "1 tỷ 2"."""
    spans: list[tuple[_Mention, _Mention]] = []
    taken: set[int] = set()
    for here, following in pairwise(mentions):
        between = folded[here.end : following.start].strip()
        if here.amount is not None and following.amount is None and not between and here.magnitude > 1:
            return None
        if following.amount is not None and _RANGE.fullmatch(between):
            low = here if here.amount is not None else _scaled(here, following)
            if low.amount is None or low.amount > following.amount:
                return None
            spans.append((low, following))
            taken |= {here.start, following.start}
    singles = [(one, one) for one in mentions if one.amount is not None and one.start not in taken]
    return sorted([*spans, *singles], key=lambda span: span[0].start)


def _scaled(mention: _Mention, following: _Mention) -> _Mention:
    """The first number of "50-70 triệu" counts in what the second one does."""
    value = _value(mention.number, following.magnitude)
    return _Mention(mention.start, mention.end, mention.number, value, following.magnitude, value is not None)


def _benefit(text: str, folded: str, first: _Mention, last: _Mention) -> Benefit:
    before, low, high = folded[: first.start].rstrip(), first.amount, last.amount
    more = _AND_MORE.match(folded, last.end)
    if _OPEN_UP.search(before) or (more and more["way"] == "len"):
        high = None
    elif _OPEN_DOWN.search(before) or (more and more["way"] == "xuong"):
        low = None
    per = _PER.match(folded, more.end() if more else last.end)
    named = _per(per) if per else ""
    if not per:
        times = {match["unit"] for match in _PER_BEFORE.finditer(folded)}
        named = _TIMES[times.pop()] if len(times) == 1 else ""
    return Benefit(text, Worth.MONEY, low, high, named, _ABOUT.search(before) is not None)


def _per(match: re.Match[str]) -> str:
    unit, count = match["unit"], match["count"]
    if count and count.lstrip("0") not in ("", "1"):
        return f"{count.lstrip('0')} {unit}"
    return _TIMES.get(unit, unit)
