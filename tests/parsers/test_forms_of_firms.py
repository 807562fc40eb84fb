"""What unions of factories, ports and stations send: foreign forms, payrolls' columns, names with "Mr."."""

import pytest
from support.contents import content

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY, TITLE
from hoso.campaigns import example_campaign
from parsers.cell_kinds import is_person
from parsers.columns import ColumnNames
from parsers.content import Cell, Content, Grid, Line, Origin
from parsers.document import IN_PARAGRAPHS, interpret
from parsers.header_languages import in_english, key_of, spoken
from parsers.header_likeness import asks_when, speaks_of
from parsers.memo import read_memo
from parsers.names_in_two import are_parts
from parsers.perhaps import like_table
from parsers.summary_table import Found, read_summary_table
from parsers.summary_table_header import asks_for_all

CAMPAIGN = example_campaign()
ROWS = (
    ("1", "Nguyễn Thị Nhành", "Con lăn quét keo ở tổ hoàn thành", "Keo thừa thu lại, không còn đổ vào rác.", "03/2021"),
    ("2", "Mr. Phan Văn Tấn", "Khay đếm nút bằng đồng xu", "Mỗi ca dư mười phút, thợ mới học một buổi.", "14-Apr-21"),
)


def row(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


def read(*rows: tuple[Cell, ...]) -> Found:
    return read_summary_table(Content((Grid(rows),), "docx"), CAMPAIGN)


def headed(*labels: str) -> Found:
    return read(row(*labels), *(row(*one) for one in ROWS))


def cells(found: Found, key: str) -> list[str | None]:
    assert found.table is not None
    return [one.cells.get(key) for one in found.table.rows]


def test_a_table_headed_in_english_alone_is_read() -> None:
    found = headed("No.", "Proposer", "Kaizen theme", "Description (before, after)", "Start date")
    assert found.doubts == ()
    assert cells(found, AUTHOR) == [one[1] for one in ROWS]
    assert cells(found, TITLE) == [one[2] for one in ROWS]
    assert cells(found, SUMMARY) == [one[3] for one in ROWS]
    assert cells(found, APPLIED) == [one[4] for one in ROWS]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Kaizen name", TITLE),
        ("Name of employee", AUTHOR),
        ("Cost saving", BENEFIT),
        ("Category", FIELD),
        ("Completion date", None),
    ],
)
def test_an_english_header_names_what_its_noun_says(header: str, key: str | None) -> None:
    assert key_of(header) == key


def test_two_borrowed_words_make_no_table_english() -> None:
    assert not in_english(["Line", "Kaizen", "Họ tên", "Tóm tắt", "Ngày áp dụng"])


def test_signs_of_other_scripts_are_no_part_of_a_header() -> None:
    told = spoken([["序号\nSTT"], ["Vấn đề được cải tiến (개선 제목)"], ["改善内容"], ["Làm lợi (trđ)"]])
    assert [one.texts for one in told] == [("STT",), ("Vấn đề được cải tiến",), ("改善内容",), ("Làm lợi (trđ)",)]


def test_family_name_and_given_name_in_two_columns_are_one_author() -> None:
    first = (
        Cell("STT"),
        Cell("Tên CNV"),
        Cell("Tên CNV", origin=Origin.LEFT),
        Cell("Chủ đề cải tiến"),
        Cell("Tóm tắt"),
    )
    second = (Cell("STT", origin=Origin.ABOVE), Cell("Họ và lót"), Cell("Tên"))
    rest = tuple(Cell(text, origin=Origin.ABOVE) for text in ("Chủ đề cải tiến", "Tóm tắt", "Ngày áp dụng"))
    body = [row(one[0], *one[1].removeprefix("Mr. ").rsplit(" ", 1), *one[2:]) for one in ROWS]
    found = read((*first, Cell("Ngày áp dụng")), (*second, *rest), *body)
    assert cells(found, AUTHOR) == ["Nguyễn Thị Nhành", "Phan Văn Tấn"]
    assert cells(found, TITLE) == [one[2] for one in ROWS]


def test_titles_of_posts_and_names_are_no_parts_of_a_name() -> None:
    assert are_parts("Họ", "Tên")
    assert are_parts("Họ và tên đệm", "Tên")
    assert not are_parts("Họ tên", "Tên sáng kiến")
    assert not are_parts("Chức vụ", "Tên")


@pytest.mark.parametrize("header", ["Chủ đề cải tiến", "Vấn đề được cải tiến", "Nội dung đăng ký (tên sáng kiến)"])
def test_what_is_improved_heads_the_titles_where_nothing_else_does(header: str) -> None:
    found = headed("TT", "Tên thợ", header, "Hiện trạng và cách khắc phục", "Ngày đưa vào chuyền")
    assert found.doubts == ()
    assert cells(found, TITLE) == [one[2] for one in ROWS]
    assert cells(found, SUMMARY) == [one[3] for one in ROWS]


