"""A message as our server received it, around the files of a draft (FORMS.md, "Mail")."""

import hashlib
from datetime import timedelta
from email import policy
from email.header import Header
from email.utils import format_datetime, formataddr

from corpus.generator.draft import Draft
from corpus.generator.mail_branches import BRANCHES_SHAPES
from corpus.generator.mail_fresh import FRESH_SHAPES
from corpus.generator.mail_packed import PACKED_SHAPES
from corpus.generator.mail_provinces import PROVINCES_SHAPES
from corpus.generator.mail_sectors import SECTORS_SHAPES
from corpus.generator.mail_shapes import SHAPES, TO, Attached
from corpus.generator.mail_trades import TRADES_SHAPES

_SHAPES = {
    "seen": PACKED_SHAPES,
    "fresh": FRESH_SHAPES,
    "sectors": SECTORS_SHAPES,
    "branches": BRANCHES_SHAPES,
    "provinces": PROVINCES_SHAPES,
    "trades": TRADES_SHAPES,
}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "zip": "application/zip",
}


def media_type(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def message(draft: Draft, files: list[Attached]) -> bytes:
    """The whole message; which shape it has is put into the truth."""
    if draft.raw is not None:
        return draft.raw
    shapes = _SHAPES.get(draft.part, SHAPES)
    shape = draft.rng.choice(draft.mails or (tuple(shapes) if files else ("plain", "html")))
    draft.truth.mail = shape
    body = shapes[shape](draft, files).as_bytes(policy=policy.compat32)
    return _envelope(draft) + body


def _envelope(draft: Draft) -> bytes:
    """What the servers and the sender's program put on top."""
    domain = draft.sender.partition("@")[2]
    digest = hashlib.sha256(f"{draft.rng.random()}".encode()).hexdigest()[:20]
    sent = draft.at - timedelta(seconds=draft.rng.choice((2, 4, 40, 7_200 if "late" in draft.truth.findings else 5)))
    lines = [
        f"Return-Path: <{draft.sender}>",
        (
            f"Received: from mx.{domain} (mx.{domain} [203.0.113.{draft.rng.randint(2, 250)}])\n"
            f"\tby mail.cdyte-dongnai.example with ESMTPS id {digest[:8]};\n\t{format_datetime(draft.at)}"
        ),
    ]
    if draft.rng.random() < 0.4:
        lines.append(f"Received: from [192.0.2.7] by mx.{domain} with HTTP; {format_datetime(sent)}")
    name = str(Header(draft.sender_name, "utf-8")) if draft.sender_name else ""
    lines += [
        f"From: {formataddr((name, draft.sender)) if name else draft.sender}",
        f"To: {TO}",
        f"Subject: {_subject(draft)}",
        f"Date: {format_datetime(sent)}",
        f"Message-ID: <{digest}@{domain}>",
        *(f"{key}: {value}" for key, value in draft.headers.items()),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _subject(draft: Draft) -> str:
    """Encoded words, or raw UTF-8 as some programs send it."""
    text = draft.subject
    if text is None:
        text = draft.rng.choice(draft.words.subjects).format(union=draft.claims or draft.union.name)
        if draft.truth.union is None:
            text = "Hồ sơ sáng kiến"
    return text if text.isascii() or draft.rng.random() < 0.1 else Header(text, "utf-8").encode(linesep="\n")
