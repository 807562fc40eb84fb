"""What dossier.json tells, held against what each event says by itself: times, numbers, states; and against the bytes.

A part of the one file that the verifier becomes.
"""

import email
import email.policy
import json
import unicodedata
from datetime import datetime
from typing import Any

from reports.evidence.bundle import BrokenError, Bundle, Json, need

MADE_BY = {
    "revisions": "revision-recorded",
    "papers": "paper-recorded",
    "objections": "objection-raised",
    "rulings": "ruling-made",
    "corrections": "value-corrected",
}
BESIDE = ("history", "extensions", "senders", "messages", "letters")
FINDING = ("code", "severity", "document", "row", "detail", "values")
RECEIPT = ("received_at", "server_time", "header_time")
GONE_OUT = ("sent", "undelivered")
PERHAPS = ("data-started", "unknown")
"""States of a letter of which no event tells when its bytes went out."""
IN_HAND = {"queued", "sending", "data-started"}
"""States of a letter that change without an event."""


def same(told: object, held: object, vi: str, en: str) -> None:
    need(told == held, f"{vi} bị thay đổi", f"{en} was changed")


def among(told: object, held: list[Any], vi: str, en: str) -> None:
    need(told in held, f"{vi} bị thay đổi", f"{en} was changed")


def check_facts(bundle: Bundle, dossier: Json, record: list[Json]) -> int:
    """Returns how many things were held against their events."""
    older = bundle.json("manifest.json").get("format") in (1, 2)  # its history told nobody's name
    events = {one["event"]["seq"]: one["event"] for one in record}
    opened = next(one for one in events.values() if one["kind"] == "dossier-opened")
    for name in ("arrival", "campaign"):
        same(dossier[name], opened["facts"][name], f"“{name}” của hồ sơ", f"“{name}” of the dossier")
    same(dossier["opened_at"], opened["at"], "ngày mở hồ sơ", "when the dossier was opened")
    for row, one in zip(dossier["history"], record, strict=True):
        number, texts = row["event"], one["texts"]
        same(row["at"], one["event"]["at"], f"thời điểm của sự kiện {number}", f"the time of event {number}")
        if not (older and row["by"] == row["reason"] == "") and (one["salt"] or not one["event"]["digests"]):
            said = [texts.get("by", ""), texts.get("reason", "")]
            same([row["by"], row["reason"]], said, f"người quyết định {number}", f"who decided event {number}, or why,")
    for kind, made in MADE_BY.items():
        for row in dossier[kind]:
            event = events[row["event"]]
            vi, en = f"số của sự kiện {row['event']} ({kind})", f"the number of event {row['event']} ({kind})"
            same((event["kind"], event["dossier"]), (made, dossier["id"]), vi, en)
            at = row["recorded_at"] if kind == "revisions" else row["at"]
            same(at, event["at"], f"thời điểm của {row['event']} ({kind})", f"the time of {row['event']} ({kind})")
    verdicts(dossier, record)
    for row in dossier["extensions"]:
        what = ("gia hạn", "an extension of the deadline")
        decided(row, record, "deadline-extended", "extension-withdrawn", what)
    for row in dossier["senders"]:
        decided(row, record, "sender-confirmed", "sender-withdrawn", ("xác nhận địa chỉ", "a confirmed address"))
    mails(bundle, dossier, record)
    return sum(len(dossier[kind]) for kind in (*MADE_BY, *BESIDE)) + 1


def verdicts(dossier: Json, record: list[Json]) -> None:
    """Findings and files in force are those of the sealed verdict."""
    held = {one["event"]["seq"]: one for one in record}
    for row in dossier["revisions"]:
        one, number = held[row["event"]], row["number"]
        same(row["message"], one["event"]["message"], f"thư của kết quả {number}", f"the message of revision {number}")
        if "assessment" not in one["texts"]:
            continue
        judged = json.loads(one["texts"]["assessment"])
        said = [{name: one.get(name) for name in FINDING} for one in judged["findings"]]
        same(row["findings"], said, f"nội dung kiểm tra của kết quả {number}", f"the findings of revision {number}")
        same(row["in_force"], judged["in_force"], f"văn bản của kết quả {number}", f"the files of revision {number}")


