"""Forms printed to PDF without lines: labels in one column of the page, answers in another."""

from support.paper import Paper, pdf_file

from dossier.campaign import Campaign
from hoso.campaigns import example_campaign
from parsers.document import interpret
from parsers.pdf import read_pdf

CAMPAIGN: Campaign = example_campaign()
ASKED = {
    "author": ("Họ và tên tác giả",),
    "position": ("Chức vụ,", "đơn vị công tác"),
    "title": ("Tên sáng kiến",),
    "summary": ("Tóm tắt nội dung", "sáng kiến"),
    "applied": ("Thời gian bắt", "đầu áp dụng"),
}
ANSWERS = [
    {
        "author": ("Lâm Thị Ngọc Hân",),
        "position": ("Điều dưỡng trưởng", "khoa Nhi"),
        "title": ("Xe đẩy thuốc hai tầng",),
        "summary": ("Hàn khung thép, hai tầng,", "có khóa bánh;", "đẩy bằng một tay."),
        "applied": ("Tháng 3/2021",),
    },
    {
        "author": ("Tạ Quang Hiển",),
        "position": ("Bác sĩ",),
        "title": ("Bảng kiểm trước mổ",),
        "summary": ("In một mặt,", "ép nhựa."),
        "applied": ("12/4/2021",),
    },
]


def printed(colon: str) -> bytes:
    pages = []
    for number, answers in enumerate(ANSWERS, start=1):
        page = Paper()
        page.text(240, 60, f"Phụ lục {number}")
        page.text(220, 80, "MÔ TẢ SÁNG KIẾN")
        top = 110
        for key, label in ASKED.items():
            asked = (*label[:-1], label[-1] + colon)
            for place in range(max(len(asked), len(answers[key]))):
                for left, texts in ((70, asked), (220, answers[key])):
                    if place < len(texts):
                        page.text(left, top, texts[place])
                top += 16
        pages.append(page)
    return pdf_file(*pages)


def test_questions_end_with_a_colon_or_where_the_next_begins_with_a_capital() -> None:
    wanted = [{key: " ".join(lines) for key, lines in answers.items()} for answers in ANSWERS]
    for colon in (":", ""):
        told = interpret(read_pdf(printed(colon)), CAMPAIGN)
        assert told.table is not None
        assert [{key: row.cells[key] for key in ASKED} for row in told.table.rows] == wanted
