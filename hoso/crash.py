"""For tests alone: kill this process at a named step, as a power cut would (`HOSO_CRASH_AT=committed:3`)."""

import os
import signal
from collections import Counter
from collections.abc import Callable

from intake.steps import Step, Steps

VARIABLE = "HOSO_CRASH_AT"


def crash_at(spec: str, kill: Callable[[], None] | None = None) -> Steps:
    """Steps that kill the process the n-th time it comes by a step: "committed", or "committed:3".

    Raises ValueError for a step that there is not.
    """
    name, _, count = spec.partition(":")
    step, nth = Step(name), int(count or 1)
    seen: Counter[Step] = Counter()

    def steps(reached: Step) -> None:
        seen[reached] += 1
        if reached is step and seen[reached] == nth:
            (kill or _kill)()

    return steps


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
