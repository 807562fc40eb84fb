"""The boundary (promise P10): mail is read in processes limited in memory, time, files and network.

A part that kills its process, or takes too long, is left out and the message is read again without it.
"""

import queue
import tempfile
import threading
import time
from types import TracebackType
from typing import Self

from dossier.campaign import Campaign
from dossier.model import Submission
from parsers.copies import Copy
from parsers.limits import STRUCTURE, Limits
from parsers.office import Office
from parsers.process import ReadingProcess, SandboxError
from parsers.views import View
from parsers.wire import START, Done, Hold, Order, Start

_LAST_SECONDS = 5.0
"""For the last attempt, when the time for the message is used up: only what was read before."""
_LEAST_SECONDS = 0.5
_FOR_PICTURES = 0.7
"""Share of the time for a message that its pictures may take: what follows them has to be read, too."""

__all__ = ["Limits", "MessageUnreadableError", "Sandbox", "SandboxError"]


class MessageUnreadableError(Exception):
    """The message itself, not one of its parts, cannot be read within the limits: for quarantine and a person (P4)."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Sandbox:
    """A pool of reading processes; `read` may be called from as many threads as there are `workers`, or more."""

    def __init__(
        self,
        campaigns: tuple[Campaign, ...],
        limits: Limits | None = None,
        workers: int = 1,
        trust_roots: tuple[str, ...] = (),
    ) -> None:
        self._limits = limits or Limits()
        self._office = Office(self._limits.office)
        self._start = START.dump_json(Start(campaigns, self._limits.process, self._limits.reading, trust_roots))
        self._workers = workers
        self._idle: queue.LifoQueue[ReadingProcess] = queue.LifoQueue()
        self._all: list[ReadingProcess] = []
        self._spare: ReadingProcess | None = None
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="hoso-reading-")
        self._office.open()
        with self._lock:
            for _ in range(self._workers):
                self._idle.put(self._launched())
            self._spare = self._launched()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            processes, self._all, self._spare = self._all, [], None
            folder, self._folder = self._folder, None
        for process in processes:
            process.kill()
        self._office.close()
        if folder is not None:
            folder.cleanup()

    def prepare(self) -> None:
        """Waits until a process is ready to read. Raises SandboxError where none can be started."""
        process = self._free_process()
        try:
            process.prepare()
        finally:
            self._give_back(process)

    def describe(self) -> tuple[Hold, ...]:
        """Which limits hold on this machine, and which programs help with reading. Raises SandboxError."""
        self.prepare()
        with self._lock:
            holds = next((process.holds for process in self._all if process.holds), ())
        return (*holds, *self._office.describe())

    def read(self, content: bytes) -> Submission:
        """The message with its documents; a part that could not be read within the limits is NOT_READ.

        Raises MessageUnreadableError where the message itself cannot be, SandboxError where there is no process.
        """
        return self._attempted(_Attempts(self._limits, content)).submission

    def view(self, content: bytes) -> tuple[Submission, tuple[View, ...]]:
        """The same with the pages of its files as pictures, for a person to look at. Raises as `read`."""
        done = self._attempted(_Attempts(self._limits, content, view=True))
        return done.submission, done.views

    def copies(self, content: bytes) -> tuple[Copy, ...]:
        """Its files as they are, those in archives too; a file that cannot be unpacked is not among them.

        Raises as `read`.
        """
        return self._attempted(_Attempts(self._limits, content, copy=True)).copies

    def _attempted(self, attempts: "_Attempts") -> Done:
        process = self._free_process()
        try:
            while True:
                if process.is_worn():
                    process = self._replacement(process)
                process.prepare()
                done = attempts.again(process)
                if done is not None:
                    return done
        finally:
            self._give_back(process)

    def _free_process(self) -> ReadingProcess:
        if self._folder is None:
            raise SandboxError("the sandbox is not open")
        return self._idle.get()

    def _give_back(self, process: ReadingProcess) -> None:
        """A worn process is replaced at once, so that the next message finds one that has started."""
        try:
            process = self._replacement(process) if process.is_worn() and self._folder is not None else process
        except SandboxError:  # the next message tries again, and is told
            process.kill()
        self._idle.put(process)

    def _replacement(self, worn: ReadingProcess) -> ReadingProcess:
        worn.kill()
        with self._lock:
            self._all = [process for process in self._all if process is not worn]
            spare, self._spare = self._spare, None
            replacement = spare if spare is not None and not spare.is_worn() else self._launched()
            self._spare = self._launched()
        return replacement

    def _launched(self) -> ReadingProcess:
        """Called with the lock held."""
        if self._folder is None:
            raise SandboxError("the sandbox is not open")
        try:
            process = ReadingProcess(self._folder.name, self._start, self._limits, self._office.convert)
        except OSError as error:
            raise SandboxError(f"a reading process cannot be started: {error}") from error
        self._all.append(process)
        return process


class _Attempts:
    """The attempts at one message: what is left out, what was read before, how much time is left."""

    def __init__(self, limits: Limits, content: bytes, *, view: bool = False, copy: bool = False) -> None:
        self._limits = limits
        self._view = view
        self._copy = copy
        self._content = content
        self._skip: dict[str, str] = {}
        self._read: dict[str, None] = {}
        self._left = limits.message_seconds
        self._patience = limits.patience
        self._is_last = False

    def again(self, process: ReadingProcess) -> Done | None:
        """One attempt; None where another one is needed. Raises MessageUnreadableError."""
        began = time.monotonic()
        seconds = _LAST_SECONDS if self._is_last else min(self._limits.part_seconds, self._left / 2)
        deadline = began + (_LAST_SECONDS if self._is_last else self._left)
        patience = 0.0 if self._is_last else self._patience
        pictures = _FOR_PICTURES * (deadline - began) + patience
        order = Order(self._skip, tuple(self._read) if self._is_last else None, self._view, self._copy, pictures)
        outcome = process.read(self._content, order, seconds, deadline, patience)
        if isinstance(outcome, Done):
            return outcome
        if not outcome.by_wear:
            if outcome.part == STRUCTURE or outcome.part in self._skip or (self._is_last and not self._read):
                raise MessageUnreadableError(outcome.reason)
            self._skip[outcome.part] = outcome.reason
        self._read = {} if self._is_last else dict.fromkeys((*self._read, *process.opened))
        spent = time.monotonic() - began
        beyond = min(max(spent - self._left, 0.0), self._patience)
        self._left, self._patience = self._left - (spent - beyond), self._patience - beyond
        self._is_last = self._is_last or self._left < 2 * _LEAST_SECONDS
        return None
