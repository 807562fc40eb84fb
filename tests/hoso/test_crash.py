"""The switch by which a test stops the service at a named step."""

import pytest

from hoso.crash import crash_at
from intake.steps import Step


def test_the_process_is_killed_the_nth_time_it_comes_by_the_step() -> None:
    killed: list[str] = []
    steps = crash_at("committed:3", kill=lambda: killed.append("now"))
    for _ in range(2):
        steps(Step.COMMITTED)
        steps(Step.DECIDED)
    assert killed == []
    steps(Step.COMMITTED)
    assert killed == ["now"]


def test_a_step_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        crash_at("nowhere")
