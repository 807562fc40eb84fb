"""What a header speaks of, told by its nouns where no synonym of the campaign's stands in it.

Synonyms are the campaign's data and never end; the language's own words for people, places of work, times, effects and
descriptions are few. They are weaker than a synonym: what stands under the header must not say otherwise.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY, TITLE
from parsers.columns import telling_words
from parsers.wording import words_of

_PEOPLE = frozenset((
    "nguoi", "ong", "ba", "dong chi", "can bo", "giao vien", "cong nhan", "vien chuc", "cong chuc", "lao dong",
    "doan vien", "ca nhan", "nhan vien", "thanh vien", "tap the", "tac gia", "hoc vien", "bac si", "dieu duong",
    "ky su", "cbcnv", "cbcnvc", "cnvc", "cnvcld", "cbvc", "cb", "gv", "nv", "cnv", "nld", "ho ten", "ho va", "chu dem",
    "chu tri", "chu nhiem", "ten tho",
))  # fmt: skip
_OTHER_PEOPLE = frozenset((
    "xac", "huong", "phan", "kiem", "truong", "lanh", "phu", "giam", "lap", "duyet", "nguoi ky", "tham", "cham",
    "chung", "quan", "lien", "nhap",
    "hoi dong", "danh gia", "nhan xet", "huong loi", "su dung", "theo doi",
))  # fmt: skip
"""Who confirms, guides, examines, heads, enters: none of them is the author."""
_TIMES = frozenset(("thoi", "ngay", "thang", "nam", "tu", "moc", "luc", "tg", "khi"))
_BEGINNINGS = frozenset(("dua vao", "di vao", "bat dau"))
_FOR = "cho"
_SINCE = "tu"
_BEHIND_SINCE = frozenset(("ngay", "thang", "nam", "quy", "khi", "luc", "thoi", "diem", "nao", "bao", "gio"))
_USES = frozenset((
    "ap dung", "ung dung", "su dung", "trien khai", "bat dau", "thuc hien", "van hanh", "khai thac",
    "van dung", "thu nghiem", "thuc tien", "thuc te", "chay thu", "chay that", "chay chinh",
    "thuc thi", "live", "launch", "launching", "rollout", "release", "deploy", "start", "apply",
))  # fmt: skip
"""The last of them are borrowed, as offices speak: "Ngày go-live"."""
_PUT = frozenset(("dua vao", "di vao"))
_PUT_INTO = frozenset((
    "san xuat", "hoat dong", "phuc vu", "chay", "day hoc", "giang day", "cong tac", "dieu tri", "cham soc",
    "chuyen", "xuong", "lo", "ben", "tuyen", "luoi", "ca",
))  # fmt: skip
"""The same behind "đưa vào" alone, and places of work: "Ngày sản xuất" is another day."""
_COSTS = frozenset(("chi phi", "kinh phi", "thuong", "tien thuong", "muc thuong", "von", "diem", "xep loai"))
"""Sums and marks that are no effect, but where there is less of them."""
_LESS = frozenset(("giam", "bot", "tiet kiem"))
_LESS_OR_MORE = frozenset(("giam", "bot", "tang"))
"""First words: "Giảm chi phí", "Tăng năng suất"."""
_GAINS = frozenset(("nang suat",))
"""Asked for beside costs, these are effects: "Năng suất, chi phí, an toàn"."""
_OF = "thuoc"
_OF_FIELD = frozenset(("noi dung", "linh vuc", "lanh vuc", "mang", "nhom", "chu de", "loai", "chuyen de"))
"""To which of several it belongs: "Thuộc nội dung" holds no content."""
_ASKS = frozenset(("nhung gi", "the nao", "ra sao"))
"""What asks for a description, and for no name."""
_ASKS_WHEN = re.compile(r"\b(?:thoi gian|thoi diem|khi|ngay|thang|luc|nam) nao\b|\bbao gio\b")
"""A question, wherever it stands: "Áp dụng vào thời gian nào"."""
_NOT_OF_WORK = frozenset(("tinh", "ap dung", "ung dung", "su dung", "nhan rong", "mang", "chuyen de"))
"""Where it is used, what it is counted in, of which kind it is: no place of work."""
_NO_FIELDS = frozenset(("xep loai", "danh gia", "trinh do", "bang cap", "hoc vi", "tay nghe"))
"""What somebody is ranked or learned as, though it ends on "loại" or "môn"."""
_SPEAKS: Mapping[str, frozenset[str]] = MappingProxyType({
    AUTHOR: _PEOPLE,
    POSITION: frozenset((
        "chuc", "noi", "don vi", "co quan", "phong", "khoa", "ban", "to", "doi", "xuong", "phan xuong", "bo phan",
        "tram", "truong", "chi nhanh", "cua hang", "buu cuc", "ga", "cung", "nghe", "nghe nghiep", "chuyen mon",
        "cong tac", "nhiem vu", "cong viec", "vi tri", "bac tho", "lam viec", "ngach",
    )),
    TITLE: frozenset((
        "ten", "nhan de", "dau de", "tieu de", "tua", "tua de", "sang kien", "sk", "skkn", "de tai", "giai phap",
        "cong trinh", "san pham", "y tuong", "mo hinh", "cai tien",
    )),
    FIELD: frozenset((
        "linh vuc", "lanh vuc", "mang", "the loai", "chuyen de", "loai", "nhom", "nganh", "chu de", "phan loai",
        "chuyen nganh", "hang muc", "mon",
    )),
    SUMMARY: frozenset((
        "noi dung", "mo ta", "tom tat", "tom luoc", "trich yeu", "khai quat", "gioi thieu", "thuyet minh", "tinh trang",
        "dien giai", "cach", "buoc", "cac buoc", "tien hanh", "thuc trang", "giai phap", "bien phap", "phuong phap",
        "qua trinh", "nguyen ly", "cau tao", "diem chinh", "diem moi", "tinh moi", "ban chat", "quy trinh",
        "hien trang", "nguyen nhan", "doi sach", "truoc sau",
    )),
    BENEFIT: frozenset((
        "hieu qua", "ket qua", "loi ich", "ich loi", "gia tri", "tiet kiem", "tac dung", "y nghia", "so sanh",
        "thu duoc", "dat duoc", "lam loi", "mang lai", "dem lai", "tac dong",
        "dong gop", "nang suat",
    )),
})  # fmt: skip
"""Column key → words and pairs of words, folded."""
_OWNER, _WHO = "chu", "ai"
_ABOUT = frozenset(("chu de", "hang muc", "van de", "de muc", "dau muc", "dau viec"))
"""Nouns for what is improved; alone most of them ask for a field."""
_HEAD = 5
"""Words of a header in which it says what it is about."""


def speaks_of(label: str, key: str) -> bool:
    """Whether a header's nouns are those of a column; of a time, whether something is put to use then."""
    words = telling_words(label)
    if key == AUTHOR and (_is_owner(words) or (words[:1] == (_WHO,) and _OTHER_PEOPLE.isdisjoint(_said(words)))):
        return True
    about = _without_whom(words)
    said = _said(about[:_HEAD]) | _said(_without_whom(words_of(label))[:_HEAD])
    if key == APPLIED:
        put = not _PUT.isdisjoint(_said(words)) and not _PUT_INTO.isdisjoint(_said(words))
        return put or not _USES.isdisjoint(_said(words))
    if key == AUTHOR:
        return not _PEOPLE.isdisjoint(said) and _OTHER_PEOPLE.isdisjoint(_said(words)) and words[0] not in ("ma", "so")
    if key == BENEFIT and (counted := _counts_gains(words)) is not None:
        return counted
    if words[:1] == (_OF,) and key in (TITLE, SUMMARY, BENEFIT, FIELD):
        return key == FIELD and not _OF_FIELD.isdisjoint(said)
    if not _ASKS.isdisjoint(_said(words_of(label))) and key in (TITLE, SUMMARY) and "ten" not in words:
        return key == SUMMARY
    if key == TITLE:
        return bool(words) and not _said(words[:2]).isdisjoint(_SPEAKS[TITLE]) and not _names_people(words)
    if key == FIELD and not _NO_FIELDS.isdisjoint(_said(words)):
        return False
    if words[:1] == ("ten",) or (key == POSITION and not _NOT_OF_WORK.isdisjoint(_said(words))):
        return False
    return not _SPEAKS.get(key, frozenset()).isdisjoint(said)


