"""Columns of posts and of people told by what their header asks for, where the cells are on no list of words.

"Kho K862" under "Điểm trường/tổ", "NV kho" under "Chức vụ", "KHA VĨNH DƠ" and "Út" under "Người thực hiện": no list of
places, posts and families ends. Such cells must be short, and say nothing of another kind.
"""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, POSITION
from parsers.cell_kinds import is_person, without_titles
from parsers.header_likeness import speaks_of
from parsers.wording import holds_value, is_ordinal

_ASKS = re.compile(
    r"\b(?:chức(?: vụ| danh)?|nơi (?:công tác|làm việc)|đơn vị|cơ quan|bộ phận|phòng|khoa|tổ|đội|xưởng|phân xưởng|"
    r"trạm|trường|điểm trường|chi nhánh|cửa hàng|bưu cục|chuyền|bến|nông trường|công tác|bộ môn|ban ngành)\b"
)
_ASKS_OTHERWISE = re.compile(
    r"\b(?:áp dụng|sử dụng|triển khai|tính|công nhận|xác nhận|chứng|chấm|xét|duyệt|đánh giá|nhận xét|ký|quyết định|"
    r"hưởng|trì|quản lý|theo dõi|trình độ|thời gian|ngày|năm|tháng|số|mã|hiện trường|thị trường|môi trường|"
    r"tổ chức|tổ chuyên gia|khen|giá|tiền|điện thoại)\b"
)
"""Where it is used, who judges it, how many: no post. With its marks, since "nội dung" folds to "noi dung"."""
_PEOPLE = re.compile(
    r"\b(?:người|ông|bà|đồng chí|cán bộ|giáo viên|công nhân|viên chức|công chức|lao động|đoàn viên|cá nhân|nhân viên|"
    r"thành viên|xã viên|tập thể|tác giả|học viên|quân nhân|bác sĩ|điều dưỡng|kỹ sư|cbcnv|cbcnvc|cbcc|cnvc|cnvclđ|cbvc|"
    r"cb|gv|nv|cnv|nlđ|họ tên|họ và|họ, tên|chủ đề tài|chủ trì|chủ nhiệm)\b"
)
"""With its marks: "ba" is a number."""
_USUAL = 60
"""Letters of a usual cell, at the most."""
_OTHER = 0.6
_NAME = re.compile(r"[^\W\d_]{1,8}(?:['’-][^\W\d_]{1,7})?")
_SYLLABLES = range(1, 7)
_PARTS = re.compile(r"[;,&+/\n]|\s[-–]\s|\s*[-–]\s*\Z|\bvà\b|\bVÀ\b")
_ASIDE = re.compile(r"\([^()]*\)")
_HONORIFIC = re.compile(r"\A(?:Ông|Bà|Anh|Chị|Cô|Thầy|Đ/c|Đồng chí|ÔNG|BÀ|(?:Mr|Mrs|Ms)\.?)\s+")
_ALL_BUT = 0.8


def asks_for_post(label: str) -> bool:
    """Whether a header, its marks written, asks for a post or a place of work."""
    words = normalize("NFC", label).lower()
    return _ASKS.search(words) is not None and _ASKS_OTHERWISE.search(words) is None


def may_be_posts(texts: Sequence[str], fits: Mapping[str, float]) -> bool:
    """Whether cells under such a header may be posts: short words, no sums, dates, names or choices."""
    if not texts or any(holds_value(text) for text in texts) or all(map(is_ordinal, texts)):
        return False
    others = (fit for key, fit in fits.items() if key not in (POSITION, BENEFIT))
    return max(others, default=0.0) < _OTHER and sum(map(len, texts)) <= _USUAL * len(texts)


def people_under(label: str, texts: Sequence[str], fits: Mapping[str, float]) -> float | None:
    """Share of the cells that are names of any family, or of one syllable, where the header asks for people.

    None where the header does not ask for them, or the cells are of another kind.
    """
    if not texts or not _asks_for_people(label) or fits.get(AUTHOR, 0.0) >= _ALL_BUT:
        return None
    if any(fits.get(key, 0.0) >= _OTHER for key in fits if key not in (AUTHOR, POSITION)) or fits[APPLIED]:
        return None
    named = [is_person(text) or _may_be_people(text) for text in texts]
    share = sum(named) / len(named)
    posts = fits.get(POSITION, 0.0) >= _OTHER
    return share if share >= _ALL_BUT and not posts else None


def _asks_for_people(label: str) -> bool:
    return speaks_of(label, AUTHOR) and _PEOPLE.search(normalize("NFC", label).lower()) is not None


def _may_be_people(text: str) -> bool:
    parts = [part for part in (one.strip(" .:-*+") for one in _PARTS.split(_ASIDE.sub(" ", text))) if part]
    return bool(parts) and all(map(_may_be_name, parts))


def _may_be_name(text: str) -> bool:
    words = _HONORIFIC.sub("", without_titles(text)).split()
    return len(words) in _SYLLABLES and all(_NAME.fullmatch(word) and word[0].isupper() for word in words)
