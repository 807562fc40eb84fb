"""From the delivery of a message to the moment when the relay has taken the letter, the service running under IDLE."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.dossiers import Mix, dossiers
from bench.figures import percentile
from bench.installation import IN_TIME, install
from bench.measuring import BenchError, Tell
from support.dovecot import Dovecot
from support.smtp import Relay

_PATIENCE = 60.0
_LOOK = 0.002
_PAUSE = 0.3
"""Seconds between a letter and the next delivery: the service is at rest again."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds."""

    count: int
    median: float
    worst: float
    """99th percentile."""


def latency(server: Dovecot, folder: Path, mix: Mix, count: int, tell: Tell) -> Latency:
    """Deliver `count` dossiers one after another, each when the one before is answered; one more to warm up."""
    user = "latency"
    with Relay() as relay:
        installation = install(folder / user, mix, count + 1, server.port, user, relay.port)
        command = [sys.executable, "-m", "hoso", "run", "--settings", str(installation.settings)]
        with subprocess.Popen(command) as service:
            try:
                _await(installation.is_running, service)
                seconds = []
                for number, message in enumerate(dossiers(mix, count + 1)):
                    tell(f"latency: letter {number} of {count}")
                    seconds.append(_answered(server, user, message, relay, number + 1, service))
                    time.sleep(_PAUSE)
            finally:
                service.terminate()
    return Latency(count, percentile(seconds[1:], 0.5), percentile(seconds[1:], 0.99))


def _answered(
    server: Dovecot, user: str, message: bytes, relay: Relay, letters: int, service: "subprocess.Popen[bytes]"
) -> float:
    """Seconds from the server's OK to APPEND until the relay holds so many letters."""
    server.deliver(user, message, IN_TIME)
    began = time.monotonic()
    _await(lambda: len(relay.received) >= letters, service)
    return time.monotonic() - began


def _await(happened: Callable[[], bool], service: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while not happened():
        if service.poll() is not None or time.monotonic() > end:
            raise BenchError(f"the service did not answer within {_PATIENCE:.0f} s (exit status {service.poll()})")
        time.sleep(_LOOK)