def decided(row: Json, record: list[Json], made_by: str, ended_by: str, what: tuple[str, str]) -> None:
    """What persons decided beside the dossier, with who, when and why, and its end."""
    vi, en = what
    made = next((one for one in record if (one["event"]["kind"], one["event"]["at"]) == (made_by, row["at"])), None)
    if made is None:
        raise BrokenError(f"{vi} không có trong nhật ký", f"{en} is not of the history")
    facts, texts = made["event"]["facts"], made["texts"]
    for name in ("until", "union"):
        same(row.get(name, facts.get(name)), facts.get(name), vi, en)
    if made["salt"] is not None:
        said = {name: texts.get(name, "") for name in ("by", "reason")}
        said |= {"address": texts["address"]} if "address" in texts else {}
        same(
            {name: row[name] for name in said}, said, f"người quyết định {vi}", f"who decided {en}, or why, or of whom,"
        )
    ends = [one["event"]["at"] for one in record if one["event"]["kind"] == ended_by]
    among(row["withdrawn_at"], [None, *ends], f"việc rút {vi}", f"the end of {en}")


def mails(bundle: Bundle, dossier: Json, record: list[Json]) -> None:
    of_message: dict[int, list[Json]] = {}
    of_letter: dict[int, list[Json]] = {}
    for one in record:
        of_message.setdefault(one["event"]["message"], []).append(one)
        of_letter.setdefault(one["event"]["letter"], []).append(one)
    for row in dossier["messages"]:
        message(bundle, row, of_message.get(row["number"], []))
    for row in dossier["letters"]:
        letter(bundle, row, of_letter.get(row["number"], []))


def message(bundle: Bundle, row: Json, record: list[Json]) -> None:
    """When it came, by which clock, when it was recorded, what it changed."""
    vi, en = f"dữ liệu của thư {row['number']}", f"what is told of message {row['number']}"
    arrived = [one for one in record if one["event"]["kind"] == "message-arrived"]
    for one in arrived:
        same(one["texts"].get("message", row["sha256"]), row["sha256"], vi, en)
    among(row["recorded_at"], [one["event"]["at"] for one in arrived], vi, en)
    settled = [one["event"]["facts"] for one in record if one["event"]["kind"] == "message-settled"]
    known = [[facts.get(name) for name in RECEIPT] for facts in settled if "received_at" in facts]
    said = [row[name] for name in RECEIPT]
    among(said, known or [said], f"thời điểm nhận thư {row['number']}", f"when message {row['number']} came")
    judged = [one["event"]["facts"] for one in record if one["event"]["kind"] == "revision-recorded"]
    joined = [[facts["revision"], facts["supplement"]] for facts in judged]
    if row["revision"] is not None:
        among([row["revision"], row["supplement"]], joined, vi, en)
    if row["path"]:
        same(row["size"], len(bundle.read(row["path"])), vi, en)
    erased = [one["event"]["at"] for one in record if one["event"]["kind"] == "message-erased"]
    among(row["erased_at"], erased or [None], vi, en)
    read = [json.loads(one["texts"]["reading"]).get("date") for one in record if "reading" in one["texts"]]
    if row["sender"] is not None and read:
        among(moment(row["date_claimed"]), [moment(one) for one in read], vi, en)


def letter(bundle: Bundle, row: Json, record: list[Json]) -> None:
    """To whom, of what kind, what became of it; its subject is that of its bytes."""
    vi, en = f"dữ liệu của thư trả lời {row['number']}", f"what is told of letter {row['number']}"
    told = [one["event"] for one in record]
    made = next((one for one in record if "kind" in one["event"]["facts"]), None)
    if made is None:
        raise BrokenError(f"{vi} bị thay đổi", f"{en} was changed")
    event, texts = made["event"], made["texts"]
    facts = event["facts"]
    same([row["kind"], row["revision"], row["written_at"]], [facts["kind"], facts["revision"], event["at"]], vi, en)
    same(texts.get("recipient", row["to"]), row["to"], vi, en)
    same(texts.get("mime", row["sha256"]), row["sha256"], vi, en)
    states = [one["kind"].removeprefix("letter-") for one in told if "step" in one["facts"] or one is event]
    among(row["state"], [states[-1], *(IN_HAND if states[-1] in IN_HAND else ())], vi, en)
    sent = [one["at"] for one in told if one["kind"] == "letter-sent"]
    if row["state"] not in PERHAPS:
        among(row["sent_at"], sent if row["state"] in GONE_OUT and sent else [None], vi, en)
    if row["path"]:
        mime = email.message_from_bytes(bundle.read(row["path"]), policy=email.policy.default)
        there, whole = letters_of(str(mime["subject"])), letters_of(row["subject"])
        cut = str(mime["subject"]).endswith("…") and whole.startswith(there)  # a long one is cut in the mail
        need(whole == there or cut, f"{vi} bị thay đổi", f"{en} was changed")


def letters_of(text: str) -> str:
    """Letters and digits alone: headers have other spaces, and no signs that nobody sees."""
    return "".join(one for one in unicodedata.normalize("NFC", text) if one.isalnum())


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
