"""Shapes of mails that came with the fifth set of words; see mail_shapes."""

from collections.abc import Callable
from email import encoders
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart

from corpus.generator.draft import Draft
from corpus.generator.mail_shapes import (
    SHAPES,
    Attached,
    archive,
    as_html,
    mixed_with,
    own_words,
    part_of,
    quoted_letter,
    text_part,
)

_INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//lich//VI\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:hop-1@lich.example\r\n"
    "DTSTAMP:20210412T010000Z\r\nDTSTART:20210419T010000Z\r\nSUMMARY:Han nop ho so\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def mixed_in_alternative(draft: Draft, files: list[Attached]) -> Message:
    """As a Mac's mail writes rich text: the files lie within one of the two wordings."""
    both = MIMEMultipart("alternative")
    text = own_words(draft)
    both.attach(text_part(text))
    mixed = mixed_with(text_part(as_html(text), "html"), files)
    both.attach(mixed)
    return both


def named_by_type(draft: Draft, files: list[Attached]) -> Message:
    """No disposition: the name is a parameter of the type."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    for file in files:
        part = MIMEBase(*file.media_type.split("/", 1))
        part.set_payload(file.content)
        encoders.encode_base64(part)
        name = file.name if file.name.isascii() else Header(file.name, "utf-8", maxlinelen=900).encode()
        part.set_param("name", name)
        mixed.attach(part)
    return mixed


def related_files(draft: Draft, files: list[Attached]) -> Message:
    """The files are related to a page of HTML, each with an id of its own."""
    related = MIMEMultipart("related")
    related.attach(text_part(as_html(own_words(draft)), "html"))
    for number, file in enumerate(files, 1):
        part = part_of(file)
        part["Content-ID"] = f"<tep{number}@may.example>"
        related.attach(part)
    return related


def two_messages(draft: Draft, files: list[Attached]) -> Message:
    """Every file came in a message of its own; all of these are forwarded as attachments."""
    outer = MIMEMultipart("mixed")
    outer.attach(text_part(own_words(draft)))
    for number, file in enumerate(files, 1):
        inner = mixed_with(text_part(f"Chuyển văn bản thứ {number}."), [file])
        inner["From"] = f"tocongdoan{number}@webmail.example"
        inner["To"] = draft.sender
        inner["Subject"] = str(Header("Văn bản", "utf-8"))
        inner["Message-ID"] = f"<chuyen-{number}-{draft.rng.randint(1, 10**9)}@webmail.example>"
        outer.attach(MIMEMessage(inner))
    return outer


def zipped_one_by_one(draft: Draft, files: list[Attached]) -> Message:
    """An archive for every file, named after it."""
    packed = [
        Attached(f"{file.name.rpartition('.')[0]}.zip", archive([(file.name, file.content)]), "application/zip")
        for file in files
    ]
    return mixed_with(text_part(own_words(draft)), packed)


def with_invitation(draft: Draft, files: list[Attached]) -> Message:
    """An entry of a calendar beside the files."""
    mixed = mixed_with(text_part(own_words(draft)), files)
    if isinstance(mixed, MIMEMultipart):
        mixed.attach(text_part(_INVITATION, "calendar"))
    return mixed


def answered_below(draft: Draft, files: list[Attached]) -> Message:
    """The own words stand under the letter that they answer."""
    return mixed_with(text_part(f"{quoted_letter(draft)}\n\n{own_words(draft)}"), files)


def without_words(draft: Draft, files: list[Attached]) -> Message:
    """Nothing but files: no text part at all."""
    mixed = MIMEMultipart("mixed")
    for file in files:
        mixed.attach(part_of(file))
    return mixed


def asked_for_receipt(draft: Draft, files: list[Attached]) -> Message:
    """The sender's program asks for a receipt, and marks it as urgent."""
    draft.headers.setdefault("Disposition-Notification-To", draft.sender)
    draft.headers.setdefault("X-Priority", "1 (Highest)")
    return mixed_with(text_part(own_words(draft)), files)


BRANCHES_SHAPES: dict[str, Callable[[Draft, list[Attached]], Message]] = {
    **SHAPES,
    "mixed in alternative": mixed_in_alternative,
    "named by type": named_by_type,
    "related files": related_files,
    "two messages": two_messages,
    "zipped one by one": zipped_one_by_one,
    "with invitation": with_invitation,
    "answered below": answered_below,
    "without words": without_words,
    "asked for receipt": asked_for_receipt,
}
