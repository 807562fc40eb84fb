"""DOC, RTF and ODT converted by LibreOffice, one document each and then thrown away (DESIGN.md; FAULTS.md 38).

Runs beside the sandbox, in the service's own process, and sees opaque bytes alone: programs that are limited and have a
folder of their own read them. docs/decisions/0042-libreoffice.md says why it is so.
"""

import os
import shutil
import stat
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from dossier.model import Problem
from parsers.conversion import INSTALL, Converted, Form, PageKind, WordKind
from parsers.limits import OfficeLimits
from parsers.office_profile import registry
from parsers.office_programs import (
    Programs,
    end,
    finish,
    installed,
    office_command,
    remove,
    remove_left_over,
    start,
    start_decoder,
)
from parsers.problem import UnreadableError
from parsers.wire import Hold

_PREFIX = "hoso-office-"
_FILTERS = {Form.DOCX: "docx:MS Word 2007 XML", Form.PDF: "pdf"}
_FIRST_RUN = frozenset({0, 81})
"""How LibreOffice ends once it has filled a new profile: 81 asks to be started again."""
_FIRST_RUN_SECONDS = 60.0
_SETTLED_SECONDS = 5.0
"""After the office opens until the first are started ahead: a service has more urgent work then, or ends at once."""
_QUIET_SECONDS = 0.5
"""After a document until the next LibreOffice is started: it would take the processor from the next document."""


@dataclass(frozen=True, slots=True)
class _Instance:
    """A LibreOffice with a profile that no other has; it waits for its one document."""

    folder: Path
    process: "subprocess.Popen[bytes]"

    def close(self) -> None:
        end(self.process)
        remove(self.folder)


