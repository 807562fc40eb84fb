"""What dossier.json tells, held against the rows that the events sealed. A part of the one file that it becomes."""

import json

from reports.evidence.bundle import Json, need

DECIDED = ("papers", "objections", "rulings", "corrections")
TOLD = (
    *("way", "arrived_at", "postmarked_on", "complete", "received_by", "note", "kind", "row", "title", "author"),
    *("raised_by", "raised_on", "about", "field", "value", "reading"),
)
FILE = ("message", "part", "file", "sha256", "size", "read_by", "problem")
SEALED_FILE = ("message_id", *FILE[1:])
GONE = {
    "initiatives": ("bảng sáng kiến đã được bảng sau thay", "initiatives that a later table replaced"),
    "detail": ("kết quả xử lý thư đã được kết quả sau thay", "the outcome of a message before it was tried again"),
    "error": ("lỗi đọc thư trước khi đọc lại", "the error of a message before it was tried again"),
    "address": ("địa chỉ được xác nhận cùng lúc với địa chỉ khác", "an address confirmed together with others"),
}
"""Name of a digest whose text may stand in no record any more → what it was."""


def sealed_rows(dossier: Json, record: list[Json]) -> int:
    """Every decision and every file is told as its event sealed it; returns how many were held against a seal."""
    opened = {one["event"]["seq"]: one["texts"] for one in record}
    ends = {json.loads(one["end"])["event"]: one for one in opened.values() if "end" in one}
    count = 0
    for row in (row for kind in DECIDED for row in dossier[kind]):
        texts, number = opened[row["event"]], row["event"]
        if "row" not in texts:
            continue
        held = json.loads(texts["row"])
        said = {name: row[name] for name in TOLD if name in row} | {"by": row["by"], "reason": row["reason"]}
        held |= {name: texts.get(name, "") for name in ("by", "reason")}
        if "holds" in row:
            said["holds"] = " ".join(row["holds"])
        for name, value in said.items():
            same = value == held.get(name)
            need(same, f"“{name}” của quyết định {number} bị thay đổi", f"“{name}” of decision {number} was changed")
        count += 1 + ended(row, ends.get(number))
    messages(dossier, record)
    return count + sum(files(dossier, one, one["texts"]) for one in record)


def messages(dossier: Json, record: list[Json]) -> None:
    """Who sent a message, and its subject, as it was read at one time or another."""
    read: dict[int, list[Json]] = {}
    settled = (one for one in record if one["event"]["message"] is not None)  # a correction tells a reading, too
    for one in (one for one in settled if "reading" in one["texts"]):
        read.setdefault(one["event"]["message"], []).append(json.loads(one["texts"]["reading"]))
    for row in (row for row in dossier["messages"] if row["sender"] is not None and row["number"] in read):
        known = [(one["sender"]["address"], one["subject"]) for one in read[row["number"]]]
        number = row["number"]
        same = (row["sender"], row["subject"]) in known
        need(same, f"người gửi hoặc tiêu đề thư {number} bị thay đổi", f"what is told of message {number} was changed")


def ended(row: Json, end: Json | None) -> int:
    """Whether, when, how and by whom a decision ended."""
    said = [row["ended_at"], row.get("outcome"), row["ended_by"] or "", row["ended_reason"] or ""]
    told = json.loads(end["end"]) if end else {}
    held = [told.get("ended_at"), told.get("outcome"), *((end or {}).get(name, "") for name in ("by", "reason"))]
    number = row["event"]
    need(said == held, f"việc kết thúc quyết định {number} bị thay đổi", f"the end of decision {number} was changed")
    return int(end is not None)


def files(dossier: Json, one: Json, texts: Json) -> int:
    """The files that came with a revision."""
    if "documents" not in texts:
        return 0
    number = one["event"]["facts"]["revision"]
    rows = [json.loads(line) for line in texts["documents"].splitlines()]
    held = sorted(json.dumps([row.get(name) for name in SEALED_FILE] + [row["kinds"].split()]) for row in rows)
    mine = [row for row in dossier["documents"] if row["revision"] == number]
    told = sorted(json.dumps([row[name] for name in FILE] + [row["kinds"]]) for row in mine)
    need(held == told, f"danh sách văn bản lần {number} bị thay đổi", f"the files of revision {number} were changed")
    return len(rows)


def may_be_gone(name: str, event: Json, record: list[Json]) -> bool:
    """Whether a later event explains that this text stands nowhere any more."""
    later = [one["event"] for one in record if one["event"]["seq"] > event["seq"]]
    if name == "initiatives":
        return any(one["kind"] == "revision-recorded" and one["dossier"] == event["dossier"] for one in later)
    if name in ("detail", "error"):
        return any(one["kind"] == "message-reopened" and one["message"] == event["message"] for one in later)
    return name == "address"
