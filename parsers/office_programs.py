"""The programs that convert documents, as they are started: limited (parsers.launch), in folders of their own."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from dossier.model import Problem
from parsers.limits import OfficeLimits
from parsers.problem import UnreadableError

_BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from parsers.launch import main; main()"
_DECODE = "import sys; sys.path.append(sys.argv.pop(1)); from parsers.heif_program import main; main()"
_ROOT = str(Path(__file__).resolve().parents[1])
_PIPES = Path("/tmp")  # noqa: S108 - LibreOffice puts its socket there and nowhere else


@dataclass(frozen=True, slots=True)
class Programs:
    """Paths; None where a program is not installed."""

    office: str | None
    antiword: str | None


def installed() -> Programs:
    starter = shutil.which("soffice") or shutil.which("libreoffice")
    binary = Path(starter).resolve().with_name("soffice.bin") if starter else None
    return Programs(str(binary) if binary and binary.is_file() else None, shutil.which("antiword"))


def start(
    command: list[str], folder: Path, limits: OfficeLimits, output: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """Starts a program that may read what it consists of, and write to `folder` alone. Raises OSError."""
    limited = [str(folder), str(limits.memory), str(limits.cpu_seconds), str(limits.output), *command]
    (folder / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-I", "-S", "-c", _BOOT, _ROOT, *limited],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        cwd=folder,
        start_new_session=True,
    )


def start_decoder(folder: Path, limits: OfficeLimits) -> "subprocess.Popen[bytes]":
    """Starts what decodes HEIC (parsers.heif_program), which limits itself. Raises OSError."""
    limited = [str(folder), str(limits.memory), str(limits.cpu_seconds), str(limits.output)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-I", "-c", _DECODE, _ROOT, *limited],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        cwd=folder,
        start_new_session=True,
    )


def office_command(program: str, folder: Path, *arguments: str) -> list[str]:
    """LibreOffice with the profile of that folder; a second one with the same hands its work to the first and waits."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return [program, profile, "--headless", "--norestore", "--nologo", "--nodefault", *arguments]


def finish(process: "subprocess.Popen[bytes]", what: str, deadline: float) -> bytes:
    """Waits for its end; gives its output. Raises UnreadableError (NOT_READ) at the deadline and for a failure."""
    try:
        output, _ = process.communicate(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        end(process)
        raise UnreadableError(Problem.NOT_READ, f"stopped: {what} took too long") from None
    if process.returncode:
        raise UnreadableError(Problem.NOT_READ, f"{what} failed: {_ending(process.returncode)}")
    return output or b""


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends it with all that it started; harmless when done before."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def remove(folder: Path) -> None:
    """The folder, and the socket that a LibreOffice which was killed has left."""
    socket_of(folder).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def socket_of(folder: Path) -> Path:
    """Where a LibreOffice with the profile of that folder listens: a name made of its address (desktop, officeipc)."""
    url = (folder / "profile").as_uri()
    digest = hashlib.md5(url.encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    return _PIPES / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}"


def remove_left_over(prefix: str) -> None:
    """Folders of services that were killed, and so could not: "PREFIX" + process id + "-…"."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        owner = folder.name.removeprefix(prefix).partition("-")[0]
        if owner.isdecimal() and not Path("/proc", owner).exists():
            for each in folder.glob("*"):
                remove(each)
            remove(folder)


def _environment(folder: Path) -> dict[str, str]:
    """All that the program inherits: no home, no secret."""
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"
