"""How much memory the processes that this one started ever held, while something is done."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.01


@dataclass
class Appetite:
    peak: int = 0
    """Bytes of the one that held most; the kernel's own mark, looked at a hundred times a second."""


@contextmanager
def appetite() -> Iterator[Appetite]:
    found, done = Appetite(), threading.Event()

    def watch() -> None:
        while not done.wait(_EVERY):
            found.peak = max(found.peak, *(_mark(one) for one in _children()), 0)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield found
    finally:
        done.set()
        watching.join()


def _children() -> list[Path]:
    found = [task / "children" for task in Path("/proc/self/task").iterdir()]
    return [Path("/proc") / pid for path in found for pid in _text(path).split()]


def _mark(process: Path) -> int:
    """0 for one that is not yet a program of its own: until then the kernel shows our own mark for it."""
    if _text(process / "cmdline") == _text(Path("/proc/self/cmdline")):
        return 0
    marks = [line.split()[1] for line in _text(process / "status").splitlines() if line.startswith("VmHWM:")]
    return int(marks[0]) << 10 if marks else 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""
