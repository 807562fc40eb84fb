"""An office on each kind of database."""

import pytest
from support.office import Office

from store.engine import Store


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)
