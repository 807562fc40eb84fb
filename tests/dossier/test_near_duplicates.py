"""Initiatives much like one another: within a table, and between unions."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.campaign import SUMMARY, TITLE
from dossier.findings import BETWEEN_UNIONS, WITHIN_DOSSIER, may_be_told
from dossier.model import Row
from dossier.near_duplicates import MARKS, Gist, Sent, likeness, marks, sent_before, twice_in_table

TITLE_A = "Cải tiến quy trình tiếp nhận người bệnh ngoại trú bằng mã vạch"
SUMMARY_A = (
    "Trước đây người bệnh phải xếp hàng hai lần để lấy số và nộp thẻ. Nhóm tác giả in mã vạch lên phiếu khám, máy quét "
    "tại cửa phòng khám tự nhập thông tin vào phần mềm, nhờ đó thời gian chờ giảm từ ba mươi phút xuống còn mười phút."
)
SUMMARY_B = (
    "Chế tạo giá treo dịch truyền gắn vào thành giường bằng ống thép tận dụng, điều chỉnh được chiều cao, giúp điều "
    "dưỡng di chuyển người bệnh an toàn và không phải cử người đi theo giữ chai dịch."
)


def gist(title: str = TITLE_A, summary: str = SUMMARY_A) -> Gist:
    return Gist.of({TITLE: title, SUMMARY: summary})


def row(title: str = TITLE_A, summary: str = SUMMARY_A) -> Row:
    return Row({TITLE: title, SUMMARY: summary})


def without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def shuffled(text: str) -> str:
    words = text.split()
    random.Random(7).shuffle(words)
    return " ".join(words)


REWRITTEN = {
    "the same": gist(),
    "capitals": gist(TITLE_A.upper(), SUMMARY_A.upper()),
    "no marks": gist(without_marks(TITLE_A), without_marks(SUMMARY_A)),
    "other order of words": gist(shuffled(TITLE_A), SUMMARY_A),
    "every word moved": gist(shuffled(TITLE_A), shuffled(SUMMARY_A)),
    "a word of the title changed": gist(TITLE_A.replace("người bệnh", "bệnh nhân")),
    "words of the summary changed": gist(
        TITLE_A, SUMMARY_A.replace("xếp hàng", "đứng chờ").replace("Nhóm tác giả", "Chúng tôi")
    ),
    "another title": gist("Ứng dụng công nghệ thông tin tại phòng khám"),
    "another summary": gist(TITLE_A, SUMMARY_B),
}
OTHERS = {
    "another initiative": gist("Giá treo dịch truyền gắn thành giường", SUMMARY_B),
    "one word shared": gist("Cải tiến xe đẩy thuốc", SUMMARY_B),
    "a title of a few words and another summary": gist("Cải tiến quy trình", SUMMARY_B),
    "nothing": gist("", ""),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_an_initiative_is_known_again_however_it_is_written(name: str) -> None:
    assert likeness(gist(), REWRITTEN[name]) > 0.4
    assert set(marks("sk39", gist())) & set(marks("sk39", REWRITTEN[name]))


@pytest.mark.parametrize("name", OTHERS)
def test_another_initiative_is_not_taken_for_it(name: str) -> None:
    assert likeness(gist(), OTHERS[name]) == 0


def test_without_a_summary_the_title_decides() -> None:
    assert likeness(gist(summary=""), gist(TITLE_A.lower(), "Như trên")) == 1
    assert likeness(gist("Cải tiến xe đẩy", ""), gist("Cải tiến giường đẩy bệnh", "")) == 0


def test_a_title_with_misread_letters_is_the_same_title() -> None:
    assert likeness(gist(summary=""), gist(TITLE_A.replace("quy trình", "quv trinh").replace("vạch", "vach."), "")) > 0


def test_a_short_title_alone_does_not_make_two_initiatives_one() -> None:
    assert likeness(gist("Xe đẩy thuốc", SUMMARY_A), gist("Xe đẩy thuốc", SUMMARY_B)) == 0


def test_marks_of_different_campaigns_never_meet_and_those_of_one_lie_together() -> None:
    here, there = marks("sk39", gist()), marks("sk40", gist())
    assert not set(here) & set(there)
    assert len({mark >> 48 for mark in here}) == 1


def test_what_is_blank_has_no_marks() -> None:
    assert marks("sk39", gist("", "")) == ()
    assert marks("sk39", gist("...", "Như trên")) == ()


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_is_compared(title: str, summary: str) -> None:
    one, found = gist(title, summary), marks("sk39", gist(title, summary))
    assert likeness(one, one) == 1 or not one.title
    assert len(found) <= MARKS
    assert all(-(2**63) <= mark < 2**63 for mark in found)
    assert likeness(one, gist()) == likeness(gist(), one)


def test_an_initiative_that_stands_twice_in_its_table_is_found_once() -> None:
    found = twice_in_table("bang.docx", [row(), row("Giá treo dịch truyền", SUMMARY_B), row(TITLE_A.upper())])
    assert [(one.code, one.row, one.detail) for one in found] == [("near-duplicate", 3, TITLE_A)]
    assert (found[0].values["scope"], found[0].values["row"]) == (WITHIN_DOSSIER, "1")
    assert may_be_told(found[0])


def test_one_form_of_words_for_all_summaries_makes_no_duplicates() -> None:
    titles = ("Giá treo dịch truyền", "Phần mềm hẹn giờ khám", "Hộp đựng kim tiêm đã dùng")
    assert twice_in_table("bang.docx", [row(title, SUMMARY_A) for title in titles]) == ()


def test_a_table_of_a_thousand_rows_is_compared_by_its_words() -> None:
    rows = [row(f"Sáng kiến về việc số {number} của đơn vị", "") for number in range(1_000)]
    found = twice_in_table("bang.xls", [*rows, rows[17]])
    assert [(one.row, one.values["row"]) for one in found] == [(1_001, "18")]


def test_the_closest_of_other_unions_is_named_for_staff_alone() -> None:
    sent = [
        Sent("BVA", "SK39-001", 4, "Ứng dụng mã vạch", gist("Ứng dụng công nghệ thông tin tại phòng khám")),
        Sent("BVB", "SK39-002", 2, TITLE_A.upper(), gist(TITLE_A.upper())),
        Sent("BVC", "SK39-003", 1, "Giá treo", gist("Giá treo dịch truyền", SUMMARY_B)),
    ]
    found = sent_before("bang.docx", 3, gist(), sent)
    assert found is not None
    assert (found.row, found.detail) == (3, TITLE_A.upper())
    assert found.values == {
        "scope": BETWEEN_UNIONS,
        "title": TITLE_A.upper(),
        "union": "BVB",
        "dossier": "SK39-002",
        "row": "2",
    }
    assert not may_be_told(found)


def test_where_no_other_is_like_it_there_is_no_finding() -> None:
    other = Sent("BVC", "SK39-003", 1, "Giá treo", gist("Giá treo dịch truyền", SUMMARY_B))
    assert sent_before("bang.docx", 3, gist(), [other]) is None
