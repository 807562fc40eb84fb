"""A list written whole, in a process of its own: `python -m bench.exporting URL CAMPAIGN csv|xlsx` prints JSON."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench.processes import peak_memory
from sqlalchemy import Connection

from reports.tables import write_csv, write_xlsx
from store import lists
from store.engine import open_store
from store.narrowing import Asked
from store.paging import Page

Kind = Literal["csv", "xlsx"]


@dataclass(frozen=True, slots=True)
class Exported:
    """A list of initiatives written whole."""

    what: str
    rows: int
    seconds: float
    """Of processor, in the process that writes."""
    grown: float
    """MiB by which the peak of that process went up while it wrote."""
    size: float
    """MiB of the file."""


def exported(what: str, url: str, campaign: str, kind: Kind) -> Exported:
    """Raises subprocess.CalledProcessError."""
    command = [sys.executable, "-m", "bench.exporting", url, campaign, kind]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=found).stdout)
    return Exported(f"{what}, {kind.upper()}", **told)


def _write(url: str, campaign: str, kind: str) -> dict[str, float]:
    count = 0

    def rows(conn: Connection, asked: Asked, page: Page) -> Iterator[list[Any]]:
        nonlocal count
        for one in lists.list_initiatives(conn, asked, page):
            count += 1
            yield [one.id, one.union, one.row, *one.cells.values()]

    columns = ["number", "union", "row", "author", "title", "field", "summary"]
    with tempfile.TemporaryDirectory(prefix="hoso-export-") as folder:
        store, out = open_store(url, Path(folder)), Path(folder) / f"list.{kind}"
        with store.reading() as conn, out.open("wb") as file:
            list(lists.list_initiatives(conn, Asked(campaign), Page(limit=1)))  # what is loaded once
            before, began = peak_memory(), time.process_time()
            written = (_cut(row, len(columns)) for row in rows(conn, Asked(campaign), Page()))
            if kind == "csv":
                write_csv(file, columns, written)
            else:
                write_xlsx(file, "initiatives", columns, written)
            seconds = time.process_time() - began
        store.close()
        grown = (peak_memory() - before) / 2**20
        return {"rows": count, "seconds": seconds, "grown": grown, "size": out.stat().st_size / 2**20}


def _cut(row: list[Any], width: int) -> list[Any]:
    """As wide as the header: the first dossier of the bench has fewer cells."""
    return [*row, *[None] * width][:width]


if __name__ == "__main__":
    print(json.dumps(_write(*sys.argv[1:4])))  # noqa: T201 - what the process is for
