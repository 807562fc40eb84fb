"""What the reading processes cost: the same messages read in this process and in one of them, by turns, in one run.

`PYTHONPATH=tests python -m bench.isolation --count 100`: noise falls on both, and the median of the turns counts.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from bench.dossiers import Mix, bench_campaign, dossiers
from rich.console import Console
from rich.progress import track

from hoso.campaigns import example_campaign
from parsers.reader import read_message
from parsers.sandbox import Sandbox

_MIXES: tuple[Mix, ...] = ("docx", "mixed")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def cost(mix: Mix, count: int, turns: int) -> tuple[float, float, float]:
    """(messages a second of processor in this process, in a reading process, median ratio of the second to the first);
    a bar on standard error tells how far it is.

    Of processor and not of the clock, for what else the machine does would count too; what both sides of the wire take
    is in it.
    """
    campaigns = (bench_campaign(example_campaign(), mix, count),)
    messages = dossiers(mix, count)
    here, there, ratios = [], [], []
    with Sandbox(campaigns) as sandbox:
        sandbox.prepare()
        for message in messages[:10]:  # what is loaded by the first ones is no part of either
            sandbox.read(message)
            read_message(message, campaigns)
        console = Console(stderr=True)
        for _ in track(range(turns), f"{mix}, turns", console=console, transient=True, disable=not console.is_terminal):
            here.append(_speed(messages, lambda message: read_message(message, campaigns)))
            there.append(_speed(messages, sandbox.read))
            ratios.append(there[-1] / here[-1])
    return median(here), median(there), median(ratios)


def _speed(messages: list[bytes], read: Callable[[bytes], object]) -> float:
    began = _processor()
    for message in messages:
        read(message)
    return len(messages) / (_processor() - began)


def _processor() -> float:
    """Seconds that this process and those that it started have used."""
    ticks = 0
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])  # utime and stime; proc(5)
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


@app.command()
def main(
    count: Annotated[int, typer.Option("--count", "-n", min=10, help="Messages of a turn.")] = 100,
    turns: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 9,
) -> None:
    """Prints messages a second of processor of both, and what isolation costs of it."""
    for mix in _MIXES:
        here, there, ratio = cost(mix, count, turns)
        told = f"{mix}: {here:.1f}/s in this process, {there:.1f}/s isolated, ratio {ratio:.3f}"
        print(f"{told}: isolation costs {(1 - ratio) * 100:.1f} %")  # noqa: T201 - the result


if __name__ == "__main__":
    app()
