"""Measurements of receiving, reading, judging and writing letters, each in a fresh process and an empty store."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.dossiers import Mix
from bench.figures import Spread, ratio
from bench.installation import Installation, fill_mailbox, install
from bench.processes import MemoryWatch
from bench.stored import multiply
from support.dovecot import Dovecot

Tell = Callable[[str], None]
"""Hears what is done next."""


class BenchError(Exception):
    """A measurement did not measure what it was meant to."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process that went through one mailbox."""

    rate: float
    """Messages a second."""
    start: float
    """Seconds until the process was ready to begin; not in the rate."""
    memory: int
    """Peak of the process, in bytes."""
    reader_memory: int
    """Peak of the largest process that it started, in bytes."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Hoso beside the yardsticks, all rounds of one mix."""

    mix: Mix
    count: int
    rates: dict[str, Spread]
    to_floor: Spread
    to_script: Spread
    start: Spread
    memory: int
    reader_memory: int


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    server = Dovecot()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def measure(what: str, count: int, *arguments: object) -> Run:
    """Run `bench.once`; raises BenchError where it fails or does not go through `count` messages."""
    command = [sys.executable, "-m", "bench.once", what, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, MemoryWatch(process.pid) as watch:
        output, _ = process.communicate()
    if process.returncode != 0:
        raise BenchError(f"{what} ended with exit status {process.returncode}")
    told = json.loads(output)
    if told["count"] != count:
        raise BenchError(f"{what} went through {told['count']} of {count} messages")
    return Run(count / told["seconds"], told["start"], told["memory"], watch.child)


def measure_hoso(installation: Installation, count: int) -> Run:
    run = measure("hoso", count, installation.settings)
    letters = installation.count("letters WHERE state = 'queued'")
    if letters < count:
        raise BenchError(f"only {letters} letters are queued for {count} dossiers")
    return run


def speed(server: Dovecot, folder: Path, mix: Mix, count: int, rounds: int, tell: Tell) -> Speed:
    """Floor, script and Hoso in turn, `rounds` times over the same mailbox."""
    user = f"speed-{mix}"
    tell(f"{mix}: delivering {count} dossiers")
    fill_mailbox(server, user, mix, count)
    runs: dict[str, list[Run]] = {"floor": [], "script": [], "hoso": []}
    for number in range(rounds):
        here = folder / f"{user}-{number}"
        here.mkdir()
        for what in ("floor", "script"):
            tell(f"{mix}, round {number + 1} of {rounds}: {what}")
            runs[what].append(measure(what, count, server.port, user, here / f"{what}.sqlite"))
        tell(f"{mix}, round {number + 1} of {rounds}: hoso")
        runs["hoso"].append(measure_hoso(install(here / "hoso", mix, count, server.port, user), count))
    rates = {what: [run.rate for run in done] for what, done in runs.items()}
    return Speed(
        mix=mix,
        count=count,
        rates={what: Spread.of(values) for what, values in rates.items()},
        to_floor=ratio(rates["hoso"], rates["floor"]),
        to_script=ratio(rates["hoso"], rates["script"]),
        start=Spread.of([run.start for run in runs["hoso"]]),
        memory=max(run.memory for run in runs["hoso"]),
        reader_memory=max(run.reader_memory for run in runs["hoso"]),
    )


def stored(server: Dovecot, folder: Path, count: int, sizes: Sequence[int], tell: Tell) -> dict[int, float]:
    """Messages a second into a store that holds so many dossiers already, by size."""
    mix: Mix = "docx"
    seed, user = 100, "stored"
    unions = seed + count
    tell(f"stored: delivering {unions} dossiers")
    fill_mailbox(server, "seed", mix, seed)
    fill_mailbox(server, user, mix, count, seed)
    rates = {}
    for size in sizes:
        here = folder / f"stored-{size}"
        tell(f"stored: filling a store with {size} dossiers")
        installation = install(here, mix, unions, server.port, "seed")
        measure_hoso(installation, seed)
        multiply(installation.database, size // seed - 1)
        tell(f"stored: hoso with {size} dossiers in the store")
        rates[size] = measure_hoso(install(here, mix, unions, server.port, user), count).rate
        shutil.rmtree(here)
    return rates


def single(server: Dovecot, folder: Path, mix: Mix, count: int, tell: Tell) -> Run:
    """Hoso alone, once: for its memory at another number of messages."""
    user = f"single-{mix}-{count}"
    tell(f"{mix}: delivering {count} dossiers")
    fill_mailbox(server, user, mix, count)
    tell(f"{mix}: hoso over {count} dossiers")
    return measure_hoso(install(folder / user, mix, count, server.port, user), count)
