"""Shapes of mails that came with the sixth set of words: phones, web mail in Vietnamese; see mail_shapes."""

import html
from collections.abc import Callable
from email.message import Message
from email.mime.multipart import MIMEMultipart

from corpus.generator.draft import Draft
from corpus.generator.mail_shapes import (
    SHAPES,
    TO,
    Attached,
    archive,
    as_html,
    mixed_with,
    own_words,
    part_of,
    text_part,
)

_SAID = "Công đoàn ngành nhắc các đơn vị gửi tờ trình và bảng tổng hợp (file đính kèm) trước 20/4."


def web_mail(draft: Draft, files: list[Attached]) -> Message:
    """Answered in web mail set to Vietnamese, both wordings, the letter before quoted in both."""
    head = f"Vào Th 2, 12 thg 4, 2021 lúc 08:15 Công đoàn ngành Y tế <{TO}> đã viết:"
    text = own_words(draft)
    both = MIMEMultipart("alternative")
    both.attach(text_part(f"{text}\n\n{head}\n\n> {_SAID}\n>\n> Trân trọng.\n"))
    quoted = (
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(head)}<br></div>'
        f'<blockquote class="gmail_quote">{html.escape(_SAID)}</blockquote></div></body>'
    )
    both.attach(text_part(as_html(text).replace("</body>", quoted), "html"))
    return mixed_with(both, files)


def desktop_reply(draft: Draft, files: list[Attached]) -> Message:
    """Answered in a desktop program set to Vietnamese: nothing is marked as quoted but by the headers of the letter."""
    head = f"Từ: Công đoàn ngành <{TO}>\nĐã gửi: 12 Tháng Tư 2021 8:15 SA\nTới: CĐCS\nChủ đề: V/v triển khai KH 39"
    return mixed_with(text_part(f"{own_words(draft)}\n\n________________________________\n{head}\n\n{_SAID}"), files)


def older_web_mail(draft: Draft, files: list[Attached]) -> Message:
    """Another web mail's way to quote."""
    head = f"    Vào 08:15:12 SA GMT+7, Thứ Hai, 12 tháng 4, 2021, Công đoàn ngành <{TO}> đã viết:  "
    return mixed_with(text_part(f"{own_words(draft)}\n\n{head}\n \n {_SAID}"), files)


def from_phone(draft: Draft, files: list[Attached]) -> Message:
    """No words but the phone's own, the files between empty texts."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(f"{own_words(draft)}\n\nĐược gửi từ iPhone của tôi"))
    for file in files:
        mixed.attach(part_of(file, "inline"))
        mixed.attach(text_part("\n"))
    return mixed


def forwarded_on_phone(draft: Draft, files: list[Attached]) -> Message:
    """Forwarded by a phone: its words for it, and the older headers as text."""
    inner = "Từ: Tổ Văn phòng <tovp@webmail.example>\nNgày: 21:04:33 GMT+7 11 tháng 4, 2021\nĐến: Văn thư\n"
    inner += "Chủ đề: Hồ sơ sáng kiến\n\n> Em gửi chị bản đã ký."
    text = f"{own_words(draft)}\n\nĐược gửi từ iPhone của tôi\n\nBắt đầu thư được chuyển tiếp:\n\n{inner}"
    return mixed_with(text_part(text), files)


def with_server_text(draft: Draft, files: list[Attached]) -> Message:
    """A server of a firm added an empty text as a file of its own, and its notice under the words."""
    notice = "CẢNH BÁO: Thư này đến từ bên ngoài. Không mở file đính kèm nếu không biết người gửi."
    mixed = mixed_with(text_part(f"{notice}\n\n{own_words(draft)}"), files)
    if isinstance(mixed, MIMEMultipart):
        mixed.attach(part_of(Attached("ATT00001.txt", b"\r\n", "text/plain")))
    return mixed


def sent_twice(draft: Draft, files: list[Attached]) -> Message:
    """Every file twice under the same name, byte by byte the same: the line was slow."""
    return mixed_with(text_part(own_words(draft)), [*files, *files])


def in_a_folder_each(draft: Draft, files: list[Attached]) -> Message:
    """One archive, a folder for each file, and an empty folder."""
    entries = [(f"{number}. Thư mục/{file.name}", file.content) for number, file in enumerate(files, 1)]
    packed = archive([*entries, ("3. Minh chứng/", b"")])
    return mixed_with(text_part(own_words(draft)), [Attached("drive-download-20210412.zip", packed, "application/zip")])


def said_in_subject(draft: Draft, files: list[Attached]) -> Message:
    """An empty HTML body: everything is said by the subject."""
    page = '<html><body><div dir="auto"><br></div></body></html>'
    return mixed_with(text_part(page, "html"), files)


PROVINCES_SHAPES: dict[str, Callable[[Draft, list[Attached]], Message]] = {
    **SHAPES,
    "web mail": web_mail,
    "desktop reply": desktop_reply,
    "older web mail": older_web_mail,
    "from phone": from_phone,
    "forwarded on phone": forwarded_on_phone,
    "with server text": with_server_text,
    "sent twice": sent_twice,
    "in a folder each": in_a_folder_each,
    "said in subject": said_in_subject,
}
