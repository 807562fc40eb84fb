"""The end of the service by a signal, at the worst moment."""

import signal
import threading
from collections.abc import Iterator

import pytest

from hoso.cli.run import stop_on_signals


@pytest.fixture(autouse=True)
def handlers_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    signal.set_wakeup_fd(-1)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_signal_that_comes_while_the_event_is_locked_still_stops_the_service(number: signal.Signals) -> None:
    stop = stop_on_signals()
    with stop._cond:  # as the waiting thread holds it for a moment
        signal.raise_signal(number)
    assert stop.wait(10)


def test_a_signal_that_another_thread_takes_stops_the_service_while_the_main_thread_sleeps() -> None:
    stop = stop_on_signals()
    other = threading.Timer(0.2, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM))
    other.start()
    assert stop.wait(10)
    other.join()


def test_the_second_signal_ends_the_program_at_once() -> None:
    stop = stop_on_signals()
    signal.raise_signal(signal.SIGTERM)
    assert stop.wait(10)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
