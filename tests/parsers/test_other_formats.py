"""Files of office programs and phones in less usual formats: XML of Office, web archives, texts as workbooks, HEIC."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support.hostile import zipped
from support.ocr import needs_ocr
from support.raw_mail import with_files
from support.word_documents import needs_office

from dossier.model import Problem
from hoso.campaigns import example_campaign
from parsers.content import Content, Grid, Line
from parsers.conversion import Form, WordKind, decoded_apart, no_conversion
from parsers.identify import Opener, identify
from parsers.limits import Limits, OfficeLimits
from parsers.office import Office
from parsers.picture import frames
from parsers.plain_text import read_values, read_web_archive
from parsers.problem import UnreadableError
from parsers.sandbox import Sandbox
from parsers.spreadsheet_xml import read_sheet_xml
from parsers.word_documents import read_word

PHOTO = (Path(__file__).parent / "samples" / "to-trinh.heic").read_bytes()
"""Lines of a memo, stored on their side: EXIF says how to hold it."""
OFFICE = 'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>TỜ TRÌNH</text:p></office:text></office:body></office:document>"""
WORD_2003 = """<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>TỜ TRÌNH</w:t>
</w:r></w:p></w:body></w:wordDocument>"""


def sheet(rows: str, options: str = "") -> bytes:
    worksheet = f'<ss:Worksheet ss:Name="Sheet1"><ss:Table>{rows}</ss:Table>{options}</ss:Worksheet>'
    return f'<?xml version="1.0"?><ss:Workbook {OFFICE}>{worksheet}</ss:Workbook>'.encode()


def cell(text: str, kind: str = "String", more: str = "") -> str:
    return f'<ss:Cell {more}><ss:Data ss:Type="{kind}">{text}</ss:Data></ss:Cell>'


def rows_of(content: Content) -> list[list[str]]:
    (grid,) = content.blocks
    assert isinstance(grid, Grid)
    return [[one.text for one in row] for row in grid.rows]


def test_an_xml_workbook_is_read_with_its_gaps_merges_dates_and_numbers() -> None:
    header = "<ss:Row>" + cell("Bảng", more='ss:MergeAcross="2"') + "</ss:Row>"
    named = cell("Hà", more='ss:Index="3"')
    second = f'<ss:Row ss:Index="3">{cell("1.0", "Number")}{named}</ss:Row>'
    third = f"<ss:Row>{cell('2', 'Number')}{cell('2021-02-15T00:00:00.000', 'DateTime')}{cell('a&#10;b')}</ss:Row>"
    assert rows_of(read_sheet_xml(sheet(header + second + third))) == [
        ["Bảng", "Bảng", "Bảng"],
        ["", "", ""],
        ["1", "", "Hà"],
        ["2", "15/02/2021", "a\nb"],
    ]


def test_hidden_sheets_of_an_xml_workbook_are_left_out_and_hidden_rows_told() -> None:
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    assert read_sheet_xml(sheet(f"<ss:Row>{cell('a')}</ss:Row>", hidden)).blocks == ()
    told = read_sheet_xml(sheet(f'<ss:Row ss:Hidden="1">{cell("a")}</ss:Row>'))
    assert told.doubts == ("Sheet1: hidden rows were read",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (sheet(f"<ss:Row>{cell('a')}</ss:Row>")[:-30], Problem.CORRUPT),
        (sheet("").replace(b"?><", b"?><!DOCTYPE a><"), Problem.NOT_READ),
        (sheet(f'<ss:Row ss:Index="900000">{cell("a")}</ss:Row><ss:Row>' + cell("b") * 40 + "</ss:Row>"), None),
    ],
)
def test_a_broken_xml_workbook_is_told(content: bytes, problem: Problem | None) -> None:
    if problem is None:
        assert len(rows_of(read_sheet_xml(content))) == 2
        return
    with pytest.raises(UnreadableError) as raised:
        read_sheet_xml(content)
    assert raised.value.problem is problem


