"""`hoso health`: is the service well? For a person, and by its exit status for other programs."""

from collections.abc import Mapping
from datetime import datetime

import typer

from dossier.health_texts import DISKS
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, records_in
from hoso.health import Condition, condition
from hoso.wiring import utc_now


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def health(settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Say whether the service is well, and what to do where it is not. Logs in nowhere, changes nothing."""
        parts = records_in(settings)
        try:
            found = condition(parts, utc_now())
        finally:
            parts.store.close()
        if json:
            output.print_json([found.report()])
        else:
            output.print_lines(_lines(found, parts.settings.health.locale, parts.campaigns[0].zone))
        return Exit.OK if found.is_well else Exit.FOUND


_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "wrong": "LỖI    {key}: {said}",
        "folder": "{name}: đọc lần cuối {looked}, đối chiếu với sổ theo dõi {compared}",
        "messages": "thư đến: {pending} chưa xử lý, {quarantined} lỗi đang để riêng",
        "letters": "thư trả lời: {waiting} chờ gửi, {unknown} chưa rõ kết quả, {undelivered} không đến nơi",
        "disk": "ổ đĩa chứa {what}: còn trống {free} MB",
        "backup": "sao lưu lần cuối: {last}",
        "never": "chưa lần nào",
        "well": "Hệ thống hoạt động bình thường.",
        "one": "1 việc cần xử lý.",
        "many": "{count} việc cần xử lý.",
    },
    "en": {
        "wrong": "WRONG  {key}: {said}",
        "folder": "{name}: looked into {looked}, compared with the ledger {compared}",
        "messages": "messages: {pending} not judged yet, {quarantined} in quarantine",
        "letters": "letters: {waiting} waiting, {unknown} of unknown outcome, {undelivered} not delivered",
        "disk": "disk of {what}: {free} MB free",
        "backup": "last backup: {last}",
        "never": "never",
        "well": "All is well.",
        "one": "1 thing to mend.",
        "many": "{count} things to mend.",
    },
}
"""What it says, in the language of its complaints."""


def _lines(found: Condition, locale: str, zone: str) -> list[str]:
    facts, words = found.facts, _WORDS[locale]
    lines = [words["wrong"].format(key=one.key, said=one.said(locale)) for one in found.complaints]
    told = []
    for folder in facts.folders:
        looked, compared = (_when(at, words, zone) for at in (folder.polled_at, folder.reconciled_at))
        told.append(words["folder"].format(name=folder.name, looked=looked, compared=compared))
    told += [
        words["messages"].format(pending=facts.pending, quarantined=facts.quarantined),
        words["letters"].format(waiting=facts.waiting, unknown=facts.unknown, undelivered=facts.undelivered),
        *(words["disk"].format(what=_disk(disk.what, locale), free=disk.free >> 20) for disk in facts.disks),
        words["backup"].format(last=_when(facts.backup_at, words, zone)),
    ]
    count = len(found.complaints)
    end = words["well"] if found.is_well else words["one" if count == 1 else "many"].format(count=count)
    return [*lines, *(f"       {line}" for line in told), end]


def _disk(what: str, locale: str) -> str:
    vi, en = DISKS.get(what, (what, what))
    return vi if locale == "vi" else en


def _when(moment: datetime | None, words: Mapping[str, str], zone: str) -> str:
    return output.local(moment, zone) if moment else words["never"]
