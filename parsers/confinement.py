"""The limits that the reading process puts on itself (promise P10), and which of them hold on this machine."""

import ctypes
import os
import resource
from collections.abc import Callable

from parsers.limits import ProcessLimits
from parsers.wire import Hold

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_STATM = "/proc/self/statm"


def confine(limits: ProcessLimits) -> tuple[Hold, ...]:
    """Sets every limit that can be set; none of them can be lifted again but the time of the processor."""
    libc = ctypes.CDLL(None, use_errno=True)
    return (
        _network(libc),
        _attempt("privileges", "none are gained", lambda: _prctl(libc, _PR_SET_NO_NEW_PRIVS, 1)),
        _attempt("core dumps", "off", lambda: _prctl(libc, _PR_SET_DUMPABLE, 0)),
        _attempt("memory", f"{limits.memory >> 20} MiB", lambda: _limit_memory(limits.memory)),
        _attempt("open files", str(limits.open_files), lambda: _both(resource.RLIMIT_NOFILE, limits.open_files)),
        _attempt("writing", "no file can be written", lambda: _both(resource.RLIMIT_FSIZE, 0)),
        _attempt("core file", "off", lambda: _both(resource.RLIMIT_CORE, 0)),
        _attempt("processor", f"{limits.cpu_seconds} s for a message", lambda: allow_cpu(limits.cpu_seconds)),
        _processes(),
    )


def allow_cpu(seconds: int) -> None:
    """From now on the process may use the processor for so long; it is killed above it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def memory_held() -> int:
    """Bytes of memory that this process holds now."""
    return _statm()[1]


def _statm() -> tuple[int, int]:
    """(address space, resident memory) in bytes; proc(5)."""
    descriptor = os.open(_STATM, os.O_RDONLY)
    try:
        size, resident, *_ = os.read(descriptor, 200).split()
    finally:
        os.close(descriptor)
    page = resource.getpagesize()
    return int(size) * page, int(resident) * page


def _attempt(name: str, detail: str, act: Callable[[], None]) -> Hold:
    try:
        act()
    except (OSError, ValueError) as error:
        return Hold(name, held=False, detail=str(error))
    return Hold(name, held=True, detail=detail)


def _both(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))


def _limit_memory(extra: int) -> None:
    _both(resource.RLIMIT_AS, _statm()[0] + extra)


def _prctl(libc: ctypes.CDLL, option: int, value: int) -> None:
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _network(libc: ctypes.CDLL) -> Hold:
    """A network of its own with nothing in it; without privileges only inside a new user namespace."""
    for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET):
        if libc.unshare(flags) == 0:
            return Hold("network", held=True, detail="none")
    return Hold("network", held=False, detail=f"not taken away: {os.strerror(ctypes.get_errno())}")


def _processes() -> Hold:
    """No new process and no thread; root is exempt, so the attempt tells."""
    try:
        _both(resource.RLIMIT_NPROC, 0)
        child = os.fork()
    except (OSError, ValueError):
        return Hold("processes", held=True, detail="none can be started")
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return Hold("processes", held=False, detail="root may always start processes")
