"""Waiting for what a service does beside the test; a machine may be ten times slower than ours."""

import time
from collections.abc import Callable

from support.service import Running

PATIENCE = 100.0
"""Seconds, a little less than what a test has in all; none is about them."""
_LOOK = 0.05


def wait_until(condition: Callable[[], object], running: Running | None = None) -> None:
    """Raises AssertionError, with the log of the service `running`, where it does not happen."""
    end = time.monotonic() + PATIENCE
    while not condition():
        log = running.err.read_text("utf-8") if running is not None else ""
        assert time.monotonic() < end, f"it did not happen within {PATIENCE} seconds\n{log}"
        time.sleep(_LOOK)
