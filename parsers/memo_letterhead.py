"""What stands above the type name of a memo: who issues it, its number, place and date (FORMS.md, "The memo")."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from dossier.campaign import Campaign
from parsers.memo_arrival import without_arrival
from parsers.memo_layout import MOTTO, NATIONAL_TITLE, Segment, Side
from parsers.wording import join_lines, letters_of, plain

_REST_OF_TITLE = re.compile(r"(?:(?:chu )?nghia )?viet nam|(?:(?:tu )?do\s*[-–—]?\s*)?hanh phuc")
_NATIONAL = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc")
"""Title and motto, as letters."""
_NUMBER = re.compile(
    r"(?:\bso\s*[:;.]?\s*|^)(\d{1,5}[a-z]?\s*[/-]\s*[a-z0-9][^\s,;/]*(?:\s?[-–/]\s?[^\s,;/]+)*)|\bso\s*[:;.]\s*(\d{1,5})$"
)
_NUMBER_LINE = re.compile(
    r"\bso\s*[:;.]|^\w{1,3}\s?[:;.][\d.…_ ]*/\s*[a-z]|\bso\s*[\d.…_ ]*/|^[\d.…_ ]*/\s*[a-z]|/\s?ttr\b|^so\W*$"
)
_BLANK = r"[.…_\s]*"
_DATE = re.compile(
    rf"(?:(?P<place>[a-z][a-z .'’-]{{1,38}}?)\s*,?\s*)?\bngay\s*(?:(?P<day>\d{{1,2}})|{_BLANK})\s*"
    rf"(?:thang|[/.-])\s*(?:(?P<month>\d{{1,2}})|{_BLANK})\s*"
    rf"(?:nam|[/.-]|,(?=\s*\d{{4}}))\s*(?:(?P<year>\d{{4}})|{_BLANK}\d{{0,3}})"
)
_SHORT_DATE = re.compile(
    r"[(\s`'’‘.,_|–—-]*(?P<place>[a-z][a-z .'’-]{1,38}?)\s*,\s*(?P<day>\d{1,2})\s*"
    r"(?:thang|[/.-])\s*(?P<month>\d{1,2})\s*"
    r"(?:nam|[/.-])\s*(?P<year>\d{4})[\s.)`'’‘,_|–—-]*"
)
"""A whole line without the word: "Long Thành, 12/4/2021"; a scan's dirt and rules beside it are read as marks."""
_BROKEN_DATE = re.compile(r"\bngay\b[^:;]{0,40}$")
_PART_OF_DATE = re.compile(r"\bngay[\s\d.…_]*(?:thang[\s\d.…_]*)?$|^thang\b.{0,20}nam\b|\bngay\b.{1,12}\bthang\b")
"""What stands before or behind a day that was left blank."""
_REST_OF_DATE = re.compile(r"(?:\d{1,2}\s*)?(?:thang|nam)\b.{0,20}$|\d{4}\s*$")
"""What a narrow column put on the next line of its own: "năm 2021"."""
_PIECES_APART = 4
"""Lines of the other column may stand between the two pieces."""
_NO_BODY = re.compile(
    r"(?:mau|bieu|bieu mau|phu luc|ky hieu mau)\s*(?:so)?\s*[:.]?\s*(?=\S*\d)[a-z0-9][a-z0-9/.-]*\W*$|"
    r"(?:hoa toc|thuong khan|khan|toi mat|tuyet mat|mat|du thao)\W*$"
)
"""The number of a form, how urgent or secret the letter is."""
_ABROAD = re.compile(r"\b(?:trade union|labou?r union|union|federation|confederation|committee|hospital|department)\b")
"""What a body is called in English, under its own name."""
_SPOILT_NUMBER = re.compile(r"S[ỐốÔôỒồổỔỖỗ](?:\b(?!\s+Y\b)|(?=\d))")
"""Not "SỞ Y TẾ"."""
_NO_TEXT = 0.3
"""Confidence below which a line is none."""
_RULE = re.compile(r"^\s*[-–—_*.]{2,}\s*|\s*[-–—_*.]{2,}\s*$")
"""A line drawn with signs before or behind a text."""
_WORDS_OF_NUMBER = 4
_ABSTRACT_LINES = 8
"""In a narrow column, those of the other column between them included."""
_ABSTRACT = re.compile(r"\(?\s*(?:v\s*/\s*v|ve viec)\b")
_CONTACT = re.compile(
    r"(?:dia chi|dc|tru so|dien thoai|so dt|dt|tel|sdt|hotline|duong day nong|fax|e\s?-?mail|thu dien tu|web(?:site)?|"
    r"mst|ma so thue)\b\W"
)
"""How to reach a body, under its name."""
_WITH_SYMBOL = re.compile(r"[/-][^\W\d]")
_LABELLED = re.compile(r"[^:\d]{1,24}:\s*\S")
_SYMBOL_FIRST = re.compile(r"\(?\s*(?:so|so hieu|ky hieu)\b\s*[:;.]?[\d.…_ ]*(?:/\s*[a-z]|\Z)")

