"""Submissions and campaigns made by hand, for tests of the rules."""

import csv
import hashlib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from dossier.campaign import (
    APPLIED,
    AUTHOR,
    SUMMARY,
    TITLE,
    Campaign,
    Column,
    Contact,
    Recognition,
    RequiredDocument,
    Roster,
    Union,
    Window,
)
from dossier.deadline import Receipt, receipt
from dossier.mail import Hop, Sender
from dossier.model import Document, Kind, Memo, Row, Submission, SummaryTable

VIETNAM = timezone(timedelta(hours=7))
DEADLINE = datetime(2021, 4, 20, 23, 59, 59, tzinfo=VIETNAM)
IN_TIME = datetime(2021, 4, 16, 9, 12, 5, tzinfo=VIETNAM)
WINDOW = Window(date(2021, 2, 1), date(2021, 5, 31))
_ROSTER = Path(__file__).parents[1] / "corpus" / "roster.csv"


def roster() -> Roster:
    with _ROSTER.open(encoding="utf-8", newline="") as file:
        return Roster(tuple(_union(line) for line in csv.DictReader(file)))


def _union(line: dict[str, str]) -> Union:
    aliases, addresses = (tuple(filter(None, line[key].split(" | "))) for key in ("aliases", "addresses"))
    return Union(line["code"], line["name"], line["block"], aliases, addresses)


def campaign(**changes: object) -> Campaign:
    """Plan 39/CĐN, as far as the rules ask."""
    fields: dict[str, object] = {
        "key": "plan-39",
        "name": "75 nghìn sáng kiến",
        "plan_number": "39/CĐN",
        "plan_date": date(2021, 3, 16),
        "organisation": "Công đoàn ngành Y tế Đồng Nai",
        "parent_organisation": "",
        "place": "Đồng Nai",
        "code_prefix": "SK39",
        "opens_at": datetime(2021, 3, 16, tzinfo=VIETNAM),
        "deadline": DEADLINE,
        "zone": "Asia/Ho_Chi_Minh",
        "required": (
            RequiredDocument(Kind.MEMO, "Tờ trình", ("to trinh",)),
            RequiredDocument(Kind.SUMMARY_TABLE, "Bảng tổng hợp tóm tắt sáng kiến", ("bang tong hop",)),
        ),
        "columns": (
            Column(AUTHOR, "Họ và tên tác giả", ("tac gia",), mandatory=True),
            Column(TITLE, "Tên sáng kiến", ("ten sang kien",), mandatory=True),
            Column(SUMMARY, "Tóm tắt nội dung", ("tom tat",), mandatory=True, limit=1000),
            Column(APPLIED, "Thời gian áp dụng", ("thoi gian",), mandatory=True),
            Column("benefit", "Hiệu quả", ("hieu qua",)),
        ),
        "window": WINDOW,
        "contact": Contact("Thường trực", "sangkien@cdyte-dongnai.example"),
        "roster": roster(),
        "recognition": Recognition(("sangkien@cdyte-dongnai.example",), ("75 nghin sang kien", "39/cdn")),
    }
    return Campaign(**(fields | changes))  # type: ignore[arg-type]


def row(title: str = "Cải tiến quy trình", **cells: str) -> Row:
    usual = {AUTHOR: f"Tác giả của {title}", TITLE: title, SUMMARY: "Rút ngắn thời gian chờ.", APPLIED: "Tháng 3/2021"}
    return Row(usual | cells)


def table(*rows: Row, file: str = "Bang tong hop.docx", part: str = "3", **changes: object) -> Document:
    columns = {key: key for key in (AUTHOR, TITLE, SUMMARY, APPLIED)}
    return document(file, part, Kind.SUMMARY_TABLE, table=SummaryTable(columns, rows), **changes)


OWN_NAME = "CĐCS Bệnh viện Phổi Đồng Nai"
OWN_ADDRESS = "cdcs.bvp@dongnai-yte.example"


def memo(issuer: str | None = OWN_NAME, file: str = "To trinh.docx", part: str = "2", **changes: object) -> Document:
    read = Memo(issuer=issuer, number="12/TTr-CĐCS", stated_count=None)
    return document(file, part, Kind.MEMO, **({"memo": read} | changes))


def document(file: str, part: str, *kinds: Kind, **changes: object) -> Document:
    fields: dict[str, object] = {
        "part": part,
        "file": file,
        "sha256": hashlib.sha256(f"{file}/{changes}".encode()).hexdigest(),
        "size": 1000,
        "media_type": "application/octet-stream",
        "kinds": kinds or (Kind.OTHER,),
        "read_by": "docx",
    }
    return Document(**(fields | changes))  # type: ignore[arg-type]


def submission(*documents: Document, sender: str | None = OWN_ADDRESS, **changes: object) -> Submission:
    """From the union BVP's own address, unless told otherwise."""
    name = str(changes.pop("name", "message"))
    fields: dict[str, object] = {
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "content_digest": name,
        "sender": Sender(sender),
        "message_id": f"<{name}@dongnai-yte.example>",
        "return_path": sender,
        "recipients": ("sangkien@cdyte-dongnai.example",),
        "documents": documents,
    }
    return Submission(**(fields | changes))  # type: ignore[arg-type]


def received(at: datetime = IN_TIME) -> Receipt:
    return receipt(None, (Hop("mail.cdyte-dongnai.example", at),))
