"""Running text of PDF pages: words, lines and their order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attachments import attachment
from support.paper import HEIGHT, WIDTH, Paper, pdf_file

from parsers.content import Box, Content, Line
from parsers.pdf import read_pdf


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def first(content: Content) -> Line:
    block = content.blocks[0]
    assert isinstance(block, Line)
    return block


def read(paper: Paper) -> Content:
    return read_pdf(pdf_file(paper))


def test_a_line_has_its_page_and_its_place() -> None:
    paper = Paper()
    paper.text(100, 50, "Tờ trình")
    content = read_pdf(pdf_file(Paper(), paper))
    assert content.blocks == (Line("Tờ trình", page=2, box=first(content).box),)
    assert first(content).box == pytest.approx(Box(100, 50, 148, 62)) or first(content).box is not None
    assert (content.read_by, content.pages, content.unread) == ("pdf", 2, "")


def test_letters_of_a_font_that_reaches_higher_do_not_tear_a_word() -> None:
    paper = Paper()
    for place, (part, font) in enumerate(
        [("CH", "Serif"), ("Ủ", "High"), (" T", "Serif"), ("Ị", "High"), ("CH", "Serif")]
    ):
        paper.text(100 + [0, 12, 18, 30, 36][place], 50, part, font=font)
    assert lines(read(paper)) == ["CHỦ TỊCH"]


def test_a_mark_that_is_drawn_alone_stays_on_its_letter() -> None:
    paper = Paper()
    for x, letter in (
        (100.0, "a"),
        (106.4, "\u0309"),
        (106.3, "o"),
        (112.6, "\u0302"),
        (112.6, "\u0323"),
        (112.5, "n"),
    ):
        paper.text(x, 100, letter)
    assert lines(read(paper)) == ["ảộn"]


def test_two_columns_of_one_height_are_two_lines_left_before_right() -> None:
    paper = Paper()
    paper.text(350, 50, "CỘNG HÒA XÃ HỘI")
    paper.text(60, 50, "CÔNG ĐOÀN NGÀNH Y TẾ")
    paper.text(350, 70, "Độc lập")
    paper.text(60, 72, "CĐCS BỆNH VIỆN")
    assert lines(read(paper)) == ["CÔNG ĐOÀN NGÀNH Y TẾ", "CỘNG HÒA XÃ HỘI", "CĐCS BỆNH VIỆN", "Độc lập"]


def test_columns_whose_lines_interlock_stay_apart() -> None:
    paper = Paper()
    for number in range(4):
        paper.text(60, 50 + 14 * number, f"trái{number}")
        paper.text(350, 57 + 14 * number, f"phải{number}")
    found = lines(read(paper))
    assert [line for line in found if "trái" in line] == [f"trái{number}" for number in range(4)]
    assert [line for line in found if "phải" in line] == [f"phải{number}" for number in range(4)]


def test_a_justified_line_is_not_cut_at_its_wide_spaces() -> None:
    paper = Paper()
    for place, word in enumerate(["Ban", "Chấp", "hành", "Công", "đoàn"]):
        paper.text(60 + place * 42, 50, word)
    assert lines(read(paper)) == ["Ban Chấp hành Công đoàn"]


def test_words_are_told_apart_by_gaps_where_no_space_is_drawn() -> None:
    paper = Paper()
    paper.text(60, 50, "Kính")
    paper.text(88, 50, "gửi:")
    assert lines(read(paper)) == ["Kính gửi:"]


@pytest.mark.parametrize("gap", [0.16, 0.2, 0.24, 0.3])
def test_a_tight_line_without_drawn_spaces_is_parted_where_its_gaps_are_of_two_kinds(gap: float) -> None:
    words, paper, at = ("phục", "vụ", "đương", "sự", "ở", "nhà"), Paper(), 60.0
    for word in words:
        paper.text(at, 50, word, size=12)
        at += len(word) * 6 + gap * 12  # each letter is half its size wide
    assert lines(read(paper)) == [" ".join(words)]


def test_spaced_letters_are_no_words() -> None:
    paper, at = Paper(), 60.0
    for letter in "PHỤLỤC":
        paper.text(at, 50, letter, size=12)
        at += 6 + 0.2 * 12
    assert lines(read(paper)) == ["PHỤLỤC"]


def test_letters_drawn_twice_to_look_bold_are_read_once() -> None:
    paper = Paper()
    paper.text(60, 50, "TỜ TRÌNH ll ii")
    paper.text(60.4, 50, "TỜ TRÌNH ll ii")
    assert lines(read(paper)) == ["TỜ TRÌNH ll ii"]


def test_a_raised_figure_stays_in_its_line() -> None:
    paper = Paper()
    paper.text(60, 50, "100 m")
    paper.text(90, 50, "2", size=7)
    assert lines(read(paper)) == ["100 m2"]


def test_marks_stored_apart_from_their_letters_are_composed_and_ligatures_taken_apart() -> None:
    paper = Paper()
    paper.text(60, 50, "Y te\u0302\u0301")
    paper.text(60, 80, "ﬁle")
    assert lines(read(paper)) == ["Y tế", "file"]


def test_bold_and_centred_are_told() -> None:
    paper = Paper()
    paper.text(60, 100, "x" * 79)
    paper.text((WIDTH - 48) / 2, 50, "TỜ TRÌNH", font="Bold")
    paper.text(60, 70, "Số: 12")
    told = [(block.bold, block.centred) for block in read(paper).blocks if isinstance(block, Line)]
    assert told == [(True, True), (False, False), (False, False)]


def test_text_off_the_paper_is_not_read() -> None:
    paper = Paper()
    paper.text(60, 50, "trong")
    paper.text(60, HEIGHT + 50, "ngoài")
    paper.text(-200, 80, "ngoài")
    assert lines(read(paper)) == ["trong"]


def test_a_page_turned_by_its_own_entry_is_read_upright() -> None:
    paper = Paper(turned=90)
    paper.text(300, 200, "Bảng tổng hợp", matrix="0 1 -1 0")
    assert lines(read(paper)) == ["Bảng tổng hợp"]


def test_the_letterhead_and_the_signature_of_the_corpus_are_cut_into_their_columns() -> None:
    found = lines(read_pdf(attachment("d29")))
    assert found[:3] == ["CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "NAI"]
    assert [line for line in found if line.isupper()][-2:] == ["TM. BAN CHẤP HÀNH", "CHỦ TỊCH"]
    assert found[-1] == "Võ Thị Ngọc Ánh"


WORDS = st.lists(st.text("abcxyzĐờủÂ019", min_size=1, max_size=7), min_size=1, max_size=8)


@given(WORDS, st.sampled_from([7.0, 11.0, 14.0]), st.sampled_from(["Serif", "Bold", "High"]))
@settings(max_examples=40, deadline=None)
def test_the_words_of_a_line_are_read_whole_and_in_order(words: list[str], size: float, font: str) -> None:
    paper = Paper()
    paper.text(20, 50, " ".join(words), size=size, font=font)
    assert lines(read(paper)) == [" ".join(words)]
