"""What the sender wrote themselves, apart from what they quote, forward and sign with.

Markers are those of the webmails and mail programs in use here, in Vietnamese and English, compared on folded text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from dossier.folding import fold, nfc
from parsers.charset import printable

MAX_TEXT = 400_000
"""Characters of a body that are looked at."""
MAX_LINES = 5_000
_MAX_MARKER = 500
_MAX_FORWARDS = 5
"""A forward within a forward, and so on."""


@dataclass(frozen=True, slots=True)
class Words:
    """A body, parted. Signatures are in neither."""

    own: str
    quoted: str
    """What others wrote before: quotations and forwarded text."""
    forwarded: str
    """That part of `quoted` which the sender passes on on purpose: its links are the sender's act."""


_REPLY, _FORWARD, _HEADERS = "reply", "forward", "headers"
_DASHED = re.compile(r"[-_=*]{2,} ?(?P<what>[^-_=]{3,80}?) ?[-_=*]{2,}")
_FORWARD_WORDS = re.compile(r"forwarded|chuyen tiep")
_REPLY_WORDS = re.compile(r"original (?:message|appointment)|(?:thu|tin nhan|thong bao|tin|email) (?:ban )?goc")
_FORWARD_LINE = re.compile(
    r"(?:begin forwarded message|bat dau (?:thu|tin nhan|email)(?: duoc| da)? chuyen tiep|bat dau chuyen tiep thu)\s*:?"
)
_WROTE_END = re.compile(r"(?:\bwrote|\bviet|\ba ecrit) ?:$|\bgmt ?[+-]\d.*> ?:$")
_WROTE_START = re.compile(r"(?:on|vao|ngay|luc|trong|thu|at|le|da viet vao|mon|tue|wed|thu|fri|sat|sun)\b|[\d\"'<*]")
_WROTE_TIME = re.compile(r"\d{1,2}[:h]\d{2}|\d{1,2}[/.-]\d{1,2}|\b(?:19|20)\d\d\b|\bthg\b|\bthang\b")
_HEADER_FROM = re.compile(r"\*?(?:from|tu|nguoi gui|gui tu)\*? ?:\*? ?\S")
_HEADER_OTHER = re.compile(
    r"\*?(?:sent|date|to|cc|subject|importance|reply-to|ngay(?: gui)?|thoi gian|da gui|gui(?: luc| vao)?"
    r"|den|toi|gui toi|nguoi nhan|chu de|tieu de|v/v)\*? ?:"
)
_SIGNATURE = re.compile(r"--\s?")
_MAX_SIGNATURE = 15
"""Lines with text; what is longer is no signature."""
_SENT_FROM = re.compile(
    r"(?:sent from (?:my|yahoo|mail|outlook|gmail|samsung)|get outlook for|sent with"
    r"|(?:(?:da|duoc) )?gui tu (?:iphone|ipad|dien thoai|yahoo|samsung|outlook|thiet bi|may|mail|hop thu|gmail)"
    r"|(?:tai|nhan|lay) outlook (?:cho|danh cho)|virus-free|khong co virus)\b.{0,80}"
)
_DISCLAIMER_RULE = re.compile(r"[-_=*]{20,}")
_FORWARD_SUBJECT = re.compile(r"(?:\[[^\]]*\] ?)?(?:fwd?|tr|chuyen tiep|ct)\s*:")


def part_words(text: str, subject: str = "") -> Words:
    """Parts a body; `subject` tells an unmarked block of headers to be a forward (Fwd:, Chuyển tiếp:) or a reply."""
    lines = _clean(text).split("\n")[:MAX_LINES]
    return _part(lines, is_forward=bool(_FORWARD_SUBJECT.match(fold(subject))), depth=0)


def _part(lines: Sequence[str], *, is_forward: bool, depth: int) -> Words:
    own: list[str] = []
    quoted: list[str] = []
    forwarded: list[str] = []
    place = 0
    while place < len(lines):
        marker, length = _marker(lines, place)
        if marker == _FORWARD or (marker == _HEADERS and is_forward):
            rest = lines[place + length :]
            quoted += lines[place:]
            forwarded += _passed_on(rest, depth)
            break
        if marker:
            body = place + length
            if marker == _HEADERS or not _quotes_by_sign(lines, body):
                quoted += lines[place:]
                break
            quoted += lines[place:body]
            place = body
        elif _is_signed_off(lines, place):
            place = _end_of_signature(lines, place)
        else:
            (quoted if lines[place].startswith(">") else own).append(lines[place])
            place += 1
    return Words(_joined(_without_sent_from(own)), _joined(quoted), _joined(forwarded))


