"""Every command on an installation with mail in it: what it shows, its JSON, its exit code (README.md)."""

import hashlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import text
from support.attachments import MESSAGES
from support.dossier_mail import IN_TIME, mail, memo
from support.dovecot import PASSWORD, Dovecot
from support.service import Site, installed, parsed
from support.waiting import wait_until

from hoso.cli.app import make_app, run_command
from hoso.wiring import this_program
from intake.steps import Step

pytestmark = pytest.mark.dovecot


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory, dovecot: Dovecot, new_user: Callable[[], str]) -> Iterator[Site]:
    """A dossier that is accepted, one that lacks its table, a stranger's, thanks; for tests that only look."""
    user = new_user()
    with installed(tmp_path_factory.mktemp("cli") / user, dovecot, user) as site:
        site.once()
        site.deliver(mail("BVDN"), IN_TIME)
        site.deliver(mail("BVTN", {"To trinh.docx": memo("BVTN")}), IN_TIME)
        site.deliver(mail("BVLK", sender="hoa.cn1988@webmail.example"), IN_TIME)
        site.deliver(mail("BVLT", {}, words="Xin cảm ơn."), IN_TIME)
        site.once()
        yield site


def rows(site: Site, *arguments: str, status: int = 0) -> list[dict[str, Any]]:
    """What the command prints with --json."""
    ended = site.hoso(*arguments, "--json")
    assert ended.status == status, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


# --- looking -------------------------------------------------------------------------------------------------------


def test_dossiers_are_listed_and_can_be_chosen_by_verdict_and_finding(lived_in: Site) -> None:
    told = {row["union"]: (row["verdict"], row["findings"]) for row in rows(lived_in, "dossiers")}
    assert told == {"BVDN": ("accepted", []), "BVTN": ("deficient", ["missing-summary-table"])}
    assert [row["union"] for row in rows(lived_in, "dossiers", "--verdict", "accepted")] == ["BVDN"]
    assert [row["union"] for row in rows(lived_in, "dossiers", "--finding", "missing-summary-table")] == ["BVTN"]
    shown = lived_in.hoso("dossiers").out
    assert "2 of 34 unions" in shown


@pytest.mark.parametrize("which", ["SK39-001", "BVDN"])
def test_the_story_of_a_dossier_is_told_by_its_code_or_its_union(lived_in: Site, which: str) -> None:
    (story,) = rows(lived_in, "show", which)
    assert (story["code"], story["union"], story["verdict"]) == ("SK39-001", "BVDN", "accepted")
    assert [document["kinds"] for document in story["documents"]] == [["memo"], ["summary_table"]]
    assert len(story["initiatives"]) == 2
    assert [letter["state"] for letter in story["letters"]] == ["sent"]
    assert "revision-recorded" in {event["kind"] for event in story["history"]}
    assert "Bang tong hop.docx" in lived_in.hoso("show", which).out


def test_messages_are_listed_with_their_one_outcome(lived_in: Site) -> None:
    told = {row["number"]: row["outcome"] for row in rows(lived_in, "messages")}
    assert told == {1: "joined", 2: "joined", 3: "waiting", 4: "correspondence"}
    assert [row["number"] for row in rows(lived_in, "messages", "--outcome", "waiting")] == [3]
    assert [row["number"] for row in rows(lived_in, "messages", "--limit", "2")] == [4, 3]
    assert rows(lived_in, "messages", "--quarantined") == []
    assert "thu-1" not in lived_in.hoso("messages").out


def test_letters_are_listed_and_one_is_shown_whole(lived_in: Site, tmp_path: Path) -> None:
    told = {row["number"]: (row["kind"], row["state"]) for row in rows(lived_in, "letters")}
    assert told == {
        1: ("acknowledgement", "sent"),
        2: ("deficiency", "sent"),
        3: ("unverified-acknowledgement", "sent"),
    }
    assert rows(lived_in, "letters", "--state", "held") == []
    (letter,) = rows(lived_in, "letters", "2")
    assert "Chưa có Bảng tổng hợp tóm tắt sáng kiến" in letter["text"]
    copy = tmp_path / "thu.eml"
    assert lived_in.hoso("letters", "2", "--eml", str(copy)).status == 0
    assert parsed(copy.read_bytes())["Message-ID"] == letter["message_id"]
    again = lived_in.hoso("letters", "2", "--eml", str(copy))
    assert (again.status, "cannot be written" in " ".join(again.err.split())) == (1, True)


def test_the_history_is_proven_whole_and_its_head_carried_out(lived_in: Site) -> None:
    (head,) = rows(lived_in, "audit", "head")
    (verified,) = rows(lived_in, "audit", "verify", "--head", head["head"])
    assert (verified["sound"], verified["head"], verified["broken"]) == (True, head["head"], [])
    later = f"{head['events'] + 1}:{'0' * 64}"
    (cut,) = rows(lived_in, "audit", "verify", "--head", later, status=1)
    assert cut["sound"] is False


