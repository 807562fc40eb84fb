"""Attempts made from inside a reading process: started, confined and asked like every other; its reader is ours."""

import ctypes
import json
import os
import resource
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from dossier.model import Submission
from hoso.campaigns import example_campaign
from parsers import process, worker
from parsers.limits import Limits
from parsers.message import open_message
from parsers.sandbox import Sandbox

_BOOT = "import sys; sys.path[:0] = sys.argv[1:]; sys.path.append({!r}); from support.inside import main; main()"


def _connect(host: str, port: int) -> None:
    with socket.socket() as found:
        found.settimeout(2)
        found.connect((host, port))


def _connect_unix(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as found:
        found.connect(path)


def _descriptors() -> list[str]:
    """What each open descriptor is; /proc is out of reach, so they are asked one by one."""
    kinds = {0o010000: "pipe", 0o020000: "device", 0o100000: "file", 0o140000: "socket", 0o040000: "folder"}
    found = []
    for number in range(64):
        try:
            found.append(kinds[os.fstat(number).st_mode & 0o170000])
        except OSError:
            continue
    return found


def _fork() -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _thread() -> None:
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


def _raise_limits() -> None:
    for which in (resource.RLIMIT_AS, resource.RLIMIT_DATA, resource.RLIMIT_FSIZE):
        resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _call(number: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, 0, 0, 0, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _only_the_first(*, calls: Iterator[int] = count()) -> int:  # noqa: B008 - of this process, on purpose
    """Fails where it was done before in the same process, as a reader does that finds no room."""
    number = next(calls)
    if number:
        raise LookupError("the leavings of other messages are in the way")
    return number


_ATTEMPTS: Mapping[str, Callable[..., Any]] = {
    "connect": _connect,
    "connect-unix": _connect_unix,
    "read": lambda path: Path(path).read_bytes().decode("latin-1")[:20],
    "list": os.listdir,
    "write": lambda path: Path(path).write_text("x"),
    "remove": os.remove,
    "rename": os.rename,
    "change-mode": lambda path: os.chmod(path, 0o777),  # noqa: PTH101 - the call itself is meant
    "environment": lambda: dict(os.environ),
    "descriptors": _descriptors,
    "fork": _fork,
    "thread": _thread,
    "exec": lambda: os.execv("/bin/true", ["/bin/true"]),
    "run": lambda: subprocess.run(["/bin/true"], check=True),
    "kill": lambda pid: os.kill(pid, signal.SIGTERM),
    "raise-limits": _raise_limits,
    "call": _call,
    "memory": lambda size: len(bytearray(size)),
    "open-files": lambda: len([os.dup(0) for _ in range(100)]),
    "spin": lambda: max(iter(int, 1)),
    "only-the-first": _only_the_first,
    "many-words": lambda size: "x" * size,
}


def _answer(content: bytes, *arguments: object, **named: object) -> Submission:
    order = json.loads(content)
    try:
        answer = {"did": _ATTEMPTS[order[0]](*order[1:])}
    except (OSError, MemoryError, RuntimeError, ValueError) as error:
        answer = {"refused": type(error).__name__}
    return replace(open_message(b"").submission, own_words=json.dumps(answer))


def main() -> None:
    """A reading process that does what the message says."""
    worker.read_message = _answer  # type: ignore[assignment]
    worker.main()


class Inside:
    """Makes attempts; 'refused' stands for every way in which the kernel says no."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def tries(self, name: str, *arguments: object) -> Any:
        """What came of it, or "refused: KIND OF ERROR"."""
        answer = json.loads(self._sandbox.read(json.dumps([name, *arguments]).encode()).own_words)
        return answer["did"] if "did" in answer else f"refused: {answer['refused']}"


@contextmanager
def inside(limits: Limits | None = None) -> Iterator[Inside]:
    """A sandbox whose reading processes make attempts in place of reading."""
    with pytest.MonkeyPatch.context() as patch:
        tests = str(Path(__file__).resolve().parents[1])
        patch.setattr(process, "_BOOT", _BOOT.format(tests))
        with Sandbox((example_campaign(),), limits) as sandbox:
            yield Inside(sandbox)
