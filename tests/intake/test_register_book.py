"""The register of incoming documents: one series of email and paper; no number that was written by hand is guessed."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.converting import pdf_text
from support.store_samples import campaign, judged, submission

from dossier.decisions import Way
from dossier.incoming import Incoming, date_of, memo_of, number_and_symbol
from dossier.incoming import Paper as PaperLine
from dossier.model import Document, Kind, Memo
from hoso.campaigns import example_campaign
from intake.register_book import register_book
from reports.register_book import register_workbook
from store import dossiers, erasing, messages, paper, readings
from store.engine import Store

CAMPAIGN = campaign()
CAME = datetime(2021, 4, 19, 20, tzinfo=UTC)
HELD = (Kind.MEMO, Kind.SUMMARY_TABLE)


def _filled(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"of A", now, union="A", uid=1)
        first = dossiers.of_union(tx, "sk39", "A")
        alone = dossiers.lock_or_create(tx, CAMPAIGN, "B", now)
        assert first is not None
        for one, way in ((alone, Way.HAND), (first, Way.POST)):
            new = paper.NewPaper(way, CAME, "Tư", HELD, complete=True, postmarked_on=date(2021, 4, 17))
            kept = paper.record(tx, one, CAMPAIGN, new, now + timedelta(hours=1), by="Lan", reason="x")
        paper.withdraw(tx, kept.decided.number, now + timedelta(hours=2), by="Lan", reason="nhầm")
        judged(tx, b"of C", now + timedelta(hours=3), union="C", uid=2)
        judged(tx, b"of D, a year on", now + timedelta(days=366), union="D", uid=3)


def test_email_and_paper_are_one_series_in_which_no_number_is_missing(store: Store, now: datetime) -> None:
    _filled(store, now)
    lines = register_book(store, [CAMPAIGN], 2021)
    told = [(one.number, one.dossier, one.paper.way if one.paper else None) for one in lines]
    assert told == [(1, "SK39-001", None), (2, "SK39-002", "hand"), (3, "SK39-001", "post"), (4, "SK39-003", None)]
    email, hand, post, _ = lines
    assert (email.written_number, email.symbol, email.kinds) == ("12", "TTr", HELD)
    assert hand.arrived_on == date(2021, 4, 20), "it came on the next day in the campaign's zone"
    assert (hand.issuer, hand.subject, hand.signer) == ("B", "", ""), "nothing was read of it"
    assert post.paper == PaperLine("post", date(2021, 4, 17), withdrawn=True)
    assert [one.number for one in register_book(store, [CAMPAIGN], 2022)] == [1]
    assert register_book(store, [CAMPAIGN], 2020) == []


def test_an_erased_dossier_keeps_its_line(store: Store, now: datetime) -> None:
    _filled(store, now)
    with store.writing() as tx:
        erasing.erase_dossier(tx, 1, now + timedelta(days=4000), by="An", reason="hết hạn")
    first = register_book(store, [CAMPAIGN], 2021)[0]
    assert (first.number, first.dossier, first.written_number, first.subject) == (1, "SK39-001", "", "")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("12/TTr-CĐCS", ("12", "TTr-CĐCS")),
        (" 07 / TTr - CĐ ", ("07", "TTr - CĐ")),
        ("…/TTr-CĐCS", ("", "TTr-CĐCS")),
        ("/TTr", ("", "TTr")),
        ("15", ("15", "")),
        ("TTr-CĐCS", ("", "TTr-CĐCS")),
        (None, ("", "")),
    ],
)
def test_number_and_symbol_are_told_apart(written: str | None, told: tuple[str, str]) -> None:
    memo = Memo(number=written, date=date(2021, 4, 15))
    digital = Document("2", "a.docx", "0" * 64, 1, "x", (Kind.MEMO,), "docx", memo)
    assert number_and_symbol(digital) == told
    assert date_of(digital) == date(2021, 4, 15)
    scanned = replace(digital, read_by="ocr")
    assert (number_and_symbol(scanned), date_of(scanned)) == (("", ""), None), "numbers by hand are read wrong"
    assert memo_of((scanned, digital)) is digital


def test_the_book_prints_with_its_header_on_each_page_and_without_formulas(tmp_path: Path) -> None:
    line = Incoming(1, date(2021, 4, 16), "SK39-001", "A", issuer="=1+1", written_number="12", symbol="TTr", kinds=HELD)
    lines = [replace(line, number=n, subject="về việc xét chọn sáng kiến") for n in range(1, 35)]
    content = register_workbook(example_campaign(), lines, 2021)
    book = load_workbook(io.BytesIO(content))
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []
    sheet = book.worksheets[0]
    first = [cell.value for cell in sheet[11]]
    assert first[1:6] == [
        1,
        "=1+1",
        "12/TTr",
        None,
        "Tờ trình về việc xét chọn sáng kiến; kèm Bảng tổng hợp tóm tắt sáng kiến",
    ]
    assert first[7:9] == [None, None], "written by hand"
    (tmp_path / "b.xlsx").write_bytes(content)
    pages = pdf_text(tmp_path / "b.xlsx").rstrip("\f").split("\f")
    assert [page[:200] for page in pages if "Ngày đến" not in page] == []
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" in pages[0]
    assert "Năm 2021" in pages[0]


def test_a_reading_that_is_newer_counts(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"of A", now, union="A", uid=1)
        again = submission(b"of A", reader="2")
        memo, table = again.documents
        read = replace(memo, memo=Memo(number="13/TTr", subject="về việc khác", signer="Lê A"))
        known = messages.find_by_sha(tx, again.sha256)
        assert known is not None
        readings.save(tx, known.id, replace(again, documents=(read, table)), now)
    (line,) = register_book(store, [CAMPAIGN], 2021)
    assert (line.written_number, line.subject, line.signer) == ("13", "về việc khác", "Lê A")
