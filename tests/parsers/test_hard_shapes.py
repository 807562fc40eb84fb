"""Files as people really make them: workbooks with hidden rows and a sheet for each department, sheets printed over
several pages across, Word files of other dialects, forms with two questions on a row."""

import io
import zipfile
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from docx import Document
from openpyxl import Workbook
from support.contents import HEADER, LEFT, ROWS, TITLE_LINE, content, grid
from support.paper import Paper, pdf_file

from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.document import Interpretation, interpret
from parsers.docx import read_docx
from parsers.identify import Opener, identify
from parsers.pdf import read_pdf
from parsers.plain_text import read_markup
from parsers.spreadsheet import read_spreadsheet

TITLE = "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def saved(file: object) -> bytes:
    out = io.BytesIO()
    file.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def workbook(**sheets: Sequence[Sequence[object]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return book


def initiatives(read: Interpretation) -> list[str]:
    assert read.kinds == (Kind.SUMMARY_TABLE,)
    assert read.table is not None
    return [row.cells["title"] for row in read.table.rows]


def sheet(book: Workbook) -> Interpretation:
    return interpret(read_spreadsheet(saved(book)), example_campaign())


TITLES = [row[3] for row in ROWS]


def test_hidden_and_filtered_rows_are_read_and_told() -> None:
    book = workbook(TH=[[TITLE], HEADER, *ROWS])
    assert sheet(book).doubts == ()
    book["TH"].row_dimensions[4].hidden = True
    read = sheet(book)
    assert initiatives(read) == TITLES
    assert read.doubts == ("TH: hidden rows were read (4)",)


def test_a_sheet_for_each_department_is_one_table() -> None:
    second = ("1", *ROWS[1][1:])
    assert initiatives(sheet(workbook(Noi=[[TITLE], HEADER, ROWS[0]], Ngoai=[[TITLE], HEADER, second]))) == TITLES


def test_the_departments_of_a_whole_that_is_there_too_bring_nothing() -> None:
    second = ("1", *ROWS[1][1:])
    assert initiatives(sheet(workbook(Chung=[HEADER, *ROWS], Noi=[HEADER, ROWS[0]], Ngoai=[HEADER, second]))) == TITLES


@pytest.mark.parametrize("form", ["{}/", "0{}.", "({})", "{})", "SK{}", "00{}"])
def test_numbers_are_written_in_many_ways(form: str) -> None:
    rows = [(form.format(number), *row[1:]) for number, row in enumerate(ROWS, 1)]
    read = sheet(workbook(TH=[("#", *HEADER[1:]), *rows] if form[0] != "S" else [HEADER, *rows]))
    assert initiatives(read) == TITLES
    assert read.table is not None
    assert [row.cells["no"] for row in read.table.rows] == [row[0] for row in rows]


def test_a_table_exported_as_a_web_page_under_the_name_of_a_workbook_is_read() -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (HEADER, *ROWS))
    page = f"<html><body><h3>{TITLE}</h3><table border=1>{rows}</table></body></html>".encode()
    assert identify(page, "bao cao.xls").opener is Opener.MARKUP
    assert initiatives(interpret(read_markup(page), example_campaign())) == TITLES


def pages_across(rows: Sequence[Sequence[str]], cuts: Sequence[int], heights: Sequence[int]) -> bytes:
    """The columns of one table over several pages, every row at the same height on each."""
    pages = []
    for start, end in pairwise(cuts):
        page, top = Paper(width=1200), 100.0
        lefts = [40.0 + 270 * place for place in range(end - start + 1)]
        for row, height in zip(rows, heights, strict=True):
            top = page.table([list(row[start:end])], lefts, top, height)
        pages.append(page)
    return pdf_file(*pages)


@pytest.mark.parametrize("cuts", [(0, 4, 8), (0, 3, 5, 7, 8)])
def test_a_sheet_printed_over_several_pages_across_is_put_together(cuts: tuple[int, ...]) -> None:
    file = pages_across((HEADER, *ROWS), cuts, (20, 30, 45))
    read = interpret(read_pdf(file), example_campaign())
    assert initiatives(read) == TITLES
    assert read.table is not None
    assert [row.cells["applied"] for row in read.table.rows] == [row[6] for row in ROWS]


def test_pages_whose_rows_do_not_match_stay_apart() -> None:
    first = pages_across((HEADER, *ROWS), (0, 8), (20, 30, 45))
    assert initiatives(interpret(read_pdf(first), example_campaign())) == TITLES
    apart = pdf_file(*(_page(rows) for rows in ((HEADER, *ROWS), (HEADER, *ROWS))))
    assert len(initiatives(interpret(read_pdf(apart), example_campaign()))) == 4


def _page(rows: Sequence[Sequence[str]]) -> Paper:
    page = Paper(width=2300)
    page.table([list(row) for row in rows], [40.0 + 270 * place for place in range(9)], 100)
    return page


def word_file() -> bytes:
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(len(ROWS) + 1, len(HEADER))
    for row, texts in enumerate((HEADER, *ROWS)):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return saved(document)


def changed(change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file())) as package, zipfile.ZipFile(out, "w") as new:
        for name in package.namelist():
            content_ = package.read(name)
            new.writestr(name, change(content_.decode()) if name.endswith((".xml", ".rels")) else content_)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(WORD, STRICT_WORD),
        lambda xml: xml.replace("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"),
        lambda xml: xml.replace(
            "<w:tbl>", f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="w14"><w:tbl>'
        ).replace("</w:tbl>", "</w:tbl></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent>"),
    ],
    ids=["strict", "a template", "alternate content"],
)
def test_dialects_of_word_files_are_read(change: Callable[[str], str]) -> None:
    file = changed(change)
    assert identify(file, "x.docx").opener is Opener.DOCX
    assert initiatives(interpret(read_docx(file), example_campaign())) == TITLES


