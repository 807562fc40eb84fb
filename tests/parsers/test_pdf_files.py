"""PDF files that are scans, locked, broken or too large (FAULTS.md 34, 35)."""

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attachments import all_attachments, attachment
from support.paper import HEIGHT, WIDTH, Paper, pdf_file

from dossier.model import Problem
from parsers.content import Line
from parsers.pdf import MAX_PAGES, read_pdf
from parsers.pdf_contents import MAX_STREAM_BYTES
from parsers.pdf_tables import MAX_CROSSINGS
from parsers.problem import UnreadableError

SAMPLES = Path(__file__).parent / "samples"
VIETNAMESE = "Công đoàn cơ sở cam kết các sáng kiến nêu trên không có khiếu nại"


def problem(content: bytes) -> Problem:
    with pytest.raises(UnreadableError) as caught:
        read_pdf(content)
    return caught.value.problem


def outcome(content: bytes) -> str:
    """ "pdf", or the problem; any other error is the test's failure."""
    try:
        return read_pdf(content).read_by
    except UnreadableError as error:
        return error.problem


def page_of(*lines: str) -> Paper:
    paper = Paper()
    for number, line in enumerate(lines):
        paper.text(60, 60 + 20 * number, line)
    return paper


SMALL = pdf_file(page_of("TỜ TRÌNH", VIETNAMESE))


def test_a_page_that_is_a_picture_is_told_and_the_others_are_read() -> None:
    scan = page_of("12")
    scan.picture(0, 0, WIDTH, HEIGHT)
    content = read_pdf(pdf_file(page_of("TỜ TRÌNH"), scan))
    assert content.unread == "page 2 is a picture"
    assert [block.text for block in content.blocks if isinstance(block, Line)] == ["TỜ TRÌNH"]


def tree(kids: bytes, count: int) -> bytes:
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    pages = b"2 0 obj<</Type/Pages/Kids[" + kids + b"]/Count %d>>endobj\n" % count
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + pages + page + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_a_page_tree_that_leads_back_to_itself_is_not_read() -> None:
    assert read_pdf(tree(b"2 0 R", 1)).unread == "no page has text or a picture"
    for kids, count in ((b"3 0 R 2 0 R", 5), (b"3 0 R", 4)):
        assert read_pdf(tree(kids, count)).unread == f"1 of {count} pages were found"


def test_a_foreign_text_layer_under_a_scan_is_not_read() -> None:
    scan = page_of("CONG HOA xA HQI CilU NGHIA VIET NAM", "Doc lap - Tu do - Hanh phuc BAN CHAP HANH")
    scan.picture(0, 0, WIDTH, HEIGHT)
    content = read_pdf(pdf_file(scan))
    assert content.unread == "page 1 is a picture with a text layer that is not Vietnamese"
    assert content.blocks == ()


@pytest.mark.parametrize("strips", [1, 3])
def test_text_that_lies_hidden_under_pictures_is_not_read(strips: int) -> None:
    scan = page_of(VIETNAMESE)
    for strip in range(strips):
        scan.picture(0, HEIGHT * strip / strips, WIDTH, HEIGHT * (strip + 1) / strips)
    content = read_pdf(pdf_file(scan))
    assert (content.unread, content.blocks) == ("page 1 is a picture with a hidden text layer", ())


def test_text_that_stands_on_a_picture_is_text() -> None:
    page = Paper()
    page.picture(0, 0, WIDTH, HEIGHT)
    page.text(60, 100, VIETNAMESE)
    content = read_pdf(pdf_file(page))
    assert (content.unread, content.doubts, len(content.blocks)) == ("", (), 1)


def test_a_table_pasted_as_a_picture_is_told_and_a_stamp_is_not() -> None:
    pasted, stamped = page_of("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN"), page_of("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN")
    pasted.picture(50, 200, 550, 500)
    stamped.picture(350, 600, 480, 730)
    content = read_pdf(pdf_file(pasted))
    assert content.unread == "page 1 has a picture as large as a table"
    assert len(content.blocks) == 1
    assert read_pdf(pdf_file(stamped)).unread == ""


def test_an_illustration_beside_a_table_is_not_told() -> None:
    paper = Paper()
    paper.table([["STT", "Tên sáng kiến"], ["1", "Giá treo dịch truyền"]], [50, 100, 400], 60)
    paper.picture(50, 200, 550, 600)
    assert read_pdf(pdf_file(paper)).unread == ""


