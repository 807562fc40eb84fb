"""`make torture`: the service is killed at random moments, round after round; what came of each is kept and adds up."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Annotated, Literal

import typer
from support.dovecot import Dovecot
from support.postgresql import postgresql_server
from support.service import Site, installed
from torture.rounds import CHANGES, ROUNDS_OF_ONE_SITE, play
from torture.tally import Tally, first_free_seed

Store = Literal["sqlite", "postgresql"]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    rounds: Annotated[int, typer.Option("--rounds", "-n", min=0, help="How many more.")] = 200,
    store: Annotated[Store, typer.Option(help="Which database.")] = "sqlite",
    results: Annotated[Path, typer.Option(help="Where each round is kept; earlier ones count.")] = Path(
        "build/torture.jsonl"
    ),
    seed: Annotated[int | None, typer.Option(help="The first seed; else the first that was not used.")] = None,
) -> None:
    """Ends with status 1 where a message was lost, a revision or letter doubled, or a check failed."""
    results.parent.mkdir(parents=True, exist_ok=True)
    first = first_free_seed(results, store) if seed is None else seed
    done = 0
    with _places(store) as sites, results.open("a", encoding="utf-8") as file:
        while done < rounds:
            with next(sites) as site:
                for _ in range(min(ROUNDS_OF_ONE_SITE, rounds - done)):
                    began = time.monotonic()
                    found = play(site, first + done)
                    line = {"store": store, "at": datetime.now(UTC).isoformat(timespec="seconds"), **asdict(found)}
                    file.write(json.dumps(line) + "\n")
                    file.flush()
                    done += 1
                    print(f"{store} {done}/{rounds} seed {found.seed}: {'good' if found.good else found}"  # noqa: T201
                          f" ({time.monotonic() - began:.1f} s)", flush=True)  # fmt: skip
                    if not found.good:
                        break  # what is wrong stays wrong: the next round begins with a new site
    tally = Tally.of(results)
    print(tally.told())  # noqa: T201 - the result
    raise typer.Exit(0 if tally.good else 1)


@contextmanager
def _places(store: Store) -> Iterator[Iterator[AbstractContextManager[Site]]]:
    """Installations, one after another, on one mail server and one database server."""
    server = Dovecot()
    try:
        server.start()
        with tempfile.TemporaryDirectory(prefix="hoso-torture-") as folder:
            if store == "sqlite":
                yield (installed(Path(folder) / f"s{n}", server, f"u{n}", **CHANGES) for n in count())
            else:
                with postgresql_server() as database:
                    yield (
                        installed(Path(folder) / f"s{n}", server, f"u{n}", database.create(f"t{n}"), **CHANGES)
                        for n in count()
                    )
    finally:
        server.remove()


if __name__ == "__main__":
    app()
