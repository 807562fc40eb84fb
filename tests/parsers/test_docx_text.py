"""Paragraphs of Word files: what is printed, once, in its order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.word import cell, paragraph, relations, row, run, story, table, with_part, word_file

from dossier.folding import nfc
from parsers.content import Content, Grid, Line
from parsers.docx import read_docx


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def read(*body: str) -> Content:
    return read_docx(word_file("".join(body)))


def test_a_document_without_text_has_no_blocks() -> None:
    assert read("<w:p/>", paragraph("  ")).blocks == ()


def test_a_paragraph_is_cut_at_its_line_breaks() -> None:
    content = read(
        paragraph(run("TM. BAN CHẤP HÀNH"), "<w:r><w:br/></w:r>", "CHỦ TỊCH", "<w:r><w:cr/></w:r>", "BS. An")
    )
    assert lines(content) == ["TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "BS. An"]


def test_runs_are_joined_and_a_tab_stays() -> None:
    assert lines(read(paragraph("Nơi ", "nhận:", "<w:r><w:tab/></w:r>", "TM. BCH"))) == ["Nơi nhận:\tTM. BCH"]


def test_hyphens_that_do_not_break_are_hyphens_and_soft_ones_are_nothing() -> None:
    content = read(
        paragraph("Covid", "<w:r><w:noBreakHyphen/></w:r>", "19 kháng", "<w:r><w:softHyphen/></w:r>", "sinh")
    )
    assert lines(content) == ["Covid-19 khángsinh"]


def test_text_is_given_in_nfc_without_invisible_characters() -> None:
    assert lines(read(paragraph("To\u031b\u0300 tri\u0300nh\u200b\ufeff"))) == ["Tờ trình"]


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    body = paragraph(
        "Số ",
        f"<w:ins>{run('05')}</w:ins><w:del><w:r><w:delText>04</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run(' mới')}</w:moveTo>",
    )
    assert lines(read(body)) == ["Số 05 mới"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:customXml>{}</w:customXml>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr=" MERGEFIELD ten ">{}</w:fldSimple>',
        "<w:r><w:ruby><w:rt><w:r><w:t>rt</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback><w:r><w:t>x</w:t></w:r></mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_text_inside_containers_of_runs_is_read(wrapped: str) -> None:
    assert lines(read(paragraph("a ", wrapped.format(run("Tờ trình")), " b"))) == ["a Tờ trình b"]


def test_a_field_gives_its_result_and_not_its_instruction() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    nested = mark("begin") + run("nested") + mark("separate") + run("not shown") + mark("end")
    field = (
        mark("begin")
        + "<w:r><w:instrText> IF </w:instrText></w:r>"
        + nested
        + mark("separate")
        + run("12")
        + mark("end")
    )
    assert lines(read(paragraph("Số ", field, "/TTr-CĐCS"))) == ["Số 12/TTr-CĐCS"]


def test_an_unclosed_field_does_not_swallow_the_next_paragraph() -> None:
    assert "Sau" in lines(read(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'), paragraph("Sau")))


def test_a_control_that_nobody_filled_in_has_no_text_and_a_filled_one_has() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = control.format("<w:showingPlcHdr/>", paragraph("Bấm vào đây để nhập"))
    assert lines(read(empty, control.format("", paragraph("Nguyễn Văn An")))) == ["Nguyễn Văn An"]


def test_hidden_text_is_not_printed() -> None:
    assert lines(read(paragraph("Tờ ", run("ẩn", "<w:vanish/>"), run("trình", '<w:vanish w:val="0"/>')))) == [
        "Tờ trình"
    ]


def test_a_text_box_is_read_once_though_it_is_stored_twice() -> None:
    box = f"<w:txbxContent>{paragraph('Số: 12/TTr')}{table(row('a', 'b'))}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    content = read(paragraph("CÔNG ĐOÀN", drawn))
    assert lines(content) == ["CÔNG ĐOÀN", "Số: 12/TTr"]
    assert sum(isinstance(block, Grid) for block in content.blocks) == 1


def test_bold_and_centred_are_told_by_the_paragraph_and_its_style() -> None:
    styles = story(
        "styles",
        '<w:style w:type="paragraph" w:styleId="Ten"><w:basedOn w:val="Goc"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Goc"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>',
    )
    body = (
        paragraph(run("TỜ TRÌNH", "<w:b/>"), properties='<w:jc w:val="center"/>')
        + paragraph("TỜ TRÌNH", properties='<w:pStyle w:val="Ten"/>')
        + paragraph(
            run("Kính gửi: ", "<w:b/>"), run("Ban", '<w:b w:val="false"/>'), properties='<w:pStyle w:val="Ten"/>'
        )
    )
    content = read_docx(word_file(body, (("rId9", "styles", "styles.xml"),), styles=styles))
    told = [(block.bold, block.centred) for block in content.blocks if isinstance(block, Line)]
    assert told == [(True, True), (True, True), (False, True)]


def test_page_headers_come_first_and_footers_last_without_page_numbers() -> None:
    body = paragraph("Thân") + (
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="default" r:id="f1"/>'
        '<w:headerReference w:type="first" r:id="h2"/></w:sectPr>'
    )
    content = read_docx(
        word_file(
            body,
            (("h1", "header", "header1.xml"), ("h2", "header", "header2.xml"), ("f1", "footer", "/word/footer1.xml")),
            header1=story("hdr", paragraph("CĐCS BỆNH VIỆN")),
            header2=story("hdr", paragraph("chỉ in khi trang đầu khác")),
            footer1=story("ftr", paragraph("- 2 -") + paragraph("Chân trang")),
        )
    )
    assert lines(content) == ["CĐCS BỆNH VIỆN", "Thân", "Chân trang"]


def test_footnotes_that_are_referred_to_follow_the_body() -> None:
    notes = story(
        "footnotes",
        f'<w:footnote w:id="0">{paragraph("x")}</w:footnote><w:footnote w:id="2">{paragraph("Ghi chú")}</w:footnote>',
    )
    body = paragraph("Thân", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    assert lines(read_docx(word_file(body, (("n", "footnotes", "footnotes.xml"),), footnotes=notes))) == [
        "Thân",
        "Ghi chú",
    ]


def test_signs_of_latin_1_in_an_ordinary_font_are_no_doubt() -> None:
    assert read(paragraph("nhiệt độ 37°C ± 2")).doubts == ()


def test_a_document_of_the_strict_kind_is_read() -> None:
    strict = word_file(paragraph("Tờ trình"))
    xml = story("document", f"<w:body>{paragraph('Tờ trình')}</w:body>")
    for name in ("main",):
        xml = xml.replace(
            f"http://schemas.openxmlformats.org/wordprocessingml/2006/{name}",
            f"http://purl.oclc.org/ooxml/wordprocessingml/{name}",
        )
    assert lines(read_docx(with_part(strict, "word/document.xml", xml.encode()))) == ["Tờ trình"]


def test_the_main_part_may_have_any_name() -> None:
    package = word_file(paragraph("cũ"), document2=story("document", f"<w:body>{paragraph('mới')}</w:body>"))
    rels = relations(("rId1", "officeDocument", "/word/document2.xml"))
    assert lines(read_docx(with_part(package, "_rels/.rels", rels.encode()))) == ["mới"]


WORDS = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd")), min_size=1, max_size=8)
WRAPPERS = (
    "{}",
    "<w:ins>{}</w:ins>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:smartTag><w:customXml>{}</w:customXml></w:smartTag>",
    "<w:r><w:pict><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></w:pict></w:r>",
)
PLACES = (
    paragraph("{}"),
    table(row("{}")),
    table(row("{}", ""), row("", ""), properties=""),
    table(row("x", cell(table(row("{}", "y"), row("", "")))), row("", "")),
    table(row("x", cell(table(row("{}", "y"), row("", "")))), row("", ""), properties=""),
    f"<w:sdt><w:sdtContent>{paragraph('{}')}</w:sdtContent></w:sdt>",
)


@given(st.lists(st.tuples(st.sampled_from(WRAPPERS), st.sampled_from(PLACES)), min_size=1, max_size=6))
@settings(max_examples=80, deadline=None)
def test_every_run_of_a_document_is_in_its_content_exactly_once(shapes: list[tuple[str, str]]) -> None:
    marks = [f"mark{number}end" for number in range(len(shapes))]
    body = "".join(
        place.replace(run("{}"), wrapper.format(run(mark)))
        for (wrapper, place), mark in zip(shapes, marks, strict=True)
    )
    text = "\n".join(
        block.text if isinstance(block, Line) else "\n".join(cell.text for row in block.rows for cell in row)
        for block in read(body).blocks
    )
    assert [text.count(mark) for mark in marks] == [1] * len(marks)


@given(st.lists(WORDS, min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_the_words_of_runs_come_in_their_order(words: list[str]) -> None:
    (line,) = lines(read(paragraph(*(run(f"{word} ") for word in words))))
    assert line == nfc(" ".join(words))
