"""`make bench`: how fast dossiers come from a mail server into the store, beside two yardsticks of the same run."""

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from bench.documents import documents
from bench.dossiers import Mix
from bench.latency import latency
from bench.measuring import Tell, running_dovecot, single, speed, stored
from bench.near_duplicates import near_duplicates
from bench.register import register
from bench.table import Findings, Memory, show
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from support.dovecot import Dovecot

MIXES: tuple[Mix, ...] = ("docx", "mixed")
PARTS = ("speed", "latency", "memory", "stored", "documents", "near-duplicates", "register")

Count = Annotated[int, typer.Option("--count", "-n", min=4, help="Dossiers in the mailbox.")]
Rounds = Annotated[int, typer.Option(min=1, help="Of each: floor, script, Hoso.")]
Letters = Annotated[int, typer.Option(min=1, help="Messages whose way to the letter is timed.")]
Stored = Annotated[int, typer.Option(min=1000, help="Dossiers in the larger of the two filled stores.")]
Initiatives = Annotated[
    int, typer.Option(min=2000, help="Initiatives in the larger stores of near-duplicates and of the register.")
]
Only = Annotated[list[str] | None, typer.Option(help=f"Measure this alone, of {', '.join(PARTS)}; can be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    count: Count = 200,
    rounds: Rounds = 3,
    letters: Letters = 30,
    larger: Stored = 50_000,
    initiatives: Initiatives = 1_000_000,
    only: Only = None,
    as_json: AsJson = False,
) -> None:
    """Sends dossiers through a Dovecot of its own on loopback; needs the machine for itself to say much."""
    parts = frozenset(only or PARTS)
    if unknown := parts - set(PARTS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    errors = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        tempfile.TemporaryDirectory(prefix="hoso-bench-") as folder,
        running_dovecot() as server,
        Progress(*columns, console=errors, transient=True) as progress,
    ):
        task = progress.add_task("")

        def tell(what: str) -> None:
            progress.update(task, description=what)

        findings = _findings(server, Path(folder), parts, count, rounds, letters, larger, tell)
        findings = replace(findings, **_of_documents(Path(folder), parts, rounds, initiatives, tell))
    if as_json:
        print(json.dumps(findings.as_data(), indent=1))  # noqa: T201 - the result
    else:
        show(Console(), findings)


def _findings(
    server: Dovecot,
    folder: Path,
    parts: frozenset[str],
    count: int,
    rounds: int,
    letters: int,
    larger: int,
    tell: Tell,
) -> Findings:
    speeds = tuple(speed(server, folder, mix, count, rounds, tell) for mix in MIXES) if "speed" in parts else ()
    memory = [Memory.of(size, single(server, folder, "mixed", size, tell)) for size in _sizes(parts, count)]
    return Findings(
        cores=len(os.sched_getaffinity(0)),
        speeds=speeds,
        latency=latency(server, folder, "docx", letters, tell) if "latency" in parts else None,
        memory=tuple(memory),
        stored=stored(server, folder, count, (1000, larger), tell) if "stored" in parts else {},
    )


def _of_documents(folder: Path, parts: frozenset[str], rounds: int, initiatives: int, tell: Tell) -> dict[str, Any]:
    """What needs no mail server."""
    sizes, cores = (1000, initiatives), len(os.sched_getaffinity(0))
    return {
        "register": tuple(register(folder, sizes, 15, tell)) if "register" in parts else (),
        "documents": documents(rounds, cores, tell) if "documents" in parts else None,
        "near_duplicates": tuple(near_duplicates(folder, sizes, 30, tell)) if "near-duplicates" in parts else (),
    }


def _sizes(parts: frozenset[str], count: int) -> tuple[int, ...]:
    return (count, 4 * count) if "memory" in parts else ()


if __name__ == "__main__":
    app()
