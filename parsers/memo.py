"""Reads a Tờ trình: told by its type name on a line of its own near the top, its parts found around it (FORMS.md)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dossier.campaign import Campaign
from dossier.model import Kind, Memo
from parsers.content import Content
from parsers.header_languages import is_foreign
from parsers.memo_count import stated_count
from parsers.memo_layout import NATIONAL_TITLE, Segment, Side, segments
from parsers.memo_letterhead import is_number_line, read_letterhead, read_place_and_date
from parsers.memo_signature import read_signature
from parsers.wording import join_lines, letters_of, plain

_NEAR_TOP = 40
"""Segments: a letterhead, page headers and a cover line may stand above the type name, a whole document may not."""
_LONGEST_LINE = 300
_ABSTRACT_LINES = 6
_ADDRESSEE_LINES = 8
_BULLET = re.compile(r"\s*(?:[-–—+*•]|\d+\s*[.)]|[a-z]\s*[.)])")
_TO = re.compile(r"(?:dong )?kinh\s*(?:gui|trinh|goi)\b\s*[:;.,-]*\s*")
_WITH = re.compile(r"\(?(?:kem theo|dinh kem|ban hanh kem theo|theo)$")
_SPEAKS = re.compile(
    r"(?:can cu|thuc hien|thi hanh|xet|theo|de |nham|trong |qua |sau |tren co so|huong ung|tiep theo|chao mung|"
    r"hom nay|hien nay|hang nam|nay |chung toi|toan the|don vi |duoc su|"
    r"ban chap hanh|ban thuong vu|bch|cong doan co so|cdcs|kinh thua|kinh trinh|kinh gui|ngay |nam \d|"
    r"[ivx]+\s*[./]|\d+\s*[.)])"
)
_PLACE_AND_DATE = re.compile(
    r"[^\d:;/]{2,40}?,?\s*(?:ngay\b[^a-z]{0,12}(?:thang\b.{0,20})?|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})\s*[.;]?$"
)
"""A line that is nothing else; the body speaks of the dates of other documents."""
_ASIDE = re.compile(r"\([^()]*\)")
_ONE_LINE_TITLE = re.compile(r"\s*[:(–-]?\s*(?:v\s*/\s*v|ve viec|ve|de nghi|xin|xet|gioi thieu|dang ky)\b")
_OTHER_TYPES = frozenset(
    ("kehoach", "quyetdinh", "baocao", "thongbao", "congvan", "bienban", "huongdan", "nghiquyet", "giaymoi", "quyche")
)
"""Type names of other documents, each on a line of its own in capitals."""
_UNFINISHED = ("-", "–", "—", ",")
"""What a line of a name ends with that goes on below."""
_SURE = 0.7
"""Least confidence of a type name that was read from a picture."""


@dataclass(frozen=True, slots=True)
class FoundMemo:
    """A memo in a file, and what a person should look at."""

    memo: Memo | None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Type:
    place: int
    rest: str
    """An abstract on the same line."""


def read_memo(content: Content, campaign: Campaign, without: frozenset[int] = frozenset()) -> FoundMemo:
    """The memo of a file; `memo` is None where there is none. `without`: places of the summary table's blocks."""
    titles = {
        letters_of(title) for document in campaign.required if document.kind is Kind.MEMO for title in document.titles
    }
    lines = segments(content, without)
    found = _type_name(lines, titles) if titles else None
    if found is None:
        return FoundMemo(None)
    above = [line for line in lines[: found.place] if len(line.text) <= _LONGEST_LINE][-_NEAR_TOP:]
    memo = _read(lines, found, above, campaign)
    return FoundMemo(memo, _doubts(memo, lines[found.place]))


def _type_name(lines: Sequence[Segment], titles: set[str]) -> _Type | None:
    for place, line in enumerate(lines):
        rest = _after_title(line.text, titles)
        if rest is not None and _stands_for_itself(lines, place):
            return _Type(place, rest)
    return None


