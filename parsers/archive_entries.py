"""What comes out of archives of every kind, and how much may (FAULTS.md 31)."""

import posixpath
from dataclasses import dataclass

from dossier.model import Problem
from parsers.limits import ArchiveLimits
from parsers.problem import UnreadableError

_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive, inflated."""

    name: str
    """Its own, cleaned, without folders."""
    content: bytes
    problem: Problem | None = None
    detail: str = ""


@dataclass(slots=True)
class Budget:
    """Real bytes that came out of one archive so far."""

    limits: ArchiveLimits
    packed: int
    spent: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether a limit has been passed: not one file but the archive is not read then."""
        too_dense = self.spent > self.limits.ratio_from and self.spent > self.limits.ratio * self.packed
        return self.spent > self.limits.total or too_dense

    def take(self, count: int) -> None:
        self.spent += count
        if self.spent > self.limits.total:
            raise UnreadableError(Problem.NOT_READ, f"holds more than {self.limits.total} bytes")
        if self.spent > self.limits.ratio_from and self.spent > self.limits.ratio * self.packed:
            raise UnreadableError(Problem.NOT_READ, f"packed more than {self.limits.ratio} to 1")


def is_litter(path: str) -> bool:
    """Folders, and what macOS, Windows and Office leave beside the files."""
    path = path.replace("\\", "/")
    name = posixpath.basename(path).lower()
    return (
        path.endswith("/")
        or not name
        or "__macosx" in path.lower().split("/")
        or name.startswith(("._", "~$"))
        or name in _LITTER
    )
