"""A file that may be the summary table or the memo and was not understood is for a person, not missing (P11)."""

import io
from collections.abc import Sequence

import docx
import openpyxl
import pytest
from support.attachments import attachment
from support.contents import MEMO, ROWS, content, grid
from support.paper import Paper, pdf_file
from support.raw_mail import with_files

from dossier.completeness import content_findings
from dossier.findings import COUNT_DIFFERS
from dossier.model import Kind, Severity
from dossier.perhaps import LIKE_MEMO, LIKE_TABLE
from dossier.selection import select
from hoso.campaigns import example_campaign
from parsers.document import GOES_ON, Interpretation, interpret
from parsers.pdf import read_pdf
from parsers.reader import read_message
from parsers.spreadsheet import read_spreadsheet

CAMPAIGN = example_campaign()
CUT = [
    ("STT", "Họ và tên tá", "Chức vụ, đơ", "Tên sáng kiế", "Lĩnh vự", "Tóm tắt nội du", "Thời gian á", "Hiệu qu"),
    *(tuple(text[:14] for text in row) for row in (*ROWS, ("3", "Phan Minh Tú", *ROWS[0][2:]))),
]


def printed_without_lines(gap: float) -> bytes:
    """As a workbook without borders is printed: every cell cut off where the next one begins."""
    page = Paper(width=842, height=595)
    for place, row in enumerate(CUT):
        left = 30.0
        for text, widest in zip(row, map(max, zip(*(map(len, one) for one in CUT), strict=True)), strict=True):
            page.text(left, 80 + 18 * place + (9 if text == "3" else 0), text, size=9)
            left += widest * 4.5 + gap
    return pdf_file(page)


def read(*blocks: object) -> Interpretation:
    return interpret(content(*blocks), CAMPAIGN)  # type: ignore[arg-type]


@pytest.mark.parametrize("gap", [0.5, 4.0, 14.0])
def test_a_sheet_printed_without_lines_and_with_cells_cut_off_is_never_another_document(gap: float) -> None:
    told = interpret(read_pdf(printed_without_lines(gap)), CAMPAIGN)
    assert told.kinds == (Kind.SUMMARY_TABLE,) or told.doubts


def sheet(*rows: Sequence[object]) -> Interpretation:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return interpret(read_spreadsheet(out.getvalue()), CAMPAIGN)


def test_a_sheet_with_rows_of_words_under_headers_nobody_knows_may_be_the_table() -> None:
    rows = [("A", "Lâm Thị Hân", "Khoa Nhi", "Xe đẩy"), ("B", "Tạ Hiển", "Khoa Ngoại", "Bảng kiểm")]
    told = sheet(("Ký hiệu", "Nội dung 1", "Nội dung 2", "Nội dung 3"), *rows)
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), (LIKE_TABLE,))


def test_a_sheet_of_amounts_is_another_document() -> None:
    told = sheet(("STT", "Khoản chi", "Số tiền"), (1, "Nước uống", 500000), (2, "In ấn", 200000), (3, "Xăng", 90000))
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), ())


def test_rows_parted_by_tabs_may_be_the_table() -> None:
    told = read("Sáng kiến các khoa", *("\t".join(row[1:5]) for row in CUT))
    assert LIKE_TABLE in told.doubts


def test_a_table_that_fell_apart_into_lines_may_be_the_table() -> None:
    cells = [text for number in range(1, 4) for text in (f"{number}.", "Lâm Thị Ngọc Hân", "Cải tiến xe đẩy")]
    told = read("SÁNG KIẾN NĂM 2021", *cells)
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), (LIKE_TABLE,))


@pytest.mark.parametrize(
    "lines",
    [
        ("QUYẾT ĐỊNH", "Về việc công nhận sáng kiến", "1. Lâm Thị Ngọc Hân", "2. Tạ Quang Hiển", "3. Phan Minh Tú"),
        ("BIÊN BẢN HỌP", "1. Nội dung: xét sáng kiến", "2. Ngày 3/4/2021", "3. Kết luận ngày 4/4/2021"),
        ("Thư cảm ơn", "Chúng tôi cảm ơn các tác giả sáng kiến."),
        ("Ảnh sáng kiến 1", "Ảnh sáng kiến 2", "Ảnh sáng kiến 3"),
    ],
)
def test_what_is_surely_another_document_stays_one(lines: tuple[str, ...]) -> None:
    told = read(*lines)
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), ())


def test_a_form_for_initiatives_that_was_not_understood_may_be_the_table() -> None:
    sentence = "Một câu dài nói về cách làm, không phải là nhãn của một ô nào trong biểu. " * 4
    asked = ("Tên sáng kiến: Xe đẩy", "Tác giả: Hân", "Tóm tắt nội dung: Hàn")
    lines = [line for label in asked for line in (label, sentence, sentence, sentence)]
    told = read("ĐƠN ĐĂNG KÝ SÁNG KIẾN", *lines, *("Phan Minh Tú",) * 3, "3/2021", "4/2021", "5/2021")
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), (LIKE_TABLE,))


