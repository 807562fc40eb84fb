"""One measurement in a process of its own: `python -m bench.once WHAT ARGUMENTS` prints one line of JSON.

`floor` and `script` are the yardsticks; `hoso` is the round of `hoso run --once` as far as the letters in the outbox.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.processes import peak_memory
from bench.yardsticks import floor, script
from support.dovecot import HOST, PASSWORD

from hoso.cli.options import parts_in
from hoso.service import folders_of, intake_round, prepare
from hoso.wiring import desk_of
from parsers.sandbox import Sandbox

_SPARE_STARTS = 1.5
"""Seconds that the spare reading process needs to start: left out, as the start of the others is."""


def main(what: str, *arguments: str) -> None:
    measured = _hoso(Path(arguments[0])) if what == "hoso" else _yardstick(what, *arguments)
    print(json.dumps({**measured, "memory": peak_memory()}))  # noqa: T201 - what the process is for


def _yardstick(what: str, port: str, user: str, database: str) -> dict[str, float]:
    measure: Callable[[str, int, str, str, Path], int] = {"floor": floor, "script": script}[what]
    began = time.perf_counter()
    count = measure(HOST, int(port), user, PASSWORD, Path(database))
    return {"count": count, "seconds": time.perf_counter() - began, "start": 0.0}


def _hoso(settings: Path) -> dict[str, float]:
    launched = time.perf_counter()
    parts = parts_in(settings)
    prepare(parts, answer_backlog=True)
    with desk_of(parts) as desk:
        reader = desk.reader
        if isinstance(reader, Sandbox):
            with ThreadPoolExecutor(desk.workers) as pool:
                for ready in [pool.submit(reader.prepare) for _ in range(desk.workers)]:
                    ready.result()
        start = time.perf_counter() - launched
        time.sleep(_SPARE_STARTS)
        began = time.perf_counter()
        count = intake_round(desk, folders_of(parts, answer_backlog=True), threading.Event())
        seconds = time.perf_counter() - began
    parts.store.close()
    return {"count": count, "seconds": seconds, "start": start}


if __name__ == "__main__":
    main(*sys.argv[1:])
