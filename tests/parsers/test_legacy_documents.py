"""Documents in legacy fonts: Word files, workbooks and PDF, whole and mixed with Unicode."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from support.attachments import MESSAGES
from support.legacy import MEMO, stored
from support.paper import Paper, pdf_file
from support.word import cell, paragraph, row, run, story, table, word_file

from hoso.campaigns import example_campaign
from parsers.content import Content, Grid, Line, originals
from parsers.docx import read_docx
from parsers.legacy_fonts import LegacyFont
from parsers.legacy_tables import Encoding
from parsers.legacy_text import Converter
from parsers.pdf import read_pdf
from parsers.reader import read_message
from parsers.spreadsheet import read_spreadsheet
from parsers.workbook_fonts import WorkbookFonts, fonts_of_xls
from parsers.workbook_xls import styles_of_xls
from parsers.workbook_xls_texts import rich_texts

TCVN3, VNI = Encoding.TCVN3, Encoding.VNI
SAMPLES = Path(__file__).parent / "samples"
"""bang-vntime.xls and bang-nhieu-phong-chu.xls were written by LibreOffice from workbooks of the fonts that the tests
name; the second holds cells of several fonts each, and more text than one record holds."""
WIDE = st.text(st.characters(max_codepoint=0xD7FF), max_size=40)
NARROW = st.text(st.characters(max_codepoint=0xFF), max_size=40)
WORDS = st.lists(st.sampled_from(MEMO.split()), min_size=1, max_size=12)


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def cells(content: Content) -> list[list[str]]:
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    ("font", "text", "drawn"),
    [
        (".VnTime", "Tê tr×nh", "Tờ trình"),
        (".VnTimeH", "tê tr×nh", "TỜ TRÌNH"),
        ("VNI-Times", "Tôø trình", "Tờ trình"),
        (".VnTime", "Tờ trình", "Tờ trình"),
        (".VnTime", "12/3/2021 - 37", "12/3/2021 - 37"),
        ("Times New Roman", "m² ± 37°C «»", "m² ± 37°C «»"),
    ],
)
def test_a_run_is_read_by_its_own_font(font: str, text: str, drawn: str) -> None:
    content = read_docx(word_file(paragraph(run(text, fonts(font)))))
    assert (lines(content), content.doubts) == ([drawn], ())
    assert originals(content) == (((drawn, text),) if drawn != text else ())


def test_runs_of_three_fonts_in_one_paragraph_are_read_each_by_its_own() -> None:
    content = read_docx(
        word_file(
            paragraph(
                run("C«ng ®oµn ", fonts(".VnTime")),
                run("cơ sở có ", fonts("Arial")),
                run("sôû Y teá", fonts("VNI-Times")),
            )
        )
    )
    assert lines(content) == ["Công đoàn cơ sở có sở Y tế"]
    assert content.converted == ("TCVN3 by its font .VnTime", "VNI by its font VNI-Times")
    assert originals(content) == (("Công đoàn cơ sở có sở Y tế", "C«ng ®oµn cơ sở có sôû Y teá"),)


def test_a_letter_of_vni_and_its_mark_may_stand_in_two_runs() -> None:
    font = fonts("VNI-Times")
    assert lines(read_docx(word_file(paragraph(run("Tô", font), run("ø trình", font))))) == ["Tờ trình"]


def test_the_letter_u_with_horn_of_tcvn3_is_no_soft_hyphen() -> None:
    font = fonts(".VnTime")
    soft = f"<w:r><w:rPr>{font}</w:rPr><w:t>ng</w:t><w:softHyphen/><w:t>êi bÖnh</w:t></w:r>"
    assert lines(read_docx(word_file(paragraph(soft)))) == ["người bệnh"]
    assert lines(read_docx(word_file(paragraph(run("Ng\u00adêi bÖnh", font))))) == ["Người bệnh"]


STYLE = '<w:style w:type="paragraph" {default} w:styleId="{name}">{base}<w:rPr>{fonts}</w:rPr></w:style>'
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Arial"/></a:majorFont><a:minorFont><a:latin typeface=".VnTime"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)
BY_THEME = '<w:rFonts w:asciiTheme="{0}" w:hAnsiTheme="{0}" w:ascii=".VnTime"/>'


@pytest.mark.parametrize(
    "styles",
    [
        STYLE.format(default='w:default="1"', name="Normal", base="", fonts=fonts(".VnTime")),
        STYLE.format(default="", name="Than", base='<w:basedOn w:val="Goc"/>', fonts="")
        + STYLE.format(default="", name="Goc", base="", fonts=fonts(".VnTime")),
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts('.VnTime')}</w:rPr></w:rPrDefault></w:docDefaults>",
        STYLE.format(default="", name="Than", base="", fonts=BY_THEME.format("minorHAnsi")),
    ],
    ids=["default style", "base of its style", "defaults of the document", "theme"],
)
def test_a_font_is_inherited(styles: str) -> None:
    body = paragraph("Tê tr×nh", properties='<w:pStyle w:val="Than"/>') + paragraph(run("có là", fonts("Arial")))
    related = (("s", "styles", "styles.xml"), ("t", "theme", "theme1.xml"))
    content = read_docx(word_file(body, related, styles=story("styles", styles), theme1=THEME))
    assert lines(content) == ["Tờ trình", "có là"]
    assert content.converted == ("TCVN3 by its font .VnTime",)


def test_a_font_of_the_theme_goes_before_one_that_is_named() -> None:
    body = paragraph(run("café", BY_THEME.format("majorHAnsi")), run(" §", fonts("Arial")))
    content = read_docx(word_file(body, (("t", "theme", "theme1.xml"),), theme1=THEME))
    assert lines(content) == ["café §"]


def test_cells_of_a_word_table_keep_what_was_stored() -> None:
    font = fonts(".VnTime")
    body = table(row(cell(paragraph(run("Tªn s¸ng kiÕn", font))), cell("Ghi chú")))
    content = read_docx(word_file(body))
    assert cells(content) == [["Tên sáng kiến", "Ghi chú"]]
    assert originals(content) == (("Tên sáng kiến", "Tªn s¸ng kiÕn"),)


@given(WORDS, st.sampled_from(Encoding), st.data())
@settings(max_examples=60, deadline=None)
def test_any_mixture_of_runs_in_unicode_and_one_old_encoding_is_read_right(
    words: list[str], encoding: Encoding, data: st.DataObject
) -> None:
    legacy = fonts(".VnTime" if encoding is TCVN3 else "VNI-Times")
    old = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    pieces = [
        (stored(word, encoding), legacy) if is_old else (word, "") for word, is_old in zip(words, old, strict=True)
    ]
    content = read_docx(word_file(paragraph(*(run(f"{text} ", properties) for text, properties in pieces))))
    assert "\n".join(lines(content)).lower() == " ".join(words).lower()
    assert content.doubts == ()


def test_cells_of_a_workbook_are_read_by_their_fonts() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for place, (text, font) in enumerate(
        [("tªn s¸ng kiÕn", ".VnTimeH"), ("có", ".VnTime"), ("có", "Arial"), ("coâng taùc", "VNI-Times")], start=1
    ):
        sheet.cell(1, place, text).font = Font(name=font)
    sheet.cell(1, 5, CellRichText("Số ", TextBlock(InlineFont(rFont=".VnTime"), "c«ng")))
    out = io.BytesIO()
    workbook.save(out)
    content = read_spreadsheet(out.getvalue())
    assert cells(content) == [["TÊN SÁNG KIẾN", "cú", "có", "công tác", "Số công"]]
    assert [stored_text for _, stored_text in originals(content)] == ["tªn s¸ng kiÕn", "có", "coâng taùc", "Số c«ng"]


def test_a_workbook_of_excel_97_is_read_by_the_fonts_of_its_cells() -> None:
    content = read_spreadsheet((SAMPLES / "bang-vntime.xls").read_bytes())
    assert content.converted == (
        "TCVN3 by its font .VnTimeH",
        "TCVN3 by its font .VnTime",
        "VNI by its font VNI-Times",
    )
    assert cells(content) == [
        ["BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", "", "", "", ""],
        ["STT", "Họ và tên", "Tên sáng kiến", "Tóm tắt", "Thời gian áp dụng"],
        ["1", "Lý Thị Tư", "Cải tiến có", "Lắp cảm biến hồng ngoại và bơm mini", "Tháng 3/2021"],
        ["2", "Hồ Văn Độ", "công", "Số hóa hồ sơ quản lý sức khỏe người cao tuổi", "Tháng 02/2021"],
    ]


def test_a_workbook_of_excel_97_is_read_by_the_fonts_within_its_cells() -> None:
    content = read_spreadsheet((SAMPLES / "bang-nhieu-phong-chu.xls").read_bytes())
    found = cells(content)
    assert found[0][0] == "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN"
    assert found[2] == [
        "1",
        "Bà Lý Thị Tư",
        "Cải tiến giá đỡ chai dịch truyền",
        "Lắp cảm biến hồng ngoại và bơm mini có sẵn",
        "Tháng 3/2021",
    ]
    assert found[3][1:3] == ["Hồ Văn Độ", "Phần mềm quản lý hồ sơ"]  # first runs in the cell's own font; three fonts
    told = "Mỗi khoa có một người phụ trách, ghi chép hằng ngày và báo cáo hằng tuần. " * 8
    for number, told_by in enumerate(found[4:], start=5):  # texts that are cut where a record ends are among them
        assert told_by[1:4] == [
            f"Ông Nguyễn Văn Đường {number}",
            f"Giải pháp thứ {number} của khoa Dược",
            f"Số {number}: {told}. Đã áp dụng.",
        ]
    assert ("Bà Lý Thị Tư", "Bà Lý ThÞ T\xad") in originals(content)
    assert content.doubts == ()


@given(
    st.text(st.characters(max_codepoint=0xD7FF), max_size=40),
    st.text(st.characters(max_codepoint=255), max_size=40),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_shared_text_is_read_wherever_its_record_ends(wide: str, narrow: str, data: st.DataObject) -> None:
    """[MS-XLS] 2.5.293: the record that goes on begins with a byte that says how wide the letters are."""
    letters, last = wide.encode("utf-16-le"), narrow.encode("latin-1")
    cut = 2 * data.draw(st.integers(0, len(letters) // 2))
    runs = struct.pack("<HHHH", 0, 5, min(1, len(letters) // 2), 6)
    first = struct.pack("<IIHBH", 2, 2, len(letters) // 2, 0x09, 2) + letters[:cut]
    rest = (b"\x01" + letters[cut:] if cut < len(letters) else b"") + runs
    rest += struct.pack("<HBHI", len(last), 0x0C, 1, 3) + last + struct.pack("<HH", len(last), 7) + b"ext"
    found = rich_texts([first, rest])
    assert "".join(text for text, _ in found.get(0, ())) == wide
    assert "".join(text for text, _ in found.get(1, ())) == narrow


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_shared_texts_that_lie_raise_nothing(records: list[bytes]) -> None:
    assert all(number >= 0 for number in rich_texts(records))


def test_a_run_without_a_font_has_that_of_its_cell() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    bold = TextBlock(InlineFont(rFont="VNI-Times", b=True), "û nghieäp")  # the mark of a letter that is not bold
    sheet.cell(1, 1, CellRichText("Xí chu", bold)).font = Font(name="VNI-Times")
    out = io.BytesIO()
    workbook.save(out)
    assert cells(read_spreadsheet(out.getvalue())) == [["Xí chủ nghiệp"]]


def test_a_cell_of_a_legacy_font_may_hold_a_line_of_unicode() -> None:
    fonts = WorkbookFonts({"Sheet1": {(0, 0): LegacyFont("VNI-Times", VNI)}})
    text = "- Phaàn khung: baït quaûng caùo.\n- Phần tựa: vải dù chống thấm."
    drawn = fonts.drawn("Sheet1", (0, 0), text, Converter())
    assert drawn == "- Phần khung: bạt quảng cáo.\n- Phần tựa: vải dù chống thấm."


@given(st.integers(512, 6143), st.binary(min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_workbook_whose_records_lie_is_read_or_refused(place: int, noise: bytes) -> None:
    content = (SAMPLES / "bang-vntime.xls").read_bytes()
    styles = styles_of_xls(content[:place] + noise + content[place + len(noise) :])
    assert all(row >= 0 and column >= 0 for sheet in styles.cells.values() for row, column in sheet)
    assert all(set(cells) <= set(styles.cells[sheet]) for sheet, cells in fonts_of_xls(styles).cells.items())


def test_the_fonts_of_a_page_are_read_each_by_its_own_name() -> None:
    paper = Paper()
    paper.text(60, 50, "tê tr×nh", font="TCVNH")
    paper.text(60, 80, "VÒ viÖc c«ng nhËn s¸ng kiÕn", font="TCVN")
    paper.text(60, 110, "Tröôøng Maàm non, coâng ñoaøn", font="VNI")
    paper.text(60, 140, "Công đoàn cơ sở có")
    content = read_pdf(pdf_file(paper))
    assert lines(content) == [
        "TỜ TRÌNH",
        "Về việc công nhận sáng kiến",
        "Trường Mầm non, công đoàn",
        "Công đoàn cơ sở có",
    ]
    assert content.doubts == ()
    assert originals(content)[0] == ("TỜ TRÌNH", "tê tr×nh")
    assert originals(content)[2][1] == "Tröôøng Maàm non, coâng ñoaøn"
    assert len(originals(content)) == 3


def test_a_table_of_a_page_is_read_in_tcvn3() -> None:
    paper = Paper()
    lefts = [50.0, 90.0, 300.0]
    paper.table([["", ""], ["", ""]], lefts, 100)
    paper.text(52, 102, "STT", size=10, font="TCVN")
    paper.text(92, 102, "T£N S¸NG KIÕN", size=10, font="TCVN")
    paper.text(52, 132, "1", size=10)
    paper.text(92, 132, "øng dông m· QR", size=10, font="TCVN")
    content = read_pdf(pdf_file(paper))
    assert cells(content) == [["STT", "TÊN SÁNG KIẾN"], ["1", "ứng dụng mã QR"]]


def test_a_code_that_pdf_calls_a_hyphen_is_a_letter_in_tcvn3() -> None:
    paper = Paper()
    paper.codes(60, 50, "Ban Th\u00adêng vô, ng\u00adêi lao ®éng".encode("latin-1"))
    assert lines(read_pdf(pdf_file(paper))) == ["Ban Thường vụ, người lao động"]


def test_the_text_decides_where_a_pdf_has_another_font_in_place_of_the_legacy_one() -> None:
    paper = Paper()
    paper.text(20, 50, stored(MEMO[:90], TCVN3), size=9)
    content = read_pdf(pdf_file(paper))
    assert lines(content) == [MEMO[:90].strip()]
    assert content.converted == ("TCVN3 by the text alone",)


def test_a_document_says_what_was_converted_and_from_what() -> None:
    (path,) = MESSAGES.glob("d28-*.eml")
    memo, found = read_message(path.read_bytes(), (example_campaign(),)).documents
    assert memo.converted == ("TCVN3 by its font .VnTime",)
    assert ("TỜ TRÌNH", "Tê TR×NH") in memo.originals
    assert ("Hiệu quả, giá trị làm lợi", "HiÖu qu¶, gi¸ trÞ lµm lîi") in found.originals
