"""How long the proof of the history takes, and how much memory: `python -m bench.verifying [EVENTS]`, SQLite."""

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.store_samples import judged

from store import events
from store.engine import Store, open_store
from store.verification import check_records, verify

_NOW = datetime(2021, 4, 19, 8, 30, tzinfo=UTC)
_PART = 200


def fill(store: Store, count: int) -> int:
    """Messages, each with its revision, until there are so many events; returns how many there are."""
    number = 0
    while True:
        with store.writing() as tx:
            for _ in range(_PART):
                number += 1
                judged(tx, b"%d" % number, _NOW + timedelta(seconds=number), union=f"U{number % 34}", uid=number)
            if (made := events.head(tx).seq) >= count:
                return made


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/hoso.sqlite", Path(folder) / "blobs")
        store.upgrade()
        made = fill(store, count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with store.reading() as conn:
            began = time.perf_counter()
            assert verify(conn).broken is None
            chained = time.perf_counter()
            assert list(check_records(conn)) == []
            ended = time.perf_counter()
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        sys.stdout.write(
            f"{made} events: chain {chained - began:.2f} s, records {ended - chained:.2f} s, "
            f"{made / (ended - began):.0f} events a second, peak memory + {more / 1024:.1f} MiB\n"
        )
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
