"""Who is told and where the page listens: mistakes are told with what to write instead."""

import pytest
from pydantic import ValidationError

from hoso.health_settings import Health


def test_nobody_is_told_and_nothing_listens_unless_the_settings_say_so() -> None:
    health = Health()
    assert (health.alarms_to, health.listen, health.address) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("127.0.0.1:9155", ("127.0.0.1", 9155)),
        ("[::1]:9155", ("::1", 9155)),
        ("localhost:0", ("localhost", 0)),
    ],
)
def test_an_address_is_host_and_port(written: str, address: tuple[str, int]) -> None:
    assert Health(listen=written).address == address


@pytest.mark.parametrize(
    "written", ["9155", "127.0.0.1", "127.0.0.1:70000", "http://localhost:1", "a b:1", "::1:9155", ":9"]
)
def test_what_is_no_address_is_told(written: str) -> None:
    with pytest.raises(ValidationError, match=r"127\.0\.0\.1:9155"):
        Health(listen=written)


@pytest.mark.parametrize(
    "wrong",
    [
        {"alarms_to": "nobody"},
        {"alarms_to": "a@b.example\r\nBcc: c@d.example"},
        {"locale": "fr"},
        {"repeat_hours": 0},
        {"mails_a_day": 0},
        {"poll_minutes": -1},
        {"disk_free_mb": 0},
        {"unknown": 1},
    ],
)
def test_a_value_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Health.model_validate(wrong)
