"""Small dossiers of invented unions, as the store sees them."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from dossier.campaign import AUTHOR, TITLE, Campaign, Contact, Roster
from dossier.deadline import Receipt
from dossier.initiatives import Drawn, draw
from dossier.mail import Hop, Sender
from dossier.model import (
    Assessment,
    Document,
    Finding,
    Kind,
    Memo,
    Position,
    RawMessage,
    Reply,
    Row,
    Severity,
    Submission,
    SummaryTable,
    Verdict,
)
from store import dossiers, ledger, messages, readings, revisions
from store.letter_row import NewLetter

DEADLINE = datetime(2021, 4, 20, 16, 59, 59, tzinfo=UTC)


def campaign(key: str = "sk39", prefix: str = "SK39") -> Campaign:
    return Campaign(
        key=key,
        name="Sáng kiến",
        plan_number="39/CĐN",
        plan_date=date(2021, 3, 16),
        organisation="Công đoàn ngành",
        parent_organisation="",
        place="",
        code_prefix=prefix,
        opens_at=DEADLINE - timedelta(days=35),
        deadline=DEADLINE,
        zone="Asia/Ho_Chi_Minh",
        required=(),
        columns=(),
        window=None,
        contact=Contact("Văn phòng", "vp@cdn.example"),
        roster=Roster(()),
    )


def rows(*titles: str) -> tuple[Row, ...]:
    return tuple(Row({AUTHOR: f"Nguyễn Văn {n}", TITLE: title}, {"Ghi chú": "mới"}) for n, title in enumerate(titles))


def initiatives(*titles: str, campaign: str = "sk39") -> tuple[Drawn, ...]:
    return draw(SummaryTable({TITLE: "Tên sáng kiến"}, rows(*titles)), campaign)


def submission(content: bytes, titles: tuple[str, ...] = ("Cải tiến xe đẩy",), reader: str = "1") -> Submission:
    table = SummaryTable({TITLE: "Tên sáng kiến"}, rows(*titles), stated_total=len(titles))
    digest = hashlib.sha256(content).hexdigest()
    return Submission(
        sha256=digest,
        content_digest=hashlib.sha256(b"content " + content).hexdigest(),
        sender=Sender("cdcs.a@dongnai-yte.example", "CĐCS A"),
        message_id="<1@dongnai-yte.example>",
        received=(Hop("mx.cdn.example", DEADLINE),),
        subject="Hồ sơ sáng kiến \U0001f4c4",
        documents=(
            Document("2", "To trinh.docx", "0" * 64, 10, "application/x", (Kind.MEMO,), "docx", Memo(number="12/TTr")),
            Document("3", "Bang.docx", "1" * 64, 10, "application/x", (Kind.SUMMARY_TABLE,), "docx", table=table),
        ),
        reader=reader,
    )


def assessment(
    verdict: Verdict = Verdict.ACCEPTED, *findings: Finding, received_at: datetime | None = None, table: str = ""
) -> Assessment:
    return Assessment(
        verdict=verdict,
        reply=Reply.ACKNOWLEDGEMENT if verdict is Verdict.ACCEPTED else Reply.DEFICIENCY,
        union="A",
        complete=verdict is not Verdict.DEFICIENT,
        in_time=verdict is not Verdict.LATE,
        findings=findings,
        received_at=received_at or DEADLINE - timedelta(days=1),
        deadline=DEADLINE,
        rules="7",
        known_sender=True,
        in_force={Kind.SUMMARY_TABLE.value: table or "ab/3"},
    )


MISSING_MEMO = Finding("missing-memo", Severity.DEFICIENCY, values={"kind": "memo"})


def arrived(tx: Connection, content: bytes, now: datetime, uid: int = 1) -> ledger.LedgerEntry:
    position = Position("intake", "INBOX", 7, uid)
    raw = RawMessage(content, "INBOX", now, position, now - timedelta(minutes=5))
    return ledger.arrive(tx, ledger.Arrival.of(raw, hashlib.sha256(content).hexdigest()))


def judged(
    tx: Connection,
    content: bytes,
    now: datetime,
    *,
    union: str = "A",
    uid: int = 1,
    verdict: Verdict = Verdict.ACCEPTED,
    file_sha256: str = "",
) -> revisions.Revision:
    """A message all the way from its place in the mailbox to a revision of its union's dossier."""
    entry = arrived(tx, content, now, uid)
    brought = submission(content)
    if file_sha256:
        files = tuple(replace(one, sha256=file_sha256) for one in brought.documents)
        brought = replace(brought, documents=files)
    readings.save(tx, entry.message_id, brought, now)
    messages.keep_receipt(tx, entry.message_id, _receipt(now))
    dossier = dossiers.lock_or_create(tx, campaign(), union, now)
    findings = (MISSING_MEMO,) if verdict is Verdict.DEFICIENT else ()
    new = revisions.NewRevision(
        assessment(verdict, *findings, table=f"{entry.sha256}/3"),
        revisions.Cause.MESSAGE,
        entry.message_id,
        brought.documents,
        initiatives("Cải tiến xe đẩy", "Phần mềm hẹn khám"),
    )
    revision = revisions.add(tx, dossier, new, now)
    ledger.settle(tx, entry.id, ledger.Outcome.JOINED, now, dossier_id=dossier.id)
    return revision


def _receipt(now: datetime) -> Receipt:
    at = now - timedelta(minutes=5)
    return Receipt(at, server_time=at)


def letter(
    key: str, recipient: str = "a@yte.example", *, held: bool = False, mime: bytes = b"Subject: x\r\n"
) -> NewLetter:
    return NewLetter(key, f"<{key}@cdn.example>", "acknowledgement", recipient, "Thông báo", mime, held=held)
