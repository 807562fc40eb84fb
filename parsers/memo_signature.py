"""Who signs a memo: authority, position and name (FORMS.md, "The memo")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.memo_given_name import given_name_alone, rest_of_name
from parsers.memo_layout import Segment, Side
from parsers.wording import letters_of

_AUTHORITY = re.compile(
    r"(?:(?:t[./]?m|k[./]?t|t[./]?l|t[./]?u[./]?q)(?:\s*[.:/]\s*|\s+)|"
    r"(?:thay mat|dai dien|ky thay|thua lenh|thua uy quyen)\s+)"
    r"(?=(?:ban|bch|btv|cong doan|cdcs|chu tich|doan|to|lanh dao|thu truong)\b)"
)
_OF_UNION = re.compile(r"\b(?:ban chap hanh|ban thuong vu|bch|btv|cong doan|cdcs|chu tich)\b")
_POSITION = re.compile(
    r"(?:q\s*\.\s*|quyen\s+)?(?:pho\s+|p\s*\.\s*)?(?:chu tich|truong ban|to truong|bi thu|giam doc|thu ky|uy vien|"
    r"chanh van phong|truong phong|hieu truong|vien truong|chi cuc truong|tram truong|chu nhiem)\b"
)
_SPOILT_POSITION = re.compile(r"u tich\W*$")
"""Of a scan: a stamp took the beginning."""
_POSITION_BEHIND = re.compile(r"(?:t/?m\b.*\S\s|k/?t\b[\s.:]*chu tich\s+)((?:pho\s+|p\s*\.\s*)?chu tich)$")
_RECIPIENTS = re.compile(r"noi nhan|luu\s*(?:[:;,./]|(?:vt|vp|cd|cdcs|ho so|van thu)\b|\Z)|nhu tren|[-+*•]")
_DEGREE = re.compile(
    r"(?:(?:bac|duoc|thac|tien|nha|y|ky|thay|giao|pho giao|cu|dieu|ho|luat)\s(?:si|su|nhan|duong|sinh|thuoc|giao)\s"
    r"(?:uu tu\s|nhan dan\s|chuyen khoa\s(?:i{1,2}|[12])\s)?)+"
)
"""Written out before a name: "Bác sĩ chuyên khoa II", "Cử nhân"; only its first letter is a capital."""
_MORE_TITLE = re.compile(
    r"(?:phu|trach|cong|doan|co|so|chuyen|thuong|truc|cdcs)(?:\s(?:trach|doan|co|so|trach|truc|cdcs))*$"
)
_LONGEST_POSITION = 60
_ONE_WORD = re.compile(r"[HK]['’‘][A-ZĐÀ-Ỹ][a-zà-ỹđ]{1,7}")
"""Names of the Ê Đê, the Cơ Ho and others are one word: "K'Tiếu"."""
_NAME_WORDS = range(2, 9)
_LEAST_WITH_CALLING = 3
_NAME = re.compile(r"[^\W\d_][\w.’'-]*", re.UNICODE)
_TONED = re.compile("[áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
_LABEL = re.compile(r"(?:ho (?:va|,) ten|ho ten|nguoi ky|ten nguoi ky)\s*:\s*")
"""As forms of firms have it: "Họ và tên: Nguyễn Thị Nhành"."""
_AROUND = " .,;:'`\"‘’“”|~_"
"""Not of a name: what a pen or a stamp beside it was read as."""
_LOOK_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Signature:
    """Fields of dossier.model.Memo; None where not found."""

    signer: str | None = None
    title: str | None = None
    authority: bool = False
    begins: int | None = None
    """Place of its first segment."""


def read_signature(lines: Sequence[Segment]) -> Signature:
    """`lines`: the segments under the addressee; what comes behind the first signature is not looked at."""
    start = _authority(lines)
    if start is None:
        start = next((place for place, line in enumerate(lines) if _is_position_alone(line)), None)
        if start is None:
            return Signature()
        title, name = _position_and_name(_below(lines, start, include=True))
        return Signature(name, title, authority=False, begins=start)
    behind = _POSITION_BEHIND.match(lines[start].plain)
    below = _below(lines, start, include=False)
    title, name = _position_and_name([line for line in below if line.side is lines[start].side])
    if name is None:
        title, name = _position_and_name(below)
    if name is None and title is not None:
        name = given_name_alone(_under(title, below))
    if behind is not None and (title is None or not _POSITION.match(title)):
        title = lines[start].text[behind.start(1) : behind.end(1)]
    return Signature(name, title, authority=True, begins=start)


def _authority(lines: Sequence[Segment]) -> int | None:
    """The last line of authority of the first signature: "TM. BAN CHẤP HÀNH", or "KT. CHỦ TỊCH" under it."""
    found = [place for place, line in enumerate(lines) if _AUTHORITY.match(line.plain)]
    if not found:
        return None
    near = [place for place in found if place - found[0] <= _LOOK_AHEAD]
    of_union = [place for place in near if _OF_UNION.search(lines[place].plain)] or near
    side = Side.RIGHT if any(lines[place].side is Side.RIGHT for place in of_union) else lines[of_union[0]].side
    chosen = [place for place in of_union if lines[place].side is side]
    last = chosen[0]
    for place in chosen[1:]:
        if sum(line.side is side for line in lines[last + 1 : place]) <= 1:
            last = place
    return last


def _below(lines: Sequence[Segment], start: int, *, include: bool) -> list[Segment]:
    """What follows in the same column. A line whose column nobody can tell counts, unless it says who gets copies."""
    side = lines[start].side
    first = start if include else start + 1
    return [
        line
        for line in lines[first : start + _LOOK_AHEAD]
        if (line.side is side or Side.WHOLE in (line.side, side)) and not _RECIPIENTS.match(line.plain)
    ]


def _position_and_name(lines: Sequence[Segment]) -> tuple[str | None, str | None]:
    title: str | None = None
    for place, line in enumerate(lines):
        label = _LABEL.match(line.plain)
        text = line.text[label.end() if label else 0 :].strip(_AROUND)
        below = lines[place + 1 : place + 3]
        if title is None and _POSITION.match(line.plain) and len(text) <= _LONGEST_POSITION:
            title = f"{text} {below[0].text}" if below and _goes_on(line, below[0]) else text
        elif title is None and text.isupper() and any(_POSITION.match(other.plain) for other in below):
            continue  # the rest of the authority: "TM. BAN CHẤP HÀNH CÔNG ĐOÀN / CƠ SỞ"
        elif title is not None and line.text.isupper() and title.endswith(f" {line.text}"):
            continue
        elif title is not None and _AUTHORITY.match(line.plain):
            break  # another document's signature
        elif _is_name(text, line.plain[label.end() if label else 0 :]):
            return title, f"{text} {more}" if (more := rest_of_name(lines[place + 1 : place + 2], line.side)) else text
        elif line.side is Side.WHOLE and len(text) > _LONGEST_POSITION:
            break
    return title, None


def _under(title: str, lines: Sequence[Segment]) -> Sequence[Segment]:
    """The lines that follow a position, which may take two of them."""
    parts = [place for place, line in enumerate(lines) if letters_of(line.text) and line.text.strip(_AROUND) in title]
    return lines[max(parts) + 1 :] if parts else ()


def _goes_on(line: Segment, below: Segment) -> bool:
    """Whether a narrow column has put the end of a position on the next line: "PHÓ CHỦ TỊCH PHỤ / TRÁCH"."""
    same = line.side is below.side and line.text.isupper() and below.text.isupper()
    return same and _MORE_TITLE.match(below.plain.strip()) is not None


def _is_position_alone(line: Segment) -> bool:
    return line.text.isupper() and len(line.text) <= _LONGEST_POSITION and _POSITION.match(line.plain) is not None


def _without_calling(words: list[str]) -> list[str]:
    """Without a calling of two syllables before a name of its own: "Nhà báo Lâm Thị Hân", "Nghệ nhân …"."""
    called = len(words) > _LEAST_WITH_CALLING and words[0].istitle() and words[1].islower() and words[1].isalpha()
    return words[2:] if called and all(word[:1].isupper() for word in words[2:]) else words


def _is_name(text: str, folded: str) -> bool:
    """Letters alone, every word with a capital; a degree may come before it ("BS.CKII Nguyễn Văn A").

    TCVN3 has no capitals with a tone: in a name that was typed in it "Ý" is "ý".
    """
    degree = _DEGREE.match(folded)
    words = text[degree.end() :].split() if degree is not None else _without_calling(text.split())
    if len(words) == 1 and _ONE_WORD.fullmatch(words[0]) is not None:
        return True
    if len(words) not in _NAME_WORDS or not letters_of(text):
        return False
    if _OF_UNION.search(folded) or _AUTHORITY.match(folded) or _POSITION.match(folded):
        return False
    if text.isupper() and _SPOILT_POSITION.search(folded):
        return False
    if not all(_NAME.fullmatch(word.strip(",()")) for word in words):
        return False
    small = [word for word in words if not word.strip("(")[:1].isupper()]
    return len(small) <= min(1, len(words) - 2) and all(_TONED.match(word) for word in small)
