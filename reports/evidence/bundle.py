"""How the verifier reads a bundle: its files, the chain, heads and keys. A part of the one file that it becomes."""

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
GENESIS = "0" * 64


class BrokenError(Exception):
    """The first thing that does not hold: in Vietnamese, in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} / {en}")


def need(holds: object, vi: str, en: str) -> None:
    if not holds:
        raise BrokenError(vi, en)


def public_key(pem: bytes) -> tuple[bytes, str]:
    """The 32 bytes and the fingerprint (SHA-256 of the SubjectPublicKeyInfo, RFC 8410)."""
    body = b"".join(line for line in pem.splitlines() if not line.startswith(b"-----"))
    try:
        der = base64.b64decode(body, validate=True)
    except ValueError:
        der = b""
    head = bytes.fromhex("302a300506032b6570032100")
    need(der.startswith(head) and len(der) == 44, "khóa công khai không đúng dạng", "the public key is no Ed25519 key")
    return der[12:], hashlib.sha256(der).hexdigest()


# --- The bundle -----------------------------------------------------------------------------------------------------


class Bundle:
    """A ZIP file, or the folder that it was unpacked into."""

    def __init__(self, path: Path) -> None:
        self._zip = None if path.is_dir() else zipfile.ZipFile(path)
        self._folder = path

    def names(self) -> list[str]:
        if self._zip is not None:
            return self._zip.namelist()
        files = (one for one in self._folder.rglob("*") if not one.is_dir() and "__pycache__" not in one.parts)
        return [one.relative_to(self._folder).as_posix() for one in files]

    def read(self, name: str) -> bytes:
        try:
            return self._zip.read(name) if self._zip is not None else (self._folder / name).read_bytes()
        except (KeyError, OSError, zipfile.BadZipFile):
            raise BrokenError(f"thiếu hoặc hỏng tệp {name}", f"{name} is missing or damaged") from None

    def json(self, name: str) -> Json:
        try:
            found = json.loads(self.read(name))
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise BrokenError(f"không đọc được tệp {name}", f"{name} cannot be read")
        return found


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def chain(lines: bytes) -> Iterator[tuple[str, Json]]:
    """(Hash, event), each checked against the one before it; a line is the hash, a space, the canonical event."""
    last = GENESIS
    for number, line in enumerate(lines.splitlines(), 1):
        told, _, event = line.partition(b" ")
        known = hashlib.sha256(last.encode() + b"\n" + event).hexdigest()
        whole = told.decode("ascii", "replace") == known
        need(whole, f"sự kiện số {number} trong nhật ký đã bị thay đổi", f"event {number} of the history was changed")
        read = json.loads(event)
        need(read["seq"] == number, f"nhật ký thiếu sự kiện số {number}", f"event {number} of the history is missing")
        last = known
        yield last, read


def head_fields(text: str) -> dict[str, str]:
    """Of a block as `hoso audit head` prints it, or NUMBER:HASH alone."""
    found, last = {}, ""
    for line in re.sub(r"(?m)^[ \t>|]*(?=\S+: |-----)", "", text.replace("\r", "")).splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            last = name.strip().lower()
            found[last] = value.strip()
        elif last and not line.startswith("-----"):
            found[last] += line.strip(" \t>|")
    if not found and re.fullmatch(r"\d+:[0-9a-f]{64}", text.strip().lower()):
        found = dict(zip(("event", "hash"), text.strip().lower().split(":"), strict=True))
    need({"event", "hash"} <= set(found), "không đọc được đầu nhật ký (head)", "the head cannot be read")
    return found


def statement(head: dict[str, str]) -> bytes:
    names = ("Event", "Hash", "Time", "Key")
    return "".join(f"{name}: {head[name.lower()]}\n" for name in names if name.lower() in head).encode()
