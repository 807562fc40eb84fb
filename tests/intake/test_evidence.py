"""The evidence of a dossier: an auditor finds every change in it with Python alone, and nobody else's text is in it."""

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from support.evidence import FOREIGN, KEY, MEMO, Files, bundle, edited, filled, packed, rechained, relisted, unpacked

from reports.evidence import verify
from store import erasing, events, outbox
from store.carried_head import carry
from store.engine import Store, open_store
from store.events import Head
from store.letter_row import NewLetter
from store.signing import SigningKey

NOW = datetime(2021, 4, 19, 8, 30, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A bundle, and the head of its history as it was kept outside."""
    folder = tmp_path_factory.mktemp("kept")
    store = open_store(f"sqlite:///{folder}/hoso.db", folder / "blobs")
    store.upgrade()
    filled(store, NOW)
    made, _ = bundle(store, folder / "out", NOW + timedelta(days=1))
    with store.reading() as conn:
        head = carry(events.head(conn), NOW, KEY).text
    yield made, head
    store.close()


@pytest.fixture
def files(kept: tuple[Path, str]) -> Files:
    return unpacked(kept[0])


def verified(path: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = verify.main([str(path), *arguments])
    return status, capsys.readouterr().out


def test_the_verifier_runs_with_python_alone_in_an_empty_folder(kept: tuple[Path, str], tmp_path: Path) -> None:
    made = kept[0]
    alone = tmp_path / "auditor"
    alone.mkdir()
    (alone / "e.zip").write_bytes(made.read_bytes())
    (alone / "verify.py").write_bytes(unpacked(made)["verify.py"])
    (alone / "key.pem").write_text(KEY.public.pem)
    asked = [sys.executable, "-I", "-S", "verify.py", "e.zip", "--public-key", "key.pem"]
    ended = subprocess.run(asked, cwd=alone, env={"PYTHONUTF8": "1"}, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "ĐÚNG: bộ chứng cứ nguyên vẹn. / SOUND: the evidence is whole." in ended.stdout
    assert sorted(one.name for one in alone.iterdir()) == ["e.zip", "key.pem", "verify.py"]
    (alone / "e.zip").write_bytes(b"no zip")
    assert subprocess.run(asked, cwd=alone, capture_output=True, check=False).returncode == 2


def test_everything_of_the_dossier_is_there_and_nothing_of_another(
    store: Store, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(store, now)
    made, told = bundle(store, tmp_path / "out", now + timedelta(days=1))
    files = unpacked(made)
    status, said = verified(made, capsys)
    assert status == 0, said
    assert "2 messages, 2 letters, 2 revisions, 1 documents" in said
    names = [name.split("/")[0] for name in files]
    counts = [names.count(kind) for kind in ("messages", "letters", "verdicts", "documents")]
    assert (counts, told.messages, MEMO in files.values()) == ([2, 2, 2, 1], 2, True)
    page = files["index.html"].decode()
    for words in (
        "SK39-001",
        "Chưa đầy đủ, cần bổ sung",
        "Tranh chấp về quyền tác giả",
        "Gia hạn chung",
        "Trần Văn Thư",
    ):
        assert words in page
    everything = b"\n".join(files.values()).decode("utf-8", "replace")
    assert [words for words in FOREIGN if words in everything] == []
    assert "SK39-002" in everything, "its code stands in the chain"
    again, _ = bundle(store, tmp_path / "again", now + timedelta(days=1))
    assert again.read_bytes() == made.read_bytes(), "the same records give the same bytes"


def _changed(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        (path,) = [one for one in files if one.startswith(name) and old in files[one]]
        return files | {path: files[path].replace(old, new, 1)}

    return change


def _text_of_event(files: Files) -> Files:
    def change(record: dict[str, Any]) -> None:
        texts = [one["texts"] for one in record["events"] if "reason" in one["texts"]]
        texts[0]["reason"] = "khác"

    return edited(files, "history.json", change)


def _without_last_event(files: Files) -> Files:
    return edited(files, "history.json", lambda record: record["events"].pop(-2))


def _cut(files: Files) -> Files:
    return files | {"chain/events.txt": b"".join(files["chain/events.txt"].splitlines(keepends=True)[:-1])}


def _better_verdict(files: Files) -> Files:
    def change(record: dict[str, Any]) -> None:
        record["revisions"][0]["verdict"] = "accepted"

    return edited(files, "dossier.json", change)


def _other_message(files: Files) -> Files:
    """Bytes, name and digest changed alike: only the history tells."""
    (path,) = [one for one in files if one.startswith("messages/") and b"A 1" in files[one]]
    content = files[path].replace(b"A 1", b"A 9")
    old, new = path[9:73], hashlib.sha256(content).hexdigest()
    left = {name: text for name, text in files.items() if name != path} | {f"messages/{new}.eml": content}
    return left | {"dossier.json": files["dossier.json"].replace(old.encode(), new.encode())}


def _without(kind: str) -> Callable[[Files], Files]:
    """A message or letter is taken out as if it had been erased."""

    def change(files: Files) -> Files:
        def bare(record: dict[str, Any]) -> None:
            record[kind][0]["path"] = None

        path = json.loads(files["dossier.json"])[kind][0]["path"]
        return edited({name: text for name, text in files.items() if name != path}, "dossier.json", bare)

    return change


def _without_salt(told_by: int | None) -> Callable[[Files], Files]:
    def change(record: dict[str, Any]) -> None:
        record["events"][0] |= {"salt": None, "texts": {}, "removed_by": told_by}

    return lambda files: edited(files, "history.json", change)


def _without_text(files: Files) -> Files:
    return edited(files, "history.json", lambda record: record["events"][0].update(texts={}))


def _other_paper(files: Files) -> Files:
    return edited(files, "dossier.json", lambda record: record["papers"][0].update(complete=False))


def _told(kind: str, **other: object) -> Callable[[Files], Files]:
    """What stands in no fact of an event, but in the row that it sealed."""
    return lambda files: edited(files, "dossier.json", lambda record: record[kind][0].update(other))


def _without_row(files: Files) -> Files:
    def change(record: dict[str, Any]) -> None:
        held = next(one for one in record["events"] if "row" in one["texts"])
        del held["texts"]["row"]

    return edited(files, "history.json", change)


TAMPERING: dict[str, tuple[Callable[[Files], Files], str]] = {
    "message": (_changed("messages/", b"A 1", b"A 9"), "messages/"),
    "message under another name": (_other_message, "is not what the history saw"),
    "letter": (_changed("letters/", b"letter 1", b"letter 7"), "letters/letter-1.eml"),
    "document": (_changed("documents/", b"the memo", b"the  emo"), "documents/"),
    "verdict": (_changed("verdicts/revision-1", b"deficient", b"accepted!"), "verdicts/revision-1.json"),
    "verdict of the cover's data": (_better_verdict, "what is told of event"),
    "event": (_text_of_event, "was changed"),
    "message taken out": (_without("messages"), "of the messages are left out"),
    "letter taken out": (_without("letters"), "of the letters are left out"),
    "text taken out": (_without_text, "a text of event"),
    "salt taken out": (_without_salt(None), "the salt of event"),
    "salt taken out and explained by another event": (_without_salt(5), "the salt of event"),
    "paper": (_other_paper, "what is told of event"),
    "paper's note": (_told("papers", note="thiếu dấu"), "“note” of decision"),
    "who took the paper in": (_told("papers", received_by="Ông Khác"), "“received_by” of decision"),
    "who decided": (_told("papers", by="Ông Khác"), "“by” of decision"),
    "who objected": (_told("objections", raised_by="Ông Khác"), "“raised_by” of decision"),
    "an end that never was": (_told("objections", outcome="settled"), "the end of decision"),
    "another file": (_told("documents", file="Khac.docx"), "the files of revision"),
    "another sender": (_told("messages", sender="khac@webmail.example"), "what is told of message"),
    "row taken out": (_without_row, "is left out: row"),
    "event left out": (_without_last_event, "is left out"),
    "chain": (
        _changed("chain/events.txt", b'"kind":"dossier-opened"', b'"kind":"dossier-closed"'),
        "of the history was changed",
    ),
    "chain cut": (_cut, "does not end in head"),
    "head": (_changed("chain/head.txt", b"Event: ", b"Event: 1"), "does not end in head"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_every_tampering_is_found_signed_or_not(
    kind: str, files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, named = TAMPERING[kind]
    status, said = verified(packed(change(files), tmp_path / "signed.zip"), capsys)
    assert (status, "SAI / BROKEN" in said) == (1, True), said
    status, said = verified(packed(relisted(change(files)), tmp_path / "unsigned.zip"), capsys)
    assert status == 1, said
    assert named in said.splitlines()[-1]


UNPROVEN = {
    ("union_name",): "of the roster",
    ("deadline",): "of the campaign file; extensions and verdicts have theirs",
    ("letters", "*", "reply"): "what a server said",
    ("letters", "*", "reason"): "why it was held",
}
"""What the history does not hold, and the verifier says so."""


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, name))
    else:
        yield path, value


def changed_at(record: Any, path: tuple[str | int, ...]) -> None:
    for name in path[:-1]:
        record = record[name]
    was = record[path[-1]]
    record[path[-1]] = (not was) if isinstance(was, bool) else was + 1 if isinstance(was, int) else f"{was or ''}x"


def test_whatever_is_told_of_the_dossier_is_held_against_its_history(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One value of each kind is changed, the list of files is made anew, nothing is signed any more."""
    record = json.loads(files["dossier.json"])
    kinds = {tuple("*" if isinstance(one, int) else one for one in path): path for path, _ in leaves(record)}
    assert len(kinds) > 90
    untold = set()
    for kind, path in kinds.items():
        forged = edited(files, "dossier.json", lambda one, at=path: changed_at(one, at))  # type: ignore[misc]
        status, said = verified(packed(relisted(forged), tmp_path / "forged.zip"), capsys)
        if status == 0:
            untold.add(kind)
            assert "COULD NOT BE CHECKED: names of unions" in said
    assert untold == set(UNPROVEN)


@settings(max_examples=60, deadline=None)
@given(where=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_any_changed_bit_of_what_the_history_saw_is_found_also_unsigned(
    kept: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory, where: int, bit: int
) -> None:
    files = unpacked(kept[0])
    held = sorted(name for name in files if name.startswith(("messages/", "letters/", "verdicts/", "chain/events")))
    name = held[where % len(held)]
    changed = bytearray(files[name])
    changed[where // len(held) % len(changed)] ^= 1 << bit
    path = packed(relisted(files | {name: bytes(changed)}), tmp_path_factory.getbasetemp() / "flipped.zip")
    with redirect_stdout(io.StringIO()):
        assert verify.main([str(path)]) == 1


def test_a_history_written_anew_is_found_by_a_head_from_outside_or_by_the_key(
    kept: tuple[Path, str], files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = packed(
        relisted(rechained(files, b'"kind":"letter-queued"', b'"kind":"letter-written"')), tmp_path / "f.zip"
    )
    (tmp_path / "kept.txt").write_text("> " + kept[1].replace("\n", "\n> "), "utf-8")
    (tmp_path / "key.pem").write_text(KEY.public.pem)
    assert verified(forged, capsys)[0] == 1, "the dossier's own events still say otherwise"
    status, said = verified(packed(files, tmp_path / "same.zip"), capsys, "--head", str(tmp_path / "kept.txt"))
    assert (status, "goes through 1 head(s)" in said) == (0, True)
    elsewhere = relisted(rechained(files, b'"union":"B"', b'"union":"C"'))
    assert verified(packed(elsewhere, tmp_path / "e.zip"), capsys)[0] == 0, "of itself it is whole"
    for asked in (("--head", str(tmp_path / "kept.txt")), ("--public-key", str(tmp_path / "key.pem"))):
        assert verified(tmp_path / "e.zip", capsys, *asked)[0] == 1
    assert verified(tmp_path / "e.zip", capsys, "--head", str(Head.parse(f"3:{'ab' * 32}")))[0] == 1


def test_a_bundle_of_another_key_is_not_the_auditors(
    kept: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.pem").write_text(SigningKey(Ed25519PrivateKey.generate()).public.pem)
    status, said = verified(kept[0], capsys, "--public-key", str(tmp_path / "other.pem"))
    assert (status, "not the one that was handed over" in said) == (1, True)


def test_a_file_more_or_less_is_found(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(packed(files | {"more.txt": b"x"}, tmp_path / "more.zip"), capsys)[0] == 1
    less = {name: content for name, content in files.items() if not name.startswith("letters/")}
    status, said = verified(packed(less, tmp_path / "less.zip"), capsys)
    assert (status, "letters/letter-1.eml is missing" in said) == (1, True)
    assert verified(packed({}, tmp_path / "empty.zip"), capsys)[0] == 1


def test_a_letter_to_a_stranger_whose_message_was_assigned_later_is_in_it(
    store: Store, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(store, now)
    early = NewLetter(
        "s", "<s@cdn.example>", "unverified-acknowledgement", "la@x.example", "s", b"Subject: s\r\n\r\n", 1
    )
    with store.writing() as tx:
        letter = outbox.enqueue(tx, early, now + timedelta(hours=9))
        outbox.release(tx, letter.id, now + timedelta(hours=10), by="An", reason="x")
    made, told = bundle(store, tmp_path / "out", now + timedelta(days=1))
    assert (told.letters, f"letters/letter-{letter.id}.eml" in unpacked(made)) == (3, True)
    status, said = verified(made, capsys)
    assert status == 0, said


def test_what_an_auditor_cannot_check_is_said(kept: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    _, said = verified(kept[0], capsys)
    assert "COULD NOT BE CHECKED (1): initiatives that a later table replaced." in said
    assert "Decisions and files that are told as whole rows were sealed: 6." in said


def test_a_bundle_of_an_older_version_is_told_as_one(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It holds no texts of rows; its other seals are held to."""

    def bare(record: dict[str, Any]) -> None:
        for one in record["events"]:
            one["texts"] = {name: text for name, text in one["texts"].items() if name != "row"}

    older = relisted(edited(files, "history.json", bare))
    listed = json.loads(older["manifest.json"]) | {"format": 1}
    status, said = verified(packed(older | {"manifest.json": json.dumps(listed).encode()}, tmp_path / "o.zip"), capsys)
    assert (status, "COULD NOT BE CHECKED (2): “row” (a bundle of an older version)" in said) == (0, True), said


def test_an_older_bundle_whose_history_named_nobody_is_no_break(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def nameless(record: dict[str, Any]) -> None:
        for row in record["history"]:
            row["by"] = row["reason"] = ""

    older = relisted(edited(files, "dossier.json", nameless))
    assert verified(packed(older, tmp_path / "now.zip"), capsys)[0] == 1
    listed = json.loads(older["manifest.json"]) | {"format": 2}
    older |= {"manifest.json": json.dumps(listed).encode()}
    status, said = verified(packed(older, tmp_path / "then.zip"), capsys)
    assert status == 0, said


def test_what_was_erased_is_told_and_is_no_break(
    store: Store, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(store, now)
    with store.writing() as tx:
        erasing.erase_dossier(tx, 1, now + timedelta(days=4000), by="An", reason="hết hạn lưu")
    with store.reading() as conn:
        erasing.remove_bytes(conn, store.blobs)
    made, told = bundle(store, tmp_path / "out", now + timedelta(days=4001), key=None)
    assert (told.messages, told.letters) == (0, 0)
    status, said = verified(made, capsys)
    assert status == 0, said
    assert "sealed what was removed since" in said
    assert "NOTE: nothing is signed" in said
    everything = b"\n".join(unpacked(made).values()).decode("utf-8", "replace")
    words = ("cdcs.a@dongnai-yte.example", "Cải tiến xe đẩy", "CĐCS A")
    assert [one for one in words if one in everything] == []


def test_a_bundle_that_cannot_be_finished_leaves_nothing(store: Store, now: datetime, tmp_path: Path) -> None:
    filled(store, now)
    made, _ = bundle(store, tmp_path / "out", now)
    with pytest.raises(FileExistsError):
        bundle(store, tmp_path / "out", now)
    assert made.stat().st_size > 0, "no file is overwritten"
    with store.writing() as tx:
        tx.execute(text("UPDATE revisions SET assessment = 'x'"))
    with pytest.raises(ValueError, match="JSON"):
        bundle(store, tmp_path / "other", now)
    assert list((tmp_path / "other").iterdir()) == []
