"""Names of the roster and choices of the campaign, read from pictures with other marks."""

from dataclasses import replace

import pytest
from support.campaigns import forms_campaign

from dossier.campaign import Union
from dossier.model import Memo
from parsers.content import Cell, Content, Grid
from parsers.known_spelling import with_choices_spelt, with_names_spelt

CHOICE = "Cải cách hành chính, xây dựng Đảng và hệ thống chính trị, quản lý, điều hành"
PRODUCT = "Sáng kiến tạo ra sản phẩm mới"
CAMPAIGN = forms_campaign()
CAMPAIGN = replace(
    CAMPAIGN,
    columns=tuple(
        replace(column, choices=(CHOICE, PRODUCT)) if column.key == "field" else column for column in CAMPAIGN.columns
    ),
    roster=replace(
        CAMPAIGN.roster,
        unions=(
            Union("TTTB", "Trung tâm Y tế huyện Trảng Bom", aliases=("TTYT Trang Bom",)),
            Union("BVTB", "Bệnh viện Đa khoa tư nhân Trảng Bom Tâm An"),
            Union("BVHH", "Bệnh viện Hòa Hưng"),
        ),
    ),
)


def cell(text: str, confidence: float = 0.9) -> str:
    content = Content((Grid(((Cell(text, confidence=confidence),),)),), "ocr")
    (grid,) = with_choices_spelt(content, CAMPAIGN).blocks
    assert isinstance(grid, Grid)
    return grid.rows[0][0].text


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Cài cách hành chính xây dựng Đâng và\nhệ thông chính trị quân lý, điêu hành", CHOICE),
        ("Sáng kiến tạo z 2 ra sản phãm mới", PRODUCT),
        ("SÁNG KIÊN TẠO RA SÀN PHẨM MỚI", PRODUCT.upper()),
    ],
)
def test_a_choice_with_other_marks_or_a_speck_in_it_is_the_choice(read: str, meant: str) -> None:
    assert cell(read) == meant


@pytest.mark.parametrize(
    "text",
    ["Sáng kiến tạo ra\nsản phẩm mới", "Sáng kiến tạo sản phẩm mới", "Sáng kiến tạo ra sản phẩm mới và 3 bộ khác", ""],
)
def test_what_says_something_else_and_what_is_right_stays(text: str) -> None:
    assert cell(text) == text


def test_a_digital_cell_stays() -> None:
    assert cell("Sang kien tao ra san pham moi", confidence=1.0) == "Sang kien tao ra san pham moi"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("CÔNG ĐOÀN TRUNG TẬM Y TÉ HUYỆN TRẮNG BOM", "CÔNG ĐOÀN TRUNG TÂM Y TẾ HUYỆN TRẢNG BOM"),
        ("CĐCS Bệnh viện Đa khoa tư nhân Trảng Bom Tâm An", "CĐCS Bệnh viện Đa khoa tư nhân Trảng Bom Tâm An"),
        ("CĐCS BỆNH VIỆN HOÀ HƯNG", "CĐCS BỆNH VIỆN HOÀ HƯNG"),
        ("CĐCS TRUNG TÂM Y TẾ HUYỆN TRÁNG BÒM 2", "CĐCS TRUNG TÂM Y TẾ HUYỆN TRẢNG BOM 2"),
        ("CĐCS BỆNH VIỆN TRẮNG BỒN", "CĐCS BỆNH VIỆN TRẮNG BỒN"),
    ],
)
def test_a_name_of_the_roster_has_its_marks(read: str, meant: str) -> None:
    assert with_names_spelt(Memo(issuer=read), CAMPAIGN).issuer == meant


@pytest.mark.parametrize(
    ("read", "meant"), [("Trắng Bom", "Trảng Bom"), ("Tâm", "Tâm"), ("Biên Hòa", "Biên Hòa"), ("Hoà Hưng", "Hoà Hưng")]
)
def test_a_place_that_is_part_of_a_name_has_its_marks(read: str, meant: str) -> None:
    assert with_names_spelt(Memo(place=read), CAMPAIGN).place == meant
