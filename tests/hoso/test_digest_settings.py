"""When and to whom the digest and the reminders go: what the settings take, and what they refuse."""

from datetime import time

import pytest
from pydantic import ValidationError

from hoso.digest_settings import Digest, Reminders, time_of


@pytest.mark.parametrize(("written", "meant"), [("07:30", time(7, 30)), ("7:05", time(7, 5)), ("23:59", time(23, 59))])
def test_an_hour_is_one_of_the_day(written: str, meant: time) -> None:
    assert time_of(Digest(hour=written).hour) == meant


@pytest.mark.parametrize("written", ["24:00", "7", "07:60", "7h30", "", "07:30:00"])
def test_what_is_no_hour_of_the_day_is_refused(written: str) -> None:
    for kind in (Digest, Reminders):
        with pytest.raises(ValidationError, match="as in 07:30"):
            kind(hour=written)


def test_recipients_are_addresses_and_days_lie_before_the_deadline() -> None:
    with pytest.raises(ValidationError):
        Digest(recipients=("Lan <lan@cdyte.example>",))
    with pytest.raises(ValidationError):
        Reminders(days_before=(-1,))
    assert Reminders(days_before=()).days_before == ()
