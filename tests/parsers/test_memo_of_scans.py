"""What scans of memos showed: a signer's last word below the others, contacts under a body's name."""

import pytest
from support.campaigns import forms_campaign

from parsers.memo_layout import Segment, Side
from parsers.memo_letterhead import read_letterhead
from parsers.memo_signature import read_signature


def segments(*lines: tuple[str, Side]) -> list[Segment]:
    return [Segment(text, side, 1, 0.95) for text, side in lines]


SIGNED = [("KT. CHỦ TỊCH", Side.RIGHT), ("PHÓ CHỦ TỊCH", Side.RIGHT), ("(Ký tên, đóng dấu)", Side.RIGHT)]
COPIES = [("Nơi nhận:", Side.LEFT), ("- Như trên;", Side.LEFT)]


@pytest.mark.parametrize(
    ("side", "below", "signer"),
    [
        (Side.WHOLE, [("Tâm", Side.RIGHT)], "ThS.BS. Công Tằng Tôn Nữ Thị Diệu Tâm"),
        (Side.RIGHT, [("Tâm", Side.RIGHT)], "ThS.BS. Công Tằng Tôn Nữ Thị Diệu Tâm"),
        (Side.RIGHT, [("Tâm", Side.LEFT)], "ThS.BS. Công Tằng Tôn Nữ Thị Diệu"),
        (Side.WHOLE, [("2021", Side.RIGHT)], "ThS.BS. Công Tằng Tôn Nữ Thị Diệu"),
        (Side.WHOLE, [], "ThS.BS. Công Tằng Tôn Nữ Thị Diệu"),
    ],
)
def test_a_last_word_on_a_line_of_its_own_belongs_to_the_signer(
    side: Side, below: list[tuple[str, Side]], signer: str
) -> None:
    """Of a signature to the right, a long line reaches over the middle of the page."""
    other = ("Siu H'Phên", Side.LEFT)
    lines = segments(*SIGNED, other, ("ThS.BS. Công Tằng Tôn Nữ Thị Diệu", side), *below, *COPIES)
    found = read_signature(lines)
    assert (found.signer, found.title) == (signer, "PHÓ CHỦ TỊCH")


def test_a_given_name_alone_is_the_signer_where_nothing_else_stands_under_the_position() -> None:
    assert read_signature(segments(*SIGNED, ("Nay Vĩnh Mẩy", Side.LEFT), ("Út", Side.RIGHT), *COPIES)).signer == "Út"
    for word in ("Đấu", "Trang", "út", "Strong", "3"):
        assert read_signature(segments(*SIGNED, (word, Side.RIGHT), *COPIES)).signer is None, word
    assert read_signature(segments(*SIGNED, ("Út", Side.RIGHT), ("Mười", Side.RIGHT), *COPIES)).signer is None


@pytest.mark.parametrize(
    "contact", ["ĐC: Ấp 3, xã Sông Nhạn", "ĐC Ấp 3, xã Sông Nhạ", "Hotline: 095x001", "Email: cdcs@congty.example"]
)
def test_a_contact_under_a_bodys_name_is_no_part_of_it_in_a_scan_either(contact: str) -> None:
    lines = [("CĐCS BỆNH VIỆN ĐA KHOA", Side.LEFT), ("KHU VỰC LONG KHÁNH", Side.LEFT), (contact, Side.LEFT)]
    found = read_letterhead(segments(*lines, ("Số: 12/TTr-CĐCS", Side.LEFT)), forms_campaign())
    assert (found.issuer, found.number) == ("CĐCS BỆNH VIỆN ĐA KHOA KHU VỰC LONG KHÁNH", "12/TTr-CĐCS")
