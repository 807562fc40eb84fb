"""What kind of text a cell holds: a time, a person, a post, an effect, one of the campaign's choices."""

import re
from datetime import timedelta
from itertools import pairwise

from dossier.periods import parse
from parsers.wording import holds_value, words_of

_LONGEST_TIME = timedelta(days=190)
_YEARS = range(2010, 2060)
_PERSON_WORDS = range(2, 40)
_ONE_NAME = 6
_LONGEST_WORD = 7
"""Letters: Vietnamese syllables."""
_SIGNS = re.compile(
    r"(?:\A|\s)(?:(?:\d{1,2}|[a-e])\s*[.)/]|[-–+*•&]|và)(?=\s|\Z|[A-ZĐ])\s*|\([^()]*\)|\d{1,3}\s*%|\*|"
    r"(?:\A|(?<=\s))(?:Đ/[cC]|Đồng chí|Thầy|Cô|Anh|Chị|Ông|Bà)\.?\s+(?=\w+\s+\w)"
)
_DEGREE = re.compile(
    r"\A(?:(?:[A-ZĐ][A-Za-zĐđ]{0,3}\.?\s?)*(?:CK\s?I{1,2}|[A-ZĐ]{2,5}|T[hH][sS]|TS|[BD]s)\.?\s+)+|\A(?:Ông|Bà)\s+"
)
_BETWEEN = re.compile(r"[;,•&+\n]")
"""What parts co-authors, each with a degree of his own."""
_PLACES = ("khoa", "phòng", "trạm", "tổ", "ban", "bệnh", "trung", "trường", "bộ", "đội", "xưởng", "nhà")
"""First syllables of places of work: what begins with one is no person."""
_WORKPLACES = frozenset({"khoa", "phong", "tram", "tyt", "ttyt", "k", "p"})
_PART = 10
"""Letters of a choice that tell it."""
_EFFECTS = frozenset((
    "giam", "tang", "bot", "tiet kiem", "lam loi", "rut ngan", "nang cao", "do ton", "khong ton", "khong con",
    "khong tinh", "hai long", "an toan", "dam bao", "bao dam", "bao ve", "gop phan", "hieu qua",
    "loi ich", "loi nhuan", "sinh loi",
))  # fmt: skip
_FIRST_WORDS = 4
_LONGEST_POST = 120
_ROLES = frozenset({
    "khoa", "phong", "tram", "to", "ban", "trung", "tam", "benh", "vien", "truong", "pho", "bac", "si",
    "duoc", "dieu", "duong", "ho", "sinh", "ky", "thuat", "nhan", "can", "su", "chuyen", "ke", "toan",
    "giam", "doc", "giao", "lai", "xe", "van", "thu", "quy", "tho", "cong", "chu", "tich", "uy", "ktv",
    "ddt", "bs", "tyt", "don", "vi", "doi", "xuong", "phan", "ga", "cung", "buu", "cuc", "hang", "cua", "hieu",
    "ty", "chi", "nhanh",
})  # fmt: skip
"""Syllables of posts and places of work."""


def is_time(text: str) -> bool:
    """Whether a text is a day or a short period of the years that campaigns ask for."""
    period = parse(text)
    if period is None or period.first is None or period.last is None:
        return False
    return period.first.year in _YEARS and period.last - period.first <= _LONGEST_TIME


def is_person(text: str) -> bool:
    """Capitalised syllables and no other words, of one author or several."""
    words = " ".join(map(without_titles, _BETWEEN.split(text))).split()
    if len(words) not in _PERSON_WORDS or words[0].lower() in _PLACES or (text.isupper() and len(words) > _ONE_NAME):
        return False
    return all(map(_is_syllable, words))


def _is_syllable(word: str) -> bool:
    """As names have them; those of the Ê Đê and others with an apostrophe: "H'Hen", "H' Blơ"."""
    letters = word.replace("'", "").replace("’", "")
    return word == "-" or (word[0].isupper() and letters.isalpha() and len(word) <= _LONGEST_WORD)


def begins_with_person(text: str) -> bool:
    """Whether the first line is a person and the others a post: "Lâm Thị Hân / Điều dưỡng khoa Nhi".

    In capitals alone a title that is broken in its cell looks the same: "CỌC TRUYỀN THẤP / LẮP VÀO XE LĂN Ở KHOA NHI".
    """
    first, *others = text.strip().split("\n")
    post = " ".join(others)
    return bool(post) and not text.isupper() and is_person(first) and is_post(post)


def without_titles(text: str) -> str:
    """Names without what stands before and between them: numbers, degrees, "Ông", "và"."""
    return _DEGREE.sub("", _SIGNS.sub(" ", text).strip())


def is_post(text: str) -> bool:
    words = words_of(text)
    if len(text) > _LONGEST_POST or not words or holds_value(text):
        return False
    return sum(word in _ROLES for word in words) >= min(2, len(words)) or not _WORKPLACES.isdisjoint(words)


def is_effect(text: str) -> bool:
    """What was gained: a sum, a share, less or more of something."""
    return holds_value(text) or is_gain(text)


def is_gain(text: str) -> bool:
    """Less or more of something, told in words."""
    words = words_of(text)[:_FIRST_WORDS]
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    return not _EFFECTS.isdisjoint({*words[:2], *pairs})


def is_choice(text: str, choices: frozenset[str]) -> bool:
    """One of the campaign's choices, or a part of one."""
    letters = "".join(words_of(text))
    return letters in choices or (len(letters) >= _PART and any(letters in one or one in letters for one in choices))
