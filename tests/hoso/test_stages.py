"""Overlaps and misfires are decided on purpose."""

import threading
import time
from collections.abc import Iterator

import pytest

from hoso.stages import Stage, Timetable


@pytest.fixture
def timetable() -> Iterator[Timetable]:
    table = Timetable(threads=4)
    table.start()
    yield table
    table.stop()


def wait_for(condition: threading.Event) -> None:
    assert condition.wait(10), "it did not happen within ten seconds"


def test_a_stage_never_overlaps_itself() -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.005)
        with lock:
            inside -= 1

    stage = Stage("process", work)
    threads = [threading.Thread(target=stage.run) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_nudge_during_a_round_brings_another_round() -> None:
    rounds: list[int] = []
    entered, go_on = threading.Event(), threading.Event()

    def work() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            entered.set()
            go_on.wait(10)

    stage = Stage("process", work)
    first = threading.Thread(target=stage.run)
    first.start()
    wait_for(entered)
    stage.run()  # returns at once: the first thread is at it
    go_on.set()
    first.join(10)
    assert len(rounds) == 2


def test_every_wish_is_followed_by_a_round_that_began_after_it() -> None:
    """What is put into the box before a wish is always taken out: no nudge is lost between two rounds."""
    box: list[int] = []
    taken: list[int] = []

    def work() -> None:
        while box:
            taken.append(box.pop())

    stage = Stage("process", work)

    def put(number: int) -> None:
        box.append(number)
        stage.run()

    threads = [threading.Thread(target=put, args=(number,)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(200))


def test_a_nudged_stage_runs_at_once_and_not_at_its_next_time(timetable: Timetable) -> None:
    done = threading.Event()
    rounds: list[float] = []

    def work() -> None:
        rounds.append(time.monotonic())
        if len(rounds) == 2:
            done.set()

    stage = Stage("send", work)
    timetable.every(3600, stage)
    while not rounds:
        time.sleep(0.01)
    timetable.nudge(stage)
    wait_for(done)
    assert rounds[1] - rounds[0] < 3600


def test_the_stop_waits_for_the_round_in_hand() -> None:
    table = Timetable(threads=1)
    table.start()
    entered, finished = threading.Event(), threading.Event()

    def work() -> None:
        entered.set()
        time.sleep(0.2)
        finished.set()

    table.every(3600, Stage("process", work))
    wait_for(entered)
    table.stop()
    assert finished.is_set()


def test_a_nudge_after_the_stop_does_no_harm() -> None:
    table = Timetable(threads=1)
    rounds: list[int] = []
    stage = Stage("process", lambda: rounds.append(1))
    table.start()
    table.stop()
    table.nudge(stage)
    assert rounds == []


def test_a_round_in_hand_that_nudges_another_does_not_hold_up_the_stop() -> None:
    table = Timetable(threads=2)
    table.start()
    entered, stopping = threading.Event(), threading.Event()
    other = Stage("send", lambda: None)

    def work() -> None:
        entered.set()
        wait_for(stopping)
        time.sleep(0.1)  # the stop is waiting by now
        table.nudge(other)

    table.every(3600, other)
    table.every(3600, Stage("process", work))
    wait_for(entered)
    stopping.set()
    ending = threading.Thread(target=table.stop, daemon=True)
    ending.start()
    ending.join(10)
    assert not ending.is_alive()


def test_a_nudge_is_not_lost_while_threads_that_are_done_have_not_yet_reported(timetable: Timetable) -> None:
    first, second = threading.Event(), threading.Event()

    def work() -> None:
        (second if first.is_set() else first).set()

    stage = Stage("poll", work)
    timetable.every(3600, stage)
    wait_for(first)
    executor = timetable._executor
    with executor._lock:
        executor._instances["poll"] += 2  # as while they wait for this lock
    timetable.nudge(stage)
    wait_for(second)