def pairs(row: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """A form with two short questions on a row, worded as nobody does."""
    return (
        ("Cán bộ, đoàn viên có sáng kiến", row[1], "Nhiệm vụ được giao", row[2]),
        ("Nhóm SK", row[4], "Mốc thời gian áp dụng", row[6]),
        ("Tên đề tài", row[3], LEFT, LEFT),
        ("Nêu tóm tắt", row[5], LEFT, LEFT),
    )


def test_forms_with_two_questions_on_a_row_are_read_one_under_the_other() -> None:
    blank = ("", "", "", "")
    read = interpret(content(TITLE_LINE, grid(*pairs(ROWS[0]), blank, *pairs(ROWS[1]))), example_campaign())
    assert initiatives(read) == TITLES
    assert read.table is not None
    assert [[row.cells[key] for key in ("author", "position", "applied", "summary")] for row in read.table.rows] == [
        [row[1], row[2], row[6], row[5]] for row in ROWS
    ]


def test_a_form_cut_by_the_end_of_a_page_knows_the_labels_of_the_others() -> None:
    first, second = pairs(ROWS[0]), pairs(ROWS[1])
    rest = tuple(row[:2] for row in second[2:])
    blocks = (TITLE_LINE, grid(*first, page=1), grid(*second[:2], page=1), grid(*rest, page=2))
    read = interpret(content(*blocks, read_by="pdf"), example_campaign())
    assert initiatives(read) == TITLES
    assert read.doubts == ()


def test_a_form_that_lacks_a_question_of_the_others_is_for_a_person() -> None:
    first = pairs(ROWS[0])
    lacking = (("Ký hiệu", ROWS[1][1], "Nhiệm vụ được giao", ROWS[1][2]), *pairs(ROWS[1])[1:])
    read = interpret(content(TITLE_LINE, grid(*first), "Sáng kiến 2", grid(*lacking)), example_campaign())
    assert any(doubt.startswith("form 2") for doubt in read.doubts)


def test_questions_in_numbered_lines_are_told_whatever_their_words() -> None:
    labels = ("Cán bộ có sáng kiến", "Tên đề tài", "Nhóm SK", "Nêu tóm tắt", "Mốc thời gian áp dụng")
    lines = []
    for number, row in enumerate(ROWS, 1):
        lines.append(f"Sáng kiến {number}")
        texts = (row[1], row[3], row[4], row[5], row[6])
        lines += [f"{place}. {label}: {text}" for place, (label, text) in enumerate(zip(labels, texts, strict=True), 1)]
    read = interpret(content(TITLE_LINE, *lines), example_campaign())
    assert initiatives(read) == TITLES
    assert read.table is not None
    assert [row.cells["summary"] for row in read.table.rows] == [row[5] for row in ROWS]
    assert [row.cells["author"] for row in read.table.rows] == [row[1] for row in ROWS]
    assert [row.cells["summary"] for row in read.table.rows] == [row[5] for row in ROWS]


def test_a_form_without_lines_in_a_pdf_is_read_from_its_two_columns() -> None:
    page = Paper()
    page.text(200, 40, TITLE)
    top = 80
    labels = (
        "- Tác giả hoặc đồng tác\ngiả:",
        "- Tên SK:",
        "- Phân loại:",
        "- Nêu tóm tắt nội dung\nsáng kiến:",
        "- Bắt đầu từ:",
    )
    for number, row in enumerate(ROWS, 1):
        page.text(60, top, f"Sáng kiến thứ {number}")
        top += 20
        for label, answer in zip(labels, (row[1], row[3], row[4], row[5], row[6]), strict=True):
            for place, line in enumerate(label.split("\n")):
                page.text(60, top + 14 * place, line, size=10)
            page.text(240, top, answer, size=10)
            top += 14 * len(label.split("\n")) + 4
    read = interpret(read_pdf(pdf_file(page)), example_campaign())
    assert initiatives(read) == TITLES
    assert read.table is not None
    assert [[row.cells[key] for key in ("author", "summary", "applied")] for row in read.table.rows] == [
        [row[1], row[5], row[6]] for row in ROWS
    ]


def test_the_heading_of_the_next_form_is_no_answer() -> None:
    forms = []
    for number, row in enumerate(ROWS, 1):
        forms += [(f"SÁNG KIẾN SỐ {number}", ""), ("Tác giả chính", row[1]), ("Sáng kiến đã thực hiện", row[3])]
        forms += [("Nêu tóm tắt sáng kiến", row[5]), ("Bắt đầu thực hiện", row[6]), ("", "")]
    read = interpret(content(TITLE_LINE, grid(*forms, sheet="TH")), example_campaign())
    assert initiatives(read) == TITLES
    assert read.doubts == ()


def test_the_title_of_a_table_in_its_first_row_names_no_column() -> None:
    title = ("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", *[LEFT] * (len(HEADER) - 1))
    head = tuple("Nhiệm vụ được giao" if place == 2 else text for place, text in enumerate(HEADER))
    read = interpret(content(grid(title, head, *ROWS)), example_campaign())
    assert read.table is not None
    assert [row.cells["position"] for row in read.table.rows] == [row[2] for row in ROWS]


def test_hints_in_brackets_under_the_header_are_no_header() -> None:
    hints = ("", "(ghi đầy đủ họ tên)", "(ghi rõ khoa, phòng)", "(ghi ngắn gọn)", "(1 trong 5 lĩnh vực)")
    read = interpret(
        content(TITLE_LINE, grid(HEADER, (*hints, "(không quá 1000 ký tự)", "(ghi tháng, năm)", "(bằng tiền)"), *ROWS)),
        example_campaign(),
    )
    assert initiatives(read) == TITLES
    assert read.doubts == ()


def test_what_heads_a_numbered_form_is_no_answer_to_a_question_in_unknown_words() -> None:
    blocks: list[object] = [TITLE_LINE]
    for row in ROWS:
        asked = ("Tác giả chính", row[1]), ("Tên SK", row[3]), ("Những điểm chính", row[5]), ("Áp dụng từ", row[6])
        blocks.append(grid(("TT", "Nội dung", "Thông tin"), *((str(n), *one) for n, one in enumerate(asked, 1))))
    read = interpret(content(*blocks), example_campaign())
    assert initiatives(read) == TITLES
    assert read.table is not None
    assert [row.cells["summary"] for row in read.table.rows] == [row[5] for row in ROWS]


def test_initiatives_side_by_side_are_kept_apart_whatever_asks_for_their_titles() -> None:
    labels = ("Nội dung", "Tác giả chính", "Tên việc làm sáng tạo", "Nhiệm vụ", "Những điểm chính", "Áp dụng từ")
    answers = [(f"Sáng kiến {n}", row[1], row[3], row[2], row[5], row[6]) for n, row in enumerate(ROWS, 1)]
    read = interpret(content(TITLE_LINE, grid(*zip(labels, *answers, strict=True))), example_campaign())
    assert initiatives(read) == TITLES
    assert read.table is not None
    assert [row.cells["author"] for row in read.table.rows] == [row[1] for row in ROWS]
    assert [row.cells["summary"] for row in read.table.rows] == [row[5] for row in ROWS]
