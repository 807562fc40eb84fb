"""What systemd is told (sd_notify(3), Type=notify): ready, alive, stopping. Nothing where no systemd asks."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

_EXTENDED = 120
"""Seconds that a start gets from each EXTEND_TIMEOUT_USEC on."""


def notify(state: str, environ: Mapping[str, str]) -> bool:
    """Send one state ("READY=1") to $NOTIFY_SOCKET; False where there is none, or nobody listens."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    if address.startswith("@"):  # the abstract namespace of Linux: unix(7)
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
        sock.connect(address)
        sock.sendall(state.encode())
        return True
    return False


def watchdog_seconds(environ: Mapping[str, str], pid: int) -> float | None:
    """Seconds between two WATCHDOG=1, half of what systemd allows (sd_watchdog_enabled(3)); None: not wanted."""
    microseconds = environ.get("WATCHDOG_USEC", "")
    meant = environ.get("WATCHDOG_PID", str(pid))
    if not microseconds.isdecimal() or meant != str(pid) or int(microseconds) == 0:
        return None
    return int(microseconds) / 2_000_000


@contextmanager
def taking_long(what: str, environ: Mapping[str, str], pause: float = 20.0) -> Iterator[None]:
    """While the block runs, systemd is told that the start goes on: it would end it after 90 seconds."""
    done = threading.Event()

    def tell() -> None:
        while not done.wait(pause):
            notify(f"EXTEND_TIMEOUT_USEC={_EXTENDED}000000\nSTATUS={what}", environ)

    teller = threading.Thread(target=tell, name="systemd", daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