class Office:
    """`convert` may be called from any number of threads; each call has a LibreOffice of its own.

    The first is started when it is needed, or with `limits.ahead` when the office opens; from then on the next ones
    stand ready.
    """

    def __init__(self, limits: OfficeLimits | None = None, programs: Programs | None = None) -> None:
        self._limits = limits or OfficeLimits()
        self._programs = programs or installed()
        self._lock = threading.Lock()
        self._root: Path | None = None
        self._ready: list[_Instance] = []
        self._keeper: threading.Thread | None = None
        self._wanted = threading.Event()
        self._closing = threading.Event()
        self._count = 0

    def open(self) -> None:
        """Makes its folder; with `limits.ahead` the first are started a little later, and nobody waits for them."""
        remove_left_over(_PREFIX)
        self._root = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")).resolve()
        self._closing.clear()
        if self._programs.office:
            self._keeper = threading.Thread(target=self._keep, name="office", daemon=True)
            self._keeper.start()

    def close(self) -> None:
        """Ends every program and removes the folder; harmless when done before."""
        self._closing.set()
        self._wanted.set()
        if self._keeper is not None:
            self._keeper.join()
            self._keeper = None
        with self._lock:
            ready, self._ready = self._ready, []
            root, self._root = self._root, None
        for instance in ready:
            instance.close()
        if root is not None:
            remove(root)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def describe(self) -> tuple[Hold, ...]:
        """Which kinds can be read on this machine, and by what."""
        if self._programs.office:
            return (Hold("old Word files", held=True, detail=f"DOC, RTF and ODT by {self._programs.office}"),)
        if self._programs.antiword:
            detail = f"DOC without its tables by antiword; for the tables, RTF and ODT {INSTALL}"
            return (Hold("old Word files", held=False, detail=detail),)
        return (Hold("old Word files", held=False, detail=f"DOC, RTF and ODT are not read: {INSTALL}"),)

    def convert(self, kind: WordKind | PageKind, content: bytes, deadline: float | None = None) -> Converted:
        """One document, to be read or (PageKind) drawn; `deadline` by time.monotonic(), never later than the own limit.

        Raises UnreadableError (NOT_READ): no program for it, a limit, or the program could not load the document.
        """
        limit = time.monotonic() + self._limits.seconds
        until = limit if deadline is None else min(deadline, limit)
        try:
            if kind is WordKind.HEIC:
                return self._by_decoder(content, until)
            if self._programs.office:
                return self._by_office(self._programs.office, kind, content, until)
            if kind is WordKind.DOC and self._programs.antiword:
                return self._by_antiword(self._programs.antiword, content, until)
        except OSError as error:  # the disk is full, no more processes: ours to mend
            raise UnreadableError(Problem.NOT_READ, f"not converted: {error.strerror}") from error
        raise UnreadableError(Problem.NOT_READ, f"LibreOffice is missing: {INSTALL}")

    def _by_office(self, program: str, kind: WordKind | PageKind, content: bytes, until: float) -> Converted:
        instance = self._taken(program)
        try:
            form, extension = (Form.PDF, kind.extension) if isinstance(kind, PageKind) else (Form.DOCX, kind.value)
            source, target = instance.folder / f"in.{extension}", instance.folder / "out"
            source.write_bytes(content)
            command = office_command(
                program, instance.folder, "--convert-to", _FILTERS[form], "--outdir", str(target), str(source)
            )
            finish(start(command, instance.folder, self._limits), "LibreOffice", until)
            return Converted(form, _output(target / f"in.{form}", self._limits.output))
        finally:
            instance.close()
            self._wanted.set()

    def _by_antiword(self, program: str, content: bytes, until: float) -> Converted:
        folder = self._folder()
        try:
            source = folder / "in.doc"
            source.write_bytes(content)
            command = [program, "-m", "UTF-8.txt", "-w", "0", str(source)]
            process = start(command, folder, self._limits, output=subprocess.PIPE)
            return Converted(Form.TEXT, finish(process, "antiword", until)[: self._limits.output])
        finally:
            remove(folder)

    def _by_decoder(self, content: bytes, until: float) -> Converted:
        folder = self._folder()
        try:
            (folder / "in.heic").write_bytes(content)
            finish(start_decoder(folder, self._limits), "the decoder of HEIC", until)
            return Converted(Form.JPEG, _output(folder / "out.jpeg", self._limits.output))
        finally:
            remove(folder)

    def _taken(self, program: str) -> _Instance:
        """One that has been started ahead, else a new one."""
        with self._lock:
            while self._ready:
                instance = self._ready.pop()
                if instance.process.poll() is None:
                    return instance
                instance.close()
            return self._started(program)

    def _keep(self) -> None:
        """Starts the next ones while nobody waits for them; they end with this thread, as all programs with theirs."""
        if self._limits.ahead and not self._closing.wait(_SETTLED_SECONDS):
            self._refill()
        while True:
            self._wanted.wait()
            self._wanted.clear()
            while self._wanted.wait(_QUIET_SECONDS) and not self._closing.is_set():
                self._wanted.clear()
            if self._closing.is_set():
                return
            self._refill()

    def _refill(self) -> None:
        with self._lock:
            while self._root is not None and self._programs.office and len(self._ready) < max(1, self._limits.ahead):
                try:
                    self._ready.append(self._started(self._programs.office))
                except (OSError, UnreadableError):  # the next document tries again, and is told
                    return

    def _started(self, program: str) -> _Instance:
        """Called with the lock held. Raises OSError, and UnreadableError where no profile can be made."""
        folder = self._folder()
        shutil.copytree(self._profile(program), folder / "profile")
        return _Instance(folder, start(office_command(program, folder), folder, self._limits))

    def _profile(self, program: str) -> Path:
        """The profile that all others are copies of; LibreOffice fills it when it is first started."""
        folder = self._opened() / "first"
        if not (folder / "filled").exists():
            remove(folder)
            (folder / "profile" / "user").mkdir(parents=True)
            (folder / "profile" / "user" / "registrymodifications.xcu").write_text(registry(), "utf-8")
            process = start(office_command(program, folder, "--terminate_after_init"), folder, self._limits)
            try:
                status = process.wait(_FIRST_RUN_SECONDS)
            except subprocess.TimeoutExpired:
                status = None
            end(process)
            if status not in _FIRST_RUN:
                raise UnreadableError(Problem.NOT_READ, f"LibreOffice does not start (status {status})")
            (folder / "filled").touch()
        return folder / "profile"

    def _folder(self) -> Path:
        self._count += 1
        folder = self._opened() / f"{self._count}-{threading.get_ident()}"
        folder.mkdir()
        return folder

    def _opened(self) -> Path:
        if self._root is None:
            raise UnreadableError(Problem.NOT_READ, "the office is not open")
        return self._root


def _output(path: Path, limit: int) -> bytes:
    """What the program wrote: a plain file within the limit. Raises UnreadableError (NOT_READ)."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise UnreadableError(Problem.NOT_READ, "LibreOffice could not load the document") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not 0 < status.st_size < limit:
            raise UnreadableError(Problem.NOT_READ, f"LibreOffice wrote no document, or one of {limit} bytes and more")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)
