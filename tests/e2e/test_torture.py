"""A sample of `make torture`: killed at random moments under load, nothing is lost or doubled (P1, P2, P6)."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from support.dossier_mail import IN_TIME, mail
from support.service import NewSite
from torture.rounds import CHANGES, Round, counted, play
from torture.tally import Tally, first_free_seed

pytestmark = pytest.mark.dovecot
_GOOD = Round(7, 3, 0.5, 0, 0, 0, 0, "")


def test_fault_40_killed_at_random_moments_nothing_is_lost_or_doubled(new_site: NewSite) -> None:
    site = new_site(**CHANGES)
    found = [play(site, seed) for seed in (9001, 9002)]
    assert [one for one in found if not one.good] == []
    assert "joined" in site.outcomes()


@pytest.mark.postgresql
def test_fault_40_the_same_holds_on_postgresql(new_site: NewSite, postgresql_url: str) -> None:
    site = new_site(postgresql_url, **CHANGES)
    assert play(site, 9004).good


def test_what_is_lost_or_doubled_is_counted(new_site: NewSite) -> None:
    site = new_site(**CHANGES)
    site.deliver(mail("BVDN"), IN_TIME)
    site.once("--answer-backlog")
    assert counted(site, 9006, 1, 0.0).good
    site.deliver(mail("BVTN"), IN_TIME)
    assert counted(site, 9006, 2, 0.0).lost == 1
    site.relay.received.append(site.relay.received[0])
    assert counted(site, 9006, 2, 0.0).doubled_letters == 1
    site.relay.received.clear()
    assert counted(site, 9006, 2, 0.0).missing_letters == 1


def test_rounds_are_kept_and_add_up(tmp_path: Path) -> None:
    results = tmp_path / "torture.jsonl"
    assert first_free_seed(results, "sqlite") == 0
    lines = [{"store": "sqlite", **asdict(_GOOD)}, {"store": "postgresql", **asdict(_GOOD)}]
    results.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"store": "sql')
    assert Tally.of(results).good
    assert Tally.of(results).rounds == {"sqlite": 1, "postgresql": 1}
    assert first_free_seed(results, "sqlite") == 8
    with results.open("a") as file:
        file.write("\n" + json.dumps({"store": "sqlite", **asdict(_GOOD), "lost": 1}))
    assert not Tally.of(results).good
