"""An installation of Hoso as an administrator would set it up: settings, campaign and roster in a folder."""

import csv
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import yaml
from bench.dossiers import Mix, bench_campaign, dossiers
from support.dovecot import HOST, PASSWORD, Dovecot

from hoso.campaigns import example_campaign

IN_TIME = datetime(2021, 4, 16, 2, 12, 5, tzinfo=UTC)
"""When the server received what the bench delivers; before the deadline of the example campaign."""


@dataclass(frozen=True, slots=True)
class Installation:
    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / "settings.yaml"

    @property
    def database(self) -> Path:
        return self.folder / "var" / "hoso.sqlite"

    def count(self, table: str) -> int:
        """Rows of a table; `table` may go on with a WHERE."""
        with closing(sqlite3.connect(self.database)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def is_running(self) -> bool:
        """The service has said so in its log."""
        log = self.folder / "hoso.log"
        return log.exists() and "running" in log.read_text(encoding="utf-8")


def install(folder: Path, mix: Mix, unions: int, imap_port: int, user: str, smtp_port: int = 25) -> Installation:
    """For a mailbox on loopback, with a roster of `unions` invented unions; what is stored there already stays."""
    folder.mkdir(parents=True, exist_ok=True)
    with resources.as_file(resources.files("hoso") / "examples" / "plan_39_cdn" / "campaign.yaml") as example:
        shutil.copy(example, folder / "campaign.yaml")
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("code", "name", "aliases", "addresses"))
        for union in bench_campaign(example_campaign(), mix, unions).roster.unions:
            lines.writerow((union.code, union.name, "|".join(union.aliases), "|".join(union.addresses)))
    (folder / "password").write_text(PASSWORD)
    settings = {
        "mailboxes": [
            {
                "name": user,
                "host": HOST,
                "port": imap_port,
                "security": "plain",
                "user": user,
                "password_file": "password",
                "addresses": ["sangkien@cdyte-dongnai.example"],
                "received_hosts": ["mail.cdyte-dongnai.example"],
            }
        ],
        "smtp": {
            "host": HOST,
            "port": smtp_port,
            "security": "plain",
            "from_address": "sangkien@cdyte-dongnai.example",
            "from_name": "Công đoàn ngành Y tế Đồng Nai (thư tự động)",
        },
        "campaigns": ["campaign.yaml"],
        "logs": {"file": "hoso.log"},
    }
    installation = Installation(folder)
    installation.settings.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return installation


def fill_mailbox(server: Dovecot, user: str, mix: Mix, count: int, first: int = 0) -> None:
    """Deliver `count` dossiers, from union number `first` on, into the INBOX of `user`."""
    server.deliver_all(user, [(message, IN_TIME) for message in dossiers(mix, count, first)])
