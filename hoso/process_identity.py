"""A name for this process that no other ever has, and whether the process of such a name is gone (Linux)."""

import os
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def this_process() -> str:
    """Machine, boot, process and its start: "machine.boot.pid.start"."""
    return ".".join((_machine(), _boot(), str(os.getpid()), _start(os.getpid())))


def is_gone(name: str) -> bool:
    """True where it surely runs no more; of another machine's process nothing is known, so False."""
    machine, _, rest = name.partition(".")
    boot, _, process = rest.partition(".")
    pid, _, start = process.partition(".")
    if machine != _machine() or not pid.isdecimal():
        return False
    return boot != _boot() or _start(int(pid)) != start


def _machine() -> str:
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        with suppress(OSError):
            if found := path.read_text("ascii").strip():
                return found[:12]
    return os.uname().nodename.replace(".", "-")


def _boot() -> str:
    return (_PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()[:8]


def _start(pid: int) -> str:
    """Clock ticks from boot to the start of the process (proc(5), stat, field 22); '' where there is none."""
    with suppress(OSError):
        return (_PROC / str(pid) / "stat").read_text("utf8", "replace").rpartition(")")[2].split()[19]
    return ""
