"""What kind of text a cell holds: a time, a person, a post, an effect, one of the campaign's choices."""

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from dossier.folding import fold
from dossier.periods import parse
from parsers.wording import holds_value, words_of

_LONGEST_TIME = timedelta(days=190)
_YEARS = range(2010, 2060)
_PERSON_WORDS = range(2, 40)
_ONE_NAME = 6
_LONGEST_WORD = 7
"""Letters: Vietnamese syllables."""
FAMILIES = frozenset((
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "võ", "vũ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "lý", "đoàn", "trương", "đinh", "trịnh", "mai", "đào", "lâm", "tô", "cao", "hà", "lương", "lưu", "tạ", "phùng",
    "châu", "thái", "tống", "quách", "thạch", "nông", "lò", "giàng", "điểu", "vương", "triệu", "kiều", "đàm", "tăng",
    "doãn", "nghiêm", "chu", "la", "hứa", "từ", "khổng", "bạch", "lục", "ninh", "viên", "kim", "sơn", "danh", "bá",
    "văn", "đồng", "ông", "thân", "quan", "giáp", "khương", "trà", "mạc", "tiêu", "âu", "ân", "lại", "mã", "thi",
    "vi", "cù", "hầu", "lữ", "nhan", "tôn", "diệp", "thiều", "trang", "bế", "cầm", "lường", "quàng", "hoa", "đường",
    "ma", "sùng", "thào", "vàng", "hờ", "rơ", "ksor", "siu", "phù", "lăng", "thị", "kiên", "niê", "mlô", "êban", "kpă",
    "rmah", "rcom", "rchâm", "bkrông", "cil", "vừ", "lầu", "hạng", "tẩn", "chảo", "phàn", "tòng", "sầm", "đàng",
))  # fmt: skip
"""Names of families with their marks; several are words of another kind, so they tell a name only among capitals."""
_SIGNS = re.compile(
    r"(?:\A|\s)(?:(?:\d{1,2}|[a-e])\s*[.)/]|[-–+*•&]|và)(?=\s|\Z|[A-ZĐ])\s*|\([^()]*\)|\d{1,3}\s*%|\*|"
    r"(?:\A|(?<=\s))(?:Đ/[cC]|Đồng chí|Thầy|Cô|Anh|Chị|Ông|Bà|Mr|Mrs|Ms)\.?\s+(?=\w+\s+\w)"
)
_DEGREE = re.compile(
    r"\A(?:(?:[A-ZĐ][A-Za-zĐđ]{0,3}\.?\s?)*(?:CK\s?I{1,2}|[A-ZĐ]{2,5}|T[hH][sS]|TS|[BD]s)\.?\s+)+|\A(?:Ông|Bà)\s+"
)
_ASIDE = re.compile(r"\([^()]*\)")
_CARD = re.compile(r"\b(?:MSNV|MSNT|MNV|MST|Mã\s(?:số\s)?(?:NV|nhân viên|thẻ))\s*[:.]?\s*[A-Z]{0,3}-?\d{2,8}\b")
"""Somebody's number in a firm, under the name."""
_BETWEEN = re.compile(r"[;,•&+\n]|(?<!Đ)/(?=\s|\Z|\w+\s\w+\s\w)")
"""What parts co-authors, each with a degree of his own."""
_HONORIFICS = ("ông", "bà", "anh", "chị", "cô", "thầy")
"""Before a name that begins as a place does: "Ông Trung Phụng"."""
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
_COMPARING = frozenset((
    "giam", "tang", "bot", "them", "som", "nhanh", "con", "len", "xuong", "thap", "cao", "it", "nhieu", "tot",
))  # fmt: skip
_THAN = "hon"
_FIRST_WORDS = 4
_LONGEST_POST = 120
_MARKED_ROLES = frozenset({
    "khoa", "phòng", "trạm", "tổ", "ban", "trung", "tâm", "bệnh", "viện", "trường", "trưởng", "phó", "bác", "sĩ", "sỹ",
    "dược", "điều", "dưỡng", "hộ", "sinh", "kỹ", "kĩ", "thuật", "nhân", "cán", "sự", "chuyên", "kế", "toán", "giám",
    "đốc", "giáo", "lái", "xe", "văn", "thư", "quỹ", "thợ", "công", "chủ", "tịch", "ủy", "uỷ", "ktv", "ddt", "đdt",
    "bs", "tyt", "đơn", "vị", "đội", "xưởng", "phân", "ga", "cung", "bưu", "cục", "hàng", "cửa", "hiệu", "ty", "chi",
    "nhánh",
})  # fmt: skip
_ROLES = frozenset(map(fold, _MARKED_ROLES))
"""Syllables of posts and places of work."""


