"""Letterheads and pages without a table."""

from dataclasses import replace
from datetime import date

import pytest
from support.campaigns import forms_campaign
from support.contents import BODY, SIGNATURE, printed
from support.interpreting import read_memo

from dossier.model import Memo
from parsers.memo_layout import Segment, Side
from parsers.memo_letterhead import read_letterhead

ISSUER = "CĐCS BỆNH VIỆN MẮT SÔNG PHỐ"
PARENT = "CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI"
TITLE = "TỜ TRÌNH"
ABSTRACT = "Về việc giới thiệu sáng kiến tiêu biểu"
TO = "Kính gửi: Ban Thường vụ Công đoàn ngành Y tế Đồng Nai"
ADDRESSEE = "Ban Thường vụ Công đoàn ngành Y tế Đồng Nai"


@pytest.mark.parametrize(
    "lines",
    [
        [
            f"{PARENT}\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            f"{ISSUER}\tĐộc lập - Tự do - Hạnh phúc",
            "Số: 12/TTr-CĐCS\t\tBiên Hòa, ngày 14 tháng 4 năm 2021",
        ],
        [
            f"{PARENT} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            f"{ISSUER} Độc lập - Tự do - Hạnh phúc",
            "Số: 12/TTr-CĐCS Biên Hòa, ngày 14 tháng 4 năm 2021",
        ],
        [
            PARENT,
            ISSUER,
            "Số: 12/TTr-CĐCS",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Biên Hòa, ngày 14 tháng 4 năm 2021",
        ],
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "-----***-----",
            PARENT,
            ISSUER,
            "Số: 12/TTr-CĐCS",
            "Biên Hòa, ngày 14 tháng 4 năm 2021",
        ],
    ],
    ids=["tabs", "blanks", "one column", "national title first"],
)
def test_a_letterhead_may_be_laid_out_without_a_table(lines: list[str]) -> None:
    found = read_memo(*lines, TITLE, ABSTRACT, TO, *BODY, SIGNATURE)
    assert (found.issuer, found.parent, found.number) == (ISSUER, PARENT, "12/TTr-CĐCS")
    assert (found.place, found.date) == ("Biên Hòa", date(2021, 4, 14))
    assert found.missing == ()


def test_a_day_left_blank_and_a_motto_broken_over_two_lines_are_no_part_of_the_issuer() -> None:
    lines = [
        printed(PARENT, 68, 50, width=180),
        printed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", 300, 50, width=200),
        printed("NAM", 68, 64, width=25),
        printed(ISSUER, 68, 78, width=170),
        printed("Độc lập - Tự do - Hạnh", 300, 78, width=120),
        printed("phúc", 68, 92, width=25),
        printed("Số: 12/TTr-CĐCS", 68, 106, width=90),
        printed("Biên Hòa, ngày", 173, 106, width=80),
        printed("tháng 4 năm 2021", 275, 106, width=90),
    ]
    found = read_memo(*lines, printed(TITLE, 260, 130), ABSTRACT, TO, *BODY, SIGNATURE)
    assert (found.issuer, found.parent, found.place, found.date) == (ISSUER, PARENT, "Biên Hòa", None)


def test_on_a_page_the_left_column_is_read_before_the_right() -> None:
    lines = [
        printed("CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG", 90, 80, width=185),
        printed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 300, 80, width=190),
        printed("NAI", 170, 95, width=20),
        printed("VIỆT NAM", 370, 95, width=60),
        printed("CĐCS BỆNH VIỆN MẮT", 110, 115, width=140),
        printed("Độc lập - Tự do - Hạnh phúc", 320, 116, width=160),
        printed("SÔNG PHỐ", 150, 130, width=60),
        printed("Số: 12/TTr-CĐCS", 130, 150, width=100),
        printed("Biên Hòa, ngày 14 tháng 4 năm", 310, 150, width=180),
        printed("2021", 390, 165, width=25),
        printed("TỜ TRÌNH", 260, 200, width=70),
        printed("V/v đề nghị xét chọn sáng kiến tham gia Chương trình “75 nghìn sáng kiến,", 90, 220, width=410),
        printed("vượt khó, phát triển”", 230, 235, width=130),
        printed(TO, 150, 255, width=300),
        printed("Ban Chấp hành Công đoàn cơ sở xét chọn 05 sáng kiến (có bảng tổng hợp kèm theo).", 85, 280, width=425),
        printed("Nơi nhận:", 85, 320, width=50),
        printed("TM. BAN CHẤP HÀNH", 320, 321, width=130),
        printed("- Như trên;", 85, 336, width=60),
        printed("CHỦ TỊCH", 350, 340, width=65),
        printed("- Ban Giám đốc;", 85, 350, width=80),
        printed("- Lưu: VP CĐCS.", 85, 364, width=80),
        printed("Vương Thế Lữ", 345, 420, width=75),
    ]
    assert replace(read_memo(*lines), confidence={}, spots={}) == Memo(
        issuer=ISSUER,
        parent=PARENT,
        number="12/TTr-CĐCS",
        place="Biên Hòa",
        date=date(2021, 4, 14),
        subject="V/v đề nghị xét chọn sáng kiến tham gia Chương trình “75 nghìn sáng kiến, vượt khó, phát triển”",
        addressee=ADDRESSEE,
        signer="Vương Thế Lữ",
        signer_title="CHỦ TỊCH",
        stated_count=5,
    )