def test_a_list_of_initiatives_may_be_of_a_programme_and_hold_descriptions() -> None:
    cells = [text for number in range(1, 4) for text in (f"{number}.", "Lâm Thị Ngọc Hân", "Cải tiến xe đẩy")]
    told = read("BẢNG ĐĂNG KÝ SÁNG KIẾN", "CHƯƠNG TRÌNH 75 NGHÌN SÁNG KIẾN", "Phụ lục 1", "MÔ TẢ SÁNG KIẾN", *cells)
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), (LIKE_TABLE,))


def test_lines_that_ask_for_columns_and_speak_of_initiatives_may_be_the_table() -> None:
    told = read("Kính gửi anh chị", "a) CBCC, NLĐ: Phan Minh Tú", "b) Tên sáng kiến: Xe đẩy", "c) Nội dung chính: Hàn")
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), (LIKE_TABLE,))


def test_a_form_that_asks_for_something_else_is_another_document() -> None:
    told = read("PHIẾU ĐĂNG KÝ THAM QUAN", "Họ và tên: Lâm Thị Hân", "Ngày đi: 3/4/2021", "Ngày về: 4/4/2021")
    assert (told.kinds, told.doubts) == ((Kind.OTHER,), ())


def retitled(title: str) -> list[object]:
    return [title if block == "TỜ TRÌNH" else block for block in MEMO]


@pytest.mark.parametrize("title", ["CÔNG VĂN", "BÁO CÁO", "V/v đề nghị xét sáng kiến", "GIẤY ĐỀ NGHỊ", ""])
def test_a_memo_under_another_name_or_none_is_for_a_person(title: str) -> None:
    told = read(*retitled(title), "Đề nghị xét 02 sáng kiến.")
    assert told.kinds == (Kind.OTHER,)
    assert told.doubts == (LIKE_MEMO,)
    assert told.stated_count == 2


@pytest.mark.parametrize("title", ["BÁO CÁO", "Công văn"])
def test_the_number_in_a_covering_paper_of_another_name_is_held_against_the_table(title: str) -> None:
    memo = docx.Document(io.BytesIO(attachment("d58")))
    (name,) = (paragraph for paragraph in memo.paragraphs if paragraph.text.strip() == "TỜ TRÌNH")
    name.runs[0].text = title
    for run in name.runs[1:]:
        run.text = ""
    out = io.BytesIO()
    memo.save(out)
    raw = with_files(("bao cao.docx", out.getvalue()), ("bang.docx", attachment("d58", 1)))
    submission = read_message(raw, (CAMPAIGN,))
    found = content_findings(select(submission.documents).in_force, CAMPAIGN, submission.documents)
    assert [(one.values["by"], one.severity) for one in found if one.code == COUNT_DIFFERS] == [
        ("paper", Severity.WARNING)
    ]


@pytest.mark.parametrize("title", ["QUYẾT ĐỊNH", "THÔNG BÁO", "KẾ HOẠCH", "ĐƠN ĐỀ NGHỊ CÔNG NHẬN SÁNG KIẾN"])
def test_a_letter_that_is_surely_no_memo_is_another_document(title: str) -> None:
    assert LIKE_MEMO not in read(*retitled(title), "Đề nghị xét 02 sáng kiến.").doubts


def test_a_grid_within_the_memo_that_names_columns_may_be_the_table() -> None:
    rows = (("Mã", "Họ và tên tác giả", "Tên sáng kiến"), *((f"x{n}", "Lâm Thị Hân", "Xe đẩy") for n in range(3)))
    *before, signature = MEMO
    told = read(*before, grid(*rows), signature)
    assert Kind.MEMO in told.kinds
    assert told.doubts or told.table


@pytest.mark.parametrize("codes", ["!\"#$%&'()*+,/:;<>?@[]", "bcdfghjklmnpqrstvwxzbcda"])
def test_a_page_whose_font_hides_its_letters_is_not_read_as_text(codes: str) -> None:
    page = Paper()
    for place in range(12):
        page.text(40, 60 + 20 * place, f"{codes} {codes}")
    told = read_pdf(pdf_file(page))
    assert told.unread == "page 1 has a font that does not tell its letters"
    assert told.unread_pages


def test_an_english_page_and_one_of_dots_are_text() -> None:
    page = Paper()
    for place in range(12):
        page.text(40, 60 + 20 * place, "The annual report was sent to all departments")
        page.text(40, 70 + 20 * place, "." * 40)
    assert read_pdf(pdf_file(page)).unread == ""


def test_rows_that_count_on_from_another_file_are_never_passed_over() -> None:
    rows = [(str(number), *ROWS[0][1:]) for number in (3, 4)]
    assert GOES_ON in sheet(*rows).doubts
    assert GOES_ON not in sheet(*((str(number), *row[1:]) for number, row in zip("12", rows, strict=True))).doubts
