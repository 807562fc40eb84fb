"""`make fuzz`: for some minutes, on from the seeds that were used; batches are kept and add up."""

import json
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Annotated

import typer
from fuzz.rounds import batch
from fuzz.targets import TARGETS
from torture.tally import read

_INPUTS = 100
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    minutes: Annotated[float, typer.Option(min=0, help="How long.")] = 10.0,
    results: Annotated[Path, typer.Option(help="Where each batch is kept; earlier ones count.")] = Path(
        "build/fuzz.jsonl"
    ),
    only: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(TARGETS)}.")] = None,
) -> None:
    """Ends with status 1 where an input raised, hung or killed what it may not."""
    cases = results.parent / "fuzz"
    cases.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + minutes * 60
    seeds = {name: max((one["seed"] for one in read(results) if one["target"] == name), default=0) for name in TARGETS}
    for turn in count(1):
        for name in only or TARGETS:
            if time.monotonic() >= until:
                _tell(results)
            line = batch(name, seeds[name] + turn, _INPUTS, cases)
            with results.open("a") as file:
                file.write(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **line}) + "\n")


def _tell(results: Path) -> None:
    inputs, seconds, found = Counter[str](), 0.0, Counter[str]()
    for line in read(results):
        inputs[line["target"]] += line["inputs"]
        seconds += line["seconds"]
        found.update(f"{line['target']}: {case['what']}" for case in line["found"])
    print(f"{sum(inputs.values())} inputs in {seconds / 60:.0f} minutes: {dict(inputs)}")  # noqa: T201 - the result
    for what, times in found.most_common():
        print(f"{times} times {what}")  # noqa: T201
    raise typer.Exit(1 if found else 0)


if __name__ == "__main__":
    app()
