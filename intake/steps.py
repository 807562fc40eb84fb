"""The steps of the way, by name, so that a test can stop the service at each of them.

Every use case calls `steps(Step.X)` at the place that the name tells. In the service that does nothing; a test
switches one on and the process kills itself there, as a power cut would (promises P1, P2, P6).
"""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    FETCHED = "fetched"
    """The bytes came from the server and are nowhere else yet."""
    BLOBS_WRITTEN = "blobs-written"
    """The bytes are durable; no row speaks of them."""
    ARRIVED = "arrived"
    """The ledger holds the messages; nothing was read."""
    MESSAGE_READ = "message-read"
    """A message was read; nothing of it is recorded."""
    DECIDED = "decided"
    """All is written in the transaction, which is not committed."""
    COMMITTED = "committed"
    """Record and letter are committed; the server's flag is not set."""
    FLAGGED = "flagged"
    """The server's flag is set; the ledger does not know it."""
    LETTER_CLAIMED = "letter-claimed"
    """This process took a letter to send it."""
    DATA_STARTED = "data-started"
    """It is durable that DATA begins; nothing of the letter was sent."""
    LETTER_DELIVERED = "letter-delivered"
    """The server answered 250; the outbox does not know it."""
    LETTER_RECORDED = "letter-recorded"
    """The outbox knows that the letter went out."""


Steps = Callable[[Step], None]


def no_steps(step: Step) -> None:
    """What the service runs with: nothing happens at any step."""
    del step
