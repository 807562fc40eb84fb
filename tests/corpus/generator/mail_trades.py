"""Shapes of mails that came with the seventh set of words: programs and machines of firms; see mail_shapes."""

import base64
import html
from collections.abc import Callable
from email import encoders
from email.message import Message
from email.mime.base import MIMEBase
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

_DEVICE = (
    "Thiet bi: KMC258 (P.HCNS tang 2)\nTen thiet bi: bizhub\nSo trang: 2\nDo phan giai: 200x200\n"
    "----------------------------------------\nThu nay duoc gui tu dong tu may quet."
)
_NOTICE = (
    "This e-mail and any attachments are confidential. If you are not the intended recipient, please delete it.\n"
    "본 메일은 지정된 수신인만을 위한 것입니다.\n"
    "Thư này và file đính kèm (nếu có) chỉ dành cho người nhận; vui lòng xóa nếu nhận nhầm."
)
_ASKED = "Các đơn vị gửi kèm tờ trình, bảng tổng hợp sáng kiến về văn phòng trước 20/4."


def from_a_scanner(draft: Draft, files: list[Attached]) -> Message:
    """Sent by the office's own machine, with its words alone."""
    return mixed_with(text_part(_DEVICE), files)


def in_gb18030(draft: Draft, files: list[Attached]) -> Message:
    """Written with a Chinese program: its character set for words and for the names of files."""
    part = Message()
    part["Content-Type"] = 'text/plain; charset="gb18030"'
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(own_words(draft).encode("gb18030")).decode())
    if not files:
        return part
    mixed = MIMEMultipart("mixed")
    mixed.attach(part)
    for file in files:
        one = MIMEBase("application", "octet-stream")
        one.set_payload(file.content)
        encoders.encode_base64(one)
        name = f"=?gb18030?B?{base64.b64encode(file.name.encode('gb18030')).decode()}?="
        one["Content-Disposition"] = f'attachment; filename="{name}"'
        mixed.attach(one)
    return mixed


def with_notice(draft: Draft, files: list[Attached]) -> Message:
    """A firm's notice in three languages under the words; it speaks of attachments itself."""
    return mixed_with(text_part(f"{own_words(draft)}\n\n{'-' * 40}\n{_NOTICE}"), files)


def thread_of_a_team(draft: Draft, files: list[Attached]) -> Message:
    """Three letters one in the other, each marked once more than the one before."""
    text = (
        f"{own_words(draft)}\n\nOn Mon, 12 Apr 2021 at 09:12, HR <hr@congty.example> wrote:\n\n"
        "> Chị Gấm gửi giúp em nhé.\n>\n> On Mon, 12 Apr 2021 at 08:01, GA <ga@congty.example> wrote:\n>\n"
        f">> Fyi.\n>>\n>>> {_ASKED}\n"
    )
    return mixed_with(text_part(text), files)


def with_card_in_html(draft: Draft, files: list[Attached]) -> Message:
    """The signature is a table with the firm's names, and what is quoted stands behind a rule."""
    card = (
        '<table><tr><td rowspan="2">KJV</td><td><b>Phòng Nhân sự - GA</b></td></tr>'
        "<tr><td>Ext. 112 | www.congty.example</td></tr></table>"
    )
    head = f"<b>From:</b> Công đoàn ngành &lt;{TO}&gt;<br><b>Sent:</b> 12/04/2021"
    quoted = f"<hr><div>{head}<br><br>{html.escape(_ASKED)}</div>"
    page = as_html(own_words(draft)).replace("</body>", f"{card}{quoted}</body>")
    return mixed_with(text_part(page, "html"), files)


def named_by_path(draft: Draft, files: list[Attached]) -> Message:
    """Names with the whole path on the sender's machine."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    for file in files:
        part = part_of(Attached(f"D:\\CONG DOAN\\2021\\{file.name}", file.content, file.media_type))
        mixed.attach(part)
    return mixed


def apple_double(draft: Draft, files: list[Attached]) -> Message:
    """Every file with what a Mac keeps beside it (RFC 1740)."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    for file in files:
        both = MIMEMultipart("appledouble")
        leavings = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(60)
        both.attach(part_of(Attached(f"._{file.name}", leavings, "application/applefile")))
        both.attach(part_of(file))
        mixed.attach(both)
    return mixed


def with_evidence(draft: Draft, files: list[Attached]) -> Message:
    """Links to a film of each initiative stand in the words, the files are attached."""
    said = "Video minh họa: https://youtu.be/x1y2z3 (không bắt buộc xem). Hồ sơ chính ở file đính kèm."
    return mixed_with(text_part(f"{own_words(draft)}\n\n{said}" if files else own_words(draft)), files)


def one_archive_of_archives(draft: Draft, files: list[Attached]) -> Message:
    """An archive for each file, all of them in one, under names without a suffix."""
    inner = [(f"Muc {number}.zip", archive([(file.name, file.content)])) for number, file in enumerate(files, 1)]
    return mixed_with(text_part(own_words(draft)), [Attached("HS CD", archive(inner), "application/x-zip-compressed")])


TRADES_SHAPES: dict[str, Callable[[Draft, list[Attached]], Message]] = {
    **SHAPES,
    "from a scanner": from_a_scanner,
    "in gb18030": in_gb18030,
    "with notice": with_notice,
    "thread of a team": thread_of_a_team,
    "card in html": with_card_in_html,
    "named by path": named_by_path,
    "apple double": apple_double,
    "with evidence": with_evidence,
    "archive of archives": one_archive_of_archives,
}
