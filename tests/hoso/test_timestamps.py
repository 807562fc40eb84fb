"""Time stamps (RFC 3161) of a head, from an authority on this machine."""

from collections.abc import Iterator

import pytest
from support import signing
from support.time_authority import AT, time_authority

from hoso.timestamp_tokens import check_stamp, stamped
from hoso.timestamps import TimestampError

TEXT = b"the head of the history"


@pytest.fixture(scope="module")
def authority() -> Iterator[str]:
    with time_authority() as url:
        yield url


@pytest.fixture(scope="module")
def token(authority: str) -> bytes:
    return stamped(TEXT, authority)


def test_a_stamp_tells_the_authoritys_time_and_whether_it_is_trusted(token: bytes) -> None:
    alone = check_stamp(token, TEXT, ())
    assert (alone.at, alone.trusted) == (AT, None)
    assert "Cấp dấu thời gian" in alone.authority
    assert check_stamp(token, TEXT, [signing.root(signing.AUTHORITY).pem]).trusted is True
    assert check_stamp(token, TEXT, [signing.root("another").pem]).trusted is False


def test_a_stamp_of_another_text_is_refused(token: bytes) -> None:
    with pytest.raises(TimestampError, match="of another text"):
        check_stamp(token, TEXT + b".", ())


def test_a_stamp_that_was_changed_is_refused(token: bytes) -> None:
    year = token.index(b"20261123")
    forged = token[: year + 3] + b"5" + token[year + 4 :]
    with pytest.raises(TimestampError, match="was changed"):
        check_stamp(forged, TEXT, ())


@pytest.mark.parametrize("cut", [0, 1, 100])
def test_what_is_no_stamp_is_told(token: bytes, cut: int) -> None:
    with pytest.raises(TimestampError, match="no time"):
        check_stamp(token[:cut], TEXT, ())


@pytest.mark.parametrize("path", ["/busy", "/broken"])
def test_an_authority_that_gives_none_is_told(authority: str, path: str) -> None:
    with pytest.raises(TimestampError, match="the time-stamping authority"):
        stamped(TEXT, authority + path)


def test_an_authority_that_is_not_there_is_told() -> None:
    with pytest.raises(TimestampError, match="gave no stamp"):
        stamped(TEXT, "http://127.0.0.1:1", seconds=5)
