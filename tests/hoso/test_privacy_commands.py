"""`hoso purge` and `hoso export-person` on an installation."""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.desk_only import Installation, installation


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Iterator[Installation]:
    """Of 2021: what the settings keep for two years is due."""
    made = installation(tmp_path / "hoso", now, retention={"dossiers_years": 2})
    yield made
    made.store.close()


def test_purge_shows_first_removes_on_command_and_the_proof_says_so(here: Installation) -> None:
    shown = json.loads(here.hoso("purge", "--json").out)
    assert (shown["dossiers"], shown["applied"]) == (["SK39-001", "SK39-002"], False)
    assert len(list(here.store.blobs.iterate())) == 3, "nothing was removed"
    assert "Nothing was removed" in here.hoso("purge").out
    assert here.hoso("purge", "--apply").status == 2
    head = json.loads(here.hoso("audit", "head", "--json").out)["head"]
    done = json.loads(here.hoso("purge", "--apply", "--by", "Lan", "--reason", "hết thời hạn", "--json").out)
    assert done["messages_removed"] == 3
    assert list(here.store.blobs.iterate()) == []
    proof = json.loads(here.hoso("audit", "verify", "--head", head, "--json").out)
    assert (proof["sound"], proof["broken"], proof["damaged"]) == (True, [], [])
    assert sum(one["events"] for one in proof["removed"]) == 9
    assert "removed by purge on" in here.hoso("audit", "verify").out
    assert here.hoso("purge").out.startswith("Nothing has been kept longer")
    for file in (here.folder / "var").glob("hoso.sqlite*"):
        assert "xe đẩy".encode() not in file.read_bytes(), f"{file.name}: SQLite left it in a free page"


def test_all_that_is_held_on_one_person_is_handed_out(here: Installation) -> None:
    ended = here.hoso("export-person", "--name", "nguyen van 1", "--out", "p.zip", "--by", "Lan", "--reason", "asked")
    assert ended.status == 0, ended.err
    with zipfile.ZipFile(here.folder / "p.zip") as archive:
        names = archive.namelist()
        initiatives = json.loads(archive.read("initiatives.json"))
        index = json.loads(archive.read("index.json"))
    assert {row["author"] for row in initiatives} == {"Nguyễn Văn 1"}
    assert (index["messages"], index["names"]) == (0, ["nguyen van 1"]), "the messages speak of Nguyễn Văn 0 alone"
    assert "dossiers.json" in names
    again = here.hoso("export-person", "--name", "x", "--out", "p.zip", "--by", "Lan", "--reason", "asked")
    assert (again.status, "cannot be written" in again.err) == (1, True)


def test_by_an_address_the_originals_come_with_what_was_read_and_what_happened(here: Installation) -> None:
    arguments = ("--address", "CDCS.a@dongnai-yte.example", "--out", "p.zip", "--by", "Lan", "--reason", "asked")
    told = json.loads(here.hoso("export-person", *arguments, "--json").out)
    assert told["messages"] == 3
    with zipfile.ZipFile(here.folder / "p.zip") as archive:
        originals = {archive.read(name) for name in archive.namelist() if name.endswith(".eml")}
        [first, *_] = [
            json.loads(archive.read(name))
            for name in archive.namelist()
            if name.startswith("messages/") and name.endswith(".json")
        ]
    assert originals == {b"message 0", b"message 1", b"message 2"}
    assert first["read"]["sender"]["address"] == "cdcs.a@dongnai-yte.example"
    assert "message-arrived" in {one["kind"] for one in first["events"]}
    assert here.hoso("export-person", "--out", "q.zip", "--by", "Lan", "--reason", "asked").status == 2
