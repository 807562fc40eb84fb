"""Memos as they are written in a hurry: dates without their word, short sentences, abbreviated positions."""

from datetime import date

import pytest
from support.contents import BODY, LETTERHEAD, SIGNATURE
from support.interpreting import read_memo

from dossier.model import Memo
from parsers.memo_layout import Segment, Side
from parsers.memo_signature import read_signature

ISSUER = "CĐCS BỆNH VIỆN MẮT SÔNG PHỐ"
PARENT = "CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI"
TITLE = "TỜ TRÌNH"
ABSTRACT = "Về việc giới thiệu sáng kiến tiêu biểu"
TO = "Kính gửi: Ban Thường vụ Công đoàn ngành Y tế Đồng Nai"
ADDRESSEE = "Ban Thường vụ Công đoàn ngành Y tế Đồng Nai"


def memo(*, body=BODY, signature=SIGNATURE) -> Memo:
    return read_memo(LETTERHEAD, TITLE, ABSTRACT, TO, *body, signature)


@pytest.mark.parametrize("written", ["Biên Hòa, 14/4/2021", "Biên Hòa, 14-04-2021.", "Biên Hòa, 14 tháng 4 năm 2021"])
def test_a_date_without_its_word_is_no_part_of_the_issuer(written: str) -> None:
    nation = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", written)
    found = read_memo(PARENT, ISSUER, "Số: 12/TTr-CĐCS", *nation, TITLE, ABSTRACT, TO, *BODY, SIGNATURE)
    assert (found.issuer, found.place, found.date) == (ISSUER, "Biên Hòa", date(2021, 4, 14))


def test_a_date_without_its_word_may_stand_behind_the_number() -> None:
    nation = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    number = "Số: 12/TTr-CĐCS Biên Hòa, 14/4/2021"
    found = read_memo(PARENT, ISSUER, *nation, number, TITLE, ABSTRACT, TO, *BODY, SIGNATURE)
    assert (found.number, found.place, found.date) == ("12/TTr-CĐCS", "Biên Hòa", date(2021, 4, 14))


@pytest.mark.parametrize("first", ["Đơn vị trình 2 sáng kiến.", "Nay CĐCS trình sáng kiến.", "Xin trình 03 sáng kiến."])
def test_a_short_first_sentence_is_no_part_of_the_addressee(first: str) -> None:
    assert memo(body=(first,)).addressee == ADDRESSEE


def test_a_position_may_be_abbreviated() -> None:
    found = memo(signature="TM. BAN CHẤP HÀNH\nP. CHỦ TỊCH\n(Đã ký)\nVương Thế Lữ")
    assert (found.signer, found.signer_title) == ("Vương Thế Lữ", "P. CHỦ TỊCH")


def test_a_name_typed_in_tcvn3_may_have_a_small_letter_with_a_tone() -> None:
    assert memo(signature="TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nVương ý Lữ").signer == "Vương ý Lữ"
    assert memo(signature="TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nđã ký\nVương Thế Lữ").signer == "Vương Thế Lữ"


def test_the_last_word_of_a_name_may_stand_under_the_others() -> None:
    lines = [Segment(text, Side.RIGHT) for text in ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "ThS.BS. Vương Thế", "Lữ")]
    assert read_signature(lines).signer == "ThS.BS. Vương Thế Lữ"
    assert read_signature([*lines[:3], Segment("Lưu", Side.LEFT)]).signer == "ThS.BS. Vương Thế"