@pytest.mark.parametrize(
    ("content", "name", "opener"),
    [
        (sheet(""), "bang.xls", Opener.SHEET_XML),
        (sheet(""), "bang.xml", Opener.SHEET_XML),
        (WORD_2003.encode(), "to trinh.doc", Opener.WORD_XML),
        (FLAT.encode(), "to trinh.fodt", Opener.FLAT_ODT),
        ("STT\tHọ tên\n1\tHà\n".encode("utf-16") * 3, "bang.xls", Opener.VALUES),
        ("Kính gửi\n".encode() * 50, "to trinh.doc", Opener.TEXT),
        (
            b"MIME-Version: 1.0\r\nFrom: a\r\n\r\n--b\r\nContent-Disposition: attachment\r\n",
            "thu.mht",
            Opener.MESSAGE,
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "to trinh.doc", Opener.WEB_ARCHIVE),
        (b"\xff\x4f\xff\x51\0\0", "trang.jpg", Opener.PICTURE),
    ],
)
def test_less_usual_formats_are_told_by_their_content(content: bytes, name: str, opener: Opener) -> None:
    assert (identify(content, name).opener, identify(content, name).problem) == (opener, None)


def test_xml_with_macros_is_refused_and_documents_of_apple_are_our_limit() -> None:
    macros = WORD_2003.replace("<w:wordDocument", '<w:wordDocument w:macrosPresent="yes"').encode()
    assert identify(macros, "a.doc").problem is Problem.REFUSED
    for parts in (("Index/Document.iwa", "preview.jpg"), ("index.xml", "QuickLook/Preview.pdf")):
        told = identify(zipped(*((part, b"x") for part in parts)), "a.pages")
        assert (told.problem, told.media_type) == (Problem.NOT_READ, "application/vnd.apple.iwork")


def test_values_in_utf_16_are_parted() -> None:
    assert rows_of(read_values("STT\tHọ tên\n1\tHà\n".encode("utf-16"))) == [["STT", "Họ tên"], ["1", "Hà"]]


def test_a_web_page_saved_as_one_file_is_read_in_its_charset() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    page = "<table><tr><td>STT</td><td>Họ tên</td></tr></table>".encode("utf-16-le")
    part = b'Content-Type: text/html; charset="utf-16-le"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    assert rows_of(read_web_archive(head + part + page + b"\r\n--b--\r\n")) == [["STT", "Họ tên"]]
    with pytest.raises(UnreadableError):
        read_web_archive(head + b"Content-Type: image/png\r\n\r\n\r\n--b--")


@needs_office
@pytest.mark.parametrize(("kind", "document"), [(WordKind.FLAT, FLAT), (WordKind.XML, WORD_2003)])
def test_text_documents_in_xml_are_converted(kind: WordKind, document: str) -> None:
    with Office(OfficeLimits(seconds=60)) as office:
        content = read_word(document.encode(), kind, office.convert)
        assert [block.text for block in content.blocks if isinstance(block, Line)] == ["TỜ TRÌNH"]
    with pytest.raises(UnreadableError) as raised:
        read_word(document.encode()[:-20], kind, no_conversion)
    assert raised.value.problem is Problem.CORRUPT


def test_a_photo_in_heic_is_decoded_upright_in_a_process_of_its_own() -> None:
    with Office() as office:
        converted = office.convert(WordKind.HEIC, PHOTO)
        with pytest.raises(UnreadableError, match="HEIC failed"):
            office.convert(WordKind.HEIC, PHOTO[:5000])
    assert converted.form is Form.JPEG
    with Image.open(io.BytesIO(converted.content)) as picture:
        assert picture.size == (710, 500)
    (here,) = frames(PHOTO)
    (there,) = frames(converted.content)
    assert np.abs(here.astype(int) - there).mean() < 3
    assert decoded_apart(PHOTO, no_conversion) is PHOTO
    assert decoded_apart(b"\xff\xd8\xff", lambda kind, content: converted) == b"\xff\xd8\xff"


@needs_ocr
def test_a_photo_in_heic_is_read_in_the_limited_process() -> None:
    with Sandbox((example_campaign(),), Limits()) as sandbox:
        (document,) = sandbox.read(with_files(("IMG_0001.HEIC", PHOTO))).documents
    assert (document.problem, document.read_by) == (None, "ocr")