def is_time(text: str) -> bool:
    """Whether a text is a day or a short period of the years that campaigns ask for."""
    period = parse(text)
    if period is None or period.first is None or period.last is None:
        return False
    return period.first.year in _YEARS and period.last - period.first <= _LONGEST_TIME


def is_person(text: str) -> bool:
    """Capitalised syllables and no other words, of one author or several; a narrow column breaks their lines anywhere.

    In capitals alone everything looks so: there a name begins with that of a family.
    """
    told = _CARD.sub(" ", _ASIDE.sub(" ", text))
    return _is_of_names(told) or ("\n" in told and _is_of_names(" ".join(told.split())))


def _is_of_names(text: str) -> bool:
    words = " ".join(map(without_titles, _BETWEEN.split(text))).split()
    if len(words) not in _PERSON_WORDS:
        return False
    if words[0].lower() in _PLACES and text.split(maxsplit=1)[0].lower() not in _HONORIFICS:
        return False
    if text.isupper() and (len(words) > _ONE_NAME or words[0].lower() not in FAMILIES):
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
    """Names without what stands before and between them: numbers, degrees, "Ông", "và"; "PHAN" is no degree."""
    bare = _SIGNS.sub(" ", text).strip()
    named = bare.isupper() and bare.split()[0].lower() in FAMILIES
    return bare if named else _DEGREE.sub("", bare)


def is_post(text: str) -> bool:
    """A post or a place of work. Without their marks names are the same words: "Văn Khánh Vân" and "văn thư"."""
    words = words_of(text)
    if len(text) > _LONGEST_POST or not words or holds_value(text):
        return False
    if is_person(text) and (begins_with_family(text) or not _has_roles(text.lower().split(), _MARKED_ROLES)):
        return False
    return _has_roles(words, _ROLES) or not _WORKPLACES.isdisjoint(words)


def _has_roles(words: Sequence[str], roles: frozenset[str]) -> bool:
    return sum(word in roles for word in words) >= min(2, len(words))


def begins_with_family(text: str) -> bool:
    """Whether the first word, an honorific and degrees aside, is the name of a family: "Bà Ông Thị Mỹ"."""
    bare, plain = without_titles(text).lower().split(), text.lower().split()
    return any(words[0] in FAMILIES or words[1:2] == ["thị"] for words in (bare, plain) if words)


def is_effect(text: str) -> bool:
    """What was gained: a sum, a share, less or more of something."""
    return holds_value(text) or is_gain(text)


def is_gain(text: str) -> bool:
    """Less or more of something, told in words: at its beginning, or before how much it is ("sớm 27 ngày")."""
    words = words_of(text)[:_FIRST_WORDS]
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    said = words_of(text[:_LONGEST_POST])
    if any(one in _COMPARING and (other.isdigit() or other == _THAN) for one, other in pairwise(said)):
        return True
    return not _EFFECTS.isdisjoint({*words[:2], *pairs})


def is_choice(text: str, choices: frozenset[str]) -> bool:
    """One of the campaign's choices, or a part of one."""
    letters = "".join(words_of(text))
    return letters in choices or (len(letters) >= _PART and any(letters in one or one in letters for one in choices))