_UNION = re.compile(
    r"(?:ban chap hanh|ban thuong vu|bch|btv|cong doan|cdcs|cd|cdn|lien doan lao dong|ldld|tong lien doan|"
    r"nghiep doan)\b"
)
_UNIT = re.compile(
    r"(?:benh vien|bv|trung tam|chi cuc|cong ty|truong|phong kham|phong y te|van phong|so y te|tram|vien|uy ban|ubnd|"
    r"hoi|quy)\b"
)
_NAMELESS = re.compile(r"(?:(?:ban chap hanh|ban thuong vu|bch|btv|cong doan|co so|cdcs|cd|bo phan|lam thoi)\s*)+")
_ABOVE = re.compile(
    r"(?:tong lien doan|lien doan lao dong|ldld|cong doan nganh|cong doan vien chuc|cong doan cac khu|cdn|so y te|"
    r"uy ban|ubnd)\b"
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Fields of dossier.model.Memo; None where not found."""

    issuer: str | None = None
    parent: str | None = None
    number: str | None = None
    place: str | None = None
    day: date | None = None
    subject: str | None = None
    """An abstract under the number, in the left column."""
    national_title: bool = False


def read_letterhead(above: Sequence[Segment], campaign: Campaign) -> Letterhead:
    """`above`: the segments over the type name."""
    above = without_arrival(above)
    rest = _rest_of_national(above)
    body = [segment for segment in above if not _is_national(segment) and not _ends_one(segment, rest)]
    numbers = [found for segment in body if (found := _number(segment.text)) is not None]
    number = next((one for one in numbers if _WITH_SYMBOL.search(one)), next(iter(numbers), None))
    place, day = read_place_and_date(body)
    body = [segment for at, segment in enumerate(body) if not _ends_a_date(body, at)]
    issuer, parent = _bodies(body, campaign)
    return Letterhead(
        issuer,
        parent,
        number,
        place,
        day,
        _abstract(body),
        any(NATIONAL_TITLE.search(segment.plain) or MOTTO.search(segment.plain) for segment in above),
    )


def _is_national(segment: Segment) -> bool:
    folded = segment.plain.strip(" -–—_.*")
    return bool(NATIONAL_TITLE.match(folded) or MOTTO.match(folded) or _REST_OF_TITLE.fullmatch(folded))


def _rest_of_national(lines: Sequence[Segment]) -> frozenset[str]:
    """What title and motto lack where their lines were broken, as letters: "NAM", "phúc"."""
    begun = [letters_of(segment.text) for segment in lines if _is_national(segment)]
    return frozenset(whole.removeprefix(part) for whole in _NATIONAL for part in begun if whole.startswith(part)) - {""}


def _ends_one(segment: Segment, rest: Collection[str]) -> bool:
    """In a scan its first letter may be lost: "húc"."""
    letters = letters_of(segment.text)
    return any(one.endswith(letters) and len(letters) * 2 >= len(one) for one in rest) and bool(letters)


def _number(text: str) -> str | None:
    """The number with its symbol as written, without the blanks that filling in a form leaves; None without digits."""
    found = _NUMBER.search(plain(text))
    if found is None or _ABSTRACT.match(plain(text)):
        return None
    group = 1 if found[1] is not None else 2
    written = text[found.start(group) : found.end(group)].rstrip(" .")
    return re.sub(r"\s*([/–-])\s*", r"\1", written)


def is_number_line(segment: Segment) -> bool:
    """Whether a line holds nothing but a number with its symbol, filled in or blank: "Số: 12/TTr-CĐCS"."""
    found = _NUMBER.search(segment.plain)
    blank = _SYMBOL_FIRST.match(segment.plain) is not None and len(segment.plain.split()) <= _WORDS_OF_NUMBER
    return blank or (
        found is not None and found.end() == len(segment.plain.rstrip(" .)")) and segment.plain.startswith("so")
    )


def read_place_and_date(lines: Sequence[Segment]) -> tuple[str | None, date | None]:
    """Place and date; a line may be broken in the middle of them. A blank or impossible day gives no date."""
    usable = [segment for segment in lines if segment.side is not Side.LEFT] or list(lines)
    for candidates in (usable, lines):
        for number, segment in enumerate(candidates):
            text = segment.text
            found = _DATE.search(plain(text)) or _SHORT_DATE.fullmatch(plain(text), _end_of_number(text))
            if _BROKEN_DATE.search(plain(text)) and (found is None or not found["year"]):
                text = " ".join((text, *_rest_of_date(candidates[number + 1 : number + 1 + _PIECES_APART])))
                found = _DATE.search(plain(text))
            if found is not None:
                return _place(text, found), _date(found)
    return None, None


def _ends_a_date(lines: Sequence[Segment], at: int) -> bool:
    """Whether a line is the rest of a date that was broken above it."""
    above = lines[max(0, at - _PIECES_APART) : at]
    if _REST_OF_DATE.match(lines[at].plain) is None:
        return False
    return any(_BROKEN_DATE.search(segment.plain) and not _has_year(segment.plain) for segment in above)


def _has_year(folded: str) -> bool:
    found = _DATE.search(folded)
    return found is not None and found["year"] is not None


def _rest_of_date(below: Sequence[Segment]) -> list[str]:
    """The piece of a broken date that follows; else the next line, whatever it is."""
    found = next((segment for segment in below if _REST_OF_DATE.match(segment.plain)), None)
    return [segment.text for segment in ([found] if found is not None else below[:1])]


def _end_of_number(text: str) -> int:
    """Where a number that begins the line ends: on a typewriter the date stands behind it."""
    found = _NUMBER.match(plain(text))
    return 0 if found is None else found.end()


def _place(text: str, found: re.Match[str]) -> str | None:
    if found["place"] is None:
        return None
    return text[found.start("place") : found.end("place")].strip(" -–,'’") or None


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"] or 0), int(found["month"] or 0), int(found["day"] or 0))
    except ValueError:
        return None


def _abstract(lines: Sequence[Segment]) -> str | None:
    """From "V/v" on, down its column."""
    for number, segment in enumerate(lines):
        if _ABSTRACT.match(segment.plain):
            more = []
            for other in lines[number + 1 : number + 1 + _ABSTRACT_LINES]:
                if {segment.side, other.side} == {Side.LEFT, Side.RIGHT}:
                    continue
                if _is_date(other) or _NUMBER_LINE.search(other.plain) or _is_no_body(other):
                    break
                if letters_of(other.text):
                    more.append(other.text)
            return join_lines("\n".join((segment.text, *more)))
    return None


def _is_date(segment: Segment) -> bool:
    rules = _DATE.search, _PART_OF_DATE.search, _SHORT_DATE.fullmatch
    return any(rule(segment.plain) is not None for rule in rules)


def _bodies(lines: Sequence[Segment], campaign: Campaign) -> tuple[str | None, str | None]:
    """The issuing body and those over it, each from its own lines: a line that names a body begins another one."""
    groups: list[list[str]] = []
    for text in _body_lines(lines):
        folded = plain(text)
        begins = _UNION.match(folded) is not None
        if _UNIT.match(folded) and (not groups or _is_above(groups[-1], campaign)):
            begins = True
        if groups and (not begins or _NAMELESS.fullmatch(plain(" ".join(groups[-1])))):
            groups[-1].append(text)
        elif begins:
            groups.append([text])
    if not groups:
        return None, None
    own = groups.pop()
    if groups and _NAMELESS.fullmatch(plain(" ".join(own))) and not _is_above(groups[-1], campaign):
        own = groups.pop() + own
    parents = [join_lines("\n".join(group)) for group in groups]
    return join_lines("\n".join(own)), " ".join(parents) or None


def _body_lines(lines: Sequence[Segment]) -> list[str]:
    """Lines of the left column from the first body's on, without number, date and abstract."""
    column = [segment for segment in lines if segment.side is not Side.RIGHT]
    if not any(_UNION.match(segment.plain) for segment in column):
        column = list(lines)
    texts: list[str] = []
    for segment in column:
        if _ABSTRACT.match(segment.plain):
            break
        if _NUMBER_LINE.search(segment.plain) or _is_date(segment) or not letters_of(segment.text):
            continue
        if _CONTACT.match(segment.plain) or _is_no_body(segment):
            continue
        if texts and (_is_labelled(segment) or _is_spoilt(segment)):
            continue
        texts.append(_RULE.sub("", segment.text))
    return texts


def _is_labelled(segment: Segment) -> bool:
    """ "ĐC: Ấp 3", "Hotline: …": no body's name goes on so."""
    named = _UNION.match(segment.plain) or _UNIT.match(segment.plain)
    return not named and segment.confidence >= 1 and _LABELLED.match(segment.plain) is not None


def _is_no_body(segment: Segment) -> bool:
    abroad = segment.text.isascii() and _ABROAD.search(segment.plain) is not None
    return abroad or _NO_BODY.match(segment.plain) is not None


def _is_spoilt(segment: Segment) -> bool:
    """Under a body's name: a number that a scan spoilt beyond telling, or what it made of the line drawn there."""
    if segment.confidence >= 1:
        return False
    return _SPOILT_NUMBER.match(segment.text) is not None or (
        segment.confidence < _NO_TEXT and _UNION.match(segment.plain) is None
    )


def _is_above(group: Sequence[str], campaign: Campaign) -> bool:
    """Whether a body stands over the issuing one: by its kind, or because the campaign names it."""
    text = " ".join(group)
    named = {letters_of(name) for name in (campaign.organisation, campaign.parent_organisation) if name}
    return _ABOVE.match(plain(text)) is not None or letters_of(text) in named
