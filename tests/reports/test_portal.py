"""The file for the portal: what it asks for, counted and never cut; what is missing is said."""

import io

import pytest
from openpyxl import load_workbook

from dossier.campaign import AUTHOR, BLOCK, FIELD, SUMMARY, TITLE
from dossier.portal import PHONE, Gap, PortalEntry, by_union, entry
from hoso.campaigns import example_campaign
from reports.portal import portal_file

CAMPAIGN = example_campaign()
WHOLE = {
    AUTHOR: "Nguyễn Thị Hoa",
    PHONE: "0900 000 001",
    BLOCK: "Hành chính sự nghiệp",
    FIELD: "vì cộng đồng trong các lĩnh vực y tế",
    TITLE: "Xe đẩy thuốc",
    SUMMARY: "Chia ngăn theo ca trực",
}


def made(cells: dict[str, str], union: str = "BVDN", code: str = "SK39-002/1") -> PortalEntry:
    return entry(CAMPAIGN, union, code, cells)


def written(*entries: PortalEntry, locale: str = "vi") -> bytes:
    return portal_file(CAMPAIGN, entries, by_union(CAMPAIGN, entries), locale)


def test_what_the_portal_asks_for_is_taken_from_the_table_and_the_roster() -> None:
    one = made(WHOLE)
    assert (one.name, one.phone, one.workplace, one.subordinate) == (
        "Nguyễn Thị Hoa",
        "0900 000 001",
        "Đồng Nai",
        "Bệnh viện Đa khoa Đồng Nai",
    )
    assert (one.block, one.block_from_roster) == ("hành chính sự nghiệp", False)
    assert one.field == "sáng kiến vì cộng đồng trong các lĩnh vực y tế"
    assert (one.characters, one.gaps) == (22, ())


def test_what_is_missing_is_named_and_nothing_is_made_up() -> None:
    one = made({TITLE: "Xe đẩy thuốc", FIELD: "nhiều lĩnh vực"})
    assert (one.block, one.block_from_roster) == ("hành chính sự nghiệp", True)
    assert one.field == "nhiều lĩnh vực"
    assert one.gaps == (Gap.NAME, Gap.PHONE, Gap.FIELD, Gap.DESCRIPTION)
    assert made(WHOLE | {BLOCK: ""}, union="NOBODY").gaps == (Gap.BLOCK,)


@pytest.mark.parametrize(("length", "gaps"), [(1000, ()), (1001, (Gap.TOO_LONG,))])
def test_a_description_is_counted_as_the_portal_counts_it_and_stays_whole(length: int, gaps: tuple[Gap, ...]) -> None:
    one = made(WHOLE | {SUMMARY: "e\u0302\u0301" * length})
    assert (one.characters, one.description, one.gaps) == (length, "ế" * length, gaps)


def test_each_union_of_the_roster_is_told_those_without_an_initiative_too() -> None:
    entries = (made(WHOLE), made(WHOLE | {PHONE: ""}), made(WHOLE | {SUMMARY: "x" * 1200}, "BVTN"))
    told = by_union(CAMPAIGN, entries)
    assert len(told) == 34
    assert [(one.union, one.initiatives, one.ready, one.too_long) for one in told[:3]] == [
        ("BVDN", 2, 1, 0),
        ("BVTN", 1, 0, 1),
        ("BVLK", 0, 0, 0),
    ]


def test_the_sheet_marks_what_is_missing_and_counts_while_a_person_shortens() -> None:
    book = load_workbook(io.BytesIO(written(made(WHOLE), made({TITLE: "=1+1", SUMMARY: "-2" * 600}))))
    page, unions = book.worksheets
    assert [cell.value for cell in page[4]][:4] == ["STT", "Mã", "Họ và tên", "Số điện thoại"]
    assert page["K5"].value == "=LEN(J5)"
    assert page["L5"].value is None
    assert page["L6"].value == "họ và tên; số điện thoại; lĩnh vực (theo kế hoạch); mô tả vượt 200 ký tự"
    assert [(page[name].data_type, page[name].value) for name in ("I6", "J6")] == [("s", "=1+1"), ("s", "-2" * 600)]
    assert page["G6"].value == "hành chính sự nghiệp (theo danh sách CĐCS)"
    [rule] = [rule for rules in page.conditional_formatting for rule in rules.rules]
    assert rule.formula == ["LEN(J5)>1000"]
    assert unions.max_row == 4 + 34
    assert [cell.value for cell in unions[5]][1:6] == ["Bệnh viện Đa khoa Đồng Nai", 2, 1, 1, 1]
    assert unions["G6"].value == "chưa có sáng kiến trong hồ sơ"


def test_what_a_cell_cannot_hold_is_said() -> None:
    page = load_workbook(io.BytesIO(written(made(WHOLE | {SUMMARY: "x" * 40_000})))).worksheets[0]
    assert len(page["J5"].value) == 32_767
    assert page["L5"].value == "mô tả vượt 39.000 ký tự; tệp bảng tính chỉ chứa được 32.767 ký tự đầu"


def test_both_locales_say_the_same_parts() -> None:
    english = load_workbook(io.BytesIO(written(made(WHOLE), locale="en"))).worksheets
    assert [page.title for page in english] == ["Initiatives", "By union"]
    assert english[0]["C4"].value == "Full name"
