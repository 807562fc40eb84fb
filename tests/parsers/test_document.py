"""What a file is, by its content alone; some of the files are made with real writers and read with the real readers."""

import io

import docx
import openpyxl
import pytest
from support.campaigns import forms_campaign
from support.contents import HEADER, LEFT, LETTERHEAD, MEMO, ROWS, TITLE_LINE, content, grid
from support.dossiers import campaign

from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.content import Content, Line
from parsers.document import OTHER_TYPE, interpret
from parsers.docx import read_docx
from parsers.spreadsheet import read_spreadsheet

CAMPAIGN = forms_campaign()
TITLES = [row[3] for row in ROWS]


def test_an_email_text_about_the_dossier_is_another_document() -> None:
    read = interpret(content("Kính gửi Công đoàn ngành,", "Em gửi Tờ trình và Bảng tổng hợp sáng kiến ạ."), CAMPAIGN)
    assert (read.kinds, read.memo, read.table, read.doubts) == ((Kind.OTHER,), None, None, ())


def test_the_plan_itself_is_another_document() -> None:
    lines = (
        "- Hồ sơ xét chọn bao gồm:",
        "+ Tờ trình của Công đoàn cơ sở;",
        "+ Bảng tổng hợp tóm tắt sáng kiến (Theo mẫu).",
    )
    read = interpret(content(LETTERHEAD, "KẾ HOẠCH", "Triển khai Chương trình", *lines), CAMPAIGN)
    assert (read.kinds, read.doubts) == ((Kind.OTHER,), ())


