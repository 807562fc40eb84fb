"""Turns of the coverage-guided fuzzer: a process for each; its corpus is kept, so that the next one goes on from it."""

import json
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

_INPUTS = re.compile(rb"stat::number_of_executed_units:\s*(\d+)")
_COVERAGE = re.compile(rb"cov: (\d+) ft: (\d+) corp: (\d+)")
_PULSE = re.compile(rb"^#(\d+)\s", re.MULTILINE)


def installed() -> bool:
    return find_spec("atheris") is not None


def turn(target: str, seed: int, seconds: int, folder: Path) -> dict[str, object]:
    """One turn; what it found lies in `folder`/found. What came of it, for the record."""
    name = target.replace(" ", "-")
    found, corpus, log = folder / "found" / f"{name}-{seed}", folder / "corpus" / name, folder / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    places = ["--corpus", str(corpus), "--found", str(found)]
    asked = [sys.executable, "-m", "fuzz.guided", target, *places, "--seconds", str(seconds), "--seed", str(seed)]
    began = time.monotonic()
    with log.open("wb") as told:
        ended = subprocess.run(asked, stdout=told, stderr=subprocess.STDOUT, check=False).returncode
    said = log.read_bytes()
    cases = cases_in(found) if found.exists() else []
    if ended and not any("file" in one for one in cases):
        cases.append({"what": f"the process ended with {ended}: see {log.name}"})
    covered = [tuple(map(int, one)) for one in _COVERAGE.findall(said)]
    line = {"target": target, "seed": seed, "guided": True, "inputs": inputs_of(said), "found": cases}
    return line | {"seconds": time.monotonic() - began, "covered": covered[-1][0] if covered else 0}


def inputs_of(said: bytes) -> int:
    """How many were tried, by what libFuzzer printed: its own count, or where it was broken off the last it told."""
    counted = _INPUTS.findall(said) or _PULSE.findall(said)
    return int(counted[-1]) if counted else 0


def cases_in(folder: Path) -> list[dict[str, object]]:
    """What was found: what raised is told in JSON; what hangs or kills is left by libFuzzer itself."""
    told = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    named = {one["file"] for one in told}
    left = (path.name for path in sorted(folder.iterdir()) if path.suffix != ".json" and path.name not in named)
    if not told and not any(folder.iterdir()):
        folder.rmdir()
    return [*told, *({"what": f"hangs or kills: {name}", "file": name} for name in left)]
