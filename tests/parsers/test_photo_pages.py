"""Photos of one message that are the pages of one document."""

from functools import lru_cache

import numpy as np
import pytest
from support.attachments import attachment
from support.campaigns import forms_campaign
from support.ocr import needs_ocr
from support.raw_mail import with_files
from support.scanner import as_jpeg

from dossier.model import Document, Kind
from parsers.content import Box, Cell, Content, Grid, Line
from parsers.document import interpret
from parsers.photo_pages import with_pages_joined
from parsers.picture import frames
from parsers.reader import read_message


def page(*texts: str) -> Content:
    lines = (Line(text, page=1, box=Box(60, 60 + 20 * n, 400, 72 + 20 * n)) for n, text in enumerate(texts))
    return Content(tuple(lines), read_by="ocr", pages=1)


def table(*rows: tuple[str, ...], headed: bool = True) -> Content:
    header = ("STT", "Họ và tên", "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    every = ((header, *rows) if headed else rows) or (header,)
    grid = Grid(tuple(tuple(Cell(text) for text in row) for row in every), page=1)
    title = (Line("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", page=1),) if headed else ()
    return Content((*title, grid), read_by="ocr", pages=1)


def row(number: int) -> tuple[str, ...]:
    return (str(number), f"Trần Văn {number}", f"Cải tiến quy trình {number}", "Nội dung tóm tắt", "Tháng 3/2021")


MEMO = page("CÔNG ĐOÀN NGÀNH Y TẾ", "CĐCS BỆNH VIỆN NHI", "TỜ TRÌNH", "Kính gửi: Công đoàn ngành Y tế")
SIGNED = page("Kính trình Ban Thường vụ xem xét quyết định./.", "TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Thị Mai")


def told(*photos: tuple[str, Content]) -> list[tuple[tuple[Kind, ...], int | None, int]]:
    """Kinds, pages and rows of each photo."""
    campaign, documents = forms_campaign(), []
    for number, (name, content) in enumerate(photos):
        meaning = interpret(content, campaign)
        found = Document(str(number), name, "0", 1, "image/jpeg", meaning.kinds, "ocr", meaning.memo, meaning.table)
        documents.append(found)
    contents = {str(number): content for number, (_, content) in enumerate(photos)}
    joined = with_pages_joined(documents, contents, campaign)
    return [(one.kinds, one.pages, len(one.table.rows) if one.table else 0) for one in joined]


def test_a_page_without_a_beginning_belongs_to_the_photo_before_it() -> None:
    assert told(("IMG_1.jpg", MEMO), ("IMG_2.jpg", SIGNED)) == [((Kind.MEMO,), 2, 0), ((Kind.OTHER,), None, 0)]


def test_photos_are_put_in_the_order_of_their_numbers() -> None:
    assert told(("IMG_10.jpg", SIGNED), ("IMG_9.jpg", MEMO)) == [((Kind.OTHER,), None, 0), ((Kind.MEMO,), 2, 0)]


def test_a_table_that_goes_on_is_one_table() -> None:
    first, second = table(row(1), row(2)), table(row(3), headed=False)
    assert told(("a (1).jpg", first), ("a (2).jpg", second))[0] == ((Kind.SUMMARY_TABLE,), 2, 3)


def test_a_table_whose_header_is_repeated_counts_on() -> None:
    first, second, again = table(row(1), row(2)), table(row(3)), table(row(1))
    assert told(("a1.jpg", first), ("a2.jpg", second))[0] == ((Kind.SUMMARY_TABLE,), 2, 3)
    assert [rows for _, _, rows in told(("a1.jpg", first), ("a2.jpg", again))] == [2, 1]


def test_memo_and_table_are_two_documents() -> None:
    photos = (("1.jpg", MEMO), ("2.jpg", SIGNED), ("3.jpg", table(row(1))), ("4.jpg", table(row(2), headed=False)))
    assert told(*photos) == [
        ((Kind.MEMO,), 2, 0),
        ((Kind.OTHER,), None, 0),
        ((Kind.SUMMARY_TABLE,), 2, 2),
        ((Kind.OTHER,), None, 0),
    ]


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("quyet dinh.jpg", SIGNED),
        ("IMG_2.jpg", page("QUYẾT ĐỊNH", "Về việc công nhận sáng kiến", "Điều 1. Công nhận")),
        ("IMG_2.jpg", page("12")),
    ],
)
def test_another_name_another_document_or_an_illustration_stays_alone(name: str, second: Content) -> None:
    assert [pages for _, pages, _ in told(("IMG_1.jpg", MEMO), (name, second))] == [None, None]


@lru_cache(maxsize=1)
def halves() -> tuple[bytes, bytes]:
    (photo,) = frames(attachment("d34"))
    blank = np.full_like(photo, 245)
    top, bottom = blank.copy(), blank.copy()
    top[:1400], bottom[:800] = photo[:1400], photo[1400:]
    return as_jpeg(top, 85), as_jpeg(bottom, 85)


@needs_ocr
def test_a_memo_photographed_page_by_page_is_read_whole() -> None:
    top, bottom = halves()
    message = with_files(("z243_0001.jpg", top), ("z243_0002.jpg", bottom))
    first, second = read_message(message, (forms_campaign(),)).documents
    assert first.memo is not None
    assert first.memo.number == "07/TTr-CĐCS"
    assert (first.memo.signer or "").startswith("Phan ")  # under the stamp; how well is docs/accuracy.md's matter
    assert first.memo.spots["signer"].page == 2
    assert (second.kinds, second.detail) == ((Kind.OTHER,), "page 2 of z243_0001.jpg")
