"""`hoso` in a process of its own, forked from one that has imported the program: as real as any, and there at once."""

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
    arguments: list[str], folder: Path, environment: Mapping[str, str], out: Path, err: Path
) -> ForkServerProcess:
    """`hoso ARGUMENTS` in `folder`, with nothing in its environment but PATH and `environment`."""
    given = {"PATH": os.environ["PATH"], **environment}
    process = _CONTEXT.Process(target=_run, args=(arguments, folder, given, out, err), daemon=True)
    process.start()
    return process


def _run(arguments: list[str], folder: Path, environment: dict[str, str], out: Path, err: Path) -> None:
    os.chdir(folder)
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
