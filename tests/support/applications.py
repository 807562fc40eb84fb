"""A "Đơn yêu cầu công nhận sáng kiến" as authors fill it in (Circular 18/2013/TT-BKHCN, appendix I); invented."""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Opened

PERSONS = (
    "Số TT",
    "Họ và tên",
    "Ngày tháng năm sinh",
    "Nơi công tác (hoặc nơi thường trú)",
    "Chức danh",
    "Trình độ chuyên môn",
)
SHARE = "Tỷ lệ (%) đóng góp vào việc tạo ra sáng kiến (ghi rõ đối với từng đồng tác giả, nếu có)"
SUMMARY = "Trước đây dụng cụ để lẫn, nay chia ngăn theo màu nên không còn nhầm."
BENEFIT = "Tiết kiệm 20 triệu đồng mỗi năm."
_OPINION = "Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến theo ý kiến của"


def application(title: str, authors: Sequence[str], applied: str = "15/3/2021") -> bytes:
    """As DOCX: a table of its authors, one of those who tried it first, and the questions between them."""
    file = Document()
    write(file, title, authors, applied)
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def write(file: Opened, title: str, authors: Sequence[str], applied: str = "15/3/2021") -> None:
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",
        "Kính gửi: Hội đồng sáng kiến Bệnh viện Đa khoa Đồng Nai",
        "Tôi (chúng tôi) ghi tên dưới đây:",
    ):
        file.add_paragraph(text)
    share = f"{100 // len(authors)}%"
    _persons(file, SHARE, [(name, "12/03/1985", "Khoa Nội", "Điều dưỡng", "Đại học", share) for name in authors])
    for text in (
        f"Là tác giả (nhóm tác giả) đề nghị xét công nhận sáng kiến2: {title}",
        "- Chủ đầu tư tạo ra sáng kiến (trường hợp tác giả không đồng thời là chủ đầu tư tạo ra sáng kiến)3: Bệnh viện",
        "- Lĩnh vực áp dụng sáng kiến4: Y tế",
        f"- Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử, (ghi ngày nào sớm hơn): {applied}",
        f"- Mô tả bản chất của sáng kiến5: {SUMMARY}",
        "- Những thông tin cần được bảo mật (nếu có): Không",
        "- Các điều kiện cần thiết để áp dụng sáng kiến: Có xe đẩy.",
        f"- {_OPINION} tác giả: {BENEFIT}",
        f"- {_OPINION} tổ chức, cá nhân đã tham gia áp dụng sáng kiến lần đầu, kể cả áp dụng thử (nếu có): Hài lòng.",
        "Danh sách những người đã tham gia áp dụng thử hoặc áp dụng sáng kiến lần đầu (nếu có):",
    ):
        file.add_paragraph(text)
    helped = [("Trần Thử Nghiệm", "01/01/1990", "Khoa Nội", "Điều dưỡng", "Cao đẳng", "Dán thẻ")]
    _persons(file, "Nội dung công việc hỗ trợ", helped)
    file.add_paragraph("Tôi (chúng tôi) xin cam đoan mọi thông tin nêu trong đơn là trung thực, đúng sự thật.")
    file.add_paragraph("Đồng Nai, ngày 12 tháng 4 năm 2021\nNgười nộp đơn\n(Ký và ghi rõ họ tên)\n" + authors[0])


def _persons(file: Opened, last: str, rows: Sequence[Sequence[str]]) -> None:
    table = file.add_table(0, len(PERSONS) + 1, style="Table Grid")
    for cells in ((*PERSONS, last), *((str(number), *row) for number, row in enumerate(rows, start=1))):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
