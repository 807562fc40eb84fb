"""Shapes of mails that came with the third set of words; see mail_shapes."""

import hashlib
import html
from collections.abc import Callable
from email.message import Message
from email.mime.multipart import MIMEMultipart

from corpus.generator.draft import Draft
from corpus.generator.mail_shapes import (
    SHAPES,
    Attached,
    as_html,
    forward_attached,
    mixed_with,
    own_words,
    part_of,
    quoted_letter,
    text_part,
)


def signed(draft: Draft, files: list[Attached]) -> Message:
    """With an S/MIME signature beside it (RFC 8551, 3.5.3); who verifies it is another matter."""
    outer = MIMEMultipart("signed", protocol="application/pkcs7-signature", micalg="sha-256")
    outer.attach(mixed_with(text_part(own_words(draft)), files))
    signature = b"\x30\x82" + hashlib.sha256(b"signature").digest() * 40
    outer.attach(part_of(Attached("smime.p7s", signature, "application/pkcs7-signature")))
    return outer


def saved_message(draft: Draft, files: list[Attached]) -> Message:
    """The mail with the files was saved to a file and attached as such."""
    inner = forward_attached(draft, files).get_payload()[1].get_payload()[0]
    name = draft.rng.choice(("Ho so sang kien.eml", "Thư gửi hồ sơ.eml"))
    return mixed_with(text_part(own_words(draft)), [Attached(name, inner.as_bytes(), "application/octet-stream")])


def between_words(draft: Draft, files: list[Attached]) -> Message:
    """As a Mac writes it: words, a file, words, a file."""
    mixed = MIMEMultipart("mixed")
    mixed.attach(text_part(own_words(draft)))
    for file in files:
        mixed.attach(part_of(file, "inline"))
        mixed.attach(text_part(draft.rng.choice(("\n\n", "\nFile tiếp theo ạ\n"))))
    return mixed


def web_reply(draft: Draft, files: list[Attached]) -> Message:
    """As web mail answers: the quoted letter folded away in a blockquote."""
    quoted = html.escape(quoted_letter(draft)).replace("\n", "<br>")
    page = as_html(own_words(draft)).replace(
        "</body>", f'<div class="gmail_quote"><blockquote class="gmail_quote">{quoted}</blockquote></div></body>'
    )
    return mixed_with(text_part(page, "html"), files)


FRESH_SHAPES: dict[str, Callable[[Draft, list[Attached]], Message]] = {
    **SHAPES,
    "signed": signed,
    "saved message": saved_message,
    "between words": between_words,
    "web reply": web_reply,
}
