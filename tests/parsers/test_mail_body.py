"""The memo or the table in the mail's own text: for a person, and of no weight where the files hold them."""

from collections.abc import Sequence

import pytest
from support.attachments import attachment
from support.contents import HEADER, ROWS
from support.raw_mail import file_part, multipart, plain, text_part, with_files

from dossier.model import Document, Kind
from dossier.perhaps import MEMO_IN_BODY, TABLE_IN_BODY
from hoso.campaigns import example_campaign
from parsers.reader import read_message

CAMPAIGNS = (example_campaign(),)
MEMO = attachment("d01")
TABLE = attachment("d01", 1)
LETTER = """\
CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI
CĐCS BỆNH VIỆN MẮT SÔNG PHỐ
Số: 12/TTr-CĐCS
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
TỜ TRÌNH
Về việc đề nghị xét chọn sáng kiến
Kính gửi: Ban Thường vụ Công đoàn ngành Y tế Đồng Nai
Công đoàn cơ sở đề nghị xét chọn 02 sáng kiến.
TM. BAN CHẤP HÀNH
CHỦ TỊCH
Vương Thế Lữ
"""
COVERING = """\
Kính gửi: Ban Thường vụ Công đoàn ngành Y tế
CĐCS Bệnh viện Mắt gửi hồ sơ đề nghị xét chọn sáng kiến, gồm:
1. Tờ trình
2. Bảng tổng hợp tóm tắt sáng kiến
3. Ảnh các sản phẩm
Trân trọng.
Vương Thế Lữ, Chủ tịch CĐCS
"""


def html(rows: Sequence[Sequence[str]], before: str = "<p>Kính gửi anh chị, bảng sáng kiến như sau</p>") -> str:
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body>{before}<table border=1>{table}</table></body></html>"


def beside(content: bytes) -> list[Document]:
    return [one for one in read_message(content, CAMPAIGNS).documents if one.file == "(nội dung thư)"]


def doubts(content: bytes) -> list[tuple[str, ...]]:
    return [one.doubts for one in beside(content)]


def test_a_table_pasted_in_the_mail_is_for_a_person() -> None:
    page = text_part(html((HEADER, *ROWS)), "html")
    found = beside(multipart((page, file_part(b"To trinh.docx", MEMO))))
    assert [(one.kinds, one.doubts, one.problem) for one in found] == [((Kind.OTHER,), (TABLE_IN_BODY,), None)]


def test_a_table_beside_its_plain_form_is_told_once() -> None:
    page = html((HEADER, *ROWS))
    words = "\n".join("\n".join(row) for row in (HEADER, *ROWS))
    both = multipart((text_part(words), text_part(page, "html")), b"alternative")
    assert doubts(both) == [(TABLE_IN_BODY,)]


def test_a_table_typed_in_plain_text_is_for_a_person() -> None:
    rows = ("\t".join(row) for row in (HEADER, *ROWS, ("3", *ROWS[0][1:])))
    assert doubts(plain("Bảng sáng kiến\n" + "\n".join(rows))) == [(TABLE_IN_BODY,)]


def test_a_memo_typed_in_the_mail_is_for_a_person() -> None:
    assert doubts(with_files(("Bang.docx", TABLE), text=LETTER)) == [(MEMO_IN_BODY,)]
    assert doubts(plain(LETTER)) == [(MEMO_IN_BODY,)]


def test_a_table_that_is_passed_on_counts_and_one_that_is_only_quoted_does_not() -> None:
    head = "<p>Chào em</p><div>---------- Forwarded message ---------<br>From: a@b.example</div>"
    assert doubts(multipart((text_part(html((HEADER, *ROWS), head), "html"),))) == [(TABLE_IN_BODY,)]
    quoted = (
        f"<p>Em cảm ơn các anh chị, em xem tóm tắt rồi ạ</p><blockquote cite='x'>{html((HEADER, *ROWS))}</blockquote>"
    )
    assert doubts(multipart((text_part(quoted, "html"),))) == []


@pytest.mark.parametrize("page", [True, False])
def test_nothing_is_said_where_the_files_hold_both(page: bool) -> None:
    text = text_part(html((HEADER, *ROWS)), "html") if page else text_part(LETTER)
    files = (file_part(b"a.docx", MEMO), file_part(b"b.docx", TABLE))
    assert doubts(multipart((text, *files))) == []


def test_a_covering_letter_is_neither() -> None:
    assert doubts(plain(COVERING)) == []
    layout = html([("Vương Thế Lữ", "Chủ tịch CĐCS"), ("Điện thoại", "0900000000")], "<p>Gửi bản tóm tắt</p>")
    assert doubts(multipart((text_part(layout, "html"),))) == []


def test_a_body_that_broke_the_reader_is_not_read() -> None:
    message = read_message(plain(LETTER), CAMPAIGNS, skip={"text": "it ended the process"})
    assert [(one.file, one.detail) for one in message.documents] == [("(nội dung thư)", "it ended the process")]