def test_a_decision_with_a_list_of_names_and_titles_is_another_document() -> None:
    people = grid(("STT", "Họ và tên", "Chức vụ", "Tên sáng kiến"), ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy"))
    read = interpret(content(LETTERHEAD, "QUYẾT ĐỊNH", "Về việc công nhận sáng kiến", people), CAMPAIGN)
    assert (read.kinds, read.doubts) == ((Kind.OTHER,), ())


def test_the_same_list_alone_is_a_doubtful_table() -> None:
    people = grid(("STT", "Họ và tên", "Chức vụ", "Tên sáng kiến"), ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy"))
    read = interpret(content(people), CAMPAIGN)
    assert read.kinds == (Kind.SUMMARY_TABLE,)
    assert len(read.doubts) == 1
    assert interpret(content(TITLE_LINE, people), CAMPAIGN).doubts == ()


def test_a_short_list_in_a_memo_is_not_taken_for_the_table_and_a_person_is_told() -> None:
    *before, signature = MEMO
    people = grid(("STT", "Họ và tên", "Tên sáng kiến"), ("1", "Lâm Thị Hân", "Xe đẩy"))
    read = interpret(content(*before, people, signature), CAMPAIGN)
    assert read.kinds == (Kind.MEMO,)
    assert len(read.doubts) == 1


def test_a_table_of_money_is_another_document() -> None:
    money = grid(("STT", "Nội dung chi", "Số tiền", "Ghi chú"), ("1", "Văn phòng phẩm", "500.000", ""))
    read = interpret(content("BẢNG TỔNG HỢP KINH PHÍ", money), CAMPAIGN)
    assert (read.kinds, read.doubts) == ((Kind.OTHER,), ())


def test_what_the_reader_doubts_stays_a_doubt() -> None:
    read = interpret(Content((Line("TỜ TRÌNH"),), "ocr", doubts=("a poor picture",)), CAMPAIGN)
    assert read.doubts[0] == "a poor picture"
    assert interpret(Content((), "docx", doubts=("legacy font",)), CAMPAIGN).doubts == ("legacy font",)


def test_a_campaign_that_asks_for_no_memo_knows_none() -> None:
    table_only = campaign(required=CAMPAIGN.required[1:], columns=CAMPAIGN.columns)
    assert interpret(content(*MEMO), table_only).kinds == (Kind.OTHER,)
    memo_only = campaign(required=CAMPAIGN.required[:1], columns=CAMPAIGN.columns)
    assert interpret(content(TITLE_LINE, grid(HEADER, *ROWS)), memo_only).kinds == (Kind.OTHER,)


@pytest.mark.parametrize(
    "line",
    ["TỜ TRÌNH (Lần 2)", "TỜ TRÌNH VỀ VIỆC GIỚI THIỆU SÁNG KIẾN", "TỜ TRÌNH Đề nghị xét chọn sáng kiến"],
)
def test_a_type_name_may_have_something_behind_it(line: str) -> None:
    read = interpret(content(*(line if block == "TỜ TRÌNH" else block for block in MEMO)), CAMPAIGN)
    assert read.kinds == (Kind.MEMO,)
    assert read.memo is not None
    assert read.memo.issuer == "CĐCS BỆNH VIỆN MẮT SÔNG PHỐ"


def word(*tables: list[tuple[str, ...]], before: tuple[str, ...] = ()) -> bytes:
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
        for cells, row in zip(rows, table.rows, strict=True):
            for place, text in enumerate(cells):
                if text == LEFT:
                    row.cells[place - 1].merge(row.cells[place])
                else:
                    row.cells[place].text = text
        document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_with_section_and_total_rows_is_read() -> None:
    rows = [
        HEADER,
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"),
        ("I. Khối lâm sàng", *[LEFT] * 7),
        ROWS[0],
    ]
    rows += [("II. Khối cận lâm sàng", *[LEFT] * 7), ROWS[1], ("Tổng cộng: 02 sáng kiến", *[LEFT] * 7)]
    contacts = [("STT", "Họ và tên", "Điện thoại"), ("1", "Vương Thế Lữ", "0900 000 000")]
    read = interpret(read_docx(word(contacts, rows, before=("Đầu mối liên hệ",))), example_campaign())
    assert read.table is not None
    assert [row.cells["title"] for row in read.table.rows] == TITLES
    assert read.table.stated_total == 2
    assert read.doubts == ()


def test_a_workbook_with_merged_cells_and_two_sheets_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [(TITLE_LINE,), (), ("STT", "Tác giả", None, *HEADER[3:]), (None, "Họ và tên", "Chức vụ, đơn vị")]:
        sheet.append(row)
    for cells in ROWS:
        sheet.append((int(cells[0]), *cells[1:]))
    for merged in ("A1:H1", "B3:C3", *(f"{letter}3:{letter}4" for letter in "ADEFGH")):
        sheet.merge_cells(merged)
    other = book.create_sheet("Liên hệ")
    other.append(("Họ và tên", "Điện thoại"))
    other.append(("Vương Thế Lữ", "0900 000 000"))
    out = io.BytesIO()
    book.save(out)
    read = interpret(read_spreadsheet(out.getvalue()), example_campaign())
    assert read.kinds == (Kind.SUMMARY_TABLE,)
    assert read.table is not None
    assert [list(row.cells.values()) for row in read.table.rows] == [list(cells) for cells in ROWS]
    assert read.table.rows[0].place == "Sheet, dòng 5"
    assert read.doubts == ()


@pytest.mark.parametrize(
    ("title", "told"), [("BẢN MÔ TẢ SÁNG KIẾN", True), ("Phiếu sáng kiến", True), ("BẢNG TỔNG HỢP SÁNG KIẾN", False)]
)
def test_a_description_of_one_initiative_is_told_by_its_title(title: str, told: bool) -> None:
    words = ("Tên sáng kiến: Xe đẩy thuốc", "Tác giả: Lâm Thị Hân", "Tóm tắt nội dung: Xe có ngăn.")
    assert interpret(content(LETTERHEAD, title, *words), example_campaign()).description is told


def test_a_decision_with_a_list_in_the_columns_of_the_summary_table_goes_to_a_person() -> None:
    lines = ("QUYẾT ĐỊNH", "Về việc công nhận sáng kiến cấp cơ sở", "DANH SÁCH ĐƯỢC CÔNG NHẬN")
    assert OTHER_TYPE in interpret(content(*lines, grid(HEADER, *ROWS)), example_campaign()).doubts
