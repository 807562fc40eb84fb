"""Label/value forms in place of a table."""

from collections.abc import Sequence

from support.contents import ABOVE, HEADER, LEFT, MEMO, ROWS, TITLE_LINE, content, grid
from support.interpreting import read, table_of

from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.document import interpret

LABELS = HEADER[1:]


def form(cells: tuple[str, ...], **layout: object):
    return grid(*zip(LABELS, cells[1:], strict=True), **layout)


def expected(cells: tuple[str, ...]) -> list[str]:
    return list(cells[1:])


def test_each_form_is_an_initiative() -> None:
    blocks = (TITLE_LINE, "Sáng kiến số 1", form(ROWS[0]), "Sáng kiến số 2", form(ROWS[1]))
    table = table_of(read(*blocks))
    assert [list(row.cells.values()) for row in table.rows] == [expected(cells) for cells in ROWS]
    assert table.columns["summary"] == "Tóm tắt nội dung sáng kiến"


def test_the_labels_may_be_numbered_and_the_form_have_a_heading_row() -> None:
    numbered = [
        (str(place), f"{place}. {label}:", text)
        for place, (label, text) in enumerate(zip(LABELS, ROWS[0][1:], strict=True), 1)
    ]
    found = table_of(read(grid(("PHIẾU SÁNG KIẾN", LEFT, LEFT), ("TT", "Mục", "Kê khai"), *numbered))).rows
    assert [list(row.cells.values()) for row in found] == [expected(ROWS[0])]


def test_a_label_with_a_stroke_is_whole() -> None:
    labels = [label if place != 1 else "Khoa/phòng" for place, label in enumerate(LABELS)]
    (found,) = table_of(read(TITLE_LINE, grid(*zip(labels, ROWS[0][1:], strict=True)))).rows
    assert found.cells["position"] == ROWS[0][2]


def test_initiatives_may_stand_side_by_side() -> None:
    columns = zip(
        ("Nội dung kê khai", *LABELS), ("Sáng kiến 1", *ROWS[0][1:]), ("Sáng kiến 2", *ROWS[1][1:]), strict=True
    )
    found = table_of(read(grid(*columns))).rows
    assert [[row.cells[key] for key in ("author", "title", "benefit")] for row in found] == [
        [cells[1], cells[3], cells[7]] for cells in ROWS
    ]


def test_one_grid_may_hold_several_forms_one_under_the_other() -> None:
    both = [*zip(LABELS, ROWS[0][1:], strict=True), *zip(LABELS, ROWS[1][1:], strict=True)]
    headed = [("Sáng kiến số 1", LEFT), *both[:7], ("Sáng kiến số 2", LEFT), *both[7:]]
    for rows in (both, headed):
        assert [list(row.cells.values()) for row in table_of(read(grid(*rows))).rows] == [expected(c) for c in ROWS]


def test_what_the_campaign_does_not_ask_for_is_kept() -> None:
    rows = (*zip(LABELS, ROWS[0][1:], strict=True), ("Minh chứng", "02 ảnh"))
    (found,) = table_of(read(grid(*rows))).rows
    assert dict(found.extra) == {"Minh chứng": "02 ảnh"}


def test_an_empty_answer_is_an_empty_cell() -> None:
    (found,) = table_of(read(form((*ROWS[0][:5], "", *ROWS[0][6:])))).rows
    assert found.cells["summary"] == ""


def test_a_form_split_over_two_pages_is_one_initiative() -> None:
    pairs = list(zip(LABELS, ROWS[0][1:], strict=True))
    whole = (*pairs[:4], (pairs[4][0], "Hàn thêm tầng"))
    (found,) = table_of(read(grid(*whole, page=1), grid(("", "dưới cho xe đẩy thuốc cũ."), *pairs[5:], page=2))).rows
    assert found.cells["summary"] == "Hàn thêm tầng dưới cho xe đẩy thuốc cũ."
    assert found.cells["applied"] == ROWS[0][6]


def test_a_form_whose_first_lines_end_a_page_is_one_initiative() -> None:
    pairs = list(zip(LABELS, ROWS[1][1:], strict=True))
    for cut in (1, 2, 3):
        blocks = (form(ROWS[0], page=1), grid(*pairs[:cut], page=1), grid(*pairs[cut:], page=2))
        assert [list(row.cells.values()) for row in table_of(read(*blocks)).rows] == [expected(c) for c in ROWS]


