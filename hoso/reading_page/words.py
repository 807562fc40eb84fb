"""The page's words, in Vietnamese and English."""

from collections.abc import Mapping
from dataclasses import dataclass

from dossier import findings as codes
from dossier.model import Kind, Problem, Reply, Severity, Verdict
from dossier.signatures import SinceSigning


@dataclass(frozen=True, slots=True)
class Both:
    """One text in both languages."""

    vi: str
    en: str


VERDICTS: Mapping[Verdict, Both] = {
    Verdict.ACCEPTED: Both("Đủ văn bản, đúng hạn", "Complete and in time"),
    Verdict.DEFICIENT: Both("Cần bổ sung", "To be completed"),
    Verdict.LATE: Both("Nộp quá hạn", "Late"),
    Verdict.REVIEW: Both("Chờ cán bộ xem xét", "For a person to look at"),
    Verdict.CORRESPONDENCE: Both("Thư trao đổi", "Correspondence"),
    Verdict.IGNORED: Both("Thư tự động, không xử lý", "Automatic mail, set aside"),
}
REPLIES: Mapping[Reply, Both] = {
    Reply.ACKNOWLEDGEMENT: Both("Thông báo tiếp nhận", "acknowledgement"),
    Reply.DEFICIENCY: Both("Thông báo đề nghị bổ sung", "request to complete"),
    Reply.NONE: Both("không trả lời", "none"),
}
SEVERITIES: Mapping[Severity, Both] = {
    Severity.DEFICIENCY: Both("Cần bổ sung", "To be mended"),
    Severity.REVIEW: Both("Cần xem xét", "To be looked at"),
    Severity.WARNING: Both("Lưu ý", "Note"),
}
KINDS: Mapping[Kind, Both] = {
    Kind.MEMO: Both("Tờ trình", "Memo"),
    Kind.SUMMARY_TABLE: Both("Bảng tổng hợp", "Summary table"),
    Kind.OTHER: Both("Văn bản khác", "Other document"),
    Kind.UNREADABLE: Both("Chưa đọc được", "Not read"),
}
PROBLEMS: Mapping[Problem, Both] = {
    Problem.CORRUPT: Both("Tệp hỏng, trống hoặc không trọn vẹn", "Damaged, empty or cut off"),
    Problem.PASSWORD: Both("Có mật khẩu", "Opens with a password"),
    Problem.REFUSED: Both("Loại tệp không mở vì an toàn", "A kind that is never opened"),
    Problem.NOT_READ: Both("Hệ thống chưa đọc được (giới hạn của hệ thống)", "Not read: our own limit"),
}
SINCE: Mapping[SinceSigning, Both] = {
    SinceSigning.UNCHANGED: Both("không thay đổi sau khi ký", "not changed since"),
    SinceSigning.EXTENDED: Both("chỉ có thêm nội dung được phép", "only what it allows was added since"),
    SinceSigning.CHANGED: Both("đã thay đổi sau khi ký", "changed since"),
    SinceSigning.UNKNOWN: Both("chưa kiểm tra được", "could not be checked"),
}
TRUST: Mapping[bool | None, Both] = {
    True: Both("chứng thư tin cậy", "certificate trusted"),
    False: Both("chưa xác nhận được chứng thư", "certificate not trusted"),
    None: Both("không có chứng thư gốc để đối chiếu", "no roots to check it by"),
}
YES, NO = Both("có", "yes"), Both("không", "no")
UNKNOWN = Both("chưa rõ", "not known")

MEMO_FIELDS: Mapping[str, Both] = {
    "parent": Both("Cơ quan chủ quản", "Body above it"),
    "issuer": Both("Cơ quan ban hành", "Issuing body"),
    "number": Both("Số, ký hiệu", "Number and symbol"),
    "place": Both("Địa danh", "Place"),
    "date": Both("Ngày", "Date"),
    "subject": Both("Trích yếu", "Abstract"),
    "addressee": Both("Kính gửi", "Addressee"),
    "signer_title": Both("Chức vụ người ký", "Position of the signer"),
    "signer": Both("Người ký", "Signer"),
    "stated_count": Both("Số sáng kiến nêu trong tờ trình", "Initiatives it speaks of"),
}
COLUMNS: Mapping[str, str] = {
    "no": "No.",
    "author": "Author",
    "position": "Position, unit",
    "title": "Title",
    "field": "Field",
    "block": "Block",
    "summary": "Summary",
    "benefit": "Benefit",
    "applied": "Put into practice",
}
"""In English; a campaign says them in Vietnamese."""

