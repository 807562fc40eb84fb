"""The shapes that a mail with a dossier comes in (FORMS.md, "Mail"); each takes the files and gives the MIME tree."""

import html
import io
import quopri
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email import encoders
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from corpus.generator.draft import Draft

TO = "sangkien@cdyte-dongnai.example"
_LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)
"""One pixel."""


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    content: bytes
    media_type: str


def own_words(draft: Draft) -> str:
    text = draft.own_words if draft.own_words is not None else draft.rng.choice(draft.words.greetings)
    return text + draft.rng.choice(("", "", "\n\n--\nVăn phòng Công đoàn\nĐT: 0251.000.111", "\n\nSent from my iPhone"))


def text_part(text: str, subtype: str = "plain") -> MIMEText:
    return MIMEText(text, subtype, "utf-8")


_LINK = re.compile(r"(Link hồ sơ|Tải tại|Em để ở): (https://\S+)")


def as_html(text: str) -> str:
    """Lines as paragraphs; a link stands behind its words, as web mail writes it."""
    lines = "".join(f"<p>{html.escape(line)}</p>" if line else "<br>" for line in text.split("\n"))
    lines = _LINK.sub(r'<a href="\2" target="_blank">\1</a>', lines)
    return f'<html><head><style>p {{ color: #222 }}</style></head><body><div dir="ltr">{lines}</div></body></html>'


def part_of(attached: Attached, disposition: str = "attachment") -> MIMEBase:
    part = MIMEBase(*attached.media_type.split("/", 1))
    part.set_payload(attached.content)
    encoders.encode_base64(part)
    name: object = attached.name if attached.name.isascii() else ("utf-8", "", attached.name)
    part.add_header("Content-Disposition", disposition, filename=name)  # type: ignore[arg-type]
    return part


def mixed_with(first: Message, files: list[Attached]) -> Message:
    if not files:
        return first
    mixed = MIMEMultipart("mixed")
    mixed.attach(first)
    for file in files:
        mixed.attach(part_of(file))
    return mixed


def plain(draft: Draft, files: list[Attached]) -> Message:
    return mixed_with(text_part(own_words(draft)), files)


def only_html(draft: Draft, files: list[Attached]) -> Message:
    return mixed_with(text_part(as_html(own_words(draft)), "html"), files)


def _both(text: str) -> MIMEMultipart:
    both = MIMEMultipart("alternative")
    both.attach(text_part(text))
    both.attach(text_part(as_html(text), "html"))
    return both


def alternative(draft: Draft, files: list[Attached]) -> Message:
    return mixed_with(_both(own_words(draft)), files)


def logo(draft: Draft, files: list[Attached]) -> Message:
    """HTML with the pictures of its signature."""
    related = MIMEMultipart("related")
    page = as_html(own_words(draft)).replace("</div>", '<img src="cid:logo1"></div>')
    related.attach(text_part(page, "html"))
    picture = MIMEImage(_LOGO, "png")
    picture.add_header("Content-ID", "<logo1>")
    picture.add_header("Content-Disposition", "inline", filename="image001.png")
    related.attach(picture)
    return mixed_with(related, files)


def outlook_reply(draft: Draft, files: list[Attached]) -> Message:
    """As Outlook quotes: a rule and the headers of the letter, nothing marked."""
    said = "Đề nghị đơn vị gửi kèm tờ trình, bảng tổng hợp (file đính kèm) trước ngày 20/4."
    sent = "From: Công đoàn ngành\nSent: Monday, April 12, 2021 8:01 AM\nTo: CĐCS\nSubject: KH 39"
    rule = draft.rng.choice(("-----Original Message-----", "________________________________"))
    return mixed_with(text_part(f"{own_words(draft)}\n\n{rule}\n{sent}\n\n{said}"), files)


def old_charset(draft: Draft, files: list[Attached]) -> Message:
    """Words without marks in an old character set, quoted-printable."""
    bare = unicodedata.normalize("NFD", own_words(draft).replace("đ", "d").replace("Đ", "D"))
    words = "".join(char for char in bare if char.isascii() or char.isspace())
    part = Message()
    part["Content-Type"] = f'text/plain; charset="{draft.rng.choice(("us-ascii", "iso-8859-1", "windows-1258"))}"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(quopri.encodestring(words.encode()).decode())
    return mixed_with(part, files)


def quoted_letter(draft: Draft) -> str:
    """An older letter of ours: nothing in it is the sender's own."""
    said = "Công đoàn ngành nhận được thư, đề nghị đính kèm đủ văn bản và gửi kèm bảng tổng hợp."
    head = draft.rng.choice(
        (
            f"Vào Th 2, 12 thg 4, 2021 vào lúc 08:01 Công đoàn ngành Y tế <{TO}> đã viết:",
            f"On Mon, Apr 12, 2021 at 8:01 AM Công đoàn ngành <{TO}> wrote:",
        )
    )
    return f"{head}\n> {said}\n> Trân trọng."


def reply(draft: Draft, files: list[Attached]) -> Message:
    draft.headers.setdefault("In-Reply-To", f"<thu-{draft.rng.randint(1, 999)}@cdyte-dongnai.example>")
    return mixed_with(text_part(f"{own_words(draft)}\n\n{quoted_letter(draft)}"), files)


