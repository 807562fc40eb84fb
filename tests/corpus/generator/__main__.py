"""`make accuracy`: makes dossiers, reads them, and says how much was read right."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from corpus.generator.accuracy import Accuracy, accuracy
from corpus.generator.report import Told, bars, groups, put
from corpus.generator.run import Run, make, read, usual_cores
from rich.console import Console
from rich.table import Table

_ROOT = Path(__file__).parents[3]
PAGE = _ROOT / "docs" / "accuracy.md"


def main() -> int:
    """Exit status 0 where every bar is reached."""
    asked = _arguments()
    if asked.pictures > asked.dossiers:
        sys.exit("There cannot be more dossiers with pictures than dossiers.")
    cores = asked.cores or usual_cores()
    run = Run(asked.folder / asked.part, asked.part, asked.dossiers, asked.pictures, asked.first, cores)
    truths = make(run)
    told = accuracy(truths, read(run, truths))
    _print(told, asked.misses)
    if asked.write:
        put(PAGE, told, Told(asked.part, asked.first, datetime.now(UTC).date()))
    return 0 if all(reached for *_, reached in bars(told)) else 1


def _arguments() -> argparse.Namespace:
    cli = argparse.ArgumentParser(prog="corpus.generator", description=__doc__)
    cli.add_argument(
        "--part",
        choices=("seen", "unseen", "fresh", "sectors", "branches", "provinces", "trades"),
        default="seen",
        help="all but seen: words held out once",
    )
    cli.add_argument("--dossiers", type=int, default=200)
    cli.add_argument("--pictures", type=int, default=20, help="how many of them are scanned or photographed")
    cli.add_argument("--first", type=int, default=0, help="seed of the first one")
    cli.add_argument("--cores", type=int, help="processes at once: all cores, one where this runs under nice")
    cli.add_argument("--folder", type=Path, default=_ROOT / "build" / "accuracy")
    cli.add_argument("--misses", type=int, default=3, help="how many misses to print of each kind")
    cli.add_argument("--write", action="store_true", help="put the figures into docs/accuracy.md")
    return cli.parse_args()


def _print(told: Accuracy, misses: int) -> None:
    console = Console()
    for title, things, tallies in groups(told):
        table = Table(title, things, "judged", "right", "handed")
        for name, tally in sorted(tallies.items()):
            table.add_row(name, str(tally.things), str(tally.fields), f"{tally.share:.2%}", str(tally.handed))
        console.print(table)
    for tallies in (told.by_made, told.by_story):
        for name, tally in sorted(tallies.items()):
            for miss in tally.misses[:misses]:
                console.print(f"  {name}: {miss}", markup=False, highlight=False)
    for what, figure, bar, reached in bars(told):
        console.print(f"{what}: {figure} (bar {bar}){'' if reached else '  NOT REACHED'}", highlight=False)
    wrong = {
        "without an answer": told.not_answered,
        "accepted wrongly": told.accepted_wrongly,
        "refused wrongly": told.refused_wrongly,
    }
    for what, names in wrong.items():
        if names:
            console.print(f"{what}: {', '.join(names)}", highlight=False)
            console.print("  (the number in a name is its seed: --first SEED --dossiers 1)", highlight=False)
    for what, names in (("digital, handed over", told.others_handed), ("idle warnings", told.idle_warnings)):
        console.print(f"{what}: {len(names)} {'; '.join(names[:misses])}", highlight=False)


if __name__ == "__main__":
    sys.exit(main())
