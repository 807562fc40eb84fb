"""Kiểm tra bộ chứng cứ của một hồ sơ. / Checks the evidence of one dossier. Python 3.11 or later, nothing else.

    python verify.py [--head FILE|NUMBER:HASH] [--public-key FILE] [BUNDLE.zip or folder]

Without a bundle: the folder of this file. --head: a head of the history that you kept yourself; --public-key: the key
as it was handed to you. Without them the bundle is only compared with what it says itself.
Exit codes: 0 all holds; 1 something is broken, the first such thing is named; 2 the command line is wrong.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reports.evidence.ed25519 import signed

Json = dict[str, Any]
GENESIS = "0" * 64
UNLISTED = {"manifest.json", "manifest.sig"}


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


# --- The checks, in their order --------------------------------------------------------------------------------------


class Check:
    def __init__(self, bundle: Bundle, heads: list[str], key: bytes | None) -> None:
        self.bundle, self.heads, self.key = bundle, heads, key
        self.told: list[str] = []

    def say(self, vi: str, en: str) -> None:
        self.told.append(f"{vi}\n    {en}")

    def files(self) -> None:
        """Every file is there, is the one that was put in, and no other is."""
        listed: Json = self.bundle.json("manifest.json")["files"]
        names = self.bundle.names()
        need(len(names) == len(set(names)), "có hai tệp trùng tên", "two files have one name")
        for extra in sorted(set(names) - set(listed) - UNLISTED):
            raise BrokenError(f"tệp {extra} không có trong danh mục", f"{extra} is not in the list of files")
        for name, told in sorted(listed.items()):
            same = sha256(self.bundle.read(name)) == told
            need(same, f"tệp {name} đã bị thay đổi", f"{name} was changed")
        self.say(f"{len(listed)} tệp đúng như danh mục.", f"{len(listed)} files are as listed.")

    def signatures(self) -> None:
        """The head and the list of files are signed; by the auditor's own key where it was given."""
        names = self.bundle.names()
        if "public-key.pem" not in names:
            need(self.key is None, "bộ chứng cứ không có chữ ký số", "the bundle is not signed")
            self.say("CHÚ Ý: không có chữ ký số.", "NOTE: nothing is signed.")
            return
        key, fingerprint = public_key(self.bundle.read("public-key.pem"))
        if self.key is not None:
            own = public_key(self.key)[0] == key
            need(own, "khóa không phải là khóa đã được bàn giao", "the key is not the one that was handed over")
        head = head_fields(self.bundle.read("chain/head.txt").decode("utf-8", "replace"))
        fits = head.get("key") == fingerprint and signed(key, statement(head), _decoded(head.get("signature", "")))
        need(fits, "chữ ký của đầu nhật ký không đúng", "the signature of the head does not hold")
        files = _decoded(self.bundle.read("manifest.sig").decode("ascii", "replace"))
        fits = signed(key, self.bundle.read("manifest.json"), files)
        need(fits, "chữ ký của danh mục tệp không đúng", "the signature of the list of files does not hold")
        whose = ("khóa của bạn", "your key") if self.key is not None else ("khóa kèm theo", "the key that lies in it")
        self.say(f"Hai chữ ký số đúng ({whose[0]}: {fingerprint}).", f"Both signatures hold ({whose[1]}).")

    def history(self) -> None:
        """The chain is whole, ends in the head, goes through each head from outside, and no event is left out."""
        head = head_fields(self.bundle.read("chain/head.txt").decode("utf-8", "replace"))
        mine = {one["event"]["seq"]: one["event"] for one in self.bundle.json("history.json")["events"]}
        lines, dossier = self.bundle.read("chain/events.txt"), self.bundle.json("dossier.json")
        of = self.of_dossier(lines, dossier)
        last, number, hashes = GENESIS, 0, {"0": GENESIS}
        for last, event in chain(lines):
            number = event["seq"]
            hashes[str(number)] = last
            if number in mine:
                same = canonical(mine[number]) == canonical(event)
                need(same, f"sự kiện số {number} của hồ sơ bị thay đổi", f"event {number} of the dossier was changed")
            elif any(event[name] in ids for name, ids in of.items()):
                raise BrokenError(f"hồ sơ thiếu sự kiện số {number}", f"event {number} of the dossier is left out")
        same = (str(number), last) == (head["event"], head["hash"])
        need(same, f"nhật ký không kết thúc ở đầu {head['event']}", f"the history does not end in head {head['event']}")
        need(set(mine) <= set(range(1, number + 1)), "có sự kiện ngoài nhật ký", "an event is not of the history")
        self.say(f"Chuỗi {number} sự kiện nguyên vẹn.", f"The chain of {number} events is whole.")
        self.say(f"{len(mine)} sự kiện của hồ sơ, không thiếu.", f"{len(mine)} are of the dossier, none is left out.")
        self.outside(hashes)

    def of_dossier(self, lines: bytes, dossier: Json) -> dict[str, set[int]]:
        """Ids of the dossier, of its messages and letters, as the chain itself tells them."""
        number = dossier["id"]
        events = [event for _, event in chain(lines) if event["dossier"] == number]
        opened = [event["facts"] for event in events if event["kind"] == "dossier-opened"]
        same = len(opened) == 1 and (opened[0]["code"], opened[0]["union"]) == (dossier["code"], dossier["union"])
        need(same, "nhật ký không có hồ sơ này", "the history knows no such dossier")
        ids = {name: {event[name] for event in events} - {None} for name in ("message", "letter")}
        return ids | {"dossier": {number}}

    def outside(self, hashes: dict[str, str]) -> None:
        """Heads that the auditor kept."""
        for text in self.heads:
            own = head_fields(text)
            vi = f"nhật ký khác với đầu {own['event']} do bạn lưu"
            need(hashes.get(own["event"]) == own["hash"], vi, f"the history is not that of your head {own['event']}")
        if self.heads:
            vi = f"Chuỗi đi qua {len(self.heads)} đầu nhật ký do bạn lưu."
            self.say(vi, f"It goes through {len(self.heads)} head(s) that you kept.")
        else:
            vi = "CHÚ Ý: chưa so với đầu nhật ký lưu ở nơi khác (--head)."
            self.say(vi, "NOTE: not compared with a head that was kept elsewhere (--head).")

    def seals(self) -> None:
        """Every text that an event sealed is the one that stands in the bundle, or was removed by an event."""
        record = self.bundle.json("history.json")
        opened = erased = 0
        for one in record["events"]:
            event, number = one["event"], one["event"]["seq"]
            if not event["digests"]:
                continue
            if one["salt"] is None:
                need(one["removed_by"], f"muối của sự kiện {number} đã mất", f"the salt of event {number} is gone")
                erased += 1
                continue
            for name, text in one["texts"].items():
                digest = hmac.new(bytes.fromhex(one["salt"]), f"{name}\n{text}".encode(), hashlib.sha256).hexdigest()
                same = digest == event["digests"].get(name)
                need(
                    same,
                    f"nội dung “{name}” của sự kiện {number} đã bị thay đổi",
                    f"“{name}” of event {number} was changed",
                )
                opened += 1
        self.say(
            f"{opened} nội dung khớp với dấu niêm trong nhật ký.", f"{opened} texts are those that the events sealed."
        )
        if erased:
            self.say(
                f"{erased} sự kiện có nội dung đã được xóa theo quy định.",
                f"{erased} events sealed what was removed since.",
            )

    def contents(self) -> None:
        """Messages, letters, verdicts and documents are those that sealed texts name."""
        texts: dict[str, set[str]] = {}
        for one in self.bundle.json("history.json")["events"]:
            for name, text in one["texts"].items():
                texts.setdefault(name, set()).add(text)
        dossier, counts = self.bundle.json("dossier.json"), {}
        for kind, seal in (
            ("messages", "message"),
            ("letters", "mime"),
            ("revisions", "assessment"),
            ("documents", ""),
        ):
            rows = [row for row in dossier[kind] if row["path"]]
            for row in rows:
                content = self.bundle.read(row["path"])
                told = row["sha256"] == sha256(content)
                sealed = not seal or (content.decode() if kind == "revisions" else row["sha256"]) in texts.get(
                    seal, set()
                )
                need(
                    told and sealed,
                    f"{row['path']} không đúng như nhật ký",
                    f"{row['path']} is not what the history saw",
                )
            counts[kind] = len(rows)
        self.verdicts(dossier)
        words = {"messages": "thư đến", "letters": "thư trả lời", "revisions": "kết quả", "documents": "văn bản"}
        vi = ", ".join(f"{count} {words[kind]}" for kind, count in counts.items())
        self.say(
            f"Đúng như nhật ký: {vi}.", "As the history saw them: " + ", ".join(f"{n} {k}" for k, n in counts.items())
        )

    def verdicts(self, dossier: Json) -> None:
        """What the cover is made of says the same as the events."""
        told = {}
        for one in self.bundle.json("history.json")["events"]:
            if one["event"]["kind"] == "revision-recorded":
                told[one["event"]["facts"]["revision"]] = one["event"]["facts"]
        for row in dossier["revisions"]:
            facts = told.get(row["number"], {})
            same = all(facts.get(name) == row[name] for name in ("verdict", "complete", "in_time", "deadline", "rules"))
            need(same, f"kết quả kiểm tra lần {row['number']} đã bị thay đổi", f"verdict {row['number']} was changed")

    def run(self) -> None:
        steps: tuple[Callable[[], None], ...] = (self.files, self.signatures, self.history, self.seals, self.contents)
        for step in steps:
            try:
                step()
            except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
                vi = f"dữ liệu không đúng dạng ở bước {step.__name__}"
                raise BrokenError(vi, f"data of another shape at {step.__name__}: {type(error).__name__}") from None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return b""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--head", action="append", default=[])
    parser.add_argument("--public-key", type=Path)
    asked = parser.parse_args(arguments)
    try:
        heads = [Path(one).read_text("utf-8") if Path(one).is_file() else one for one in asked.head]
        key = asked.public_key.read_bytes() if asked.public_key else None
        bundle = Bundle(asked.bundle)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        parser.error(str(error))
    check = Check(bundle, heads, key)
    try:
        check.run()
    except BrokenError as broken:
        sys.stdout.write("\n".join([*check.told, f"SAI / BROKEN: {broken}"]) + "\n")
        return 1
    sys.stdout.write("\n".join([*check.told, "ĐÚNG: bộ chứng cứ nguyên vẹn. / SOUND: the evidence is whole."]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