def forward_inline(draft: Draft, files: list[Attached]) -> Message:
    """Forwarded in the body, the files on top."""
    head = draft.rng.choice(("---------- Forwarded message ---------", "---------- Thư đã chuyển tiếp ----------"))
    inner = "Từ: Tổ công đoàn <to1@webmail.example>\nNgày: 10/4/2021\nChủ đề: hồ sơ\n"
    inner += f"Đến: <{draft.sender}>\n\nGửi chị hồ sơ."
    return mixed_with(text_part(f"{draft.rng.choice(('', 'Chuyển tiếp hồ sơ ạ.'))}\n\n{head}\n{inner}"), files)


def forward_attached(draft: Draft, files: list[Attached]) -> Message:
    """The message with the files is itself a part."""
    inner = mixed_with(text_part("Gửi chị bản chính thức."), files)
    inner["From"] = "to.congdoan@webmail.example"
    inner["To"] = draft.sender
    inner["Subject"] = str(Header("Hồ sơ sáng kiến", "utf-8"))
    inner["Date"] = format_datetime(draft.at - timedelta(days=1))
    inner["Message-ID"] = f"<trong-{draft.rng.randint(1, 10**9)}@webmail.example>"
    outer = MIMEMultipart("mixed")
    outer.attach(text_part(own_words(draft)))
    outer.attach(MIMEMessage(inner))
    return outer


def zipped(draft: Draft, files: list[Attached]) -> Message:
    """In an archive, folders in it, a Mac's leavings beside it; sometimes an archive within."""
    rng = draft.rng
    folder = rng.choice(("", "Ho so/", "Hồ sơ CĐCS/bản mềm/"))
    entries = [(folder + file.name, file.content) for file in files]
    if rng.random() < 0.2:
        entries = [("ban mem.zip", archive(entries))]
    if rng.random() < 0.3:
        entries.append((f"__MACOSX/{folder}._{files[0].name}", b"\0\5\26\7" + bytes(60)))
    name = rng.choice(("Ho so.zip", "Hồ sơ sáng kiến.zip", "HS.zip"))
    return mixed_with(text_part(own_words(draft)), [Attached(name, archive(entries), "application/zip")])


def archive(entries: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries:
            packed.writestr(zipfile.ZipInfo(name, (2021, 4, 12, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def wrong_types(draft: Draft, files: list[Attached]) -> Message:
    kinds = ("application/octet-stream", "text/plain", "application/x-unknown", "image/png", "application/msword")
    wrong = [Attached(file.name, file.content, draft.rng.choice(kinds)) for file in files]
    return mixed_with(text_part(own_words(draft)), wrong)


def wrong_names(draft: Draft, files: list[Attached]) -> Message:
    """No suffix, or another's."""
    renamed = []
    told = {document.file: document for document in draft.truth.documents}
    for number, file in enumerate(files, 1):
        stem = file.name.rpartition(".")[0]
        name = draft.rng.choice((stem, f"{stem}.dat", f"{stem}.doc", f"{stem}.pdf", f"{stem}.{number}"))
        if name in told or any(name == other.name for other in renamed):
            name = f"{stem}.{number}"
        if file.name in told:
            told[file.name].file = name
        renamed.append(Attached(name, file.content, "application/octet-stream"))
    return mixed_with(text_part(own_words(draft)), renamed)


def raw_names(draft: Draft, files: list[Attached]) -> Message:
    """File names as raw 8-bit UTF-8, in NFC or as a Mac's NFD (RFC 2047 and 2231 unheard of)."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    form = draft.rng.choice(("NFC", "NFD"))
    for file in files:
        part = part_of(file)
        del part["Content-Disposition"]
        raw = unicodedata.normalize(form, file.name).encode().decode("ascii", "surrogateescape")
        part["Content-Disposition"] = f'attachment; filename="{raw}"'
        mixed.attach(part)
    return mixed


def encoded_names(draft: Draft, files: list[Attached]) -> Message:
    """File names as encoded words within quotes, which no RFC allows and many programs send."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    for file in files:
        part = part_of(file)
        del part["Content-Disposition"]
        part["Content-Disposition"] = f'attachment; filename="{Header(file.name, "utf-8", maxlinelen=900).encode()}"'
        mixed.attach(part)
    return mixed


def inline_files(draft: Draft, files: list[Attached]) -> Message:
    """Marked inline, as some phones do."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    for file in files:
        mixed.attach(part_of(file, "inline"))
    return mixed


SHAPES: dict[str, Callable[[Draft, list[Attached]], Message]] = {
    "plain": plain,
    "html": only_html,
    "alternative": alternative,
    "logo": logo,
    "reply": reply,
    "outlook reply": outlook_reply,
    "old charset": old_charset,
    "forward inline": forward_inline,
    "forward attached": forward_attached,
    "zip": zipped,
    "wrong types": wrong_types,
    "wrong names": wrong_names,
    "raw names": raw_names,
    "encoded names": encoded_names,
    "inline files": inline_files,
}
