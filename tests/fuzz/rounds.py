"""Batches of inputs, each in a process of its own: what it raises, hangs on or dies of is kept with its input."""

import json
import logging
import multiprocessing
import random
import resource
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from fuzz.targets import TARGETS

HANG_SECONDS = 20
_MEMORY = 2 << 30


@dataclass(frozen=True)
class Case:
    """An input that found something."""

    target: str
    seed: int
    number: int
    what: str
    """Kind and place of the error."""


def made(target: str, seed: int, number: int) -> bytes:
    """The same input each time."""
    return TARGETS[target].make(random.Random(f"{target}/{seed}/{number}"), TARGETS[target].seeds())


def tried(target: str, seed: int, inputs: int) -> Iterator[Case]:
    """Each input that raised what it may not; a MemoryError is the limit of the reading process at work."""
    signal.signal(signal.SIGALRM, _hangs)
    for number in range(inputs):
        content = made(target, seed, number)
        signal.alarm(HANG_SECONDS)
        try:
            TARGETS[target].run(content)
        except MemoryError:
            continue
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            yield Case(target, seed, number, f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}")
        finally:
            signal.alarm(0)


def batch(target: str, seed: int, inputs: int, cases: Path) -> dict[str, object]:
    """One batch in a process of its own; found inputs are written to `cases`. What came of it, for the record."""
    began = time.monotonic()
    told = cases / f"{target.replace(' ', '-')}-{seed}.jsonl"
    process = multiprocessing.get_context("fork").Process(target=_in_process, args=(target, seed, inputs, told))
    process.start()
    process.join()
    found = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
    if process.exitcode:
        found.append({"number": -1, "what": f"the process ended with {process.exitcode}"})
    if not found:
        told.unlink(missing_ok=True)
    return {"target": target, "seed": seed, "inputs": inputs, "seconds": time.monotonic() - began, "found": found}


def _in_process(target: str, seed: int, inputs: int, told: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    logging.disable()
    with told.open("w") as file:
        for case in tried(target, seed, inputs):
            file.write(json.dumps({"number": case.number, "what": case.what}) + "\n")
            file.flush()


def _hangs(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise TimeoutError
