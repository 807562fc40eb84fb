"""Standard output in another encoding, into a pipe that nobody reads, onto a full disk, closed."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from support.desk_only import installation

from hoso.cli import output, streams
from hoso.cli.app import run_command
from hoso.cli.exits import Exit


@contextmanager
def in_encoding(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.BytesIO]:
    written = io.BytesIO()
    with io.TextIOWrapper(written, name, newline="\n", write_through=True) as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        streams.prepare()
        yield written


@pytest.mark.parametrize("encoding", ["ascii", "iso8859-1", "cp1258"])
def test_a_terminal_without_the_letters_shows_them_without_marks(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_encoding(encoding, monkeypatch) as written:
        output.print_table("Đợt “75 nghìn” – ưu đãi", ("dossier", "why"), [("SK39-001", "bệnh viện 漢")], "None.")
        output.print_lines(["Đủ văn bản → đúng hạn"])
        told = written.getvalue().decode(encoding)
    assert "SK39-001" in told
    if encoding == "ascii":
        assert 'Dot "75 nghin" - uu' in told
        assert "benh vien ?" in told
        assert "Du van ban > dung han" in told


@pytest.mark.parametrize("encoding", ["ascii", "cp1258", "utf-8"])
def test_json_is_whole_in_any_encoding(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"union": "Bệnh viện Đa khoa 漢 \U0001f600", "broken": "\udcff"}
    with in_encoding(encoding, monkeypatch) as written:
        output.print_json([row])
        assert json.loads(written.getvalue().decode(encoding)) == row


@pytest.mark.parametrize("arguments", [("messages",), ("messages", "--json"), ("dossiers", "--csv", "-")])
def test_nobody_who_reads_on_is_no_fault_and_a_full_disk_is_one(
    tmp_path: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    here = installation(tmp_path / "hoso", now)
    here.store.close()
    monkeypatch.setenv("HOSO_IMAP_PASSWORD", "imap-geheim")
    command = [*arguments, "--settings", str(here.folder / "settings.yaml")]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as nobody, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", nobody)
        assert run_command(command) == Exit.OK
    assert capsys.readouterr().err == ""
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        assert run_command(command) == Exit.PERMANENT
    assert "standard output cannot be written: No space left on device" in capsys.readouterr().err


def test_a_closed_output_swallows_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        streams.prepare()
        with sys.stdout:
            output.print_json([{"a": 1}])
            output.print_lines(["a"])
            assert sys.stdout.name == os.devnull


@pytest.mark.parametrize("arguments", [[], ["objection"]])
def test_no_command_is_answered_with_all_of_them(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(arguments) == Exit.USAGE
    assert capsys.readouterr().err.startswith("Usage: ")
