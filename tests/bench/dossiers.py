"""N different dossiers for the bench: corpus messages rewritten for N invented unions."""

import io
import re
import zipfile
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from dossier.campaign import Campaign, Roster, Union

MESSAGES = Path(__file__).parents[1] / "corpus" / "messages"
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


def dossiers(mix: Mix, count: int, first: int = 0) -> list[bytes]:
    """`count` messages, each of another union of `bench_campaign`: own address, Message-ID and, in DOCX, name."""
    models = [message_from_bytes((MESSAGES / name).read_bytes(), policy=policy.default) for name in MODELS[mix]]
    return [_for_union(models[n % len(models)], n) for n in range(first, first + count)]


def _for_union(model: EmailMessage, n: int) -> bytes:
    message = message_from_bytes(model.as_bytes(), policy=policy.default)
    for header, value in (("From", f"u{n:06d}@bench.example"), ("Message-ID", f"<bench-{n}@bench.example>")):
        message.replace_header(header, value)
    del message["Return-Path"]
    message["Return-Path"] = f"<u{n:06d}@bench.example>"
    for part in message.walk():
        name = part.get_filename() or ""
        if name.endswith(".docx"):
            content = _rename_issuer(bytes(part.get_content()), f"Đơn vị thử nghiệm {n:06d}")
            part.set_content(
                content,
                maintype="application",
                subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
                filename=name,
            )
    return message.as_bytes(policy=policy.SMTP)


def _rename_issuer(docx: bytes, name: str) -> bytes:
    """The same DOCX with another issuing body; every other part is copied as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/document.xml":
                data = re.sub("CĐCS Bệnh viện Đa khoa Đồng Nai".upper(), f"CĐCS {name}".upper(), data.decode()).encode()
                data = data.replace("Bệnh viện Đa khoa Đồng Nai".encode(), name.encode())
            new.writestr(item, data)
    return out.getvalue()
