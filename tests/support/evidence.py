"""The evidence of a small dossier: two messages, a letter each, a paper copy, a dispute; beside it another union's."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dossier.deadline import Extension
from dossier.decisions import ObjectionKind, Way
from dossier.model import Kind, Verdict
from intake.evidence import Bundled, write
from reports.evidence.bundle import GENESIS
from store import contents, deadlines, dossiers, objections, outbox, paper
from store.engine import Store
from store.letter_row import NewLetter
from store.signing import SigningKey
from support.store_samples import DEADLINE, campaign, judged

Files = dict[str, bytes]
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(b"k" * 32))
MEMO = b"PK the memo as it was attached"
_SHA256 = hashlib.sha256(MEMO).hexdigest()
CAMPAIGN = campaign()
FOREIGN = ("thư của đơn vị khác", "foreign@dongnai-yte.example", "Lê Thị Người Khác")


def filled(store: Store, now: datetime) -> None:
    """Dossier SK39-001 of union A, and SK39-002 of union B."""
    contents_of = (b"Subject: one\r\n\r\nA 1\r\n", b"Subject: two\r\n\r\nA 2\r\n", FOREIGN[0].encode())
    for content in contents_of:
        store.blobs.put(content)
    with store.writing() as tx:
        for uid, (content, union) in enumerate(zip(contents_of, "AAB", strict=True), 1):
            verdict = Verdict.DEFICIENT if uid == 1 else Verdict.ACCEPTED
            at = now + timedelta(hours=uid)
            made = judged(tx, content, at, union=union, uid=uid, verdict=verdict, file_sha256=_SHA256)
            to = FOREIGN[1] if union == "B" else "cdcs.a@dongnai-yte.example"
            outbox.enqueue(tx, _letter(f"k{uid}", to, made.dossier_id, made.message_id, uid), at)
        mine, other = (dossiers.of_union(tx, "sk39", union) for union in "AB")
        assert mine is not None
        assert other is not None
        came = paper.NewPaper(Way.POST, now, "Trần Văn Thư", (Kind.MEMO, Kind.SUMMARY_TABLE), complete=True)
        paper.record(tx, mine, CAMPAIGN, came, now + timedelta(hours=5), by="Lan", reason="đã nhận")
        paper.record(tx, other, CAMPAIGN, came, now + timedelta(hours=6), by=FOREIGN[2], reason="x")
        (first, *_) = contents.initiatives_of(tx, mine.id)
        told = {"raised_by": "Ông Tư", "by": "Lan", "reason": "đơn ngày 20/4"}
        objections.add(tx, first, ObjectionKind.AUTHORSHIP, now.date(), now + timedelta(hours=7), **told)
        longer = Extension(DEADLINE + timedelta(days=2), "mưa bão", None)
        deadlines.extend(tx, "sk39", longer, now + timedelta(hours=8), by="Lan")


def _letter(key: str, to: str, dossier_id: int, answers: int | None, number: int) -> NewLetter:
    mime = b"Subject: letter %d\r\n\r\nto %s\r\n" % (number, to.encode())
    return NewLetter(
        key, f"<{key}@cdn.example>", "deficiency", to, f"letter {number}", mime, answers, dossier_id, number
    )


def bundle(store: Store, folder: Path, now: datetime, key: SigningKey | None = KEY) -> tuple[Path, Bundled]:
    with store.reading() as conn:
        found = dossiers.by_code(conn, "SK39-001")
    assert found is not None
    folder.mkdir(exist_ok=True)
    files = {hashlib.sha256(MEMO).hexdigest(): MEMO}
    told = write(store, CAMPAIGN, found, folder / "e.zip", now, copies=lambda content: files, key=key)
    return folder / "e.zip", told


def unpacked(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def relisted(files: Files) -> Files:
    """What a forger does who does not have the key: the list is made anew, and nothing is signed any more."""
    left = {name: content for name, content in files.items() if name not in ("public-key.pem", "manifest.sig")}
    head = left["chain/head.txt"].decode().split("Key: ")[0].removesuffix("\n") + "\n-----END HOSO AUDIT HEAD-----\n"
    left["chain/head.txt"] = head.encode()
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in left.items() if name != "manifest.json"}
    return left | {"manifest.json": json.dumps({"files": listed}).encode()}


def edited(files: Files, name: str, change: Callable[[dict[str, Any]], object]) -> Files:
    """One JSON file changed in place."""
    value = json.loads(files[name])
    change(value)
    return files | {name: json.dumps(value, ensure_ascii=False).encode()}


def rechained(files: Files, old: bytes, new: bytes) -> Files:
    """What a forger does who owns the machine: the history is written anew from a changed event on, and its head."""
    last, lines = GENESIS.encode(), io.BytesIO()
    for line in files["chain/events.txt"].splitlines():
        event = line.partition(b" ")[2].replace(old, new)
        last = hashlib.sha256(last + b"\n" + event).hexdigest().encode()
        lines.write(last + b" " + event + b"\n")
    head = files["chain/head.txt"]
    told = next(line for line in head.splitlines() if line.startswith(b"Hash: "))
    return files | {"chain/events.txt": lines.getvalue(), "chain/head.txt": head.replace(told, b"Hash: " + last)}
