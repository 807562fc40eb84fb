"""Every write to the database on one message's whole way fails once: nothing is lost or doubled (P1, P2, P6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from support.dossier_mail import CAMPAIGN, IN_TIME, mail
from support.failing_database import Failing, Fault, failing
from support.office import Office
from support.smtp import Relay

from dossier.limits import DailyLimits
from dossier.model import Position
from store import verification
from store.engine import Store
from store.errors import TemporaryStoreError
from store.outbox import LetterState
from store.schema.record import revisions

_MOST = 400
"""More writes than a message needs on its way: the loop ends where no write is left to fail."""
_ROOM = DailyLimits(*[10_000] * 5)
_UNIONS = [one.code for one in CAMPAIGN.roster.unions]


def again(step: Callable[[], object], office: Office) -> int:
    """The step until it goes well, as the service repeats it; returns how often it failed."""
    for failures in range(3):
        try:
            step()
        except TemporaryStoreError:
            office.passes(timedelta(minutes=20))  # the next round; a letter in hand is taken back then
        else:
            return failures
    raise AssertionError("it fails though the disk is whole again")


def one_message(office: Office, port: int, number: int) -> int:
    """All the way from the mailbox to the relay; returns how often a step failed."""
    content = mail(_UNIONS[number % len(_UNIONS)], name=f"thu-{number}")
    place = Position("office", "INBOX", 1, number + 1)
    steps: tuple[Callable[[], object], ...] = (
        lambda: office.receives(content, IN_TIME, place),
        office.judges,
        lambda: office.sends(port),
    )
    return sum(again(step, office) for step in steps) + again(lambda: office.sends(port), office)


def failed_everywhere(office: Office, port: int, fails: Failing, fault: Fault) -> list[str]:
    """One message for each write that can fail; returns the writes, in order."""
    writes: list[str] = []
    for nth in range(1, _MOST):
        fails.arm(nth, fault)
        failures = one_message(office, port, nth)
        if not fails.fired:
            return writes
        assert failures == 1, f"write {nth} ({fails.fired}) failed, and {failures} steps did"
        writes.append(fails.fired)
    raise AssertionError("there is no end of writes")


_LONG = pytest.mark.torture
_RUNS = [
    ("sqlite", Fault.FULL),
    pytest.param("sqlite", Fault.BROKEN, marks=_LONG),
    pytest.param("sqlite", Fault.UNANSWERED, marks=_LONG),
    pytest.param("postgresql", Fault.FULL, marks=[_LONG, pytest.mark.postgresql]),
    pytest.param("postgresql", Fault.BROKEN, marks=[_LONG, pytest.mark.postgresql]),
    pytest.param("postgresql", Fault.UNANSWERED, marks=pytest.mark.postgresql),
]


@pytest.mark.parametrize(("url", "fault"), _RUNS, indirect=["url"])
def test_fault_40_every_write_to_the_database_fails_once_and_nothing_is_lost_or_doubled(
    store: Store, fault: Fault
) -> None:
    office = Office(store, limits=_ROOM)
    with Relay() as server, failing(store) as fails:
        one_message(office, server.port, 0)  # the mailbox is known then: each further message takes the same writes
        writes = failed_everywhere(office, server.port, fails, fault)
        received = [one.content for one in server.received]
    assert writes.count("COMMIT") >= 5
    assert len({" ".join(one.split()[:3]) for one in writes}) >= 12, "so many different writes, table by table"
    assert office.outcomes() == ["joined"] * (len(writes) + 2)
    _each_letter_once(office, received, unsent=fault is Fault.UNANSWERED)
    with store.reading() as conn:
        assert verification.verify(conn).broken is None
        assert list(verification.verify_records(conn)) == []
        revised = conn.execute(select(func.count()).select_from(revisions)).scalar_one()
    assert revised == len(writes) + 2
    assert list(store.blobs.verify(one.sha256 for one in office.entries())) == []


def _each_letter_once(office: Office, received: list[bytes], *, unsent: bool) -> None:
    """One for each message. Unknown are those between DATA and its record, or whose DATA began and was not awaited."""
    letters = office.letters()
    unknown = [one for one in letters if one.state is LetterState.UNKNOWN]
    assert len(letters) == len(office.entries())
    assert {one.state for one in letters} == {LetterState.SENT, LetterState.UNKNOWN}
    assert len(unknown) < len(letters) / 4
    assert len(set(received)) == len(received)
    assert len(letters) - len(received) == (1 if unsent else 0), "what is unknown went out: it is not repeated blindly"
