"""Points stay with an initiative, not with a row; where that is not sure, they stay with none."""

from dossier.campaign import AUTHOR, TITLE
from dossier.same_initiative import Known, Match, content_digest, locate


def known(row: int, title: str, author: str = "Nguyễn Văn An", content: str = "a") -> Known:
    return Known(row, title, author, content)


def test_an_initiative_is_found_where_it_moved_to() -> None:
    assert locate(known(1, "Xe đẩy"), [known(1, "Hộp đựng kim"), known(2, "XE  ĐẨY")]) == Match(2, False)


def test_a_mended_title_in_its_row_is_the_same_and_marked_as_changed() -> None:
    wanted = known(1, "Cải tiến quy trinh tiếp nhận người bệnh")
    assert locate(wanted, [known(1, "Cải tiến quy trình tiếp nhận người bệnh.", content="b")]) == Match(1, True)
    misread = known(1, "Cai tien quy trinh tiep nham nguoi benh", "Nguyễn Văn Ân")
    assert locate(misread, [known(1, "Cải tiến quy trình tiếp nhận người bệnh", content="b")]) == Match(1, True)


def test_another_initiative_in_its_row_is_not_it() -> None:
    assert locate(known(1, "Xe đẩy"), [known(1, "Hộp đựng kim")]) is None
    assert locate(known(1, "Xe đẩy"), []) is None


def test_twins_are_told_apart_by_their_rows_or_not_at_all() -> None:
    twins = [known(2, "Xe đẩy"), known(3, "Xe đẩy")]
    assert locate(known(3, "Xe đẩy"), twins) == Match(3, False)
    assert locate(known(1, "Xe đẩy"), twins) is None


def test_any_cell_changes_the_digest_of_the_content() -> None:
    one = {TITLE: "Xe đẩy", AUTHOR: "An"}
    assert content_digest(one) == content_digest(one | {"note": ""})
    assert content_digest(one) != content_digest(one | {"note": "mới"})
    assert content_digest({"a": "bc"}) != content_digest({"ab": "c"})