FINDINGS: Mapping[str, Both] = {
    codes.MISSING_MEMO: Both("Thiếu Tờ trình", "The memo is missing"),
    codes.MISSING_SUMMARY_TABLE: Both("Thiếu Bảng tổng hợp", "The summary table is missing"),
    codes.EMPTY_SUMMARY_TABLE: Both("Bảng tổng hợp không có sáng kiến", "No initiative in the summary table"),
    codes.INCOMPLETE_ROW: Both("Dòng thiếu nội dung bắt buộc", "A mandatory cell is empty"),
    codes.NO_ELIGIBLE_INITIATIVE: Both(
        "Mọi sáng kiến đều ngoài thời gian quy định", "Every initiative is outside the time"
    ),
    codes.UNREADABLE_ATTACHMENT: Both("Tệp không mở được", "A file cannot be opened"),
    codes.PASSWORD_PROTECTED: Both("Tệp có mật khẩu", "A file opens with a password"),
    codes.LINKED_NOT_ATTACHED: Both("Chỉ có liên kết, không có tệp", "A link in place of a file"),
    codes.NOTHING_ATTACHED: Both("Thư nói có tệp đính kèm nhưng không có", "Speaks of an attachment and has none"),
    codes.LATE: Both("Nộp quá hạn", "Received after the deadline"),
    codes.REFUSED_KIND: Both("Loại tệp không được mở", "A kind that is never opened"),
    codes.UNVERIFIED_SENDER: Both("Địa chỉ gửi chưa được xác nhận", "The sender is not confirmed"),
    codes.UNION_MISMATCH: Both("Địa chỉ và tờ trình nói hai đơn vị khác nhau", "Address and memo name two unions"),
    codes.UNKNOWN_UNION: Both("Chưa biết là đơn vị nào", "It is not known which union this is"),
    codes.NOT_READ: Both("Hệ thống chưa đọc được", "Not read: our own limit"),
    codes.LOW_CONFIDENCE: Both("Đọc chưa chắc chắn", "Read without certainty"),
    codes.COLUMN_MISSING: Both("Bảng thiếu cột bắt buộc", "A mandatory column is missing"),
    codes.COPIES_DIFFER: Both("Hai bản của một văn bản khác nhau", "Two copies differ"),
    codes.REPLACES_UNLIKE: Both("Bảng mới rất khác bảng trước", "Much unlike the table before"),
    codes.AUTOMATIC_WITH_DOSSIER: Both("Thư tự động có kèm hồ sơ", "Automatic mail with a dossier"),
    codes.RECEIPT_TIME_DISPUTED: Both("Hai mốc thời gian nhận không khớp", "Two times of receipt disagree"),
    codes.RECEIPT_TIME_UNKNOWN: Both("Không rõ thời gian nhận", "No time of receipt"),
    codes.CAMPAIGN_UNCLEAR: Both("Không rõ thuộc đợt xét chọn nào", "More than one campaign could be meant"),
    codes.APPLIED_OUTSIDE_WINDOW: Both("Áp dụng ngoài thời gian quy định", "Put into practice outside the time"),
    codes.APPLIED_UNCLEAR: Both("Thời gian áp dụng chưa rõ", "When it was put into practice is unclear"),
    codes.SUMMARY_TOO_LONG: Both("Dài hơn mức cho phép của cổng trực tuyến", "Longer than the portal takes"),
    codes.COUNT_DIFFERS: Both("Số sáng kiến không khớp", "Numbers of initiatives differ"),
    codes.NEAR_DUPLICATE: Both("Gần giống một sáng kiến khác", "Much like another initiative"),
    codes.LAYOUT: Both("Thiếu phần thể thức của tờ trình", "Parts of the memo were not found"),
    codes.SIGNATURE: Both("Không thấy phần ký", "No signature block was found"),
    codes.SEAL: Both("Không thấy dấu", "No seal was found"),
}
