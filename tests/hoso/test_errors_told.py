"""What stands in a command's way is told in a line that says what to do; no traceback, nothing half left."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.desk_only import Installation, installation
from support.service import Ended

WHO = ("--by", "Lan", "--reason", "thử")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    now = datetime.fromisoformat("2021-04-15T08:30:00+07:00")
    made = installation(tmp_path_factory.mktemp("errors") / "hoso", now)
    yield made
    made.store.close()


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def told(ended: Ended, status: int, *words: str) -> None:
    assert ended.status == status, ended.err
    assert "Traceback" not in ended.err
    assert [word for word in words if word not in ended.err] == []


def test_a_log_that_cannot_be_written_stops_nobody_who_looks(here: Installation) -> None:
    (here.folder / "log").mkdir(exist_ok=True)  # a folder: not even root can write into it as a file
    here.write_settings(logs={"file": "log"})
    try:
        looked = here.hoso("messages")
        told(looked, 0, "log cannot be written", "stands here")
        assert looked.out
        told(here.hoso("run", "--once"), 3, "logs.file", "name another file")
    finally:
        here.write_settings()


def test_who_logs_in_nowhere_needs_no_password(here: Installation) -> None:
    relay = {"host": "127.0.0.1", "security": "plain", "from_address": "a@b.example", "from_name": "Hoso"}
    here.write_settings(smtp=relay | {"user": "a", "password_file": "nowhere"})
    try:
        told(here.hoso("backup", "--to", "backups"), 0)
        told(here.hoso("export-person", "--name", "Không ai", "--out", "none.zip", *WHO), 0)
        told(here.hoso("target", "BVDN", "movement", "--yes", *WHO), 0)
        told(here.hoso("reconcile"), 3, "password_file")
    finally:
        here.write_settings()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"key: value\n" * 100, ("is no database", "check the URL")),
        (b"SQLite format 3\x00" + b"\xff" * 5000, ("hoso.sqlite",)),
    ],
)
def test_a_store_that_is_none_is_named(
    tmp_path: Path, here: Installation, content: bytes, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "hoso"
    shutil.copytree(here.folder, folder, ignore=shutil.ignore_patterns("*.sqlite*"))
    (folder / "var" / "hoso.sqlite").write_bytes(content)
    told(Installation(folder, here.store).hoso("dossiers"), 5, "var/hoso.sqlite", *words)


def test_a_store_of_another_version_is_told(tmp_path: Path, here: Installation) -> None:
    folder = tmp_path / "hoso"
    shutil.copytree(here.folder, folder)
    with sqlite3.connect(folder / "var" / "hoso.sqlite") as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    copy = Installation(folder, here.store)
    told(copy.hoso("dossiers"), 5, "of version 9999", "the program of")
    told(copy.hoso("accept", "SK39-001", *WHO), 5, "version")


@pytest.mark.parametrize(
    "arguments", [("evidence", "SK39-001", "--out"), ("dossiers", "--csv"), ("dossiers", "--xlsx")]
)
def test_an_export_into_no_folder_or_over_a_file_is_refused(here: Installation, arguments: tuple[str, ...]) -> None:
    before = names(here.folder)
    told(here.hoso(*arguments, "nowhere/a"), 1, "nowhere/a cannot be written: No such file or directory")
    told(here.hoso(*arguments, "settings.yaml"), 1, "not overwritten")
    assert names(here.folder) == before


def test_a_document_is_not_taken_for_mail(here: Installation, tmp_path: Path) -> None:
    (tmp_path / "To trinh.docx").write_bytes(b"PK\x03\x04\x14\x00")
    (tmp_path / "notes.txt").write_text("Kính gửi các đồng chí\n", "utf-8")
    for name in ("To trinh.docx", "notes.txt"):
        told(here.hoso("ingest", str(tmp_path / name)), 1, "is no message", ".eml")
    (tmp_path / "mail").write_bytes(b"Subject: x\r\nFrom: an@bv.example\r\n\r\nChao\r\n")
    told(here.hoso("ingest", str(tmp_path / "mail")), 0)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("audit", "verify", "--head", "settings.yaml"), 2, ("settings.yaml holds no head", "NUMBER:HASH")),
        (("audit", "verify", "--head", "nowhere"), 2, ("nowhere is no head, and no file",)),
        (("backup", "--check", "."), 5, ("there is no manifest.json in it",)),
        (("dossiers", "--from", "2021-04-20", "--to", "2021-04-10"), 2, ("--from 2021-04-20 is later",)),
        (("why", "BVLK"), 1, ("Bệnh viện Đa khoa khu vực Long Khánh has sent nothing yet",)),
        (("reconcile",), 4, ("main/INBOX: connecting to 127.0.0.1:1: nothing listens", "; try again.")),
    ],
)
def test_what_is_wrong_says_what_to_do(
    here: Installation, arguments: tuple[str, ...], status: int, words: tuple[str, ...]
) -> None:
    ended = here.hoso(*arguments)
    told(ended, status)
    assert [word for word in words if word not in " ".join(ended.err.split())] == []