def _after_title(text: str, titles: set[str]) -> str | None:
    """What follows a type name in a line that is one: mostly ''. None for another line."""
    if len(text) > _LONGEST_LINE or _BULLET.match(plain(text)):
        return None
    if letters_of(text) in titles or letters_of(_ASIDE.sub("", text)) in titles:
        return ""
    for end in (found.end() for found in re.finditer(r"\S+", text[: _ABSTRACT_LINES * 10])):
        head, rest = text[:end], text[end:]
        if head.isupper() and letters_of(head) in titles and _ONE_LINE_TITLE.match(plain(rest)):
            return rest.strip(" :")
    return None


def _stands_for_itself(lines: Sequence[Segment], place: int) -> bool:
    """Whether a type name heads its document and is not a word of another one ("(Kèm theo / Tờ trình / …)")."""
    line, above = lines[place], lines[:place]
    start = max((number for number, other in enumerate(above) if NATIONAL_TITLE.match(other.plain)), default=None)
    on_page = sum(other.page == line.page for other in above) if line.page is not None else place
    if on_page > _NEAR_TOP and (start is None or place - start > _NEAR_TOP // 2):
        return False
    if any(_is_other_type(above, other) for other in range(start or 0, place)):
        return False
    if above and _WITH.search(above[-1].plain.rstrip(" :")):
        return False
    return line.text.isupper() or any(
        _TO.match(other.plain) for other in lines[place + 1 : place + 1 + _ADDRESSEE_LINES]
    )


def stated_in(content: Content, campaign: Campaign, without: frozenset[int]) -> int | None:
    """The number of initiatives that a paper speaks of whose parts are not told from one another, as `read_memo`'s."""
    return stated_count(" ".join(line.text for line in segments(content, without)), campaign)


def is_addressed(line: str) -> bool:
    """Whether a folded line begins with "Kính gửi"."""
    return _TO.match(line) is not None


def other_type(content: Content) -> str:
    """The type name of a document that is neither memo nor table, in capitals near its top; '' for none."""
    top = segments(content)[:_NEAR_TOP]
    return next((line.text for place, line in enumerate(top) if _is_other_type(top, place)), "")


def _is_other_type(lines: Sequence[Segment], place: int) -> bool:
    """Whether a line is such a type name, and not of a body's name: "CHI CỤC DÂN SỐ - / KẾ HOẠCH / HÓA GIA ĐÌNH"."""
    line = lines[place]
    if not line.text.isupper() or letters_of(line.text) not in _OTHER_TYPES:
        return False
    above = next((other for other in reversed(lines[:place]) if other.side is not Side.RIGHT), None)
    return above is None or not (line.side is Side.LEFT is above.side or above.text.endswith(_UNFINISHED))


def _read(lines: Sequence[Segment], found: _Type, above: Sequence[Segment], campaign: Campaign) -> Memo:
    below = lines[found.place + 1 :]
    if below and not found.rest and is_number_line(below[0]):
        above, below = [*above, replace(below[0], side=Side.LEFT)], below[1:]  # under the type name, as companies do
    letterhead = read_letterhead(above, campaign)
    abstract, behind_abstract = _abstract(below, found.rest)
    addressee, behind_addressee = _addressee(below, behind_abstract)
    rest = below[behind_addressee:]
    signature = read_signature(rest)
    place, day = letterhead.place, letterhead.day
    if place is None and day is None:
        place, day = _date_over_signature(rest, signature.begins)
    body = " ".join(line.text for line in rest[: signature.begins])
    fields = {
        "national-title": letterhead.national_title or None,
        "number": letterhead.number,
        "date": day,
        "addressee": addressee,
        "authority": signature.authority or None,
        "signer": signature.signer,
    }
    return Memo(
        issuer=letterhead.issuer,
        parent=letterhead.parent,
        number=letterhead.number,
        place=place,
        date=day,
        subject=abstract or letterhead.subject,
        addressee=addressee,
        signer=signature.signer,
        signer_title=signature.title,
        stated_count=stated_count(body, campaign),
        missing=tuple(name for name, value in fields.items() if value is None),
    )


def _abstract(below: Sequence[Segment], first: str) -> tuple[str | None, int]:
    """The abstract under the type name, and the place behind it."""
    texts = [first] if first else []
    addressed = any(_TO.match(line.plain) for line in below[: _ABSTRACT_LINES + 1])
    for place, line in enumerate(below[: _ABSTRACT_LINES + 1]):
        folded = line.plain
        if _TO.match(folded) or (not addressed and _SPEAKS.match(folded)) or len(line.text) > _LONGEST_LINE:
            return _in_vietnamese(texts), place
        if place == _ABSTRACT_LINES:
            break
        if letters_of(line.text):
            texts.append(line.text)
    return _in_vietnamese(texts), min(len(below), _ABSTRACT_LINES)


def _in_vietnamese(texts: Sequence[str]) -> str | None:
    """Without what the type is called abroad: "PROPOSAL", "(Letter of proposal)"."""
    native = [text for text in texts if not is_foreign(text)]
    return join_lines("\n".join(native or texts)) or None


def _addressee(below: Sequence[Segment], start: int) -> tuple[str | None, int]:
    """What follows "Kính gửi:", several bodies parted by "; ", and the place behind it."""
    for place in range(start, min(len(below), start + _ADDRESSEE_LINES)):
        found = _TO.match(below[place].plain)
        if found is not None:
            break
    else:
        return None, start
    bodies = [rest] if (rest := below[place].text[found.end() :].strip()) else []
    end = place + 1
    for line in below[end : end + _ADDRESSEE_LINES]:
        bullet = _BULLET.match(line.plain)
        if bullet is not None and not line.plain[0].isdigit():
            bodies.append(line.text[bullet.end() :].strip())
        elif not bodies:
            bodies.append(line.text)
        elif _goes_on(bodies[-1], line):
            bodies[-1] = join_lines(f"{bodies[-1]}\n{line.text}")
        else:
            break
        end += 1
    stripped = [body.strip(" ;.,-–") for body in bodies]
    return "; ".join(body for body in stripped if body) or None, end


_LONGEST_GOING_ON = 70
_LONGEST_END = 40
"""Of a last line with a full stop: "tỉnh Đồng Nai."; a sentence of the body is longer."""


def _goes_on(body: str, line: Segment) -> bool:
    """Whether a line is more of the addressee above it and not the first of the body."""
    if body.endswith((";", ".")) or not letters_of(line.text):
        return False
    if line.text[:1].islower():
        return True
    if _SPEAKS.match(line.plain) or any(map(str.isdigit, line.text)):
        return False
    if body.endswith((",", "-", "–")):
        return True
    if line.text.endswith("."):
        return len(line.text) <= _LONGEST_END
    return len(line.text) <= _LONGEST_GOING_ON and not line.text.endswith((";", ":", ","))


def _date_over_signature(rest: Sequence[Segment], signed: int | None) -> tuple[str | None, date | None]:
    """Some write place and date at the end, over the signature."""
    if signed is None:
        return None, None
    near = [line for line in rest[max(0, signed - 12) : signed] if len(line.text) <= _LONGEST_LINE // 4]
    beside = [line for line in near if line.side is not Side.LEFT][-6:]
    return read_place_and_date([line for line in beside if _PLACE_AND_DATE.match(line.plain)])


def _doubts(memo: Memo, line: Segment) -> tuple[str, ...]:
    doubts = []
    if line.confidence < _SURE:
        doubts.append("the type name of the memo was read with low confidence")
    if {"national-title", "number", "addressee", "authority"} <= set(memo.missing):
        doubts.append("the type name of a memo stands there, and no other part of one was found")
    return tuple(doubts)
