"""What a question in a sentence asks for: "Sáng kiến này giải quyết vấn đề gì?", "Bắt đầu áp dụng từ khi nào?".

The language's own question words tell it: who, when, where, how, how much, and the noun before "gì" and "nào".
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, BLOCK, FIELD, POSITION, SUMMARY, TITLE
from parsers.header_likeness import speaks_of

_WHO = re.compile(r"\bai\b|\bngười nào\b|\bnhững ai\b")
_WHEN = re.compile(r"\b(?:khi|lúc|ngày|tháng|năm|thời điểm|thời gian|hồi|đợt) nào\b|\bbao giờ\b")
_WHERE = re.compile(r"\b(?:ở |tại )?(?:đâu|nơi nào|chỗ nào)\b")
_HOW = re.compile(r"\b(?:như )?thế nào\b|\bra sao\b|\b(?:bằng )?cách nào\b|\blàm sao\b")
_HOW_MUCH = re.compile(r"\bbao nhiêu\b|\bmấy\b")
_WHAT = re.compile(r"((?:[^\W\d_]+[ /]+){1,3})(?:là |những |các )?(?:gì|nào)\b")
_NAMED = re.compile(r"\b(?:họ )?tên (?:đầy đủ )?(?:là |gọi là )?gì\b|\bgọi là gì\b")
_FULL_NAME = re.compile(r"\bhọ (?:và )?tên\b.*\bgì\b")
_ASKING = re.compile(r"\b(?:gì|nào|ai|đâu|ra sao|làm sao|bao giờ|bao nhiêu|mấy)\b")
_PEOPLE = re.compile(r"\b(?:tác giả|người|ông|bà|anh|chị|đồng chí|bạn|nhân viên|cán bộ|thành viên|làm việc|công tác)\b")
_OTHERS = re.compile(r"\b(?:hưởng|xác nhận|duyệt|chấm|sử dụng|dùng|kiểm tra|hướng dẫn|quản lý|phụ trách|liên hệ)\b")
"""Who gains, confirms, uses: none of them is the author."""
_OF_USE = re.compile(r"\b(?:áp dụng|ứng dụng|sử dụng|triển khai|thực hiện|bắt đầu|vận hành|đưa vào|dùng)\b")
_GAINS = re.compile(r"\b(?:lợi|tiết kiệm|giảm|tăng|bớt|tiền|giá trị|hiệu quả)\b")
_COSTS = re.compile(r"\b(?:chi phí|kinh phí|tốn|đầu tư|thưởng|điểm)\b")
_WORK = re.compile(r"\b(?:công tác|làm việc|làm)\b")
_GAINED = re.compile(r"\b(?:mang lại|đem lại|được|thu lại|lợi) (?:những )?gì\b")
_HELD = re.compile(r"\b(?:gồm|nói về|có) (?:những )?gì\b")
_DOES = re.compile(r"\blàm (?:việc |nghề )?gì\b")
_NOUNS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    BENEFIT: ("hiệu quả", "lợi ích", "kết quả", "tác dụng", "giá trị", "ý nghĩa", "tác động", "đóng góp"),
    SUMMARY: ("vấn đề", "nội dung", "giải pháp", "biện pháp", "điểm mới", "cách làm", "công việc", "khó khăn"),
    FIELD: ("lĩnh vực", "nhóm", "loại", "mảng", "thể loại", "ngành"),
    BLOCK: ("khối", "loại hình"),
    POSITION: ("chức vụ", "chức danh", "đơn vị", "khoa", "phòng", "bộ phận", "tổ", "cơ quan", "nghề", "nơi"),
    APPLIED: (),
})  # fmt: skip
"""Column key → nouns before "gì" and "nào"."""
_MOST_LETTERS = 110


def is_question(label: str) -> bool:
    """Whether a label is a sentence that asks: it ends so, with or without its mark."""
    text = label.strip()
    return len(text) <= _MOST_LETTERS and (text.endswith("?") or _ASKING.search(text.lower()[-12:]) is not None)


def asked_by(label: str) -> str | None:
    """The column key that a question asks for; None where its words do not tell."""
    text = " ".join(label.lower().split()).rstrip(" ?:.…")
    if _WHO.search(text):
        return None if _OTHERS.search(text) else AUTHOR
    if _WHEN.search(text):
        return APPLIED if _OF_USE.search(text) else None
    if _FULL_NAME.search(text):
        return AUTHOR
    if _NAMED.search(text):
        return AUTHOR if _PEOPLE.search(text) else TITLE
    if _WHERE.search(text):
        return POSITION if _PEOPLE.search(text) and (_WORK.search(text) or not _OF_USE.search(text)) else None
    if _HOW_MUCH.search(text):
        return BENEFIT if _GAINS.search(text) and not _COSTS.search(text) else None
    if _HOW.search(text):
        return BENEFIT if speaks_of(label, BENEFIT) else SUMMARY
    return _asked_what(text)


def _asked_what(text: str) -> str | None:
    """By the noun that stands before "gì" or "nào"."""
    if _GAINED.search(text):
        return BENEFIT
    if _HELD.search(text):
        return SUMMARY
    found = list(_WHAT.finditer(text))
    if not found:
        return None
    if _DOES.search(text):
        return POSITION if _PEOPLE.search(text) else SUMMARY
    before = f" {found[-1][1].replace('/', ' ').strip()}"
    told = [
        (before.rfind(f" {noun}"), len(noun), key)
        for key, nouns in _NOUNS.items()
        for noun in nouns
        if before.endswith((f" {noun}", f" {noun} mới")) or f" {noun} " in before
    ]
    return max(told)[2] if told else None
