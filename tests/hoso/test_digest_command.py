"""`hoso digest` shows what staff would read, or sends it now; `hoso remind` shows who would be reminded."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from support.desk_only import Installation, installation
from support.service import parsed
from support.smtp import Relay

from store import outbox


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Iterator[Installation]:
    made = installation(tmp_path / "hoso", now)
    yield made
    made.store.close()


def test_the_preview_is_a_page_and_a_text_of_what_is_on_record(here: Installation) -> None:
    ended = here.hoso("digest", "--preview", "--out", "here")
    assert ended.status == 0, ended.err
    page, text = ((here.folder / "here" / f"digest.{kind}").read_text("utf-8") for kind in ("html", "txt"))
    for told in ("BEGIN HOSO AUDIT HEAD", "0/34 công đoàn cơ sở đã gửi hồ sơ", "Bệnh viện Đa khoa Đồng Nai"):
        assert told in page
        assert told in text
    with here.store.reading() as conn:
        assert outbox.listed(conn) == []


def test_it_says_what_it_would_send_as_data_and_asks_which_is_meant(here: Installation) -> None:
    told = json.loads(here.hoso("digest", "--preview", "--json").out)
    assert told["asked"] == 34
    assert here.hoso("digest").status == 2
    assert here.hoso("digest", "--preview", "--send").status == 2
    (here.folder / "taken").write_text("a file")
    assert here.hoso("digest", "--preview", "--out", "taken").status == 1


def test_it_is_sent_now_where_somebody_is_to_get_it(here: Installation) -> None:
    ended = here.hoso("digest", "--send")
    assert ended.status == 1
    assert "name staff under digest recipients" in ended.err
    with Relay() as relay:
        smtp = {"host": relay.host, "port": relay.port, "security": "plain"}
        here.write_settings(
            smtp={**smtp, "from_address": "a@b.example", "from_name": "Hoso"},
            digest={"recipients": ["canbo@cdyte.example"], "locale": "en"},
        )
        ended = here.hoso("digest", "--send")
        assert ended.status == 0, ended.err
        assert ended.out.strip() == "canbo@cdyte.example: sent"
        [mail] = [parsed(one.content) for one in relay.received]
    assert mail["To"] == "canbo@cdyte.example"
    assert "0 of 34 unions have sent" in mail["Subject"]
    assert [part.get_content_type() for part in mail.walk()][-2:] == [
        "image/png",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]


def test_a_relay_that_is_away_is_told_and_the_digest_waits(here: Installation) -> None:
    here.write_settings(digest={"recipients": ["canbo@cdyte.example"]})
    ended = here.hoso("digest", "--send", "--json")
    assert ended.status == 1
    assert json.loads(ended.out)["state"] == "queued"


def test_the_digest_never_goes_to_the_service_itself(here: Installation) -> None:
    here.write_settings(digest={"recipients": ["a@b.example"]})
    ended = here.hoso("digest", "--send")
    assert ended.status == 3
    assert "would come back" in ended.err


def test_nobody_is_reminded_of_a_deadline_that_is_past(here: Installation) -> None:
    ended = here.hoso("remind", "--preview")
    assert ended.status == 0, ended.err
    assert "Nobody is to be reminded" in ended.out + ended.err
    assert here.hoso("remind").status == 2


def test_who_will_be_reminded_is_told_with_what_is_missing(here: Installation, now: datetime) -> None:
    shipped = Path(str(resources.files("hoso") / "examples" / "plan_39_cdn"))
    for name in ("campaign.yaml", "roster.csv"):
        text = (shipped / name).read_text("utf-8")
        day = (datetime.now(UTC) + timedelta(days=30)).date()
        (here.folder / name).write_text(text.replace("deadline: 2021-04-20", f"deadline: {day}"), "utf-8")
    here.write_settings(campaigns=["campaign.yaml"])
    ended = here.hoso("remind", "--preview", "--json")
    assert ended.status == 0, ended.err
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert len(rows) == 34
    first = rows[0]
    assert (first["union"], first["why"], first["days_before"]) == ("BVDN", "silent", 7)
    assert first["missing"] == ["missing-memo", "missing-summary-table"]
    assert len(first["addresses"]) == 2
