"""A person is found by whole names and whole addresses."""

import pytest

from store.person import Person


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BS. Nguyễn Văn An, Khoa Nội", True),
        ("nguyen van AN", True),
        ("Nguyễn Văn Anh", False),
        ("Nguyễn  Văn\nAn", True),
        ("Văn An", False),
        ("gửi <An.Nguyen@yte.example>", True),
        ("lan.an.nguyen@yte.example", False),
    ],
)
def test_names_and_addresses_are_found_as_wholes(text: str, found: bool) -> None:
    assert Person(("Nguyễn Văn An",), ("an.nguyen@yte.example",)).is_in(text) is found
