"""`hoso` in a process of its own, forked from one that has imported the program: as real as any, and there at once."""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["__main__", "hoso.cli.app", "support.hoso_process"])


def start(
    arguments: list[str], folder: Path, environment: Mapping[str, str], out: Path, err: Path, *, bare: bool = False
) -> ForkServerProcess:
    """`hoso ARGUMENTS` in `folder`, with nothing in its environment but PATH and `environment`.

    `bare`: without the rights by which root writes what nobody may.
    """
    given = {"PATH": os.environ["PATH"], **environment}
    process = _CONTEXT.Process(target=_run, args=(arguments, folder, given, out, err, bare), daemon=True)
    process.start()
    return process


def _run(arguments: list[str], folder: Path, environment: dict[str, str], out: Path, err: Path, bare: bool) -> None:
    os.chdir(folder)
    if bare:
        _give_up_capabilities()
    os.environ.clear()
    os.environ.update(environment)
    for path, descriptor in ((out, 1), (err, 2)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), descriptor)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has its background jobs ignore it
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1)

    from hoso.cli.app import main  # noqa: PLC0415 - in the new process alone

    main(arguments)


def _give_up_capabilities() -> None:
    """capset(2), version 3 of its header: of this process, none."""
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(header, none) != 0:
        raise OSError(ctypes.get_errno(), "capset")
