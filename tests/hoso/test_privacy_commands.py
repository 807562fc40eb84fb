"""`hoso purge` and `hoso export-person` on an installation."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.desk_only import Installation, installation
from support.store_samples import arrived, assessment, letter, submission

from dossier.mail import Sender
from store import events, ledger, outbox, readings, senders, waiting
from store.errors import PermanentStoreError

_PERSON = "la.rieng@nha.example"


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


def _writes(here: Installation, content: bytes, now: datetime, uid: int, *, resolved: bool) -> str:
    """A stranger's message, with a letter that answers it; returns its SHA-256."""
    sha256 = here.store.blobs.put(content)
    with here.store.writing() as tx:
        entry = arrived(tx, content, now, uid)
        readings.save(tx, entry.message_id, replace(submission(content), sender=Sender(_PERSON)), now)
        new = waiting.NewWaiting("sk39", entry.message_id, assessment(), _PERSON, None, "unverified-sender")
        waits = waiting.add(tx, new, now)
        ledger.settle(tx, entry.id, ledger.Outcome.WAITING, now)
        outbox.enqueue(tx, replace(letter(f"answer-{uid}", _PERSON), answers=entry.message_id), now)
        if resolved:
            waiting.resolve(tx, waits.id, waiting.Resolution.SET_ASIDE, now, by="Lan", reason="không liên quan")
    return sha256


@pytest.fixture
def person(here: Installation, now: datetime) -> tuple[str, str]:
    """SHA-256 of a message that was put aside, and of one that waits; a confirmation that was revoked, a letter."""
    aside = _writes(here, f"From: {_PERSON} aside".encode(), now, 11, resolved=True)
    waits = _writes(here, f"From: {_PERSON} waits".encode(), now, 12, resolved=False)
    with here.store.writing() as tx:
        senders.confirm(tx, "sk39", _PERSON, "A", now, by="Lan", reason="gọi điện")
        senders.withdraw(tx, "sk39", _PERSON, now + timedelta(seconds=1), by="Lan", reason="nhầm")
        outbox.enqueue(tx, letter("alone", _PERSON), now)
    return aside, waits


def test_what_can_go_of_one_person_is_shown_and_goes_and_the_proof_says_so(
    here: Installation, person: tuple[str, str]
) -> None:
    aside, waits = person
    asked = ("purge", "--person", "LA.rieng@nha.example")
    shown = json.loads(here.hoso(*asked, "--json").out)
    assert [len(shown[name]) for name in ("messages", "letters", "decisions")] == [1, 1, 1]
    assert (shown["undecided"], shown["dossiers_kept"], shown["applied"]) == (1, [], False)
    assert here.store.blobs.get(aside)
    assert "Stays until it is decided on: 1" in here.hoso(*asked).out
    head = json.loads(here.hoso("audit", "head", "--json").out)["head"]
    done = json.loads(here.hoso(*asked, "--apply", "--by", "Lan", "--reason", "theo đơn", "--json").out)
    assert done["messages_removed"] == 1
    with pytest.raises(PermanentStoreError):
        here.store.blobs.get(aside)
    assert here.store.blobs.get(waits), "what waits for a person stays"
    proof = json.loads(here.hoso("audit", "verify", "--head", head, "--json").out)
    assert (proof["sound"], proof["broken"], proof["damaged"]) == (True, [], [])
    assert proof["removed"]
    left = json.loads(here.hoso(*asked, "--json").out)
    assert [left[name] for name in ("messages", "letters", "decisions")] == [[], [], []]
    with here.store.reading() as conn:
        told = [one for one in events.walk(conn) if one.kind == "person-purged"]
        letters_left = [one.recipient for one in outbox.listed(conn, recipient=_PERSON)]
    assert [(one.facts["messages"], one.facts["letters"]) for one in told] == [(1, 1)]
    assert letters_left == [_PERSON], "the answer to what waits"


def test_mail_that_came_into_a_dossier_stays_with_it(here: Installation) -> None:
    shown = json.loads(here.hoso("purge", "--person", "cdcs.a@dongnai-yte.example", "--json").out)
    assert (shown["messages"], shown["dossiers_kept"]) == ([], ["SK39-001", "SK39-002"])
    assert here.hoso("purge", "--person", "no address").status == 2
