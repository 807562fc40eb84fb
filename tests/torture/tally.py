"""What all rounds so far came to."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FAULTS = ("lost", "doubled_revisions", "doubled_letters", "missing_letters")


@dataclass(frozen=True)
class Tally:
    """Rounds and messages by store, and every fault found."""

    rounds: Counter[str]
    messages: Counter[str]
    faults: Counter[str]
    broken: tuple[int, ...]
    """Seeds of the rounds after which a check failed."""

    @classmethod
    def of(cls, results: Path) -> "Tally":
        lines = read(results)
        faults: Counter[str] = Counter()
        for line in lines:
            faults.update({name: abs(line[name]) for name in _FAULTS})
        return cls(
            Counter(line["store"] for line in lines),
            sum((Counter({line["store"]: line["messages"]}) for line in lines), Counter()),
            faults,
            tuple(line["seed"] for line in lines if line["broken"]),
        )

    @property
    def good(self) -> bool:
        return not self.broken and not any(self.faults.values())

    def told(self) -> str:
        rounds = ", ".join(f"{n} on {store} ({self.messages[store]} messages)" for store, n in self.rounds.items())
        found = ", ".join(f"{self.faults[name]} {name.replace('_', ' ')}" for name in _FAULTS)
        return f"{rounds}: {found}, {len(self.broken)} failed checks"


def read(results: Path) -> list[dict[str, Any]]:
    """Every round that was kept; a line that a kill cut short is left out."""
    found = []
    for line in results.read_text("utf-8").splitlines() if results.exists() else ():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def first_free_seed(results: Path, store: str) -> int:
    return max((line["seed"] for line in read(results) if line["store"] == store), default=-1) + 1
