"""N different dossiers for the bench: corpus messages rewritten for N invented unions.

In DOCX and XLSX every initiative gets a title and a summary of its own, of the same number of Vietnamese words; else
all unions would send the same ones. Text PDF cannot be rewritten: there the initiatives repeat, and Hoso says so.
"""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

import openpyxl

from dossier.campaign import Campaign, Roster, Union

CORPUS = Path(__file__).parents[1] / "corpus"
Mix = Literal["docx", "mixed"]
# The shapes of the digital corpus: DOCX alone, or as they come (DOCX, text PDF, XLSX).
MODELS: dict[Mix, tuple[str, ...]] = {
    "docx": ("d01-docx-docx.eml",),
    "mixed": ("d01-docx-docx.eml", "d02-pdf-pdf.eml", "d05-xlsx.eml", "d08-long-table.eml"),
}
# Who issued the memos that cannot be rewritten: their unions bear that name, too, so that the dossiers are accepted.
ISSUERS = {
    "d02-pdf-pdf.eml": "CĐCS Bệnh viện Đa khoa Thống Nhất",
    "d05-xlsx.eml": "CĐCS Bệnh viện Đa khoa Khu vực Định Quán",
    "d08-long-table.eml": "CĐCS Bệnh viện Da liễu Đồng Nai",
}


def bench_campaign(example: Campaign, mix: Mix, count: int) -> Campaign:
    """The example campaign with `count` invented unions, each with one address."""
    return replace(example, roster=Roster(tuple(_union(mix, n) for n in range(count))))


def _union(mix: Mix, n: int) -> Union:
    alias = ISSUERS.get(MODELS[mix][n % len(MODELS[mix])])
    return Union(
        code=f"U{n:06d}",
        name=f"Đơn vị thử nghiệm {n:06d}",
        aliases=(alias,) if alias else (),
        addresses=(f"u{n:06d}@bench.example",),
    )


@dataclass(frozen=True, slots=True)
class _Model:
    message: EmailMessage
    texts: tuple[str, ...]
    """Titles and summaries of its initiatives, as written."""


def dossiers(mix: Mix, count: int, first: int = 0) -> list[bytes]:
    """`count` messages, each of another union of `bench_campaign`: address, Message-ID, issuer, initiatives."""
    truth = {one["file"]: one for one in json.loads((CORPUS / "truth.json").read_text(encoding="utf-8"))}
    models = [_model(name, truth) for name in MODELS[mix]]
    words = sorted({word for model in models for text in model.texts for word in re.findall(r"[^\W\d_]+", text)})
    return [_for_union(models[n % len(models)], n, words) for n in range(first, first + count)]


def _model(name: str, truth: dict[str, Any]) -> _Model:
    message = message_from_bytes((CORPUS / "messages" / name).read_bytes(), policy=policy.default)
    rows = [row for document in truth[name]["documents"] for row in document.get("rows", [])]
    return _Model(message, tuple(row[key] for row in rows for key in ("title", "summary") if row.get(key)))


def _for_union(model: _Model, n: int, words: list[str]) -> bytes:
    message = message_from_bytes(model.message.as_bytes(), policy=policy.default)
    for header, value in (("From", f"u{n:06d}@bench.example"), ("Message-ID", f"<bench-{n}@bench.example>")):
        message.replace_header(header, value)
    del message["Return-Path"]
    message["Return-Path"] = f"<u{n:06d}@bench.example>"
    chosen = random.Random(n)
    own = {text: " ".join(chosen.choices(words, k=len(text.split()))).capitalize() for text in model.texts}
    for part in message.walk():
        name = part.get_filename() or ""
        if rewrite := _REWRITES.get(Path(name).suffix):
            content = rewrite(bytes(part.get_content()), f"Đơn vị thử nghiệm {n:06d}", own)
            part.set_content(content, *part.get_content_type().split("/"), filename=name)
    return message.as_bytes(policy=policy.SMTP)


def _docx(content: bytes, issuer: str, own: dict[str, str]) -> bytes:
    """The same DOCX with another issuing body and other initiatives; every other part is copied as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/document.xml":
                text = data.decode().replace("CĐCS BỆNH VIỆN ĐA KHOA ĐỒNG NAI", f"CĐCS {issuer}".upper())
                text = text.replace("Bệnh viện Đa khoa Đồng Nai", issuer)
                for before, after in own.items():
                    text = text.replace(before, after)
                data = text.encode()
            new.writestr(item, data)
    return out.getvalue()


def _xlsx(content: bytes, issuer: str, own: dict[str, str]) -> bytes:
    del issuer
    out, book = io.BytesIO(), openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in own:
                    cell.value = own[cell.value]
    book.save(out)
    return out.getvalue()


_REWRITES: dict[str, Callable[[bytes, str, dict[str, str]], bytes]] = {".docx": _docx, ".xlsx": _xlsx}
