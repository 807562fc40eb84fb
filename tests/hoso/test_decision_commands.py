"""What staff type for their decisions: what it prints, its exit codes, and that each asks who and why."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.desk_only import Installation
from support.dossier_mail import DEADLINE, TWO, mail, memo, table

from hoso.cli.app import run_command
from store.engine import open_store

WHO = ("--by", "Lê Thị Thử", "--reason", "theo biên bản")
STRANGER = "hoa.cn1988@webmail.example"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A late dossier, a whole one, one with an empty cell, and a stranger's: read once for all tests."""
    folder = tmp_path_factory.mktemp("desk") / "office"
    folder.mkdir()
    made = Installation(folder, open_store(f"sqlite:///{folder}/var/hoso.sqlite", folder / "var" / "blobs"))
    made.store.upgrade()
    made.write_settings()
    late = mail("BVTN", at=DEADLINE + timedelta(hours=9))
    poor = mail("TTLK", {"To trinh.docx": memo("TTLK"), "Bang.docx": table("TTLK", TWO, {1: "applied"})})
    for number, content in enumerate((mail("BVDN"), late, poor, mail("BVLK", sender=STRANGER))):
        (folder / f"{number}.eml").write_bytes(content)
    done = made.hoso("ingest", *(f"{number}.eml" for number in range(4)))
    assert done.status == 0, done.err
    return made


@pytest.fixture
def hoso(
    desk: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Exit code and what was printed."""
    monkeypatch.chdir(desk.folder)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str]:
        status = run_command(list(arguments))
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


def rows(told: tuple[int, str]) -> list[dict[str, Any]]:
    assert told[0] == 0, told[1]
    return [json.loads(line) for line in told[1].splitlines() if line.startswith("{")]


def test_every_decision_asks_who_and_why(hoso: Callable[..., tuple[int, str]]) -> None:
    for command in (
        ("accept", "BVTN"),
        ("refuse", "BVTN"),
        ("withdraw-ruling", "BVTN"),
        ("assign", "4", "BVLK"),
        ("dismiss", "4"),
        ("unassign", "4"),
        ("correct", "TTLK", "--field", "number", "--value", "1"),
        ("withdraw-correction", "1"),
        ("withdraw-paper", "1"),
        ("objection", "end", "1", "--outcome", "settled"),
        ("objection", "reopen", "1"),
        ("extend", "--until", "2021-04-25"),
        ("withdraw-extension", "1"),
        ("close",),
        ("reopen",),
        ("resend", "1"),
        ("snapshot",),
    ):
        status, told = hoso(*command, "--by", " ", "--reason", "x")
        assert (status, "a person decides, for a reason" in told) == (2, True), command


def test_what_cannot_be_is_told_and_changes_nothing(hoso: Callable[..., tuple[int, str]]) -> None:
    for command, why in (
        (("accept", "SK39-999"), "there is no dossier SK39-999"),
        (("accept", "BVDN"), "neither late nor doubtful"),
        (("assign", "99", "BVLK"), "message 99 does not wait"),
        (("withdraw-paper", "1"), "there is no paper 1"),
        (("objection", "end", "1", "--outcome", "settled"), "there is no objection 1"),
        (("withdraw-correction", "1"), "there is no correction 1"),
        (("corrections-of-nothing",), "No such command"),
        (("resend", "99"), "there is no letter 99"),
        (("extend", "--until", "2021-04-19"), "never shortens"),
        (("snapshot", "--on", "2099-01-01"), "not over"),
        (("reopen",), "is not closed"),
    ):
        status, told = hoso(*command, *(WHO if why != "No such command" else ()))
        assert status in (1, 2), command
        assert why in " ".join(told.split()), command
    assert hoso("corrections", "SK39-999")[0] == 1
    assert hoso("correct", "TTLK", "--value", "x", *WHO)[0] == 2
    assert hoso("valid", "--on", "31/2/2021")[0] == 2
    assert hoso("snapshots", "99")[0] == 1


def test_a_day_at_the_desk(hoso: Callable[..., tuple[int, str]], desk: Installation, tmp_path: Path) -> None:
    [paper] = rows(hoso("paper", "BVDN", "--way", "post", "--arrived", "2021-04-19", "--by", "Bùi", "--json"))
    assert (paper["union"], paper["complete"], paper["received_by"]) == ("BVDN", True, "Bùi")
    late = ("paper", "BVTN", "--way", "hand", "--arrived", "2021-04-21T08:00", "--by", "Bùi", "--note", "rách bìa")
    assert "arrival number" in hoso(*late)[1]
    assert "rách bìa" in hoso("papers")[1]
    [accepted] = rows(hoso("accept", "BVTN", *WHO, "--json"))
    assert (accepted["before"], accepted["verdict"], accepted["by_rules"]) == ("late", "accepted", "late")
    assert "by the rules alone late" in hoso("why", "BVTN")[1]
    assert hoso("accept", "BVTN", "--paper", *WHO)[0] == 0
    assert [one["about"] for one in rows(hoso("rulings", "--json"))] == ["dossier", "paper"]
    assert "Lê Thị Thử" in hoso("rulings")[1]
    [waits] = rows(hoso("waiting", "--json"))
    assert hoso("dismiss", str(waits["message"]), *WHO)[0] == 0
    assert "waits again" in hoso("unassign", str(waits["message"]), *WHO)[1]
    cell = ("correct", "TTLK", "--row", "1", "--column", "applied", "--value", "Tháng 3/2021")
    [corrected] = rows(hoso(*cell, *WHO, "--json"))
    assert (corrected["reading"], corrected["before"], corrected["verdict"]) == ("", "deficient", "accepted")
    assert "Tháng 3/2021" in hoso("corrections", "TTLK")[1]
    [raised] = rows(
        hoso("objection", "add", "BVDN", "--row", "2", "--kind", "authorship", "--from", "A", *WHO, "--json")
    )
    number = str(raised["objection"])
    stood = {one["union"]: one for one in rows(hoso("valid", "--json"))}
    assert len(stood) == 34
    assert {code: stood[code]["valid"] for code in ("BVDN", "BVTN", "TTLK", "BVLK")} == {
        "BVDN": False, "BVTN": True, "TTLK": False, "BVLK": False,
    }  # fmt: skip
    assert "objection " + number in hoso("valid")[1]
    assert hoso("objection", "end", number, "--outcome", "dismissed", *WHO)[0] == 0
    assert "dismissed" in hoso("objection", "list")[1]
    [kept, *_] = [one for one in rows(hoso("snapshot", *WHO, "--json")) if one["union"] == "BVDN"]
    assert kept["valid"] is True
    assert "Lê Thị Thử" in hoso("snapshots")[1]
    assert "BVTN" in hoso("snapshots", str(kept["snapshot"]))[1]
    text = tmp_path / "thu.txt"
    text.write_text("Kính gửi đơn vị,\n\nĐề nghị gọi lại.\n", "utf-8")
    [letter] = rows(hoso("write", "BVDN", "--subject", "Về hồ sơ", "--text", str(text), *WHO, "--json"))
    assert (letter["kind"], letter["state"]) == ("by-hand", "queued")
    assert "under way" in hoso("resend", str(letter["letter"]), *WHO)[1]
    moved = hoso("extend", "--until", "2021-04-25", *WHO)
    assert "3 dossiers were judged again; the verdict of 0 changed" in " ".join(moved[1].split())
    assert "25/04/2021 23:59:59" in hoso("extensions")[1]
    assert hoso("close", *WHO)[0] == 0
    assert hoso("close", *WHO)[0] == 1
    assert hoso("audit", "verify")[0] == 0
