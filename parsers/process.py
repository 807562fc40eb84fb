"""One process that reads mail, seen from the service: started, given messages, ended."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from parsers.conversion import Converted, PageKind, WordKind
from parsers.limits import STRUCTURE, Limits
from parsers.ocr_engine import TESSDATA_SETTING
from parsers.pace import Patience
from parsers.problem import UnreadableError
from parsers.wire import DONE, HOLDS, ORDER, Channel, Done, Hold, Order, Tag, WireError

_BOOT = (
    "import sys; "
    "others = [at for at, path in enumerate(sys.path) if path.endswith(('site-packages', 'dist-packages'))]; "
    "sys.path.insert(min(others, default=len(sys.path)), sys.argv[1]); "
    "from parsers.worker import main; main()"
)
"""This program's own folder before any installed copy of it, and behind the standard library, which none shadows."""
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",  # Tesseract: one process a core
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "MALLOC_ARENA_MAX": "1",
    # A page's pictures go back to the system when they are freed: else glibc moves this up to 32 MiB by itself, keeps
    # them in pieces on its heap, and after some scans the limit of memory is met by pages that fit into it.
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    # … and come from it in pages of 2 MiB where the kernel has them: else a twentieth of a page's time goes by in
    # asking for each 4 KiB anew.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
"""All that the reading process is given: no path, no home, no secret …"""
_INHERITED = (TESSDATA_SETTING,)
"""… and what it inherits: where Tesseract's data lies."""
_SMALL_FRAME = 64 << 10
_MOST_PARTS = 10_000
"""Above what the limits of reading let through: a process that goes on saying so is not to be believed."""


_LAST_WORD = 1.0
"""Seconds left to the process once it was told that a conversion took too long, or has broken off."""

ConvertBefore = Callable[[WordKind | PageKind, bytes, float], Converted]
"""Kind, document and deadline (time.monotonic); raises UnreadableError."""


class SandboxError(Exception):
    """No reading process can be started: ours to mend, no fault of any message."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A part at which the reading ended."""

    part: str
    reason: str
    by_wear: bool = False
    """It failed in a process that had read other messages: their leavings may be the cause."""


class ReadingProcess:
    """One reading process and the wire to it; used by one thread at a time."""

    def __init__(self, folder: str, start: bytes, limits: Limits, convert: ConvertBefore) -> None:
        self._limits = limits
        self._convert = convert
        root = str(Path(__file__).resolve().parents[1])
        self._popen = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
            [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOT, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ENVIRONMENT | {name: os.environ[name] for name in _INHERITED if name in os.environ},
            cwd=folder,
            start_new_session=True,
            bufsize=0,
        )
        self._pipes = tuple(pipe for pipe in (self._popen.stdout, self._popen.stdin) if pipe is not None)
        self._channel = Channel(*(pipe.fileno() for pipe in self._pipes))
        self._start: bytes | None = start
        self.holds: tuple[Hold, ...] = ()
        self.opened: list[str] = []
        self._served = 0
        self._first_memory = 0
        self._memory = 0

    def prepare(self) -> None:
        """Waits until the process has limited itself. Raises SandboxError."""
        if self._start is None:
            return
        deadline = time.monotonic() + self._limits.start_seconds
        try:
            self._channel.send(Tag.START, self._start, deadline)
            tag, payload = self._channel.receive(_SMALL_FRAME, deadline)
            self.holds = HOLDS.validate_json(payload) if tag is Tag.READY else ()
        except (WireError, TimeoutError, ValidationError) as error:
            self.kill()
            raise SandboxError(
                f"a reading process did not start: {error} (exit status {self._popen.poll()})"
            ) from error
        self._start = None

    def read(self, content: bytes, order: Order, part_seconds: float, deadline: float, patience: float) -> Done | Lost:
        """One attempt; `opened` then holds the parts that were gone through. A lost process is killed.

        A page that was read moves both times on, by what it took, as far as `patience` goes.
        """
        self.opened = []
        longer = Patience(patience)
        part = STRUCTURE
        until = min(deadline, time.monotonic() + part_seconds)
        try:
            self._channel.send(Tag.READ, ORDER.dump_json(order), until)
            self._channel.send(Tag.CONTENT, content, until)
            tag, payload = self._channel.receive(self._limits.frame, until)
            while tag in (Tag.OPENING, Tag.CONVERT, Tag.PAGE) and len(self.opened) <= _MOST_PARTS:
                if tag is Tag.CONVERT:
                    self._answer(payload, until)
                elif tag is Tag.PAGE:
                    deadline += longer.page_read()
                    until = min(deadline, time.monotonic() + part_seconds)
                else:
                    self.opened.append(part)
                    part = payload.decode("utf-8", "replace")
                    until = min(deadline, time.monotonic() + part_seconds)
                tag, payload = self._channel.receive(self._limits.frame, until)
            return self._done(payload) if tag is Tag.DONE else self._failed(part, payload)
        except TimeoutError:
            self.kill()
            return Lost(part, f"stopped: not read within {part_seconds:.1f} s")
        except (WireError, ValidationError) as error:
            ending = _ending(self._own_end(), error)
            self.kill()
            return Lost(part, f"the reading process ended: {ending}")

    def _own_end(self) -> int | None:
        """How it ended by itself; None where it has not, and is ended by us."""
        try:
            return self._popen.wait(_LAST_WORD)
        except subprocess.TimeoutExpired:
            return None

    def _answer(self, kind: bytes, until: float) -> None:
        """The reading process may start no program: it asks for a document to be converted, of which we see bytes."""
        _, content = self._channel.receive(self._limits.frame, until)
        try:
            converted = self._convert(_kind(kind.decode("utf-8", "replace")), content, until - _LAST_WORD)
        except UnreadableError as error:
            self._channel.send(Tag.UNCONVERTED, error.detail.encode(), until)
        except ValueError as error:
            raise WireError(f"asked to convert {kind[:20]!r}") from error
        else:
            self._channel.send(Tag.CONVERTED, converted.form.encode(), until)
            self._channel.send(Tag.CONTENT, converted.content, until)

    def is_worn(self) -> bool:
        """Dead, grown or used often enough to be replaced."""
        grown = self._memory - self._first_memory > self._limits.growth
        return self._popen.poll() is not None or grown or self._served >= self._limits.messages_per_process

    def kill(self) -> None:
        """Ends the process and its pipes; harmless when done before."""
        self._popen.kill()
        self._popen.wait()
        for pipe in self._pipes:
            pipe.close()

    def _done(self, payload: bytes) -> Done:
        done = DONE.validate_json(payload)
        self._served += 1
        self._memory = done.memory
        self._first_memory = self._first_memory or done.memory
        return done

    def _failed(self, part: str, payload: bytes) -> Lost:
        what = payload.decode("utf-8", "replace")[:300]
        worn = self._served > 0
        self.kill()  # what is left of its memory may be in pieces
        if what.startswith("MemoryError"):
            return Lost(part, f"out of memory: more than {self._limits.process.memory >> 20} MiB", worn)
        return Lost(part, f"the reader failed: {what}", worn)


def _kind(text: str) -> WordKind | PageKind:
    """Raises ValueError for what is no kind."""
    return PageKind(text) if text in set(PageKind) else WordKind(text)


def _ending(status: int | None, error: Exception) -> str:
    if status is not None and status < 0:
        return f"signal {-status}"
    return str(error) if isinstance(error, WireError) and status is None else f"{type(error).__name__}, status {status}"
