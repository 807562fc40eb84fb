"""Questions in sentences: what they ask for, and how forms of them are read."""

import pytest
from support.contents import ROWS, TITLE_LINE, grid
from support.interpreting import read, table_of

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, BLOCK, FIELD, POSITION, SUMMARY, TITLE
from parsers.questions import asked_by, is_question

ASKED = {
    "Ai là tác giả của sáng kiến?": AUTHOR,
    "Do những ai thực hiện?": AUTHOR,
    "Họ tên tác giả là gì?": AUTHOR,
    "Ai được hưởng lợi?": None,
    "Sáng kiến tên là gì?": TITLE,
    "Tác giả làm việc gì, ở đâu?": POSITION,
    "Anh/chị công tác ở khoa, phòng nào?": POSITION,
    "Đã áp dụng ở đâu?": None,
    "Thuộc lĩnh vực nào?": FIELD,
    "Đơn vị thuộc khối nào?": BLOCK,
    "Sáng kiến này giải quyết vấn đề gì?": SUMMARY,
    "Cách làm như thế nào?": SUMMARY,
    "Sáng kiến có gì mới?": SUMMARY,
    "Bắt đầu áp dụng từ khi nào?": APPLIED,
    "Hoàn thành khi nào?": None,
    "Áp dụng đem lại lợi ích gì?": BENEFIT,
    "Hiệu quả ra sao?": BENEFIT,
    "Tiết kiệm được bao nhiêu?": BENEFIT,
    "Chi phí hết bao nhiêu?": None,
}
SENTENCES = {
    1: "Ai là tác giả?",
    2: "Tác giả công tác ở đâu?",
    3: "Sáng kiến tên là gì?",
    4: "Sáng kiến thuộc lĩnh vực nào?",
    5: "Sáng kiến này giải quyết vấn đề gì?",
    6: "Bắt đầu áp dụng từ khi nào?",
    7: "Áp dụng đem lại lợi ích gì?",
}
KEYS = ("author", "position", "title", "field", "summary", "applied", "benefit")


@pytest.mark.parametrize(("label", "key"), ASKED.items())
def test_the_language_s_question_words_tell_what_is_asked(label: str, key: str | None) -> None:
    assert is_question(label)
    assert asked_by(label) == key


def test_a_label_that_asks_in_no_sentence_is_no_question() -> None:
    assert not any(map(is_question, ("Tên sáng kiến", "Thời gian áp dụng", "Họ và tên tác giả", "Khoa nào đó làm tốt")))


def answers(row: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(KEYS, row[1:], strict=True))


@pytest.mark.parametrize("numbered", ["{1}", "{0}. {1}"])
def test_answers_stand_under_their_questions_or_behind_them(numbered: str) -> None:
    asked = {place: numbered.format(place, text) for place, text in SENTENCES.items()}
    shouted = [tuple(text.upper() if text == row[3] else text for text in row) for row in ROWS]
    under = [text for row in shouted for place, label in asked.items() for text in (label, row[place])]
    behind = [f"{label} {row[place]}" for row in ROWS for place, label in asked.items()]
    cells = grid(*((text,) for row in ROWS for place, label in asked.items() for text in (label, row[place])))
    beside = grid(*((label, row[place]) for row in ROWS for place, label in asked.items()))
    for told in (behind, [cells], [beside]):
        table = table_of(read(TITLE_LINE, *told))
        assert [row.cells for row in table.rows] == [answers(row) for row in ROWS]
    table = table_of(read(TITLE_LINE, *under))
    assert [row.cells for row in table.rows] == [answers(row) for row in shouted], "capitals are no heading there"


def test_a_page_s_end_may_cut_a_form_of_questions() -> None:
    rows = [(SENTENCES[place], ROWS[0][place]) for place in SENTENCES]
    whole, first = grid(*rows, page=1), grid(*rows[:3], page=1)
    for rest in (grid(*rows[3:], page=2), grid(("", "có khóa bánh"), *rows[3:], page=2)):
        table = table_of(read(TITLE_LINE, whole, first, rest))
        assert len(table.rows) == 2
        assert {**table.rows[1].cells, "title": ""} == {**answers(ROWS[0]), "title": ""}


def test_the_end_of_a_question_that_a_page_cut_asks_what_the_other_forms_ask() -> None:
    rows = [(SENTENCES[place], ROWS[0][place]) for place in SENTENCES]
    cut = [*rows[:-1], (rows[-1][0].removesuffix(" gì?"), rows[-1][1])]
    table = table_of(read(TITLE_LINE, grid(*rows, page=1), grid(*rows, page=1), grid(*cut, page=1)))
    assert [row.cells["benefit"] for row in table.rows] == [ROWS[0][7]] * 3


def test_forms_may_ask_all_that_is_mandatory_in_the_language_s_own_words() -> None:
    asked = ("Tên người lao động", "Chuyên môn", "Tên phần việc", "Thuộc mảng", "Nguyên lý, cấu tạo")
    asked = (*asked, "Ngày có hiệu lực áp dụng")
    forms = [
        grid(
            ("TT", "Nội dung", "Thông tin"),
            *((str(n), *pair) for n, pair in enumerate(zip(asked, row[1:7], strict=True), 1)),
        )
        for row in ROWS
    ]
    told = read(*forms)
    table = table_of(told)
    assert [row.cells["author"] for row in table.rows] == [row[1] for row in ROWS]
    assert [row.cells["summary"] for row in table.rows] == [row[5] for row in ROWS]