def test_a_label_and_its_answer_that_the_end_of_a_page_cuts_are_whole_again() -> None:
    pairs = list(zip(LABELS, ROWS[1][1:], strict=True))
    first = [*pairs[:4], ("Tóm tắt nội dung", "In bảng kiểm khổ lớn,")]
    rest = [("sáng kiến", "ký trước khi rạch da."), *pairs[5:]]
    (found,) = table_of(read(TITLE_LINE, grid(*first, page=1), grid(*rest, page=2))).rows
    assert found.cells["summary"] == ROWS[1][5]
    assert dict(found.extra) == {}


def test_an_answer_on_two_rows_under_one_merged_label_is_one_answer() -> None:
    pairs = list(zip(LABELS, ROWS[0][1:], strict=True))
    (found,) = table_of(read(grid(pairs[0], (ABOVE, "Quách Văn Kỳ"), *pairs[1:]))).rows
    assert found.cells["author"] == "Lâm Thị Ngọc Hân\nQuách Văn Kỳ"


def test_two_pairs_on_a_row_are_two_answers() -> None:
    texts = ROWS[0][1:]
    rows = [(LABELS[0], texts[0], LABELS[1], texts[1]), (LABELS[2], texts[2], LABELS[3], texts[3])]
    rows += [(LABELS[4], texts[4], LEFT, LEFT), (LABELS[5], texts[5], LABELS[6], texts[6])]
    (found,) = table_of(read(TITLE_LINE, grid(*rows))).rows
    assert {label: found.cells[key] for key, label in table_of(read(TITLE_LINE, grid(*rows))).columns.items()} == dict(
        zip(LABELS, texts, strict=True)
    )


def test_labels_may_begin_lines_under_the_type_name() -> None:
    lines = [f"{label}: {text}" for cells in ROWS for label, text in zip(LABELS, cells[1:], strict=True)]
    lines.insert(5, "Hàn thêm bánh xe có khóa.")
    found = table_of(read(TITLE_LINE, "Sáng kiến số 1", *lines[:8], "Sáng kiến số 2", *lines[8:])).rows
    assert [row.cells["title"] for row in found] == [cells[3] for cells in ROWS]
    assert found[0].cells["summary"] == f"{ROWS[0][5]} Hàn thêm bánh xe có khóa."


def test_points_may_be_lettered_as_vietnamese_letters_go() -> None:
    letters = zip("abcdđeg", HEADER[1:], ROWS[0][1:], strict=True)
    table = table_of(read(TITLE_LINE, *(f"{letter}) {label}: {text}" for letter, label, text in letters)))
    assert [list(row.cells.values()) for row in table.rows] == [list(ROWS[0][1:])]


def test_a_memo_that_only_names_things_with_colons_holds_no_forms() -> None:
    lines = ("Tên sáng kiến: Xe đẩy thuốc hai tầng", "Tác giả: Lâm Thị Ngọc Hân")
    *before, signature = MEMO
    assert read(*before, *lines, signature).kinds == (Kind.MEMO,)


def test_a_form_that_ends_on_a_page_on_which_others_follow_is_one_initiative() -> None:
    first, second, third = ([*zip(LABELS, ROWS[number][1:], strict=True)] for number in (0, 1, 0))
    blank = ("", LEFT)
    pages = grid(*first, blank, *second[:2], page=1), grid(*second[2:], blank, *third, page=2)
    found = table_of(read(TITLE_LINE, *pages)).rows
    assert [list(row.cells.values()) for row in found] == [expected(ROWS[number]) for number in (0, 1, 0)]


def test_small_tables_on_two_pages_are_no_form() -> None:
    assert read(grid(("a", "b"), page=1), grid(("c", "d"), page=2)).kinds == (Kind.OTHER,)


def test_a_letterhead_or_a_list_of_people_is_no_form() -> None:
    people = grid(
        ("Họ và tên", "Vương Thế Lữ"), ("Chức vụ", "Chủ tịch"), ("Điện thoại", "0900 000 000"), ("Email", "-")
    )
    assert read(people).kinds == (Kind.OTHER,)


def test_a_heading_row_whose_label_could_name_a_column_answers_nothing() -> None:
    at = LABELS.index("Tóm tắt nội dung sáng kiến")
    labels = (*LABELS[:at], "Tóm tắt", *LABELS[at + 1 :])
    for heads in (("Sáng kiến 1", "Sáng kiến 2"), ("Thông tin", "Kê khai")):
        columns = zip(("Nội dung", *labels), (heads[0], *ROWS[0][1:]), (heads[1], *ROWS[1][1:]), strict=True)
        found = table_of(read(grid(*columns))).rows
        assert [row.cells["summary"] for row in found] == [cells[at + 1] for cells in ROWS]


