"""What stands over the columns of lists that people take away, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

HEADERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "vi": {
            "dossiers": "Hồ sơ",
            "initiatives": "Sáng kiến",
            "code": "Mã hồ sơ",
            "arrival": "Số đến",
            "union": "Mã CĐCS",
            "name": "Công đoàn cơ sở",
            "block": "Khối",
            "verdict": "Kết quả kiểm tra",
            "complete": "Đủ văn bản",
            "in_time": "Đúng hạn",
            "received": "Thời điểm nhận",
            "findings": "Nội dung cần bổ sung hoặc xem xét",
            "number": "Số",
            "row": "Dòng trong bảng",
            "yes": "có",
            "no": "không",
            "accepted": "đã nhận đủ văn bản, đúng hạn",
            "deficient": "cần bổ sung, hoàn thiện",
            "late": "nộp quá hạn (chờ xem xét)",
            "review": "đang chờ xem xét",
            "administrative": "hành chính sự nghiệp",
            "enterprise": "doanh nghiệp",
        },
        "en": {
            "dossiers": "Dossiers",
            "initiatives": "Initiatives",
            "code": "Dossier",
            "arrival": "Arrival",
            "union": "Union",
            "name": "Name of the union",
            "block": "Block",
            "verdict": "Verdict",
            "complete": "Complete",
            "in_time": "In time",
            "received": "Received",
            "findings": "Findings",
            "number": "Number",
            "row": "Row",
            "yes": "yes",
            "no": "no",
            "accepted": "accepted",
            "deficient": "deficient",
            "late": "late",
            "review": "review",
            "administrative": "administrative",
            "enterprise": "enterprise",
        },
    }
)
"""Locale → word by its name; verdicts, blocks, yes and no beside the headers."""
