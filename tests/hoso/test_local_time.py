"""What an administrator writes as a deadline is made unmistakable, or refused (FAULTS.md 15, 16)."""

from datetime import UTC, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from support.dossier_mail import CAMPAIGN, DEADLINE

from hoso.local_time import last_moment


def test_fault_15_that_the_last_second_counts_is_documented() -> None:
    """Where an administrator writes it."""
    shipped = (resources.files("hoso") / "examples" / "plan_39_cdn" / "campaign.yaml").read_text("utf-8")
    assert "deadline through 23:59:59 of it" in shipped
    assert CAMPAIGN.deadline == DEADLINE


def test_fault_16_a_deadline_in_the_hour_that_clocks_skip_is_refused_or_is_the_hour_they_show() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    with pytest.raises(ValueError, match="does not exist in Europe/Berlin"):
        last_moment("2021-03-28T02:30:00", berlin)
    with pytest.raises(ValueError, match="comes twice in Europe/Berlin"):
        last_moment("2021-10-31T02:30:00", berlin)
    assert last_moment("2021-03-28", berlin) == datetime(2021, 3, 28, 21, 59, 59, tzinfo=UTC)
