"""How long the pictures of one message may take: a page takes seconds, and a scan may have dozens."""

import time
from collections.abc import Callable

SECONDS = 35.0
"""For the pictures of all files of a message, where nobody says otherwise."""
Clock = Callable[[], float]


class Pace:
    """Begins with the message. What was read by its end counts; the pages behind are told as not read."""

    def __init__(
        self, seconds: float = SECONDS, page_read: Callable[[], None] = lambda: None, clock: Clock = time.monotonic
    ) -> None:
        """`page_read` is told of each page: whoever waits sees that it goes on."""
        self._page_read = page_read
        self._clock = clock
        self._end = clock() + seconds
        self._longest = 0.0

    def begin(self) -> float | None:
        """When the next page is begun; None where one that takes as long as the longest so far would be too late."""
        now = self._clock()
        return now if now + self._longest < self._end else None

    def done(self, begun: float) -> None:
        """A page that was begun at that moment is read."""
        self._longest = max(self._longest, self._clock() - begun)
        self._page_read()


class Patience:
    """How much longer who waits for a message goes on waiting, for the pages that were read in it."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._left = seconds
        self._clock = clock
        self._last = clock()

    def page_read(self) -> float:
        """Seconds that the page just read adds: what it took, until `seconds` are used up."""
        now = self._clock()
        more = min(self._left, now - self._last)
        self._left, self._last = self._left - more, now
        return more
