"""Links to cloud drives, in texts and in HTML."""

import pytest

from parsers.links import MAX_LINKS, drive_links, is_drive_link
from parsers.markup import to_text


@pytest.mark.parametrize(
    "link",
    [
        "https://drive.google.com/drive/folders/1AbCdEfGhIj",
        "https://docs.google.com/document/d/1x/edit?usp=sharing",
        "https://1drv.ms/f/s!AbC",
        "https://onedrive.live.com/?id=1",
        "https://bvdn-my.sharepoint.com/:f:/g/personal/x",
        "https://www.dropbox.com/s/abc/hoso.zip?dl=0",
        "https://app.box.com/s/abc",
        "https://mega.nz/folder/abc#key",
        "https://we.tl/t-abc",
        "https://www.mediafire.com/file/abc",
        "https://www.fshare.vn/file/ABC",
        "https://f12-zpcloud.zdn.vn/123/hoso.zip",
        "https://cloud.benhvien.example/s/abc",
        "http://drive.soyte.example/hoso",
        "drive.google.com/file/d/1/view",
    ],
)
def test_a_link_to_a_file_or_folder_of_a_drive_is_found(link: str) -> None:
    assert drive_links(f"Hồ sơ ở đây ạ: {link}.") == (link,)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.benhvien.example/tin-tuc",
        "https://docs.google.com/forms/d/e/1/viewform",
        "https://mega.nz/",
        "ha@drive.google.com",
        "https://la.example/drive.google.com/x",
        "https://zalo.me/0900000000",
        "https://notdropbox.com/s/abc",
        "Google Drive",
    ],
)
def test_other_links_are_not(text: str) -> None:
    assert drive_links(text) == ()


def test_links_that_lead_on_are_followed_in_their_text_alone() -> None:
    wrapped = "https://www.google.com/url?q=https%3A%2F%2F1drv.ms%2Ff%2Fx&sa=D"
    safe = "https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2F1drv.ms%2Ff%2Fy&data=04"
    assert drive_links(f"({wrapped}) <{safe}>") == ("https://1drv.ms/f/x", "https://1drv.ms/f/y")


def test_each_link_counts_once_and_not_without_end() -> None:
    assert len(drive_links(" ".join(f"https://1drv.ms/f/{number % 50}" for number in range(500)))) == MAX_LINKS


def test_the_target_of_a_link_stands_in_the_text_of_html() -> None:
    html = '<p>Hồ sơ <a href="https://1drv.ms/f/x">ở đây</a>, <a href="https://bv.example">trang nhà</a></p>'
    assert to_text(html, is_drive_link) == "Hồ sơ ở đây <https://1drv.ms/f/x> , trang nhà"


def test_html_becomes_lines_with_quotations_marked() -> None:
    html = (
        "<html><head><style>p{}</style><title>x</title></head><body><div>Kính gửi,<br>Em gửi&nbsp;ạ</div>"
        '<blockquote style="margin:0 0 0 40px;border:none">thụt lề</blockquote>'
        "<div>Vào 16/4/2021 A đã viết:</div><blockquote type=cite><p>cũ</p><p>hơn</p></blockquote>"
        "<pre>a\n b</pre></body>"
    )
    lines = [line for line in to_text(html, is_drive_link).split("\n") if line]
    assert lines == ["Kính gửi,", "Em gửi ạ", "thụt lề", "Vào 16/4/2021 A đã viết:", "> cũ", "> hơn", "a", "b"]


@pytest.mark.parametrize("html", ["", "<!-- x -->", "<", "\0", "<p>" * 5000, "<blockquote>" * 5000, "&#xD800;x"])
def test_broken_html_is_read_as_far_as_it_goes(html: str) -> None:
    to_text(html, is_drive_link).encode()
