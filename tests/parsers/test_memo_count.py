"""How many initiatives a memo speaks of."""

import pytest
from support.campaigns import forms_campaign

from parsers.memo_count import stated_count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("xét chọn 04 sáng kiến (có bảng tổng hợp tóm tắt kèm theo)", 4),
        ("hồ sơ gồm 03 (ba) sáng kiến", 3),
        ("gửi ba sáng kiến tham gia", 3),
        ("đề nghị xét chọn mười hai sáng kiến, giải pháp", 12),
        ("giới thiệu hai mươi mốt (21) sáng kiến", 21),
        ("Tổng số sáng kiến đề nghị xét chọn: 07.", 7),
        ("gồm 05 hồ sơ sáng kiến của 06 tác giả", 5),
        ("trình 02 đề tài, sáng kiến", 2),
        ("xét chọn 06 sáng kiến, trong đó 02 sáng kiến thuộc lĩnh vực y tế", 6),
        ("có 12 sáng kiến đăng ký; CĐCS lựa chọn 05 sáng kiến tiêu biểu", 5),
        ("mỗi công đoàn cơ sở có ít nhất 01 sáng kiến; nay trình 02 sáng kiến", 2),
        ("Chương trình “75 nghìn sáng kiến, vượt khó, phát triển”", None),
        ("chương trình 75.000 sáng kiến năm 2021", None),
        ("xuất phát từ sáng kiến của đoàn viên, sau sáng kiến năm 2020", None),
        ("đây là một sáng kiến hay", None),
        ("Kế hoạch số 39 ngày 16/3/2021 về sáng kiến", None),
        ("trên 100 sáng kiến đến cuối năm", None),
    ],
)
def test_the_count_is_of_the_initiatives_that_the_memo_brings(body: str, count: int | None) -> None:
    assert stated_count(f"Ban Chấp hành {body}.", forms_campaign()) == count
