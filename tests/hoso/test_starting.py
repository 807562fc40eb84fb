"""A service whose records cannot be had as it begins waits for them, tells of it once, and of the end."""

import threading
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from support.smtp import Relay

from hoso.settings import load_settings
from hoso.starting import begin_when_possible
from hoso.wiring import Parts, parts_of
from store.errors import PermanentStoreError, TemporaryStoreError

_SETTINGS = """
mailboxes:
  - name: office
    host: 127.0.0.1
    port: 1
    security: plain
    user: a
    password: ${PASSWORD}
    addresses: [a@b.example]
smtp: {host: 127.0.0.1, port: PORT, security: plain, from_address: a@b.example, from_name: Hoso}
campaigns: [example]
store: {url: "sqlite:///hoso.sqlite", blobs: blobs}
health: {alarms_to: quantri@xa.example, locale: en, disk_free_mb: 1}
"""


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as started:
        yield started


@pytest.fixture
def parts(tmp_path: Path, relay: Relay) -> Iterator[Parts]:
    path = tmp_path / "settings.yaml"
    path.write_text(_SETTINGS.replace("PORT", str(relay.port)), "utf-8")
    made = parts_of(load_settings(path, {"PASSWORD": "x"}))
    yield made
    made.store.close()


def subjects(relay: Relay) -> list[str]:
    return [str(message_from_bytes(one.content)["Subject"]) for one in relay.received]


def test_it_begins_when_the_records_are_there_and_tells_the_alarm_and_its_end(
    parts: Parts, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, tries = threading.Event(), list[int]()

    def away(*arguments: object) -> None:
        raise TemporaryStoreError("the database is away")

    def serve(told: threading.Event) -> None:
        tries.append(1)
        if len(tries) == 1:
            monkeypatch.setattr(type(parts.store), "writing", away)
            monkeypatch.setattr(type(parts.store), "reading", away)
        if len(tries) < 4:
            raise TemporaryStoreError("the database is away")

    def back(seconds: float) -> bool:
        if len(tries) == 3:
            monkeypatch.undo()
        return False

    monkeypatch.setattr(stop, "wait", back)
    begin_when_possible(parts, serve, stop, pause=0.01)
    assert len(tries) == 4
    assert subjects(relay) == ["[Hoso] Alarm: store", "[Hoso] All clear: store"]


def test_told_to_stop_it_waits_no_longer(parts: Parts) -> None:
    stop, tries = threading.Event(), list[int]()

    def serve(told: threading.Event) -> None:
        tries.append(1)
        stop.set()
        raise TemporaryStoreError("the disk is full")

    begin_when_possible(parts, serve, stop, pause=60)
    assert len(tries) == 1


def test_what_only_a_person_can_mend_ends_it_at_once(parts: Parts) -> None:
    def serve(told: threading.Event) -> None:
        raise PermanentStoreError("the tables are of a newer version")

    with pytest.raises(PermanentStoreError):
        begin_when_possible(parts, serve, threading.Event())
