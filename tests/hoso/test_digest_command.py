"""`hoso digest --preview` writes what staff would read, and sends nothing."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.desk_only import Installation, installation

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


def test_it_says_what_it_would_send_as_data_and_refuses_to_send(here: Installation) -> None:
    told = json.loads(here.hoso("digest", "--preview", "--json").out)
    assert told["asked"] == 34
    assert here.hoso("digest").status == 2
    (here.folder / "taken").write_text("a file")
    assert here.hoso("digest", "--preview", "--out", "taken").status == 1
