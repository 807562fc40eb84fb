"""A campaign that examines, with dossiers of invented unions, and points of two examiners."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dossier.campaign import AUTHOR, BENEFIT, SUMMARY, TITLE, Campaign, Roster, Union
from dossier.examination import Criterion, Examination
from dossier.initiatives import draw
from dossier.model import Row, SummaryTable, Verdict
from intake.examine import By, Giving, give
from store import dossiers, revisions
from store.engine import Store
from store.revisions import Cause, NewRevision
from support.store_samples import MISSING_MEMO, assessment, campaign

BY = By("Nguyễn Thị Thư", "biên bản chấm ngày 04/5/2021")
BINH, CUONG = "Trần Thị Bình", "Lê Văn Cường"
CRITERIA = (Criterion("new", "Tính mới", Decimal(40)), Criterion("use", "Hiệu quả", Decimal(60)))
ROSTER = Roster(tuple(Union(code, f"Công đoàn cơ sở Bệnh viện {code}") for code in "ABCD"))


def examining(key: str = "sk39", **more: object) -> Campaign:
    """Without paper copies: a dossier that is complete and in time is valid."""
    rules = replace(Examination(CRITERIA, quota=1, shortlist=2), **more)  # type: ignore[arg-type]
    return replace(campaign(key), roster=ROSTER, paper_copy=False, examination=rules)


def cells(title: str, author: str = "Phạm Thị Dung", **more: str) -> dict[str, str]:
    return {AUTHOR: author, TITLE: title, SUMMARY: f"Tóm tắt {title}", BENEFIT: "150 triệu/năm"} | more


def sent(tx: Connection, of: Campaign, union: str, rows: list[Mapping[str, str]], now: datetime) -> str:
    """A dossier that was accepted; a second call is a table sent anew. Returns the dossier's code."""
    return _judged(tx, of, union, rows, now, Verdict.ACCEPTED)


def sent_incomplete(tx: Connection, of: Campaign, union: str, rows: list[Mapping[str, str]], now: datetime) -> str:
    return _judged(tx, of, union, rows, now, Verdict.DEFICIENT)


def _judged(
    tx: Connection, of: Campaign, union: str, rows: list[Mapping[str, str]], now: datetime, verdict: Verdict
) -> str:
    dossier = dossiers.lock_or_create(tx, of, union, now)
    told = assessment(verdict, *([MISSING_MEMO] if verdict is Verdict.DEFICIENT else []))
    table = SummaryTable({TITLE: "Tên sáng kiến"}, tuple(Row(dict(row)) for row in rows))
    drawn = draw(table, of.key)
    revisions.add(tx, dossier, NewRevision(told, Cause.DECISION, initiatives=drawn), now)
    return dossier.code


def points(new: str, use: str) -> dict[str, Decimal]:
    return {"new": Decimal(new), "use": Decimal(use)}


def score(store: Store, of: Campaign, which: str, examiner: str, new: str, use: str, now: datetime) -> None:
    """ "A/1": the first initiative of union A."""
    union, _, row = which.partition("/")
    give(store, of, examiner, [Giving(union, int(row), points(new, use))], BY, now)


def filled(store: Store, now: datetime, of: Campaign | None = None) -> Campaign:
    """Four unions with five initiatives, all scored; D's dossier lacks its memo, and its initiative is the best.

    A/1 90 (88-92), A/2 80 (one examiner), B/1 85, C/1 70 (60-80), D/1 95.
    """
    used = of or examining()
    with store.writing() as tx:
        sent(tx, used, "A", [cells("Xe đẩy cấp cứu"), cells("Hộp đựng kim tiêm", "Đỗ Văn Em")], now)
        sent(tx, used, "B", [cells("Phần mềm hẹn khám")], now)
        sent(tx, used, "C", [cells("Giá treo dịch truyền")], now)
        sent_incomplete(tx, used, "D", [cells("Tủ sấy dụng cụ")], now)
    for which, examiner, new, use in (
        ("A/1", BINH, "38", "50"),
        ("A/1", CUONG, "40", "52"),
        ("A/2", BINH, "30", "50"),
        ("B/1", BINH, "35", "50"),
        ("B/1", CUONG, "35", "50"),
        ("C/1", BINH, "20", "40"),
        ("C/1", CUONG, "30", "50"),
        ("D/1", BINH, "40", "55"),
    ):
        score(store, used, which, examiner, new, use, now)
    return used
