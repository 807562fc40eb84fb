"""What holds for every test; servers and files to test with are in `support`."""

import itertools
import os
from collections.abc import Callable, Generator, Iterator

import pytest
from support.dovecot import Dovecot, DovecotMissingError


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true a skip is a failure: there every tool is installed, so a skipped test is one that nobody ran."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI=true allows no skip: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A running Dovecot, shared by all tests. Every test takes a `new_user`; one that stops it must start it again."""
    try:
        server = Dovecot()
    except DovecotMissingError as error:
        pytest.skip(str(error))
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def _user_numbers() -> Iterator[int]:
    return itertools.count(1)


@pytest.fixture
def new_user(_user_numbers: Iterator[int]) -> Callable[[], str]:
    """Names of mailboxes that no test used before."""
    return lambda: f"user{next(_user_numbers)}"
