"""What holds for every test; servers and files to test with are in `support`."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from support.dovecot import Dovecot, DovecotMissingError

pytest_plugins = ["support.no_skips", "support.stores", "support.service"]


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
def new_user() -> Callable[[], str]:
    """Names of mailboxes that no test used before."""
    numbers = itertools.count(1)
    return lambda: f"user{next(numbers)}"
