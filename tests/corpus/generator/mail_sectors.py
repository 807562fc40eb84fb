"""Shapes of mails that came with the fourth set of words; see mail_shapes."""

import base64
from collections.abc import Callable
from email import encoders
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from urllib.parse import quote

from corpus.generator.draft import Draft
from corpus.generator.mail_fresh import FRESH_SHAPES
from corpus.generator.mail_shapes import Attached, as_html, mixed_with, own_words, part_of, text_part

_CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Van phong Cong doan\r\nTEL:0251000111\r\nEND:VCARD\r\n"
_SIGNED = "Trân trọng,\nVăn phòng Công đoàn cơ sở\nThư này có thể chứa thông tin mật; nếu nhận nhầm xin xóa."


def carded(draft: Draft, files: list[Attached]) -> Message:
    """With the sender's visiting card attached."""
    mixed = mixed_with(text_part(own_words(draft)), files)
    card = Attached("congdoan.vcf", _CARD.encode(), "text/vcard")
    if isinstance(mixed, MIMEMultipart):
        mixed.attach(part_of(card))
    return mixed


def nested(draft: Draft, files: list[Attached]) -> Message:
    """Multiparts within multiparts: words in an alternative in a mixed in a mixed, the files one level apart."""
    both = MIMEMultipart("alternative")
    text = own_words(draft)
    both.attach(text_part(text))
    both.attach(text_part(as_html(text), "html"))
    inner = mixed_with(both, files[:1])
    outer = MIMEMultipart("mixed")
    outer.attach(inner)
    for file in files[1:]:
        outer.attach(part_of(file))
    return outer


def flowed(draft: Draft, files: list[Attached]) -> Message:
    """Words in base64, format=flowed, a long signature under them."""
    part = Message()
    part["Content-Type"] = 'text/plain; charset="utf-8"; format=flowed'
    part["Content-Transfer-Encoding"] = "base64"
    text = f"{own_words(draft)} \n\n-- \n{_SIGNED}\n"
    part.set_payload(base64.encodebytes(text.encode()).decode())
    return mixed_with(part, files)


def continued_names(draft: Draft, files: list[Attached]) -> Message:
    """File names in pieces (RFC 2231, 3 and 4.1)."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    for file in files:
        part = MIMEBase(*file.media_type.split("/", 1))
        part.set_payload(file.content)
        encoders.encode_base64(part)
        pieces = [quote(file.name[start : start + 12]) for start in range(0, len(file.name), 12)]
        pieces[0] = f"utf-8''{pieces[0]}"
        told = "; ".join(f"filename*{number}*={piece}" for number, piece in enumerate(pieces))
        part["Content-Disposition"] = f"attachment; {told}"
        mixed.attach(part)
    return mixed


def listed_in_html(draft: Draft, files: list[Attached]) -> Message:
    """The words hold a table of what is attached."""
    names = "".join(
        f"<tr><td>{number}</td><td>{name}</td><td>01 bản</td></tr>"
        for number, name in enumerate(("Tờ trình", "Biểu tổng hợp"), 1)
    )
    table = f'<table border="1"><tr><td>TT</td><td>Tên văn bản</td><td>Số lượng</td></tr>{names}</table>'
    page = as_html(own_words(draft)).replace("</body>", f"{table if files else ''}</body>")
    return mixed_with(text_part(page, "html"), files)


def forwarded_twice(draft: Draft, files: list[Attached]) -> Message:
    """Twice forwarded in the body."""
    head = (
        "---------- Forwarded message ---------\nFrom: {} <{}@webmail.example>\nDate: Mon, Apr 12, 2021\nSubject: {}\n"
    )
    first = head.format("Văn thư", "vanthu", "Fwd: hồ sơ") + "To: CĐCS\n\nChị xem.\n\n"
    second = head.format("Tổ trưởng", "totruong", "hồ sơ") + "To: Văn thư\n\nEm gửi."
    return mixed_with(text_part(f"Chuyển anh chị.\n\n{first}{second}"), files)


SECTORS_SHAPES: dict[str, Callable[[Draft, list[Attached]], Message]] = {
    **FRESH_SHAPES,
    "carded": carded,
    "nested": nested,
    "flowed": flowed,
    "continued names": continued_names,
    "listed in html": listed_in_html,
    "forwarded twice": forwarded_twice,
}
