"""The inspection page: everything that was read, nothing that runs or leads outside, whatever a message holds."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from support.attachments import MESSAGES
from support.dossiers import campaign, document, memo, row, submission, table

from dossier.assessment import JudgingContext, judge_alone
from dossier.deadline import receipt
from dossier.findings import POLICY
from dossier.model import Kind, Memo, Problem, Submission
from dossier.signatures import Signature, SinceSigning
from hoso.cli.app import run_command
from hoso.reading_page import words
from hoso.reading_page.build import message_shown, unread_shown
from hoso.reading_page.render import page
from parsers.content import Box, Cell, Content, Grid, Line
from parsers.views import PageImage, View

CAMPAIGN = campaign()
HOSTILE = "\"><script>alert(1)</script><img src=x onerror='x'>{{ 7*7 }}\u202egpj.exe\x1b[31m"
PIXEL = base64.b64encode(b"RIFF").decode()


def source(given: Submission, *views: View) -> str:
    assessment = judge_alone(given, receipt(None, given.received), CAMPAIGN, JudgingContext())
    return "".join(page("Hoso", [message_shown("thu.eml", given, assessment, views, CAMPAIGN)]))


def hostile() -> tuple[Submission, View]:
    bad = replace(
        table(row(HOSTILE, summary=HOSTILE, benefit="150 triệu/năm"), file=HOSTILE),
        memo=Memo(issuer=HOSTILE, subject=HOSTILE, missing=(HOSTILE,)),
        kinds=(Kind.MEMO, Kind.SUMMARY_TABLE),
        detail=HOSTILE,
        doubts=(HOSTILE,),
        containers=(HOSTILE,),
        read_by=HOSTILE,
        signatures=(Signature(HOSTILE, HOSTILE, datetime(2021, 4, 1, tzinfo=UTC), doubt=HOSTILE),),
    )
    cells = ((Cell(HOSTILE, box=Box(1, 1, 9, 9)), Cell("", box=Box(9, 1, 19, 9))),)
    content = Content((Line(HOSTILE, 1, Box(0, 0, 5, 5), confidence=0.5), Grid(cells, page=1, sheet=HOSTILE)), "pdf")
    given = submission(bad, subject=HOSTILE, own_words=HOSTILE, problems=(HOSTILE,))
    return given, View(bad.part, content, (PageImage(1, 100, 140, False, PIXEL),), HOSTILE)


@pytest.mark.parametrize("with_pages", [True, False])
def test_nothing_of_a_message_becomes_markup_or_runs(with_pages: bool) -> None:
    given, view = hostile()
    text = source(given, view if with_pages else replace(view, pages=()))
    tree = html.fromstring(text)
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img | //iframe | //object | //form | //link") == []
    assert tree.xpath("//@onerror | //@onclick | //@style") == []
    assert "alert(1)" in tree.text_content()
    assert not re.search("[\u202e\x1b]", text)
    assert text.count("<svg") == with_pages


def test_the_page_asks_for_nothing_outside_and_its_rules_let_only_itself_run() -> None:
    text = source(*hostile())
    tree = html.fromstring(text)
    links = [link for _, _, link, _ in tree.iterlinks()]
    assert links
    assert all(link.startswith(("#", "data:image/webp;base64,")) for link in links)
    assert "http://" not in text
    assert "https://" not in text
    [rules] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert rules.startswith("default-src 'none'; img-src data:;")
    for name in ("style", "script"):
        [body] = re.findall(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in rules


def test_every_place_that_was_used_leads_to_its_value() -> None:
    read = table(row("Xe đẩy thuốc"), row("Giá treo dịch"))
    cells = tuple(
        tuple(
            Cell(text, confidence=0.8, box=Box(20 * x, 20 * y, 20 * x + 18, 20 * y + 18)) for x, text in enumerate(line)
        )
        for y, line in enumerate([list(one.cells.values()) for one in read.table.rows])  # type: ignore[union-attr]
    )
    view = View(read.part, Content((Grid(cells, page=1),), "ocr"), (PageImage(1, 200, 100, True, PIXEL),))
    tree = html.fromstring(source(submission(read), view))
    used = {use for uses in tree.xpath("//rect/@data-u") for use in uses.split()}
    values = set(tree.xpath("//div[contains(@class, 'value')]/@data-u"))
    assert len(used) == 8
    assert used <= values
    assert set(tree.xpath("//rect[@data-u]/@class")) == {"fair used"}
    assert tree.xpath("//svg/@viewbox | //svg/@viewBox") == ["0 0 200 100"]


def test_a_file_without_pages_is_shown_as_its_text_with_merged_cells() -> None:
    from support.contents import ABOVE, LEFT, grid  # noqa: PLC0415 - the only test that needs them

    read = memo(part="2")
    blocks = (Line("Kính gửi: Thường trực"), grid(("a", LEFT, "b"), ("c", "d", ABOVE)))
    tree = html.fromstring(source(submission(read), View("2", Content(blocks, "docx"))))
    assert tree.xpath("//td[@colspan='2']/text()") == ["a"]
    assert tree.xpath("//td[@rowspan='2']/text()") == ["b"]
    assert [cell.text for cell in tree.xpath("//td")] == ["a", "b", "c", "d"]


def test_values_findings_and_figures_stand_beside_the_pages() -> None:
    read = table(row("Xe đẩy", benefit="150 triệu/năm", applied="Tháng 3/2021"), row("Giá treo", summary=""))
    text = html.fromstring(source(submission(memo(), read))).text_content()
    for words_of_page in (
        "150.000.000 đ/năm",
        "01/03/2021 – 31/03/2021",
        "Dòng thiếu nội dung bắt buộc",
        "A mandatory cell is empty",
        "Cần bổ sung",
        "Chờ cán bộ xem xét",
        "12/TTr-CĐCS",
    ):
        assert words_of_page in text


def test_signatures_and_problems_are_told() -> None:
    signed = memo(signatures=(Signature("CĐCS A", since=SinceSigning.CHANGED, trusted=False, doubt="bytes differ"),))
    locked = document("khoa.pdf", "4", Kind.UNREADABLE, problem=Problem.PASSWORD, read_by=None)
    text = html.fromstring(source(submission(signed, locked))).text_content()
    assert "đã thay đổi sau khi ký" in text
    assert "bytes differ" in text
    assert "Opens with a password" in text


def test_every_finding_kind_and_verdict_has_words_in_both_languages() -> None:
    assert set(words.FINDINGS) == set(POLICY)
    tables = (
        words.FINDINGS,
        words.VERDICTS,
        words.KINDS,
        words.PROBLEMS,
        words.SINCE,
        words.MEMO_FIELDS,
        words.REPLIES,
    )
    said = [both for each in tables for both in each.values()]
    assert all(both.vi and both.en and both.vi != both.en for both in said)
    text = source(*hostile())
    assert text.count('lang="en"') == text.count('lang="vi"') - 2  # the page itself is Vietnamese, and says so twice


def test_a_message_that_cannot_be_read_is_shown_as_such() -> None:
    text = "".join(page("Hoso", [unread_shown("x.eml", "nested too deep", CAMPAIGN)]))
    assert "nested too deep" in text
    assert "not-read" in text


def test_the_command_writes_the_page_beside_its_usual_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [message] = MESSAGES.glob("d02-*.eml")
    out = tmp_path / "out.html"
    status = run_command(["inspect", str(message), "--json", "--html", str(out)])
    assert status == 0
    assert '"union": "BVTN"' in capsys.readouterr().out
    tree = html.fromstring(out.read_text("utf-8"))
    assert len(tree.xpath("//svg")) == 3
    assert len(tree.xpath("//rect[@data-u]")) > 50


def test_the_page_never_overwrites_the_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = tmp_path / "a.eml"
    message.write_bytes(b"From: a@b.example\r\n\r\nx")
    assert run_command(["inspect", str(message), "--html", str(message)]) != 0
    assert message.read_bytes().startswith(b"From:")
    assert "--html" in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_told_and_one_that_was_is_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = tmp_path / "a.eml"
    message.write_bytes(b"From: a@b.example\r\nSubject: x\r\n\r\nx")
    assert run_command(["inspect", str(message), "--html", str(tmp_path / "none" / "a.html")]) == 1
    told = capsys.readouterr()
    assert (told.out, "a.html cannot be written: No such file or directory" in told.err.replace("\n", " ")) == (
        "",
        True,
    )
    assert run_command(["inspect", str(message), "--html", str(tmp_path / "a.html")]) == 0
    assert capsys.readouterr().out.endswith(f"The page is in {tmp_path / 'a.html'}\n")


def test_a_sheet_that_loses_text_on_paper_is_shown_as_its_text_too() -> None:
    read = table(row("Xe đẩy thuốc hai tầng"), row("Giá treo dịch truyền"))
    lines = [list(one.cells.values()) for one in read.table.rows]  # type: ignore[union-attr]
    whole = Content((Grid(tuple(tuple(map(Cell, line)) for line in lines)),), "spreadsheet")
    printed = {
        "cut off": Content((Line("Xe đẩy th", 1, Box(0, 0, 50, 10)),), "pdf"),
        "whole": Content((Grid(whole.blocks[0].rows, page=1),), "pdf"),  # type: ignore[union-attr]
    }
    image = PageImage(1, 200, 100, False, PIXEL)
    for name, content in printed.items():
        tree = html.fromstring(source(submission(read), View(read.part, whole, (image,), printed=content)))
        assert len(tree.xpath("//svg")) == 1
        assert bool(tree.xpath("//td")) == (name == "cut off")
