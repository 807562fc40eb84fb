"""`hoso confirm-sender` and its like, test mode in `hoso check`, and what `hoso letters` shows first."""

import json
from datetime import timedelta

import pytest
from support.dossier_mail import CAMPAIGN, IN_TIME, mail
from support.office import Office
from support.service import Site
from support.smtp import DROP, Relay

from hoso.checkup import Level, _test_mode
from hoso.cli.letters import _listed
from hoso.settings import Letters
from hoso.wiring import daily_limits
from notifier.outcomes import Sent
from store import outbox
from store.engine import Store

_STRANGER = "hoa.cn1988@webmail.example"
_WHO = ("--by", "Lê Thị Thử", "--reason", "đã gọi điện")


@pytest.mark.dovecot
def test_a_person_confirms_an_address_once_and_what_waited_is_answered(site: Site) -> None:
    site.once()
    site.deliver(mail("BVLK", sender=_STRANGER), IN_TIME)
    site.once()
    (waits,) = [json.loads(line) for line in site.hoso("waiting", "--json").out.splitlines()]
    assert (waits["sender"], waits["union"], waits["reason"]) == (_STRANGER, "BVLK", "unverified-sender")
    assert site.hoso("confirm-sender", _STRANGER, "--union", "BVLK").status == 2, "a person and a reason are needed"
    refused = site.hoso("confirm-sender", _STRANGER, "--union", "BVLL", *_WHO)
    assert (refused.status, "did you mean BVL" in refused.err) == (1, True)
    done = site.hoso("confirm-sender", _STRANGER, "--union", "BVLK", *_WHO, "--json")
    assert done.status == 0, done.err
    assert json.loads(done.out)["outcome"] == "joined"
    site.once()
    assert site.hoso("waiting", "--json").out == ""
    assert [one.kind for one in site.letters()] == ["unverified-acknowledgement", "acknowledgement"]
    shown = site.hoso("show", "BVLK")
    assert f"{_STRANGER}" in shown.out
    assert "authentication unknown" in shown.out
    revoked = site.hoso("revoke-sender", _STRANGER, *_WHO)
    assert revoked.status == 0
    assert site.hoso("revoke-sender", _STRANGER, *_WHO).status == 1
    (told,) = [json.loads(line) for line in site.hoso("senders", "--json").out.splitlines()]
    assert (told["address"], told["union"], told["by"]) == (_STRANGER, "BVLK", "Lê Thị Thử")
    assert told["revoked_at"]


def test_test_mode_is_told_loudly() -> None:
    (told,) = _test_mode("thu@cdyte-dongnai.example")
    assert told.level is Level.NOTE
    assert "TEST MODE: EVERY LETTER GOES TO thu@cdyte-dongnai.example" in told.detail
    assert list(_test_mode(None)) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_letters_that_a_person_has_to_look_at_come_first(store: Store) -> None:
    office = Office(store)
    with Relay() as relay:
        for code, script in (("BVDN", [DROP]), ("BVTN", ["550 5.1.1 no"]), ("BVLK", [])):
            office.passes(timedelta(minutes=1))
            office.receives(mail(code), office.now)
            office.judges()
            relay.script.at("content", *script)
            office.sends(relay.port, delivered=lambda letter, outcome: isinstance(outcome, Sent))
    with office.store.reading() as conn:
        assert [one.state.value for one in _listed(conn, None, 10)] == ["unknown", "failed", "sent"]
        assert [one.id for one in outbox.listed(conn)] == [3, 2, 1]


def test_without_a_limit_for_all_the_rosters_unions_and_strangers_make_it() -> None:
    assert daily_limits(Letters(), (CAMPAIGN,)).all == 34 * 10 + 50
    assert daily_limits(Letters(daily_limit_all=7), (CAMPAIGN,)).all == 7