def _counts_gains(words: Sequence[str]) -> bool | None:
    """Whether what a header counts was gained: less or more of something, costs beside it; None: it counts none."""
    if not _LESS_OR_MORE.isdisjoint(words[:1]):
        return True
    said = _said(words)
    return None if _COSTS.isdisjoint(said) else not (_LESS | _GAINS).isdisjoint(said)


def names_one(label: str) -> bool:
    """Whether a header names an initiative by what it is about: "Chủ đề cải tiến", "Vấn đề được cải tiến"."""
    words = telling_words(label)
    return " ".join(words[:2]) in _ABOUT and " ".join(words[-2:]) in _SPEAKS[TITLE] and len(words) <= _HEAD


def _is_owner(words: Sequence[str]) -> bool:
    """ "Chủ ý tưởng", "Chủ sáng kiến": whose an initiative is."""
    return words[:1] == (_OWNER,) and " ".join(words[1:3]) in _SPEAKS[TITLE]


def begins_with(label: str, key: str) -> bool:
    """Whether a header's first words are those of a column: "Tác giả, chức danh" of the author's."""
    return not _SPEAKS.get(key, frozenset()).isdisjoint(_said(words_of(label)[:2]))


def _without_whom(words: Sequence[str]) -> Sequence[str]:
    """ "Đóng góp cho đơn vị" asks for no unit: for whom something is done stands behind."""
    return words[: words.index(_FOR, 1)] if _FOR in words[1:] else words


def is_cost(label: str) -> bool:
    """Whether a header asks for costs, rewards or marks."""
    words = _said(telling_words(label))
    return not _COSTS.isdisjoint(words) and _LESS.isdisjoint(words)


def asks_when(label: str) -> bool:
    """Whether a header asks for the time when something is put to use, not where or with what result."""
    words = telling_words(label)
    asked = _ASKS_WHEN.search(" ".join(words_of(label))) is not None
    begins = words[:1] != () and (words[0] in _TIMES or " ".join(words[:2]) in _BEGINNINGS)
    return speaks_of(label, APPLIED) and (asked or begins or _ends_with_since(words))


def _ends_with_since(words: Sequence[str]) -> bool:
    """ "Áp dụng từ", "Triển khai thực tế từ ngày", "Dùng từ bao giờ"."""
    return _SINCE in words[1:] and _BEHIND_SINCE.issuperset(words[words.index(_SINCE, 1) + 1 :])


def _names_people(words: tuple[str, ...]) -> bool:
    """ "Tên người lao động" is no title."""
    return words[:1] == ("ten",) and not _PEOPLE.isdisjoint({*_said(words[1:3]), " ".join(words[:2])})


def _said(words: Sequence[str]) -> frozenset[str]:
    """The words and every two that follow each other."""
    return frozenset((*words, *(f"{one} {other}" for one, other in pairwise(words))))
