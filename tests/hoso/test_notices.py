"""When the service writes reminders and digests: after the mail is read, and a digest never much too late."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.desk_only import Installation, installation

from dossier.campaign import Campaign
from hoso.campaigns import example_campaign
from hoso.notices import Notices
from hoso.settings import load_settings
from hoso.wiring import Parts, parts_of
from intake.health import note_look
from store import digests, outbox
from store.outbox import LetterState

_MINUTE = timedelta(minutes=1)
_SETTINGS = {
    "digest": {"recipients": ["canbo@cdyte.example"], "register_attached": False},
    "audit": {"signing_key": "no"},
}


@pytest.fixture
def at() -> datetime:
    """Half an hour after the reminders' hour, three days before the deadline."""
    return _campaign().deadline.replace(day=17, hour=8, minute=30)


@pytest.fixture
def here(tmp_path: Path, at: datetime) -> Iterator[Installation]:
    made = installation(tmp_path / "hoso", at - timedelta(days=1), **_SETTINGS)
    yield made
    made.store.close()


def _campaign() -> Campaign:
    return example_campaign()


def _parts(here: Installation) -> Parts:
    settings = load_settings(here.folder / "settings.yaml", {"HOSO_IMAP_PASSWORD": "x"})
    roster = _campaign().roster
    few = replace(_campaign(), roster=replace(roster, unions=roster.unions[:2]))
    return replace(parts_of(settings, (few,)), store=here.store)


def _look(here: Installation, now: datetime, since: datetime | None) -> list[str]:
    """Kinds of the letters that one look wrote."""
    with here.store.reading() as conn:
        before = len(outbox.listed(conn))
    written = Notices(_parts(here), lambda: now, since).look(threading.Event())
    with here.store.reading() as conn:
        letters = outbox.listed(conn)
    assert len(letters) - before == written
    return sorted(one.kind for one in letters[:written])


def test_a_service_that_just_started_reads_the_mail_before_it_reminds_anybody(here: Installation, at: datetime) -> None:
    assert _look(here, at, at) == []
    note_look(here.store, "main", "INBOX", 1, at + _MINUTE)
    both = ["digest", *["reminder"] * 4]
    assert _look(here, at + 2 * _MINUTE, at) == both
    assert _look(here, at + 3 * _MINUTE, at) == []


def test_a_mailbox_that_cannot_be_read_holds_reminders_back_and_a_digest_for_some_minutes(
    here: Installation, at: datetime
) -> None:
    note_look(here.store, "main", "INBOX", 1, at - 60 * _MINUTE)
    assert _look(here, at + 9 * _MINUTE, at) == []
    assert _look(here, at + 11 * _MINUTE, at) == ["digest"]


def test_a_single_round_has_just_read_the_mail(here: Installation, at: datetime) -> None:
    assert _look(here, at, None) == ["digest", *["reminder"] * 4]
    with here.store.reading() as conn:
        assert len(digests.listed(conn, _campaign().key)) == 1
        assert {one.state for one in outbox.listed(conn)} == {LetterState.QUEUED}


def test_nothing_is_begun_once_the_service_is_told_to_stop(here: Installation, at: datetime) -> None:
    stop = threading.Event()
    stop.set()
    Notices(_parts(here), lambda: at - 60 * _MINUTE, None).look(stop)
    with here.store.reading() as conn:
        assert digests.listed(conn, _campaign().key) == []
