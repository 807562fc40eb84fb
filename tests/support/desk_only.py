"""An installation with records and no mail server: for commands that look at what is stored."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import yaml

from store.engine import Store, open_store
from support import hoso_process
from support.service import Ended, Running
from support.store_samples import judged

_runs = count(1)


@dataclass(frozen=True)
class Installation:
    folder: Path
    store: Store
    environment: Mapping[str, str] = field(default_factory=dict)
    """Besides what every one has."""
    bare: bool = False
    """Without the rights by which root writes what nobody may."""

    def start(self, *arguments: str) -> Running:
        """`hoso ARGUMENTS` in the installation's folder."""
        number = next(_runs)
        out, err = self.folder.parent / f"out{number}", self.folder.parent / f"err{number}"
        for path in (out, err):
            path.touch()
        return Running(self._process(arguments, out, err), out, err)

    def _process(self, arguments: tuple[str, ...], out: Path, err: Path) -> ForkServerProcess:
        environment = {"HOSO_IMAP_PASSWORD": "imap-geheim", **self.environment}
        return hoso_process.start(list(arguments), self.folder, environment, out, err, bare=self.bare)

    def hoso(self, *arguments: str) -> Ended:
        """`hoso ARGUMENTS` to its end."""
        return self.start(*arguments).wait()

    def write_settings(self, **sections: Mapping[str, Any]) -> None:
        written = {
            "mailboxes": [
                {
                    "name": "main",
                    "host": "127.0.0.1",  # nobody listens there
                    "port": 1,
                    "security": "plain",
                    "user": "a",
                    "password": "${HOSO_IMAP_PASSWORD}",
                    "addresses": ["a@b.example"],
                }
            ],
            "smtp": {
                "host": "127.0.0.1",
                "port": 1,
                "security": "plain",
                "from_address": "a@b.example",
                "from_name": "Hoso",
            },
            "campaigns": ["example"],
            "store": {"url": "sqlite:///var/hoso.sqlite", "blobs": "var/blobs"},
            **sections,
        }
        (self.folder / "settings.yaml").write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")

    def judged(self, content: bytes, now: datetime, **changes: Any) -> str:
        """A message stored with its bytes and judged; returns its SHA-256."""
        self.store.blobs.put(content)
        with self.store.writing() as tx:
            judged(tx, content, now, **changes)
        return hashlib.sha256(content).hexdigest()


def installation(folder: Path, now: datetime, **sections: Mapping[str, Any]) -> Installation:
    """With three messages of two unions."""
    folder.mkdir()
    made = Installation(folder, open_store(f"sqlite:///{folder}/var/hoso.sqlite", folder / "var" / "blobs"))
    made.store.upgrade()
    made.write_settings(**sections)
    for number, union in enumerate("AAB"):
        made.judged(b"message %d" % number, now + timedelta(seconds=number), union=union, uid=number + 1)
    return made