AT_SUMMARY = LABELS.index("Tóm tắt nội dung sáng kiến")
HEADS = ("TT", "Nội dung", "Thông tin")


def form_of_three(cells: tuple[str, ...]) -> list[tuple[str, str, str]]:
    numbered = enumerate(zip(LABELS, cells[1:], strict=True), 1)
    return [HEADS, *((str(number), label, text) for number, (label, text) in numbered)]


def answers(*blocks: object) -> list[list[str]]:
    return [list(row.cells.values()) for row in table_of(read(TITLE_LINE, *blocks)).rows]


def test_forms_of_three_columns_with_a_heading_are_read_wherever_a_page_ends() -> None:
    for cut in range(1, len(LABELS) + 1):
        rows = form_of_three(ROWS[1])
        pages = (grid(*form_of_three(ROWS[0]), page=1), grid(*rows[:cut], page=1), grid(*rows[cut:], page=2))
        assert answers(*pages) == [expected(cells) for cells in ROWS], cut


def test_forms_under_each_other_in_one_sheet_may_each_repeat_the_heading() -> None:
    blank = ("", "", "")
    title = ("BẢNG TÓM TẮT SÁNG KIẾN", "", "")
    for between in ([], [blank]):
        (first, second) = answers(grid(title, blank, *form_of_three(ROWS[0]), *between, *form_of_three(ROWS[1])))
        assert [first, second] == [expected(cells) for cells in ROWS]


def test_a_heading_never_answers_for_a_summary_that_is_empty() -> None:
    empty = (*ROWS[0][: AT_SUMMARY + 1], "", *ROWS[0][AT_SUMMARY + 2 :])
    (found,) = table_of(read(TITLE_LINE, grid(*form_of_three(empty)))).rows
    assert found.cells["summary"] == ""


def test_a_group_that_is_left_with_one_initiative_is_headed_as_the_others() -> None:
    pair = grid(*zip(("Nội dung", *LABELS), ("Sáng kiến 1", *ROWS[0][1:]), ("Sáng kiến 2", *ROWS[1][1:]), strict=True))
    alone = grid(*zip(("Nội dung", *LABELS), ("Sáng kiến 3", *ROWS[0][1:]), strict=True))
    assert answers(pair, alone) == [expected(cells) for cells in (*ROWS, ROWS[0])]


def test_the_first_label_is_no_heading_where_it_alone_asks_for_the_summary_or_another_column() -> None:
    pairs = list(zip(LABELS, ROWS[0][1:], strict=True))
    first = [("Nội dung", "Hàn thêm tầng"), *pairs[:AT_SUMMARY], *pairs[AT_SUMMARY + 1 :]]
    (found,) = table_of(read(TITLE_LINE, grid(*first))).rows
    assert found.cells["summary"] == "Hàn thêm tầng"
    (found,) = table_of(read(TITLE_LINE, grid(("Khoa, phòng", "Khoa Nội 2"), *pairs))).rows
    assert "Khoa Nội 2" in (found.cells["position"], *found.extra.values())


def test_groups_side_by_side_in_one_sheet_are_read_in_the_order_of_their_numbers() -> None:
    labels = ("Nội dung", *LABELS)
    three = [("Sáng kiến 1", *ROWS[0][1:]), ("Sáng kiến 2", *ROWS[1][1:]), ("Sáng kiến 3", *ROWS[0][1:])]
    fourth = ("Sáng kiến 4", *ROWS[1][1:])
    rows = [
        *zip(labels, *three, strict=True),
        *((label, text, "", "") for label, text in zip(labels, fourth, strict=True)),
    ]
    assert answers(grid(*rows)) == [expected(ROWS[place]) for place in (0, 1, 0, 1)]


def test_a_title_in_the_first_rows_of_a_sheet_holds_no_answer() -> None:
    titles = [("TỔNG HỢP TÓM TẮT CÁC SÁNG KIẾN", ""), ("Sáng kiến thứ 1", "")]
    labels = {"Tóm tắt nội dung sáng kiến": "Nội dung chủ yếu của giải pháp", "Tên sáng kiến": "Sáng kiến tham gia"}
    pairs = [(labels.get(label, label), text) for label, text in zip(LABELS, ROWS[0][1:], strict=True)]
    (found,) = table_of(read(grid(*titles, *pairs))).rows
    assert (found.cells["title"], found.cells["summary"]) == (ROWS[0][3], ROWS[0][AT_SUMMARY + 1])