def _passed_on(lines: Sequence[str], depth: int) -> list[str]:
    """What a forwarded text says itself, with what it forwards in turn."""
    if depth == _MAX_FORWARDS:
        return []
    bare = [line.removeprefix("> ").removeprefix(">") for line in lines]
    inner = _part(_without_headers(bare), is_forward=True, depth=depth + 1)
    return [*inner.own.split("\n"), *inner.forwarded.split("\n")]


def _marker(lines: Sequence[str], place: int) -> tuple[str, int]:
    """(kind of marker, lines it takes) at this place; ("", 0) where there is none."""
    line = lines[place].strip().strip("*").strip()
    if not line or line.startswith(">") or len(line) > _MAX_MARKER:
        return "", 0
    folded = fold(line)
    dashed = _DASHED.fullmatch(folded)
    if dashed and _FORWARD_WORDS.search(dashed["what"]):
        return _FORWARD, 1
    if _FORWARD_LINE.fullmatch(folded):
        return _FORWARD, 1
    if dashed and _REPLY_WORDS.search(dashed["what"]):
        return _REPLY, 1
    if _HEADER_FROM.match(folded) and _has_headers(lines, place + 1):
        return _HEADERS, 1
    length = _wrote(lines, place) if _WROTE_START.match(folded) else 0
    return (_REPLY, length) if length else ("", 0)


def _wrote(lines: Sequence[str], place: int) -> int:
    """How many lines "On …, … wrote:" takes at this place: webmails break it over up to four; 0 where it is none."""
    joined = ""
    for length in range(1, 5):
        if place + length > len(lines):
            return 0
        line = fold(lines[place + length - 1])
        if not line or line.startswith(">"):
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > _MAX_MARKER:
            return 0
        if _WROTE_END.search(joined):
            return length if _WROTE_TIME.search(joined) else 0
    return 0


def _has_headers(lines: Sequence[str], place: int) -> bool:
    following = [fold(line) for line in lines[place : place + 8] if line.strip() and len(line) < _MAX_MARKER]
    return sum(bool(_HEADER_OTHER.match(line)) for line in following[:5]) >= 2


def _without_headers(lines: Sequence[str]) -> Sequence[str]:
    """Without the block of From, Date, Subject and To that follows a marker."""
    for place, line in enumerate(lines[:20]):
        folded = fold(line)
        if folded and not _HEADER_FROM.match(folded) and not _HEADER_OTHER.match(folded) and "@" not in folded:
            return lines[place:]
    return lines


def _quotes_by_sign(lines: Sequence[str], place: int) -> bool:
    """Whether the next line that is not blank is quoted with ">": then only such lines are, and own ones may follow."""
    return next((line.startswith(">") for line in islice(lines, place, None) if line.strip()), False)


def _is_signed_off(lines: Sequence[str], place: int) -> bool:
    """RFC 3676, 4.3: "-- " alone on its line; here also without the space, and only after some words."""
    if not _SIGNATURE.fullmatch(lines[place]) or not any(line.strip() for line in islice(lines, place)):
        return False
    signature = islice(lines, place + 1, _end_of_signature(lines, place))
    return sum(bool(line.strip()) for line in signature) <= _MAX_SIGNATURE


def _end_of_signature(lines: Sequence[str], place: int) -> int:
    """Where the signature ends: at a quotation, a marker, or the end; not looked for further than a page."""
    for end in range(place + 1, min(len(lines), place + 100)):
        if lines[end].startswith(">") or _marker(lines, end)[0]:
            return end
    return min(len(lines), place + 100)


def _without_sent_from(lines: Sequence[str]) -> list[str]:
    return [
        line for line in lines if not _SENT_FROM.fullmatch(fold(line[:200])) and not _DISCLAIMER_RULE.fullmatch(line)
    ]


def _clean(text: str) -> str:
    ends = text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u00a0", " ")
    return "".join(char for char in nfc(ends) if char in "\n\t" or printable(char))


def _joined(lines: Sequence[str]) -> str:
    kept: list[str] = []
    for line in (line.rstrip() for line in lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
