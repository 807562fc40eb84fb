import io
import shutil
import subprocess
from dataclasses import replace

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from dossier.campaign import AUTHOR, Column
from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.document import interpret
from parsers.docx import read_docx
from reports.blank_form import blank_form

CAMPAIGN = example_campaign()


def opened(campaign=CAMPAIGN):
    return Document(io.BytesIO(blank_form(campaign)))


def filled(rows):
    """The form as a union sends it back: `rows` of text, one for each column."""
    document = opened()
    for row, cells in zip(document.tables[0].rows[1:], rows, strict=False):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_form_is_a_landscape_a4_page_with_its_title_and_the_word_form():
    document = opened()
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN" in lines
    assert "(Mẫu)" in lines


def test_its_columns_are_the_campaigns_in_their_order_with_mandatory_ones_marked_and_hints_under_them():
    head = [cell.text for cell in opened().tables[0].rows[0].cells]
    assert len(head) == len(CAMPAIGN.columns)
    for text, column in zip(head, CAMPAIGN.columns, strict=True):
        label, _, hint = text.partition("\n")
        assert label == column.label + (" (*)" if column.mandatory else "")
        assert hint == column.hint


def test_rows_below_are_empty_and_whole_and_the_header_is_repeated_on_each_page():
    rows = opened().tables[0].rows
    assert len(rows) > 3
    assert all(not cell.text for row in rows[1:] for cell in row.cells)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * (len(rows) - 1)


def test_choices_are_listed_word_for_word():
    text = "\n".join(paragraph.text for paragraph in opened().paragraphs)
    for column in CAMPAIGN.columns:
        assert all(choice in text for choice in column.choices)
    assert " ".join(CAMPAIGN.quotes["window"].split()) in text


def test_the_columns_fill_the_page_and_no_more():
    document = opened()
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    widths = sum(column.width for column in document.tables[0].columns)
    assert 0.999 * room <= widths <= 1.001 * room


def test_another_campaign_has_another_form():
    columns = (
        Column(AUTHOR, "Người viết", ("nguoi viet",), mandatory=True),
        Column("own", "Mã số", ("ma so",), hint="Số & chữ <x>"),
    )
    other = replace(CAMPAIGN, columns=columns, name="Cuộc thi <A> & B", window=None, required=(), quotes={})
    document = opened(other)
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Người viết (*)", "Mã số\nSố & chữ <x>"]
    assert "Cuộc thi <A> & B" in [paragraph.text for paragraph in document.paragraphs]


def test_the_same_campaign_gives_the_same_bytes():
    assert blank_form(CAMPAIGN) == blank_form(CAMPAIGN)


def test_a_form_that_comes_back_filled_in_is_read_as_it_was_filled_in():
    cells = {column.key: f"{column.label} của dòng" for column in CAMPAIGN.columns}
    rows = [
        [
            {**cells, "no": str(number), "applied": "3/2021", "title": f"Sáng kiến số {number}"}[column.key]
            for column in CAMPAIGN.columns
        ]
        for number in (1, 2)
    ]
    read = interpret(read_docx(filled(rows)), CAMPAIGN)
    assert read.kinds == (Kind.SUMMARY_TABLE,)
    assert [list(row.cells.values()) for row in read.table.rows] == rows
    assert [tuple(row.cells) for row in read.table.rows] == [tuple(column.key for column in CAMPAIGN.columns)] * 2


def test_a_form_that_comes_back_empty_is_a_table_without_initiatives():
    read = interpret(read_docx(blank_form(CAMPAIGN)), CAMPAIGN)
    assert read.kinds == (Kind.SUMMARY_TABLE,)
    assert read.table.rows == ()


@pytest.mark.timeout(180)
def test_libreoffice_opens_the_form_as_one_page(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer")
    (tmp_path / "form.docx").write_bytes(blank_form(CAMPAIGN))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "form.docx")],
        check=True,
        capture_output=True,
        timeout=150,
    )
    with pypdfium2.PdfDocument(tmp_path / "form.pdf") as pdf:
        assert len(pdf) == 1
        text = pdf[0].get_textpage().get_text_range()
    assert "(Ký tên, đóng" in text
