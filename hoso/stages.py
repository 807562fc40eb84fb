"""The jobs of the service on APScheduler: overlaps and misfires are settled here, not left to defaults.

- A stage never overlaps itself: a second start while it runs only asks the running one for another round.
- A nudge is never lost: it is either served by the running round's successor or starts a round now.
- Missed times (the machine slept, a round took long) are drawn together into one round, however late.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

_ANY_NUMBER = 1_000_000
"""Of instances of one job that APScheduler lets run beside each other."""


class Stage:
    """One kind of work, done in rounds; `work` does all there is to do and returns."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self.name = name
        self._work = work
        self._wanted = threading.Event()
        self._busy = threading.Lock()

    def want(self) -> None:
        """Ask for one more round, by whoever runs next."""
        self._wanted.set()

    def run(self) -> None:
        """Do rounds until none is wanted; returns at once where another thread is at it and will see the wish."""
        self._wanted.set()
        while self._wanted.is_set() and self._busy.acquire(blocking=False):
            try:
                self._wanted.clear()
                self._work()
            finally:
                self._busy.release()


class Timetable:
    """Runs stages at their intervals, and at once when nudged."""

    def __init__(self, threads: int) -> None:
        # coalesce: ten missed polls are one poll. misfire_grace_time None: however late, it is run.
        # max_instances: one works, the others hand it their wish and leave (Stage.run). None may be refused: one that
        # has looked for wishes for the last time counts until its thread reports, and a nudge just then would be lost.
        self._executor = ThreadPoolExecutor(threads)
        self._scheduler = BackgroundScheduler(
            executors={"default": self._executor},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": _ANY_NUMBER},
            timezone=UTC,
        )

    def every(self, seconds: float, stage: Stage) -> None:
        """First round at the start, then at the interval."""
        now = datetime.now(UTC)
        self._scheduler.add_job(stage.run, "interval", seconds=seconds, id=stage.name, next_run_time=now)

    def nudge(self, stage: Stage) -> None:
        """Run the stage now; harmless after the stop."""
        stage.want()
        try:
            self._scheduler.modify_job(stage.name, next_run_time=datetime.now(UTC))
        except JobLookupError:
            return

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """Waits for the rounds in hand: a step once begun is finished."""
        # The scheduler would wait with its locks held, and a round in hand that nudges another needs them.
        self._scheduler.shutdown(wait=False)
        self._executor.shutdown(wait=True)