def test_messages_are_inspected_without_settings_and_without_a_trace(lived_in: Site, tmp_path: Path) -> None:
    before = sorted(path.name for path in (lived_in.folder / "var").rglob("*"))
    told = rows(lived_in, "inspect", str(MESSAGES / "d01-docx-docx.eml"), str(MESSAGES / "d20-vacation.eml"))
    assert [(row["file"], row["verdict"]) for row in told] == [
        ("d01-docx-docx.eml", "accepted"),
        ("d20-vacation.eml", "ignored"),
    ]
    assert sorted(path.name for path in (lived_in.folder / "var").rglob("*")) == before


def test_no_secret_and_no_address_stands_in_the_log(lived_in: Site) -> None:
    logs = [path.read_text() for path in lived_in.folder.glob("err*")]
    assert any("message settled" in log for log in logs)
    assert not any(PASSWORD in log or "@" in log for log in logs)


@pytest.mark.parametrize(
    "arguments",
    [("show", "BVLT"), ("show", "SK39-999"), ("letters", "99"), ("ingest", "no.eml"), ("inspect", "no.eml")],
)
def test_what_is_not_there_is_told_with_status_1(lived_in: Site, arguments: tuple[str, ...]) -> None:
    ended = lived_in.hoso(*arguments)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.strip()