def test_a_title_over_the_first_question_is_no_empty_answer_to_it() -> None:
    questions = [(label, text) for label, text in zip(LABELS, ROWS[0][1:], strict=True) if "Tóm tắt" not in label]
    summary = ROWS[0][1:][LABELS.index("Tóm tắt nội dung sáng kiến")]
    titles = [("BẢNG TỔNG HỢP", ""), ("TÓM TẮT CÁC SÁNG KIẾN", ""), ("Sáng kiến thứ 1", "")]
    for asked in ([("Nội dung tóm tắt", summary), *questions], [*questions, ("MÔ TẢ", summary)]):
        (found,) = table_of(read(grid(*titles, *asked))).rows
        assert found.cells["summary"] == summary


def test_headings_of_its_parts_part_no_form_though_only_unknown_questions_stand_above_them() -> None:
    asked = [
        ("I. NGƯỜI LÀM", LEFT),
        ("CBCNV có sáng kiến", "Lâm Thị Hân"),
        ("II. VIỆC LÀM", LEFT),
        ("Tên cải tiến kỹ thuật", "Xe đẩy thuốc"),
        ("Tóm tắt nội dung", "Hàn thêm tầng dưới."),
        ("III. ÁP DỤNG", LEFT),
        ("Thời gian áp dụng", "3/2021"),
    ]
    again = [(label, answer if answer is LEFT or " Thị " in answer else f"{answer} hai") for label, answer in asked]
    found = table_of(read(TITLE_LINE, grid(*asked), "PHIẾU SỐ 02", grid(*again))).rows
    assert [row.cells["title"] for row in found] == ["Xe đẩy thuốc", "Xe đẩy thuốc hai"]
    assert [row.cells["applied"] for row in found] == ["3/2021", "3/2021 hai"]


BULLETED = ("Tác giả: Lâm Thị Hân", "Tóm tắt nội dung: Hàn thêm tầng dưới.", "Thời gian áp dụng: 3/2021")


def bulleted(title: str, *more: str) -> list[str]:
    return [f"Tên sáng kiến: {title}", *(f"- {line}" for line in (*BULLETED, *more))]


def test_an_unknown_question_behind_the_bullet_of_the_others_ends_the_answer_above_and_a_person_is_told() -> None:
    lines = [f"- {line}" for line in bulleted("Xe đẩy thuốc")[:1]] + bulleted("", "Khu vực (HCSN/SXKD): HCSN")[1:]
    (found,) = table_of(read(TITLE_LINE, *lines), doubts=1).rows
    assert found.cells["applied"] == "3/2021"
    assert found.extra == {"Khu vực (HCSN/SXKD)": "HCSN"}


def test_a_line_without_the_bullet_that_questions_have_is_no_question() -> None:
    lines = [f"- {line}" for line in ("Tên sáng kiến: Xe đẩy thuốc", *BULLETED)]
    lines.insert(3, "Biện pháp 2: đổi vai sau 46 phút.")
    lines.insert(5, "Nghiên cứu từ")
    lines.insert(6, "2019)")
    (found,) = table_of(read(TITLE_LINE, *lines)).rows
    assert found.cells["summary"] == "Hàn thêm tầng dưới. Biện pháp 2: đổi vai sau 46 phút."
    assert found.cells["applied"] == "3/2021 Nghiên cứu từ 2019)"


def test_what_begins_each_cell_of_a_table_of_one_column_is_a_question_known_or_not() -> None:
    cells = ("Tên sáng kiến: Xe đẩy thuốc", *BULLETED[:1], "Ích lợi: Bớt một lần đi", *BULLETED[1:])
    (found,) = table_of(read(TITLE_LINE, grid(*((cell,) for cell in cells)))).rows
    assert found.cells["author"] == "Lâm Thị Hân"
    assert found.cells["benefit"] == "Bớt một lần đi"


