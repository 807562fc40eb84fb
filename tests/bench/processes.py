"""Peak memory of a process and of those that it started, as Linux counts it."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.1


def peak_memory(pid: int | str = "self") -> int:
    """VmHWM in bytes: the most that ever lay in memory at once. 0 where the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:")), 0)


def children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


class MemoryWatch:
    """Follows a process and its children; those that are replaced meanwhile count, too."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self.own = 0
        """Peak of the process itself, in bytes."""
        self.child = 0
        """Peak of its largest child, in bytes."""

    def _follow(self) -> None:
        while not self._stop.wait(_EVERY):
            self.own = max(self.own, peak_memory(self._pid))
            self.child = max(self.child, *(peak_memory(pid) for pid in children(self._pid)), 0)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()
