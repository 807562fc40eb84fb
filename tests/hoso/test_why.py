"""P8: `hoso why` tells a verdict as it stood at a moment, also after the dossier was judged again."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from sqlalchemy import update
from support.desk_only import Installation, installation
from support.store_samples import judged

import hoso
from dossier.model import Verdict
from store import dossiers, revisions
from store.engine import Store
from store.schema.record import dossiers as dossiers_table

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Iterator[Installation]:
    made = installation(tmp_path / "hoso", now)
    for uid, (days, verdict) in enumerate(((1, Verdict.DEFICIENT), (2, Verdict.ACCEPTED)), 20):
        made.judged(b"of day %d" % days, now + timedelta(days=days), union="C", uid=uid, verdict=verdict)
    yield made
    made.store.close()


def _told(here: Installation, at: datetime) -> dict[str, Any]:
    moment = at.astimezone(_ZONE).replace(tzinfo=None).isoformat(timespec="seconds")
    ended = here.hoso("why", "SK39-003", "--at", moment, "--json")
    assert ended.status == 0, ended.err
    row: dict[str, Any] = json.loads(ended.out)
    return row


def test_a_verdict_is_told_as_it_stood_with_rules_deadline_and_evidence(here: Installation, now: datetime) -> None:
    before = _told(here, now + timedelta(days=2, seconds=-2))
    assert (before["verdict"], before["number"], before["in_force_now"]) == ("deficient", 1, False)
    assert [one["code"] for one in before["findings"]] == ["missing-memo"]
    assert (before["rules"], before["deadline"]) == ("7", "2021-04-20T16:59:59+00:00")
    (file,) = before["evidence"]
    assert (file["kind"], file["file"], file["sha256"]) == ("summary_table", "Bang.docx", "1" * 64)
    after = _told(here, now + timedelta(days=2, seconds=2))
    assert (after["verdict"], after["number"], after["in_force_now"], after["findings"]) == ("accepted", 2, True, [])
    shown = here.hoso("why", "SK39-003")
    assert "in force now" in shown.out
    assert "Bang.docx" in shown.out


def test_the_second_that_is_shown_is_the_second_to_ask_for(here: Installation, now: datetime) -> None:
    """What is recorded within a second stands as soon as that second is asked for; a fraction is taken exactly."""
    assert now.microsecond
    second = now + timedelta(days=2)
    assert (_told(here, second)["number"], _told(here, second - timedelta(seconds=1))["number"]) == (2, 1)
    told = here.hoso("why", "SK39-003", "--at", second.replace(microsecond=1).isoformat(), "--json")
    assert json.loads(told.out)["number"] == 1
    assert here.hoso("valid", "--on", second.replace(microsecond=0).isoformat(), "--json").status == 0


def test_before_the_first_verdict_and_of_an_unknown_code_there_is_none(here: Installation, now: datetime) -> None:
    day = (now - timedelta(days=30)).date().isoformat()
    early = here.hoso("why", "SK39-003", "--at", day)
    assert (early.status, "was judged by" in early.err) == (1, True)
    unknown = here.hoso("why", "SK39-999")
    assert (unknown.status, "hoso dossiers" in unknown.err) == (1, True)
    assert here.hoso("why", "SK39-003", "--at", "yesterday").status == 2


def test_a_revision_is_in_force_from_the_very_moment_it_is_recorded(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        first = judged(tx, b"one", now)
        found = dossiers.of_union(tx, "sk39", "A")
        assert found is not None
        just_before = revisions.in_force_at(tx, found.id, now - timedelta(microseconds=1))
        at_once = revisions.in_force_at(tx, found.id, now)
    assert just_before is None
    assert at_once is not None
    assert at_once.number == first.number


def test_a_code_tells_its_campaign_where_there_are_several(here: Installation, tmp_path: Path) -> None:
    """And no other campaign's deadline is taken for its own."""
    shutil.copytree(Path(hoso.__file__).parent / "examples" / "plan_39_cdn", here.folder / "next")
    file = here.folder / "next" / "campaign.yaml"
    moved = {"key": "next", "code_prefix": "N", "opens_at": "2022-01-01", "deadline": "2022-04-20"}
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text("utf-8")), **moved}, allow_unicode=True), "utf-8")
    here.write_settings(campaigns=["example", "next/campaign.yaml"])
    with here.store.writing() as tx:
        tx.execute(update(dossiers_table).values(campaign="plan-39-cdn"))
    told = here.hoso("why", "SK39-003")
    assert told.status == 0, told.err
    assert "the campaign's own" not in told.out
    assert here.hoso("show", "sk39-003").status == 0
    decision = ("accept", "sk39-003", "--by", "Lan", "--reason", "theo biên bản")
    for asked in (("why", "SK39-003"), ("show", "SK39-003"), decision):
        refused = here.hoso(*asked, "--campaign", "next")
        assert (refused.status, "is a dossier of plan-39-cdn" in refused.err) == (2, True), refused.err
    assert "Not done: SK39-003 is neither late nor doubtful" in " ".join(here.hoso(*decision).err.split())
    refused = here.hoso("why", "C")
    assert (refused.status, "plan-39-cdn, next" in refused.err) == (2, True)
