"""The end of the service by a signal, at the worst moment."""

import signal
from collections.abc import Iterator

import pytest

from hoso.cli.run import stop_on_signals


@pytest.fixture(autouse=True)
def handlers_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_signal_that_comes_while_the_event_is_locked_still_stops_the_service(number: signal.Signals) -> None:
    stop = stop_on_signals()
    with stop._cond:  # as the waiting thread holds it for a moment
        signal.raise_signal(number)
    assert stop.wait(10)
