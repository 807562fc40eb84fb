"""The sender's own words, apart from what they quote, forward and sign with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.words import part_words

QUOTED = "Hồ sơ gồm Tờ trình đính kèm."


@pytest.mark.parametrize(
    "marker",
    [
        "Vào Th 6, 16 thg 4, 2021, Công đoàn ngành Y tế đã viết:",
        "Vào Th 6, 16 thg 4, 2021 vào lúc 09:12 Công đoàn ngành Y tế tỉnh Đồng Nai <\nsangkien@cdyte.example> đã viết:",
        "Vào 09:12, 16 thg 4, 2021, Công đoàn <a@b.example> đã viết:",
        "Trong Thứ Sáu, 16 tháng 4, 2021, A <a@b.example> đã viết:",
        "Ngày 16/04/2021 lúc 09:12, Công đoàn ngành viết:",
        "On Fri, Apr 16, 2021 at 9:12 AM Cong doan <a@b.example> wrote:",
        "On 16 Apr 2021, at 09:12, Cong doan nganh Y te tinh Dong Nai\n<a@b.example>\nwrote:",
        "2021-04-16 9:12 GMT+07:00 Công đoàn <a@b.example>:",
        "-----Original Message-----\nFrom: a@b.example\nSent: Friday\nTo: c\nSubject: Re: x",
        "----- Thư gốc -----\nTừ: a",
        "-----Tin nhắn Gốc-----",
        "________________________________\nTừ: Công đoàn <a@b.example>\nĐã gửi: Thứ Sáu, 16/4/2021\nĐến: c\nChủ đề: x",
        "From: Cong doan <a@b.example>\nSent: Friday, April 16, 2021 9:12 AM\nTo: c@d.example\nSubject: x",
        "*Từ:* Công đoàn\n*Ngày:* 16/4/2021\n*Tới:* c",
    ],
)
def test_what_stands_under_a_reply_marker_is_quoted(marker: str) -> None:
    words = part_words(f"Em cảm ơn.\n\n{marker}\n\n{QUOTED}\n")
    assert words.own == "Em cảm ơn."
    assert QUOTED in words.quoted
    assert words.forwarded == ""


def test_lines_behind_a_sign_are_quoted_and_own_words_may_follow() -> None:
    words = part_words("Vào 16/4/2021 A đã viết:\n> Hồ sơ còn thiếu.\n>\n> Trân trọng\n\nEm gửi kèm bảng.\n")
    assert words.own == "Em gửi kèm bảng."
    assert "còn thiếu" in words.quoted


@pytest.mark.parametrize(
    "marker",
    [
        "---------- Forwarded message ---------",
        "---------- Thư được chuyển tiếp ---------",
        "-------- Thư chuyển tiếp --------",
        "----- Tin nhắn đã chuyển tiếp -----",
        "Begin forwarded message:",
        "Bắt đầu thư được chuyển tiếp:",
    ],
)
def test_forwarded_text_is_passed_on_and_not_the_senders_own(marker: str) -> None:
    block = f"{marker}\nTừ: Khoa Dược <duoc@bv.example>\nNgày: 16/4/2021\nChủ đề: hồ sơ\n\n{QUOTED}"
    words = part_words(f"Em chuyển ạ.\n\n{block}\n\nVào 15/4/2021 B đã viết:\n> cũ")
    assert words.own == "Em chuyển ạ."
    assert words.forwarded == QUOTED
    assert "cũ" in words.quoted


def test_a_block_of_headers_is_a_forward_where_the_subject_says_so() -> None:
    text = f"FYI\n\nFrom: a\nSent: Friday\nTo: b\nSubject: x\n\n{QUOTED}"
    assert part_words(text, "FW: hồ sơ").forwarded == QUOTED
    assert part_words(text, "RE: hồ sơ").forwarded == ""


def test_a_signature_is_in_neither() -> None:
    words = part_words("Em gửi hồ sơ.\n\n-- \nNguyễn Thị A\nFile đính kèm chỉ dùng nội bộ\n")
    assert (words.own, words.quoted) == ("Em gửi hồ sơ.", "")


@pytest.mark.parametrize("line", ["Gửi từ iPhone của tôi", "Đã gửi từ Yahoo Mail trên Android", "Sent from my iPad"])
def test_what_a_phone_adds_is_not_the_senders(line: str) -> None:
    assert part_words(f"Em gửi ạ\n\n{line}\n").own == "Em gửi ạ"


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi Công đoàn ngành,\nTừ: Khoa Nội, chúng tôi gửi hồ sơ.",
        "Ngày 16/4/2021 chị Hà đã viết: em nộp bảng",
        "Trên đây là ý kiến - đề nghị xem xét",
        "12/4/2021\nEm gửi kèm hồ sơ",
    ],
)
def test_own_words_that_only_look_like_markers_stay(text: str) -> None:
    assert part_words(text).own == text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["> x", "On 1/1/2021 wrote:", "-- ", "Từ: a", "Gửi: b", "đính kèm", "", "Begin forwarded message:"]
        )
    )
)
def test_no_line_is_both_own_and_quoted(lines: list[str]) -> None:
    numbered = [f"{line} {number}" if line == "đính kèm" else line for number, line in enumerate(lines)]
    words = part_words("\n".join(numbered))
    own = {line for line in words.own.split("\n") if line.startswith("đính kèm")}
    quoted = {line for line in words.quoted.split("\n") if line.startswith("đính kèm")}
    assert not own & quoted
    assert own | quoted <= set(numbered)
