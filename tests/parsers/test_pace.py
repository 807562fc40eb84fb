"""A scan of many pages: as long as page after page is read, who can wait goes on waiting, and nobody else does."""

from dataclasses import dataclass

from support.attachments import attachment
from support.raw_mail import with_files
from support.scanner import Condition, as_pdf

from hoso.campaigns import example_campaign
from parsers.limits import Limits, ProcessLimits
from parsers.pace import Pace, Patience
from parsers.picture import frames
from parsers.pictured import read_any_pdf
from parsers.sandbox import Sandbox

THREE = as_pdf([next(frames(attachment("d34")))] * 3, Condition(dpi=150, quality=85))
"""The scan of a memo, three times."""


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def pages_begun(seconds: float, page: float) -> int:
    """How many pages of `page` seconds each are begun at a pace of `seconds`."""
    clock, count = Clock(), 0
    pace = Pace(seconds, clock=clock)
    while (begun := pace.begin()) is not None:
        clock.now += page
        pace.done(begun)
        count += 1
    return count


def test_a_page_that_would_not_be_done_in_time_is_not_begun() -> None:
    assert pages_begun(35, page=4) == 8
    assert pages_begun(35, page=40) == 1
    assert pages_begun(0, page=1) == 0


def test_whoever_waits_is_told_of_every_page() -> None:
    told: list[str] = []
    pace = Pace(10, lambda: told.append("page"), Clock())
    for _ in range(3):
        begun = pace.begin()
        assert begun is not None
        pace.done(begun)
    assert told == ["page"] * 3


def test_pages_move_the_end_on_by_what_they_took_until_patience_is_used_up() -> None:
    clock = Clock()
    patience = Patience(10, clock)
    added = []
    for seconds in (4, 3, 5, 2):
        clock.now += seconds
        added.append(patience.page_read())
    assert added == [4, 3, 3, 0]
    assert Patience(0, clock).page_read() == 0


def test_pages_behind_the_end_of_the_time_are_told_and_those_before_it_count() -> None:
    clock = Clock()
    pace = Pace(10, lambda: setattr(clock, "now", clock.now + 6), clock)
    content = read_any_pdf(THREE, pace)
    assert {line.page for line in content.blocks} == {1, 2}
    assert content.unread == "from page 3 on pictures were not read: the time was used up"


def test_a_reading_process_tells_of_its_pages_and_all_are_read() -> None:
    limits = Limits(part_seconds=120, message_seconds=240, patience=240, process=ProcessLimits(cpu_seconds=240))
    with Sandbox((example_campaign(),), limits) as sandbox:
        (document,) = sandbox.read(with_files(("scan.pdf", THREE))).documents
    assert (document.pages, document.problem) == (3, None)
