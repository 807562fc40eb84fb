"""Questions and answers one under the other, told by their structure and not by their words."""

import io

from openpyxl import Workbook
from support.contents import TITLE_LINE, content
from support.interpreting import read, table_of

from dossier.model import Kind, SummaryTable
from hoso.campaigns import example_campaign
from parsers.content import Content, Line
from parsers.document import Interpretation, interpret
from parsers.spreadsheet import read_spreadsheet

ASKED = ("Người nghĩ ra cách làm", "Chốn mưu sinh", "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
TOLD = (
    ("Lâm Thị Ngọc Hân", "Xưởng mộc", "Xe đẩy thuốc hai tầng", "Hàn thêm tầng dưới.\nThử một tuần.", "Tháng 3/2021"),
    ("Tạ Quang Hiển", "Xưởng mộc", "Bảng kiểm trước mổ", "In bảng kiểm khổ lớn.", "01/3/2021"),
    ("Vương Thế Lữ", "Xưởng mộc", "Sổ giao ca màu", "Mỗi kíp một màu.", "Tháng 4/2021"),
)
KEYS = ("author", "title", "summary", "applied")
WANTED = [[" ".join(told[place].split()) for place in (0, 2, 3, 4)] for told in TOLD]


def rows_of(table: SummaryTable) -> list[list[str]]:
    return [[row.cells[key] for key in KEYS] for row in table.rows]


def sheet(*lines: str) -> Interpretation:
    """A workbook with each line in a cell of column A; '' leaves a row free."""
    book = Workbook()
    page = book.worksheets[0]
    for number, line in enumerate(lines, 1):
        page.cell(number, 1, line or None)
    out = io.BytesIO()
    book.save(out)
    return interpret(read_spreadsheet(out.getvalue()), example_campaign())


def stacked(asked: str = "{}. {}", heading: str = "Phần thứ {}", count: int = 3) -> list[str]:
    lines = [TITLE_LINE, "Đơn vị: CĐCS Bệnh viện Mắt Sông Phố", ""]
    for form, told in enumerate(TOLD[:count], 1):
        lines += [heading.format(form)]
        for number, (question, answer) in enumerate(zip(ASKED, told, strict=True), 1):
            lines += [asked.format(number, question), answer]
        lines.append("")
    return lines


def test_a_sheet_of_questions_over_their_answers_is_read_form_by_form() -> None:
    for asked in ("{}. {}", "{}) {}", "Câu {}: {}:"):
        table = table_of(sheet(*stacked(asked)))
        assert rows_of(table) == WANTED
        assert {row.extra.get(ASKED[1], row.cells.get("position")) for row in table.rows} >= {"Xưởng mộc"} - {None}


def test_questions_without_any_mark_are_told_by_coming_back_between_answers_of_one_cell() -> None:
    assert rows_of(table_of(sheet(*stacked("{1}")))) == WANTED


def test_what_stands_under_the_last_form_is_no_part_of_its_answer() -> None:
    for below in (
        ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"),
        ("Tổng cộng: 03 sáng kiến",),
        ("Biên Hòa, ngày 14 tháng 4 năm 2021",),
    ):
        assert rows_of(table_of(sheet(*stacked(), *below))) == WANTED
        assert rows_of(table_of(sheet(*stacked()[:-1], *below))) == WANTED


def test_one_form_alone_is_read_where_its_questions_are_counted() -> None:
    table = table_of(sheet(*stacked("{}. {}", count=1)))
    assert rows_of(table) == WANTED[:1]


def paragraphs(*, bold: bool, star: str = " *", foot: str = "Trang này do biểu mẫu lập.") -> list[Line]:
    """The print of an online form: a page for each answer, a question in its type with what was answered below."""
    lines = []
    for number, told in enumerate(TOLD, 1):
        lines += [Line("Đăng ký ý tưởng năm 2021", number), Line("Các câu có * phải trả lời.", number)]
        for question, answer in zip(ASKED, told, strict=True):
            lines.append(Line(f"{question}{star}", number, bold=bold))
            lines += [Line(text, number) for text in answer.split("\n")]
        lines.append(Line(foot, number))
    return lines


def test_the_print_of_an_online_form_is_read_by_its_bold_questions() -> None:
    assert rows_of(table_of(read(TITLE_LINE, *paragraphs(bold=True)))) == WANTED
    assert rows_of(table_of(read(TITLE_LINE, *paragraphs(bold=True, star="")))) == WANTED


def test_where_neither_type_nor_place_marks_unknown_questions_a_person_decides() -> None:
    told = interpret(content(TITLE_LINE, *paragraphs(bold=False)), example_campaign())
    assert told.doubts
    assert rows_of_any(told) == WANTED


def rows_of_any(told: Interpretation) -> list[list[str]]:
    assert told.table is not None
    return rows_of(told.table)


def test_points_under_a_title_are_read_with_an_author_that_is_asked_for_in_unknown_words() -> None:
    lines = []
    for number, (who, where, title, summary, applied) in enumerate(TOLD, 1):
        answers = ((ASKED[0], who), (ASKED[1], where), (ASKED[3], " ".join(summary.split())), (ASKED[4], applied))
        lines.append(f"{number}. {ASKED[2]}: {title}")
        lines += [f"{letter}) {asked}: {told}" for letter, (asked, told) in zip("abcd", answers, strict=True)]
    told = read(TITLE_LINE, *lines)
    assert rows_of_any(told) == WANTED


def test_a_question_with_a_colon_within_is_whole() -> None:
    asked = "Tóm tắt: vấn đề, cách giải quyết"
    lines = [
        line
        for told in TOLD
        for line in (
            f"Tên sáng kiến: {told[2]}",
            f"Tác giả: {told[0]}",
            f"{asked}: {' '.join(told[3].split())}",
            f"Thời gian áp dụng: {told[4]}",
        )
    ]
    table = table_of(read(TITLE_LINE, *lines))
    assert rows_of(table) == WANTED
    assert table.columns["summary"] == asked


def test_questions_may_change_their_places_from_form_to_form() -> None:
    orders = ((0, 1, 2, 3, 4), (0, 2, 4, 3, 1), (0, 1, 4, 2, 3))
    lines = [
        line
        for number, (told, order) in enumerate(zip(TOLD, orders, strict=True), 1)
        for line in (
            f"PHIẾU SỐ {number}",
            *(f"{ASKED[place]}: {' '.join(told[place].split())}" for place in order),
        )
    ]
    told = read(TITLE_LINE, *lines)
    assert rows_of_any(told) == WANTED


def test_a_known_question_amid_an_answer_is_for_a_person() -> None:
    lines = stacked()
    place = lines.index("2. Chốn mưu sinh") + 1
    told = sheet(*lines[:place], "Xưởng mộc", "3. Hiệu quả: giảm 3 giờ", *lines[place + 1 :])
    assert told.doubts


def test_two_lists_that_only_look_alike_are_no_forms() -> None:
    lines = [f"{number}. Việc thứ {number}: đã xong" for number in (1, 2, 3, 1, 2, 3)]
    told = interpret(Content(tuple(map(Line, lines)), "docx"), example_campaign())
    assert Kind.SUMMARY_TABLE not in told.kinds
    assert content(*lines).blocks


def test_an_author_over_a_single_form_in_unknown_words_is_for_a_person() -> None:
    lines = ("Chủ nhân ý tưởng: Lâm Thị Hân", "Quản lý trực tiếp: Tạ Quang Hiển", "Tên sáng kiến: Xe đẩy thuốc")
    told = read(TITLE_LINE, *lines, "Tóm tắt nội dung: Hàn thêm tầng dưới.", "Thời gian áp dụng: 3/2021")
    assert told.doubts
