"""The limits that the reading process puts on itself (promise P10), and which of them hold on this machine."""

import ctypes
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from parsers.isolation import only_these_files, without_capabilities, without_network, without_privileges
from parsers.limits import ProcessLimits
from parsers.ocr_engine import TESSDATA_SETTING
from parsers.syscalls import refuse_the_rest
from parsers.wire import Hold

_PR_SET_DUMPABLE = 4
_STATM = "/proc/self/statm"
_READ = (
    "/usr/lib",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/usr/share/zoneinfo",
    "/sys/devices/system/cpu",
    "/dev/null",
    "/dev/urandom",
)
"""What is still read once mail is read: libraries of pictures, Tesseract's data. No settings, nothing of /proc."""


class Gauge:
    """Tells how much memory this process holds; opened before files are taken from it."""

    def __init__(self) -> None:
        self._descriptor = os.open(_STATM, os.O_RDONLY | os.O_CLOEXEC)

    def address_space(self) -> int:
        """Bytes."""
        return self._figures()[0]

    def memory_held(self) -> int:
        """Bytes of memory that this process holds now."""
        return self._figures()[1]

    def _figures(self) -> tuple[int, int]:
        """(address space, resident memory) in bytes; proc(5)."""
        size, resident, *_ = os.pread(self._descriptor, 200, 0).split()
        page = resource.getpagesize()
        return int(size) * page, int(resident) * page


def confine(limits: ProcessLimits, gauge: Gauge) -> tuple[Hold, ...]:
    """Sets every limit that can be set; none of them can be lifted again but the time of the processor."""
    libc = ctypes.CDLL(None, use_errno=True)
    return (
        _attempt("network", "none", lambda: _required(without_network(libc))),
        _attempt("privileges", "none are gained", lambda: _required(without_privileges(libc))),
        _attempt("core dumps", "off", lambda: _prctl(libc, _PR_SET_DUMPABLE, 0)),
        _attempt("files", "its own program alone can be read", lambda: _files(libc)),
        _attempt("memory", f"{limits.memory >> 20} MiB", lambda: _limit_memory(limits, gauge)),
        _attempt("open files", str(limits.open_files), lambda: _both(resource.RLIMIT_NOFILE, limits.open_files)),
        _attempt("writing", "no file can be written", lambda: _both(resource.RLIMIT_FSIZE, 0)),
        _attempt("core file", "off", lambda: _both(resource.RLIMIT_CORE, 0)),
        _attempt("processor", f"{limits.cpu_seconds} s for a message", lambda: allow_cpu(limits.cpu_seconds)),
        _attempt("rights of root", "given up", lambda: _required(without_capabilities(libc))),
        _attempt("system calls", "no sockets, programs, signals, changes to files", lambda: refuse_the_rest(libc)),
        _processes(),
    )


def allow_cpu(seconds: int) -> None:
    """From now on the process may use the processor for so long; it is killed above it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _attempt(name: str, detail: str, act: Callable[[], None]) -> Hold:
    try:
        act()
    except (OSError, ValueError) as error:
        return Hold(name, held=False, detail=str(error))
    return Hold(name, held=True, detail=detail)


def _required(held: bool) -> None:
    if not held:
        raise OSError(ctypes.get_errno(), f"not to be had here: {os.strerror(ctypes.get_errno())}")


def _both(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))


def _limit_memory(limits: ProcessLimits, gauge: Gauge) -> None:
    """Libraries count in the address space and hardly take memory, so what is written to is limited by itself."""
    _both(resource.RLIMIT_AS, gauge.address_space() + limits.memory)
    _both(resource.RLIMIT_DATA, max(limits.memory - limits.libraries, limits.memory // 2))


def _prctl(libc: ctypes.CDLL, option: int, value: int) -> None:
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _files(libc: ctypes.CDLL) -> None:
    _required(only_these_files(libc, (*_READ, *_program()), (), (), execute=False))


def _program() -> Iterator[str]:
    """Folders of the interpreter, the libraries, and of our own code what reads: not the folder that holds settings."""
    root = Path(__file__).resolve().parents[1]
    yield from (str(root / package) for package in ("parsers", "dossier"))
    yield from (path for path in sys.path if (path and Path(path).resolve() != root) or _is_of_libraries(path))
    yield str(Path(sys.base_prefix) / "lib")
    if TESSDATA_SETTING in os.environ:
        yield os.environ[TESSDATA_SETTING]


def _is_of_libraries(path: str) -> bool:
    return Path(path).name in ("site-packages", "dist-packages")


def _processes() -> Hold:
    """No new process and no thread, by the system calls or by the number allowed; the attempt tells."""
    try:
        _both(resource.RLIMIT_NPROC, 0)
        child = os.fork()
    except (OSError, ValueError):
        return Hold("processes", held=True, detail="none can be started")
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return Hold("processes", held=False, detail="root may always start processes")