@pytest.mark.parametrize("wide", [60, 185])
def test_a_word_of_a_bodys_name_on_a_line_of_its_own_is_no_type_name(wide: int) -> None:
    lines = [
        printed("CĐN Y TẾ ĐỒNG NAI", 110, 50, width=118),
        printed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 280, 50, width=240),
        printed("CÔNG ĐOÀN CHI CỤC DÂN SỐ -", 80, 65, width=185),
        printed("Độc lập - Tự do - Hạnh phúc", 320, 66, width=160),
        printed("KẾ HOẠCH", 170 - wide / 2, 80, width=wide),
        printed("HÓA GIA ĐÌNH", 125, 95, width=90),
        printed("Số: 12/TTr-CĐCS", 110, 130, width=100),
        printed("Biên Hòa, ngày 14 tháng 4 năm 2021", 310, 130, width=190),
        printed("TỜ TRÌNH", 260, 160, width=70),
        printed(TO, 150, 180, width=300),
        printed("Ban Chấp hành Công đoàn cơ sở xét chọn 05 sáng kiến (có bảng tổng hợp kèm theo).", 85, 200, width=425),
        printed("TM. BAN CHẤP HÀNH", 320, 221, width=130),
        printed("Vương Thế Lữ", 345, 300, width=75),
    ]
    assert read_memo(*lines).issuer == "CÔNG ĐOÀN CHI CỤC DÂN SỐ - KẾ HOẠCH HÓA GIA ĐÌNH"


@pytest.mark.parametrize("noise", ["x*>x++%", "s»kk+£", "* * *", "-——-"])
def test_what_a_picture_makes_of_a_drawn_line_is_no_text(noise: str) -> None:
    lines = [
        PARENT,
        ISSUER,
        noise,
        "Số: 12/TTr-CĐCS",
        "Biên Hòa, ngày 14 tháng 4 năm 2021",
        TITLE,
        ABSTRACT,
        noise,
        TO,
        *BODY,
    ]
    found = read_memo(
        *(replace(printed(line, 70, 20 * place), confidence=0.9) for place, line in enumerate(lines)), SIGNATURE
    )
    assert (found.issuer, found.subject, found.addressee) == (ISSUER, ABSTRACT, ADDRESSEE)


@pytest.mark.parametrize("number", ["Sẽ:...... /TTr", "3Ó 2.7: /TTr", "SỐ", "tháng 3năm 2021"])
def test_a_number_left_blank_is_no_part_of_the_issuer_though_its_word_is_misread(number: str) -> None:
    lines = [PARENT, ISSUER, number, "Biên Hòa, ngày 14 tháng 4 năm 2021", TITLE, ABSTRACT, TO, *BODY]
    assert read_memo(*lines, SIGNATURE).issuer == ISSUER


def test_an_abstract_under_the_number_goes_on_below_a_line_that_is_as_wide_as_the_page() -> None:
    above = [
        Segment("Số: 12/TTr-CĐCS", Side.LEFT),
        Segment("Biên Hòa, ngày 14 tháng 4 năm 2021", Side.RIGHT),
        Segment("V/v giới thiệu sáng kiến của cán bộ, đoàn viên"),
        Segment("tham gia xét chọn cấp ngành", Side.LEFT),
        Segment("năm 2021", Side.LEFT),
    ]
    found = read_letterhead(above, forms_campaign())
    assert found.subject == "V/v giới thiệu sáng kiến của cán bộ, đoàn viên tham gia xét chọn cấp ngành năm 2021"
