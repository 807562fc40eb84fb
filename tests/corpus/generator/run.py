"""Makes the dossiers of a run in chunks and has them read; a run that was broken off goes on where it was."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.generator.build import build, write_truth
from corpus.generator.dossier import OFFICE, PICTURES, Mix
from corpus.generator.progress import progress

_ROOT = Path(__file__).parents[3]
_READERS = ("dossier", "ingest", "parsers", "intake", "hoso")
_CHUNK = {OFFICE.name: 40, PICTURES.name: 10}
_MIXES = {mix.name: mix for mix in (OFFICE, PICTURES)}
_AT_ONCE = 400
"""Messages named in one command."""


@dataclass(frozen=True, slots=True)
class Run:
    """So many dossiers of one part, some of them with pictures."""

    folder: Path
    part: str
    dossiers: int
    pictures: int
    first: int = 0
    """Seed of the first dossier."""
    cores: int = 1

    def chunks(self) -> Iterator[tuple[Mix, range]]:
        for mix, count in ((PICTURES, self.pictures), (OFFICE, self.dossiers - self.pictures)):
            size = _CHUNK[mix.name]
            for start in range(self.first, self.first + count, size):
                yield mix, range(start, min(start + size, self.first + count))


def make(run: Run) -> list[dict[str, Any]]:
    """Write messages and truth.json; the truths are returned. What an older generator made is thrown away."""
    told = run.folder / "chunks" / _generator()
    if not told.is_dir():
        shutil.rmtree(run.folder, ignore_errors=True)
        told.mkdir(parents=True)
    truths: list[dict[str, Any]] = []
    wanted = {_name(run.part, mix, seeds): (mix, seeds) for mix, seeds in run.chunks()}
    with progress("making dossiers", run.dossiers) as advance, ProcessPoolExecutor(run.cores) as pool:
        waiting = {}
        for name, (mix, seeds) in wanted.items():
            if not (told / name).is_file():
                waiting[pool.submit(_chunk, run.folder, told / name, run.part, mix.name, seeds)] = len(seeds)
            else:
                advance(len(seeds))
        for done in as_completed(waiting):
            done.result()
            advance(waiting[done])
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


def _generator() -> str:
    """Another generator makes other dossiers of the same seed."""
    here = Path(__file__).parent
    return _digest([*here.glob("*.py"), *here.glob("*.yaml"), here.parent / "roster.csv"])


def _program() -> str:
    """Another program reads other things in them."""
    return _digest(file for name in _READERS for file in (_ROOT / name).rglob("*") if file.suffix in (".py", ".yaml"))


def _digest(files: Iterator[Path] | Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]


def read(run: Run, truths: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """What `hoso inspect --json` prints for every message, by its file name.

    Kept in a file as it comes, so that only what this program has not read yet is read.
    """
    results = run.folder / f"results-{_program()}.jsonl"
    for older in set(run.folder.glob("results*.jsonl")) - {results}:
        older.unlink()
    found = load_results(results)
    missing = [str(run.folder / "messages" / truth["file"]) for truth in truths if truth["file"] not in found]
    with progress("reading them", len(truths)) as advance, results.open("a", encoding="utf-8") as out:
        advance(len(truths) - len(missing))
        for start in range(0, len(missing), _AT_ONCE):
            for line in _inspected(missing[start : start + _AT_ONCE], run.cores):
                out.write(line)
                out.flush()
                advance(1)
    return load_results(results)


def _inspected(messages: Sequence[str], cores: int) -> Iterator[str]:
    hoso = str(Path(sys.executable).parent / "hoso")
    command = [hoso, "inspect", "--json", "--workers", str(cores), *messages]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        yield from process.stdout


def load_results(path: Path) -> dict[str, Mapping[str, Any]]:
    """By file name; a last line that was cut off is thrown away."""
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole, encoding="utf-8")
    return {Path(one["file"]).name: one for one in map(json.loads, filter(None, whole.splitlines()))}


def usual_cores() -> int:
    """All of them; one where the run was told to be nice to others."""
    return 1 if os.nice(0) > 0 else os.cpu_count() or 1