def test_letters_drawn_as_shapes_are_told() -> None:
    paper = Paper()
    for number in range(400):
        paper.bar(50 + number % 20 * 20, 50 + number // 20 * 20, 60 + number % 20 * 20, 60 + number // 20 * 20)
    assert read_pdf(pdf_file(paper)).unread == "page 1 has its letters drawn as shapes"


def test_a_page_printed_sideways_is_told() -> None:
    paper = Paper()
    for number in range(10):
        paper.text(60 + 20 * number, 700, VIETNAMESE, matrix="0 1 -1 0")
    assert read_pdf(pdf_file(paper)).unread == "page 1 is printed sideways"


def test_a_font_that_does_not_tell_its_letters_is_told() -> None:
    without = SMALL.replace(b"/ToUnicode 5 0 R", b" " * 16)
    assert "a font that does not tell its letters" in read_pdf(without).unread


def test_an_empty_page_is_not_taken_for_an_empty_document() -> None:
    content = read_pdf(pdf_file(Paper()))
    assert (content.blocks, content.unread) == ((), "no page has text or a picture")


@pytest.mark.parametrize("case", ["d06", "d31", "d53"])
def test_the_scans_of_the_corpus_are_told(case: str) -> None:
    assert read_pdf(attachment(case)).unread == "page 1 is a picture"


def test_a_file_locked_for_opening_asks_for_its_password_and_one_locked_for_changes_is_read() -> None:
    assert problem((SAMPLES / "locked.pdf").read_bytes()) is Problem.PASSWORD
    (line,) = read_pdf((SAMPLES / "owner-locked.pdf").read_bytes()).blocks
    assert isinstance(line, Line)
    assert line.text == "TỜ TRÌNH thử khóa tệp"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"not a PDF" * 50, SMALL[:300]])
def test_what_no_reader_opens_is_corrupt(content: bytes) -> None:
    assert problem(content) is Problem.CORRUPT


@pytest.mark.parametrize("case", ["d02", "d29", "d06"])
@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_file_cut_off_in_the_middle_is_corrupt(case: str, share: float) -> None:
    whole = attachment(case)
    assert problem(whole[: int(len(whole) * share)]) is Problem.CORRUPT


def test_a_file_that_only_lost_its_last_bytes_is_read_with_a_doubt() -> None:
    content = read_pdf(SMALL[: SMALL.rindex(b"startxref")])
    assert content.doubts == ("the end of the file is missing",)
    assert len(content.blocks) == 2


def test_pages_missing_from_a_file_cut_off_are_not_passed_over() -> None:
    whole = pdf_file(page_of("một"), page_of("hai"))
    cut = whole[: whole.rindex(b"/Type /Page ") - 10] + b"trailer << /Root 1 0 R >>"
    assert problem(cut) is Problem.CORRUPT


def test_a_damaged_drawing_of_a_page_is_a_doubt_and_a_bomb_is_not_read() -> None:
    whole = attachment("d02")
    start = whole.index(b"stream\n") + 600
    damaged = whole[:start] + bytes(40) + whole[start + 40 :]
    assert "page 1 is damaged: part of it may be missing" in read_pdf(damaged).doubts
    bomb = zlib.compress(b" " * (MAX_STREAM_BYTES + 1))
    lost = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(bomb) + bomb + b"\nendstream"
    drawn = SMALL.rindex(b"<<  /Length"), SMALL.rindex(b"endstream") + len(b"endstream")
    assert problem(SMALL[: drawn[0]] + lost + SMALL[drawn[1] :]) is Problem.NOT_READ


def test_a_broken_cross_reference_alone_does_no_harm() -> None:
    assert read_pdf(SMALL.replace(b"startxref\n", b"startxref\n9")).blocks == read_pdf(SMALL).blocks


def test_objects_that_contain_themselves_come_to_an_end() -> None:
    looped = SMALL.replace(b"/Kids [", b"/Kids [2 0 R ").replace(b"/XObject <<", b"/XObject 3 0 R /Y <<")
    assert outcome(looped) in {"pdf", Problem.NOT_READ, Problem.CORRUPT}


def test_more_pages_than_a_dossier_has_are_not_read() -> None:
    assert problem(pdf_file(*[Paper() for _ in range(MAX_PAGES + 1)])) is Problem.NOT_READ


def test_more_ruling_lines_than_people_draw_are_not_read() -> None:
    paper = Paper()
    side = int(MAX_CROSSINGS**0.5) + 10
    for number in range(side):
        paper.line(0, number * 5, side * 5, number * 5)
        paper.line(number * 5, 0, number * 5, side * 5)
    assert problem(pdf_file(paper)) is Problem.NOT_READ


@pytest.mark.parametrize("name", sorted(all_attachments(".pdf")))
def test_every_pdf_of_the_corpus_has_content_or_says_why_not(name: str) -> None:
    content = read_pdf(all_attachments(".pdf")[name])
    assert bool(content.blocks) is (content.unread == "")
    assert content.doubts == ()


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_unreadable_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(damaged[: data.draw(st.integers(1, len(damaged)))])) in {"pdf", *Problem}
