"""Makes the dossiers of a run in chunks on all cores, each chunk once: a run that was broken off goes on."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.generator.build import build, write_truth
from corpus.generator.dossier import OFFICE, PICTURES, Mix
from rich.progress import Progress

_CHUNK = {OFFICE.name: 40, PICTURES.name: 10}
_MIXES = {mix.name: mix for mix in (OFFICE, PICTURES)}


@dataclass(frozen=True, slots=True)
class Run:
    """So many dossiers of one part, some of them with pictures."""

    folder: Path
    part: str
    dossiers: int
    pictures: int
    first: int = 0
    """Seed of the first dossier."""

    def chunks(self) -> Iterator[tuple[Mix, range]]:
        for mix, count in ((PICTURES, self.pictures), (OFFICE, self.dossiers - self.pictures)):
            size = _CHUNK[mix.name]
            for start in range(self.first, self.first + count, size):
                yield mix, range(start, min(start + size, self.first + count))


def make(run: Run) -> list[dict[str, Any]]:
    """Write messages and truth.json; the truths are returned. What an older generator made is thrown away."""
    told = run.folder / "chunks" / _fingerprint()
    if not told.is_dir():
        shutil.rmtree(run.folder, ignore_errors=True)
        told.mkdir(parents=True)
    truths: list[dict[str, Any]] = []
    wanted = {_name(run.part, mix, seeds): (mix, seeds) for mix, seeds in run.chunks()}
    with Progress() as progress, ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        task = progress.add_task("making dossiers", total=run.dossiers)
        waiting = {}
        for name, (mix, seeds) in wanted.items():
            if not (told / name).is_file():
                waiting[pool.submit(_chunk, run.folder, told / name, run.part, mix.name, seeds)] = len(seeds)
            else:
                progress.advance(task, len(seeds))
        for done in as_completed(waiting):
            done.result()
            progress.advance(task, waiting[done])
    for name in wanted:
        truths += json.loads((told / name).read_text(encoding="utf-8"))
    write_truth(run.folder, truths)
    return truths


def _name(part: str, mix: Mix, seeds: range) -> str:
    return f"{part}-{mix.name}-{seeds.start:05d}-{seeds.stop:05d}.json"


def _chunk(folder: Path, told: Path, part: str, mix: str, seeds: Sequence[int]) -> None:
    """One chunk, in a process of its own; its truth is written last, and whole."""
    truths = build(folder, part, seeds, _MIXES[mix])
    half = told.with_suffix(".part")
    half.write_text(json.dumps(truths, ensure_ascii=False), encoding="utf-8")
    half.replace(told)


def _fingerprint() -> str:
    """Of the generator's own files: another generator makes other dossiers of the same seed."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.py"), *here.glob("*.yaml"), here.parent / "roster.csv"])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def inspect(run: Run, truths: Sequence[dict[str, Any]]) -> Path:
    """What `hoso inspect --json` prints for every message, in a file."""
    results = run.folder / "results.jsonl"
    messages = [str(run.folder / "messages" / truth["file"]) for truth in truths]
    command = [str(Path(sys.executable).parent / "hoso"), "inspect", "--json", *messages]
    with Progress() as progress, results.open("w", encoding="utf-8") as out:
        task = progress.add_task("reading them", total=len(messages))
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            assert process.stdout is not None
            for line in process.stdout:
                out.write(line)
                progress.advance(task)
    return results