def test_a_title_in_capitals_on_two_lines_is_whole_and_a_signature_is_none_of_its_form() -> None:
    lines = ("Tên sáng kiến: XE ĐẨY THUỐC", "HAI TẦNG", *BULLETED[:2], "Thời gian áp dụng: 3/2021", "TM. BAN CHẤP HÀNH")
    (found,) = table_of(read(TITLE_LINE, *lines)).rows
    assert found.cells["title"] == "XE ĐẨY THUỐC HAI TẦNG"
    assert found.cells["applied"] == "3/2021"


def test_a_numbered_form_goes_on_on_the_next_page_after_its_unknown_questions() -> None:
    asked = ["Tên sáng kiến", "Mảng việc", "Người bạn đời", "Tóm tắt nội dung", "Thời gian áp dụng"]
    whole = [(str(n), label, f"{label} một") for n, label in enumerate(asked, 1)]
    other = [(number, label, text.replace("một", "hai")) for number, label, text in whole]
    pages = grid(*whole, page=1), grid(*other[:4], page=1), grid(*other[4:], page=2)
    found = table_of(read(TITLE_LINE, *pages)).rows
    assert [row.cells["applied"] for row in found] == ["Thời gian áp dụng một", "Thời gian áp dụng hai"]


def test_a_question_cut_by_the_page_is_the_one_that_the_others_ask_whole() -> None:
    asked = (
        ("Tên phần việc, cách làm", "Xe đẩy thuốc hai tầng"),
        ("Tác giả", "Lâm Thị Hân"),
        ("Tóm tắt nội dung", "Hàn thêm tầng dưới."),
        ("Thời gian áp dụng", "3/2021"),
    )
    cut = (("Tên phần việc, cách", asked[0][1]), asked[1], ("Tóm tắt nội dung", "Hàn khung."), asked[3])
    found = table_of(read(TITLE_LINE, grid(*asked), "Phiếu 2", grid(*asked), "Phiếu 3", grid(*cut))).rows
    assert [row.cells["title"] for row in found] == ["Xe đẩy thuốc hai tầng"] * 3


def test_a_form_whose_title_nobody_knows_is_a_doubt_and_not_a_column_that_is_missing() -> None:
    labels = ("Tác giả", "Chức vụ", "Gọi là", "Tóm tắt nội dung", "Thời gian áp dụng")
    answers = ("Lâm Thị Hân", "Bác sĩ", "Xe đẩy hai tầng", "Hàn thêm tầng dưới.", "3/2021")
    assert read(TITLE_LINE, grid(*zip(labels, answers, strict=True))).doubts


def test_an_answer_under_its_question_is_no_heading_though_it_ends_in_a_number() -> None:
    lines = ["1. Tên sáng kiến:", "Xe đẩy thuốc số 1", "2. Tác giả:", "Lâm Thị Hân", "3. Tóm tắt nội dung:"]
    lines.append("Hàn thêm tầng, lần 1.")
    (found,) = table_of(read(TITLE_LINE, *lines, "4. Thời gian áp dụng: 3/2021")).rows
    assert found.cells["title"] == "Xe đẩy thuốc số 1"
    assert found.cells["summary"] == "Hàn thêm tầng, lần 1."


SIDE_BY_SIDE = [list(cells[1:]) for cells in ROWS]


def beside(labels: Sequence[str], first: str) -> list[tuple[str, ...]]:
    heads = [f"Sáng kiến {number}" for number in range(1, len(SIDE_BY_SIDE) + 1)]
    return [(first, *heads), *zip(labels, *SIDE_BY_SIDE, strict=True)]


def test_initiatives_side_by_side_are_told_under_titles_and_where_the_title_is_asked_in_unknown_words() -> None:
    asked = [label if label != "Tên sáng kiến" else "Tên đề xuất, cải tiến" for label in LABELS]
    titles = [(text, "", "") for text in ("DANH MỤC SÁNG KIẾN", "Đề nghị xét chọn", "(Kèm theo Tờ trình)", "")]
    found = read(grid(*titles, *beside(asked, "Nội dung kê khai")))
    assert [row.cells["author"] for row in table_of(found).rows] == [cells[1] for cells in ROWS]


def test_several_answers_that_are_taken_for_one_go_to_a_person() -> None:
    unknown = {LABELS[0]: "Nghĩ ra bởi", "Tên sáng kiến": "Gọi là"}
    asked = beside([unknown.get(label, label) for label in LABELS], "Mục")
    found = interpret(content(TITLE_LINE, grid(*asked)), example_campaign())
    assert "a form has several answers beside each other, and they were taken for one" in found.doubts