# --- the command line ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("run", "--nope"),
        ("audit",),
        ("audit", "verify", "--head", "12"),
        ("dossiers", "--verdict", "fine"),
        ("dossiers", "--campaign", "other"),
        ("messages", "--limit", "0"),
        ("letters", "first"),
        ("show",),
        ("inspect",),
        ("retry",),
        ("resend", "1"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_has_status_2_and_no_result(lived_in: Site, arguments: tuple[str, ...]) -> None:
    ended = lived_in.hoso(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert "hoso" in ended.err
    assert "Traceback" not in ended.err


def every_command(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from every_command(one, (*path, name))
        else:
            yield " ".join((*path, name)), one


def test_every_command_tells_how_it_is_used_and_prints_for_programs_too(capsys: pytest.CaptureFixture[str]) -> None:
    commands = dict(every_command(typer.main.get_command(make_app())))
    for name, command in commands.items():
        options = {option for one in command.params for option in one.opts}
        assert command.help, name
        assert "--json" in options or name == "demo", name
        assert ("--by" in options) <= ("--reason" in options), f"{name}: who decides says why"
        assert [one.name for one in command.params if not getattr(one, "help", "") and one.name != "help"] == [], name
    assert run_command(["dossiers", "--help"]) == 0
    assert "Usage" in capsys.readouterr().out


# --- ingest and retry ----------------------------------------------------------------------------------------------


def test_files_take_the_same_way_as_mail_and_their_letters_go_with_the_next_round(site: Site) -> None:
    files = [str(MESSAGES / name) for name in ("d01-docx-docx.eml", "d15-memo-only.eml")]
    told = rows(site, "ingest", *files)
    assert [(row["union"], row["verdict"], row["letter"]) for row in told] == [
        ("BVDN", "accepted", "acknowledgement, queued"),
        ("TTLK", "deficient", "deficiency, queued"),
    ]
    assert rows(site, "ingest", *files) == []
    assert [row["received_at"] for row in rows(site, "messages")] == ["2021-04-16T02:12:05+00:00"] * 2
    site.deliver((MESSAGES / "d01-docx-docx.eml").read_bytes(), IN_TIME)
    site.once("--answer-backlog")
    assert site.outcomes() == ["joined", "joined", "duplicate-of"]
    assert len(site.relay.received) == 2


def test_a_file_whose_name_is_no_text_is_read_and_shown(site: Site) -> None:
    name = site.folder / os.fsdecode(b"th\xff\x1b[31m.eml")
    name.write_bytes(mail("BVDN"))
    (inspected,) = rows(site, "inspect", str(name))
    assert inspected["verdict"] == "accepted"
    (told,) = rows(site, "ingest", str(name))
    assert told["outcome"] == "joined"
    shown = site.hoso("messages")
    assert (shown.status, "\x1b[31m" in shown.out) == (0, False)


@pytest.fixture
def quarantined(site: Site) -> Site:
    """Two messages whose stored bytes were gone when they were to be read, and are back."""
    site.once()
    for code in ("BVDN", "BVTN"):
        site.deliver(mail(code), IN_TIME)
    site.hoso("run", "--once", crash_at=Step.ARRIVED)
    blobs, away = site.folder / "var" / "blobs", site.folder / "away"
    blobs.rename(away)
    site.once()
    away.rename(blobs)
    assert site.outcomes() == ["quarantined"] * 2
    return site


def test_what_was_quarantined_is_tried_again_all_together(quarantined: Site) -> None:
    assert [row["number"] for row in rows(quarantined, "messages", "--quarantined")] == [2, 1]
    told = rows(quarantined, "retry", "--quarantined")
    assert [(row["outcome"], row["union"]) for row in told] == [("joined", "BVDN"), ("joined", "BVTN")]
    assert rows(quarantined, "messages", "--quarantined") == []
    quarantined.once()
    assert len(quarantined.relay.received) == 2
    quarantined.assert_sound()


def test_after_an_upgrade_only_what_failed_under_the_older_program_is_tried_again(quarantined: Site) -> None:
    assert rows(quarantined, "retry", "--upgraded") == []
    with quarantined.store.writing() as tx:
        tx.execute(text("UPDATE ledger SET failed_under = 'hoso 0.0.9, parsers 3, rules 1' WHERE id = 2"))
    assert [row["failed_under"] for row in rows(quarantined, "messages", "--quarantined")] == [
        "hoso 0.0.9, parsers 3, rules 1",
        this_program(),
    ]
    assert [row["union"] for row in rows(quarantined, "retry", "--upgraded")] == ["BVTN"]
    assert quarantined.outcomes() == ["quarantined", "joined"]
    assert [row["union"] for row in rows(quarantined, "retry", "--all")] == ["BVDN"]
    quarantined.assert_sound()


def test_what_was_quarantined_says_why_and_is_exported_as_it_came(quarantined: Site) -> None:
    (last, first) = rows(quarantined, "messages", "--quarantined")
    assert "no blob" in first["error"]
    out = quarantined.folder / "thu.eml"
    (told,) = rows(quarantined, "messages", "--export", "1", "--out", str(out))
    assert (told["sha256"], hashlib.sha256(out.read_bytes()).hexdigest()) == (first["sha256"], first["sha256"])
    assert quarantined.hoso("messages", "--export", "1", "--out", str(out)).status == 1, "nothing is overwritten"
    assert quarantined.hoso("messages", "--export", "77", "--out", str(out)).status == 1
    assert quarantined.hoso("messages", "--export", "1").status == 2
    assert last["attempts"] == 1


def test_one_message_is_tried_again_by_its_number_and_what_never_failed_is_refused(quarantined: Site) -> None:
    assert [row["union"] for row in rows(quarantined, "retry", "2")] == ["BVTN"]
    again = quarantined.hoso("retry", "2", "77")
    assert (again.status, "Not in quarantine" in again.err) == (1, True)
    assert quarantined.outcomes() == ["quarantined", "joined"]


def test_a_letter_that_is_refused_goes_out_again_when_a_person_says_so(site: Site) -> None:
    site.once()
    site.relay.script.at("RCPT", "550 5.1.1 no such mailbox")
    site.deliver(mail("BVDN"), IN_TIME)
    site.once()
    assert [row["number"] for row in rows(site, "letters", "--state", "failed")] == [1]
    told = site.hoso("resend", "1", "--by", "Lê Thị Thử", "--reason", "đã sửa địa chỉ")
    assert told.status == 0
    site.once()
    assert [letter["To"] for letter in site.delivered()] == ["cdcs.bvdn@dongnai-yte.example"]
    again = site.hoso("resend", "1", "--by", "Lê Thị Thử", "--reason", "lần nữa")
    assert (again.status, "Letter 2 to cdcs.bvdn@" in again.out) == (0, True), "of one that went out, a copy"


# --- being stopped -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_service_that_waits_for_mail_ends_well_when_it_is_told_to(site: Site, number: signal.Signals) -> None:
    running = site.start("run")
    wait_until(lambda: "running" in running.err.read_text())
    running.send(number)
    ended = running.wait()
    assert (ended.status, "the step in hand is finished" in ended.err) == (0, True), ended.err


def test_a_service_that_is_told_to_end_while_it_works_finishes_the_step_in_hand(site: Site) -> None:
    site.once()
    codes = ("BVDN", "BVTN", "BVLK", "BVLT", "BVDQ", "BVND", "BVP", "BVDL", "BVSM", "BVHM", "BVAC", "TTBH")
    site.server.deliver_all(site.user, [(mail(code), IN_TIME) for code in codes])
    running = site.start("run")
    wait_until(lambda: "message settled" in running.err.read_text())
    running.terminate()
    assert running.wait().status == 0
    assert {letter.state.value for letter in site.letters()} <= {"queued", "sent"}
    assert {entry.sha256 for entry in site.entries()} == set(site.store.blobs.iterate())
    site.once()
    assert site.outcomes() == ["joined"] * len(codes)
    assert len({one.recipient for one in site.relay.received}) == len(site.relay.received) == len(codes)
    site.assert_sound()


def test_a_single_round_that_is_told_to_end_does_so_too(site: Site) -> None:
    codes = ("BVDN", "BVTN", "BVLK", "BVLT", "BVDQ", "BVND", "BVP", "BVDL")
    site.server.deliver_all(site.user, [(mail(code), IN_TIME) for code in codes])
    running = site.start("run", "--once", "--answer-backlog")
    wait_until(lambda: "message settled" in running.err.read_text())
    running.terminate()
    assert running.wait().status == 0
    assert None in site.outcomes(), "it would have gone on"
    site.once()
    assert site.outcomes() == ["joined"] * len(codes)
    assert len(site.relay.received) == len(codes)


def test_a_command_that_is_interrupted_has_status_130(site: Site) -> None:
    message = str(MESSAGES / "d01-docx-docx.eml")
    running = site.start("inspect", "--json", *[message] * 4000)
    wait_until(running.out.read_bytes)
    running.send(signal.SIGINT)
    ended = running.wait()
    assert ended.status == 130
    assert "Traceback" not in ended.err
