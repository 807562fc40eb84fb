"""`make fuzz`: for some minutes, on from what was tried; each turn is kept, and they add up.

Where atheris is installed it is led by coverage; `--blind` damages the corpus without looking.
"""

import json
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from fuzz import turns
from fuzz.rounds import batch
from fuzz.targets import TARGETS
from torture.tally import read

_INPUTS = 100
_TURN = 200
"""Seconds of one guided turn: it begins with reading its corpus, so a short one would do little else."""
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    minutes: Annotated[float, typer.Option(min=0, help="How long.")] = 10.0,
    results: Annotated[Path, typer.Option(help="Where each turn is kept; earlier ones count.")] = Path(
        "build/fuzz.jsonl"
    ),
    only: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(TARGETS)}.")] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Without coverage.")] = False,
) -> None:
    """Ends with status 1 where an input raised, hung or killed what it may not."""
    folder = results.parent / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + minutes * 60
    guided = turns.installed() and not blind
    while (left := until - time.monotonic()) > 0:
        name, seed = next_turn(results, only or list(TARGETS), guided=guided)
        line = (
            turns.turn(name, seed, min(_TURN, int(left) + 1), folder) if guided else batch(name, seed, _INPUTS, folder)
        )
        with results.open("a") as file:
            file.write(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **line}) + "\n")
    _tell(results)


def next_turn(results: Path, names: list[str], *, guided: bool) -> tuple[str, int]:
    """The target that had the least time of this kind, and a seed that it did not have."""
    spent, seeds = Counter[str](dict.fromkeys(names, 0)), Counter[str]()
    for line in read(results):
        seeds[line["target"]] = max(seeds[line["target"]], line["seed"])
        if line["target"] in names and line.get("guided", False) == guided:
            spent[line["target"]] += line["seconds"]
    name = min(names, key=lambda one: spent[one])
    return name, seeds[name] + 1


def _tell(results: Path) -> None:
    inputs, seconds, found = Counter[str](), Counter[bool](), Counter[str]()
    for line in read(results):
        inputs[line["target"]] += line["inputs"]
        seconds[line.get("guided", False)] += line["seconds"]
        found.update(f"{line['target']}: {case['what']}" for case in line["found"])
    minutes = f"{sum(seconds.values()) / 60:.0f} minutes, {seconds[True] / 60:.0f} of them led by coverage"
    print(f"{sum(inputs.values())} inputs in {minutes}: {dict(inputs)}")  # noqa: T201 - the result
    for what, times in found.most_common():
        print(f"{times} times {what}")  # noqa: T201
    raise typer.Exit(1 if found else 0)


if __name__ == "__main__":
    app()
