"""A campaign whose columns are the synonyms of FORMS.md, patterns written out as phrases."""

from functools import lru_cache
from itertools import product

from dossier.campaign import Campaign, Column, RequiredDocument
from dossier.model import Kind
from support.dossiers import campaign

_TITLE_NOUNS = ("sang kien", "de tai", "giai phap", "cai tien", "y tuong")


def _phrases(*parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(word for word in words if word) for words in product(*parts))


_COLUMNS = (
    ("no", "STT", ("stt", "tt", "so tt", "so thu tu")),
    (
        "author",
        "Họ và tên tác giả",
        (
            "ho ten",
            "ho va ten",
            *_phrases(("", "nhom", "dong"), ("tac gia",)),
            "nguoi thuc hien",
            "nguoi co sang kien",
            "chu nhiem",
        ),
    ),
    (
        "position",
        "Chức vụ, đơn vị công tác",
        ("chuc vu", "chuc danh", "don vi", "khoa/phong", "noi cong tac", "bo phan"),
    ),
    ("title", "Tên sáng kiến", (*_phrases(("ten",), _TITLE_NOUNS), "sang kien", "sang kien cai tien")),
    ("field", "Lĩnh vực", ("linh vuc", "nhom", "nhom linh vuc")),
    ("block", "Khối", ("khoi", "loai hinh")),
    ("summary", "Tóm tắt nội dung", ("tom tat", "noi dung", "mo ta", "ban chat")),
    (
        "benefit",
        "Hiệu quả",
        (
            "hieu qua",
            "ket qua",
            "loi ich",
            "gia tri lam loi",
            "so tien lam loi",
            "tiet kiem",
            "thanh tien",
        ),
    ),
    (
        "applied",
        "Thời gian áp dụng",
        ("thoi gian", "thoi diem", "ngay ap dung", "bat dau", "trien khai"),
    ),
    ("scope", "Phạm vi", ("pham vi",)),
    ("recognised", "Quyết định công nhận", ("quyet dinh", "cong nhan", "khen thuong")),
    ("phone", "Điện thoại", ("dien thoai", "sdt")),
    ("note", "Ghi chú", ("ghi chu",)),
)
_RANKS = ("no", "author", "position", "applied", "benefit", "summary", "field", "title")
_MANDATORY = frozenset({"author", "title", "summary", "applied"})


@lru_cache(maxsize=1)
def forms_campaign() -> Campaign:
    """Plan 39/CĐN with the columns of FORMS.md and the usual type names."""
    columns = tuple(
        Column(
            key,
            label,
            synonyms,
            mandatory=key in _MANDATORY,
            rank=_RANKS.index(key) if key in _RANKS else 90,
        )
        for key, label, synonyms in _COLUMNS
    )
    titles = ("bang tong hop tom tat sang kien", "bang tong hop sang kien", "bang tong hop", "danh sach sang kien")
    required = (
        RequiredDocument(Kind.MEMO, "Tờ trình", ("to trinh",)),
        RequiredDocument(Kind.SUMMARY_TABLE, "Bảng tổng hợp tóm tắt sáng kiến", titles),
    )
    return campaign(columns=columns, required=required)