def test_a_table_headed_in_the_languages_words_alone_is_read() -> None:
    found = headed("No.", "Tên NLĐ", "Tên gọi cải tiến", "Nguyên nhân và đối sách", "Ngày thực thi")
    assert found.doubts == ()
    assert cells(found, AUTHOR) == [one[1] for one in ROWS]
    assert cells(found, SUMMARY) == [one[3] for one in ROWS]


def test_a_list_of_people_asks_for_less() -> None:
    names = ColumnNames.of(CAMPAIGN)
    assert asks_for_all(("Tên NLĐ", "Tên gọi cải tiến", "Nguyên nhân và đối sách", "Ngày thực thi"), names)
    assert not asks_for_all(("Tên NLĐ", "Tên gọi cải tiến", "Ngày thực thi", "Ngày vào làm"), names)
    assert not asks_for_all(("Tên NLĐ", "Tên gọi cải tiến", "Giảm 12% tình trạng lỗi", "Ngày thực thi"), names)


def test_who_confirmed_it_is_no_place_of_work() -> None:
    assert all(match.key != POSITION for match in ColumnNames.of(CAMPAIGN).matches("Phòng ban xác nhận"))


def test_to_which_of_several_it_belongs_is_no_content() -> None:
    assert ColumnNames.of(CAMPAIGN).matches("Thuộc nội dung") == ()
    assert speaks_of("Thuộc nội dung", FIELD)
    assert not speaks_of("Thuộc nội dung", SUMMARY)


def test_less_of_something_is_gained_and_costs_are_not() -> None:
    assert speaks_of("Giảm chi phí", BENEFIT)
    assert speaks_of("Năng suất, chi phí, an toàn", BENEFIT)
    assert not speaks_of("Chi phí đầu tư", BENEFIT)


@pytest.mark.parametrize("header", ["Chủ ý tưởng", "Ai đề xuất", "Tên thợ"])
def test_who_had_it_is_asked_for_in_many_words(header: str) -> None:
    assert speaks_of(header, AUTHOR)


@pytest.mark.parametrize("header", ["Ai duyệt", "Bậc thợ", "Chủ đề"])
def test_who_judged_it_is_another(header: str) -> None:
    assert not speaks_of(header, AUTHOR)


def test_a_day_on_which_something_was_put_into_a_list_is_another_day() -> None:
    assert asks_when("Ngày đưa vào chuyền")
    assert not asks_when("Ngày đưa vào danh sách")


@pytest.mark.parametrize(
    "names",
    [
        "Ms. Lều Phú Hải và\nCN Chử Thị Tố",
        "Tsằn A Sáng/ Chu Đắc Yến",
        "PHAN ĐÌNH LƯỢM",
        "Đ/c Võ Chín Em",
        "Bùi Thị Thạo\nMã NV: 07828",
    ],
)
def test_names_with_titles_of_firms_are_names(names: str) -> None:
    assert is_person(names)


@pytest.mark.parametrize("text", ["Toán/Vật Lý", "Đ/c", "Khoa Nội/ Khoa Ngoại"])
def test_a_stroke_makes_no_names(text: str) -> None:
    assert not is_person(text)


def test_a_memo_of_a_firm_is_read() -> None:
    lines = (
        "CÔNG ĐOÀN CƠ SỞ BỆNH VIỆN PHỔI",
        "Số: 12/2021/TTr-CĐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KCN Amata, ngày 09 tháng 04, 2021",
        "TỜ TRÌNH",
        "(Letter of proposal)",
        "V/v đăng ký sáng kiến",
        "Kính gửi: Công đoàn ngành Y tế",
        "Nay kính trình 02 sáng kiến.",
        "TM. BAN CHẤP HÀNH",
        "CHỦ TỊCH",
        "(Ký tên, đóng dấu)",
        "Họ và tên: Nguyễn Thị Nhành",
    )
    memo = read_memo(Content(tuple(map(Line, lines)), "docx"), CAMPAIGN).memo
    assert memo is not None
    assert (memo.place, str(memo.date)) == ("KCN Amata", "2021-04-09")
    assert memo.subject == "V/v đăng ký sáng kiến"
    assert (memo.signer, memo.signer_title) == ("Nguyễn Thị Nhành", "CHỦ TỊCH")


def test_a_form_in_one_paragraph_is_no_other_document() -> None:
    paragraph = (
        "1/ Tên thợ: Võ Chín; Chủ đề cải tiến: Khay đếm nút; Diễn giải: mỗi ca dư mười phút; Áp dụng kể từ: 03/2021."
    )
    whole = content("DANH SÁCH Ý TƯỞNG, SÁNG KIẾN", paragraph)
    assert like_table(whole, CAMPAIGN)
    assert IN_PARAGRAPHS in interpret(whole, CAMPAIGN).doubts
