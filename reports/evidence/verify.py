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
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from reports.evidence.bundle import (
    GENESIS,
    BrokenError,
    Bundle,
    Json,
    canonical,
    chain,
    head_fields,
    need,
    public_key,
    sha256,
    statement,
)
from reports.evidence.ed25519 import signed
from reports.evidence.facts import check_facts
from reports.evidence.rows import DECIDED, GONE, may_be_gone, sealed_rows

UNLISTED = {"manifest.json", "manifest.sig"}
ERASING = {"message-erased": "message", "dossier-erased": "dossier", "letter-erased": "letter"}
SEALED = {
    "message-arrived": "message",
    "letter-queued": "mime",
    "letter-held": "mime",
    "revision-recorded": "assessment",
}
"""Kind of an event → what it must have sealed: the SHA-256 of the bytes, or the text of the verdict."""
SPELLED = {"holds"}
"""A fact in another spelling there."""


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
            vi = "CHÚ Ý: không có chữ ký số; bìa và văn bản chỉ được so với danh mục."
            self.say(vi, "NOTE: nothing is signed: cover and documents are held to the list alone.")
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
        record, own = self.bundle.json("history.json")["events"], self.bundle.json("dossier.json")["id"]
        events = {one["event"]["seq"]: one["event"] for one in record}
        older = self.bundle.json("manifest.json").get("format") == 1
        opened, erased, foreign_seals, unopened = 0, 0, 0, dict[str, int]()
        for one in (one for one in record if one["event"]["digests"]):
            event, number = one["event"], one["event"]["seq"]
            if one["salt"] is None:
                foreign = event["dossier"] not in (None, own)
                why = foreign or removed(event, events.get(one["removed_by"]))
                need(why, f"muối của sự kiện {number} đã mất", f"the salt of event {number} is gone")
                erased += not foreign
                foreign_seals += bool(foreign)
                continue
            for name in sorted(set(event["digests"]) - set(one["texts"])):
                told = SEALED.get(event["kind"]) != name and (older or may_be_gone(name, event, record))
                need(told, f"sự kiện {number} thiếu nội dung “{name}”", f"a text of event {number} is left out: {name}")
                unopened[name] = unopened.get(name, 0) + 1
            for name, text in one["texts"].items():
                told = hmac.new(bytes.fromhex(one["salt"]), f"{name}\n{text}".encode(), hashlib.sha256).hexdigest()
                vi, en = f"“{name}” của sự kiện {number} bị thay đổi", f"“{name}” of event {number} was changed"
                need(told == event["digests"].get(name), vi, en)
                opened += 1
        self.say(f"{opened} nội dung khớp với dấu niêm.", f"{opened} texts are those that the events sealed.")
        if erased:
            vi = f"{erased} sự kiện có nội dung đã được xóa theo quy định."
            self.say(vi, f"{erased} events sealed what was removed since.")
        if foreign_seals:
            vi = f"KHÔNG KIỂM ({foreign_seals}): sự kiện của hồ sơ khác; dấu niêm của chúng không mở ở đây."
            self.say(vi, f"NOT CHECKED ({foreign_seals}): events of another dossier, whose seals stay closed here.")
        for name, count in unopened.items():
            vi, en = GONE.get(name, (f"“{name}” (bộ chứng cứ bản cũ)", f"“{name}” (a bundle of an older version)"))
            self.say(f"KHÔNG KIỂM ĐƯỢC ({count}): {vi}.", f"COULD NOT BE CHECKED ({count}): {en}.")

    def contents(self) -> None:
        """Messages, letters and verdicts are those that the events sealed, and none of them is missing."""
        dossier, wanted = self.bundle.json("dossier.json"), dict[str, set[str]]()
        for one in self.bundle.json("history.json")["events"]:
            name = SEALED.get(one["event"]["kind"], "")
            wanted.setdefault(name, set()).update(text for key, text in one["texts"].items() if key == name)
        counts = {}
        for kind, name in (
            ("messages", "message"),
            ("letters", "mime"),
            ("revisions", "assessment"),
            ("documents", ""),
        ):
            held = set()
            for row in (row for row in dossier[kind] if row["path"]):
                content = self.bundle.read(row["path"])
                held.add(content.decode() if kind == "revisions" else sha256(content))
                known = row["sha256"] == sha256(content) and (not name or held <= wanted.get(name, set()))
                need(known, f"{row['path']} không đúng như nhật ký", f"{row['path']} is not what the history saw")
            missing = wanted.get(name, set()) - held
            need(not missing, f"thiếu {len(missing)} tệp ({kind})", f"{len(missing)} of the {kind} are left out")
            counts[kind] = len(held)
        words = {"messages": "thư đến", "letters": "thư trả lời", "revisions": "kết quả", "documents": "văn bản"}
        vi = ", ".join(f"{count} {words[kind]}" for kind, count in counts.items())
        self.say(
            f"Đúng như nhật ký: {vi}.", "As the history saw them: " + ", ".join(f"{n} {k}" for k, n in counts.items())
        )

    def record(self) -> None:
        """What the cover is made of says the same as the events do."""
        dossier = self.bundle.json("dossier.json")
        events = {one["event"]["seq"]: one["event"] for one in self.bundle.json("history.json")["events"]}
        shown = [(row["event"], row["kind"], row["facts"]) for row in dossier["history"]]
        same = shown == [(one["seq"], one["kind"], one["facts"]) for one in events.values()]
        need(same, "nhật ký trên bìa không đúng", "the history of the cover is another")
        for kind in ("revisions", *DECIDED):
            for row in dossier[kind]:
                facts: Json = events[row["event"]]["facts"]
                told = row | {"revision": row["number"]} if kind == "revisions" else row
                same = all(told[name] == facts[name] for name in facts if name in told and name not in SPELLED)
                number = row["event"]
                need(same, f"dữ liệu của sự kiện {number} bị thay đổi", f"what is told of event {number} was changed")
        record = self.bundle.json("history.json")["events"]
        count = sealed_rows(dossier, record)
        vi = f"Quyết định và văn bản trong dữ liệu khớp với dấu niêm của cả dòng: {count}."
        self.say(vi, f"Decisions and files that are told as whole rows were sealed: {count}.")
        count = check_facts(self.bundle, dossier, record)
        vi = f"Thời điểm, số, kết quả trong dữ liệu khớp với nhật ký: {count}."
        self.say(vi, f"Times, numbers and outcomes that are told are those of the history: {count}.")
        vi = (
            "KHÔNG KIỂM ĐƯỢC: tên đơn vị, thời hạn của kế hoạch, trả lời của máy chủ thư, lý do giữ thư; chỉ có chữ ký."
        )
        en = "names of unions, the plan's own deadline, answers of mail servers, why a letter was held: signed alone."
        self.say(vi, f"COULD NOT BE CHECKED: {en}")

    def run(self) -> None:
        steps: tuple[Callable[[], None], ...] = (
            self.files,
            self.signatures,
            self.history,
            self.seals,
            self.contents,
            self.record,
        )
        for step in steps:
            try:
                step()
            except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
                vi = f"dữ liệu không đúng dạng ở bước {step.__name__}"
                raise BrokenError(vi, f"data of another shape at {step.__name__}: {type(error).__name__}") from None


def removed(event: Json, by: Json | None) -> bool:
    """Whether that later event tells of the removal of what this one sealed."""
    if by is None or by["seq"] < event["seq"]:
        return False
    if by["kind"] == "decision-erased":
        return bool(by["facts"]["event"] == event["seq"])
    name = ERASING.get(by["kind"])
    return name is not None and by[name] is not None and by[name] == event[name]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return b""


def main(arguments: list[str] | None = None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # whatever the terminal's own is
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
