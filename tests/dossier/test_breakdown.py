"""Initiatives by field and block, and their benefit: nothing guessed, nothing added that does not add up."""

import pytest
from support.dossiers import campaign

from dossier.breakdown import Amount, Worded, breakdown, choice_of
from dossier.campaign import Column
from dossier.money import parse

FIELDS = (
    "Sản xuất có giá trị làm lợi cao",
    "sáng kiến tạo ra sản phẩm mới",
    "sáng kiến trong lĩnh vực an toàn vệ sinh lao động, bảo vệ môi trường",
    "cải cách hành chính, xây dựng Đảng và hệ thống chính trị, quản lý, điều hành",
    "sáng kiến vì cộng đồng trong các lĩnh vực y tế",
)
BLOCKS = ("doanh nghiệp", "hành chính sự nghiệp")
CAMPAIGN = campaign(
    columns=(
        Column("field", "Lĩnh vực", ("linh vuc",), choices=FIELDS),
        Column("block", "Khối", ("khoi",), choices=BLOCKS),
    )
)


def worded(union: str = "BVDN", benefit: str = "", **cells: str) -> Worded:
    return Worded(union, cells, parse(benefit))


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Sản xuất có giá trị làm lợi cao", 0),
        ("SÁNG KIẾN TẠO RA SẢN PHẨM MỚI.", 1),
        ("An toàn, vệ sinh lao động", 2),
        ("Lĩnh vực: cải cách hành chính, xây dựng Đảng và hệ thống chính trị, quản lý, điều hành", 3),
        ("Cải cách hành chính, quản lý, điều hành", 3),
        ("điều hành, quản lý", None),
        ("vì cộng đồng", 4),
        ("Vì cộng đồng trong lĩnh vực y tế", 4),
        ("y te", 4),
        ("sáng kiến", None),
        ("sáng kiến trong", None),
        ("mới", None),
        ("lĩnh vực", None),
        ("khám chữa bệnh", None),
        ("", None),
        (" . ", None),
        ("Sản xuất có giá trị làm lợi cao; sáng kiến tạo ra sản phẩm mới", None),
    ],
)
def test_a_cell_counts_where_it_says_one_choice_alone(said: str, place: int | None) -> None:
    assert choice_of(said, FIELDS) == (None if place is None else FIELDS[place])


def test_blocks_are_told_apart_also_within_other_words() -> None:
    assert choice_of("Khối doanh nghiệp", BLOCKS) == "doanh nghiệp"
    assert choice_of("Hành chính", BLOCKS) == "hành chính sự nghiệp"
    assert choice_of("doanh nghiệp / hành chính sự nghiệp", BLOCKS) is None


def test_blank_and_other_words_are_counted_as_what_they_are() -> None:
    told = breakdown(
        CAMPAIGN, [worded(field="y tế", block="x"), worded(field="Dược"), worded("nobody"), worded(field=" ")]
    )
    assert told.by_field is not None
    assert told.by_block is not None
    assert (told.by_field.counts[FIELDS[4]], told.by_field.other, told.by_field.blank) == (1, 1, 2)
    assert list(told.by_field.counts) == list(FIELDS)
    assert (told.by_block.other, told.by_block.blank, told.by_block.total) == (1, 3, 4)
    assert told.by_union_block == {"": 1, "administrative": 3}


def test_a_campaign_without_choices_has_no_split() -> None:
    plain = breakdown(campaign(columns=(Column("field", "Lĩnh vực", ("linh vuc",)),)), [worded(field="y tế")])
    assert (plain.by_field, plain.by_block, plain.initiatives) == (None, None, 1)


def test_once_and_a_year_are_never_added_together() -> None:
    said = ("150 triệu/năm", "50-70 triệu/năm", "20 triệu", "trên 100 triệu", "dưới 5 triệu", "khoảng 1 tỷ/tháng")
    silent = ("không tính được bằng tiền", "giảm thời gian chờ", "", "")
    told = breakdown(CAMPAIGN, [worded(benefit=one) for one in (*said, *silent)]).worths
    million = 10**6
    assert told.amounts == (
        Amount("", 3, 120 * million, 125 * million, open_up=1),
        Amount("year", 2, 200 * million, 220 * million),
        Amount("month", 1, 1000 * million, 1000 * million, approximate=1),
    )
    assert (told.stated, told.not_in_money, told.unclear, told.blank, told.silent) == (6, 1, 1, 2, 4)
