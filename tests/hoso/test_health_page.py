"""/healthz and /metrics: two answers, whatever is asked, and however slowly or wrongly."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dossier.health import Cause, ClockWindow, Complaint, Disk, Facts, FolderFacts
from hoso import health_page
from hoso.health import Condition
from hoso.health_page import HealthPage, metrics, serving

NOW = datetime(2021, 4, 19, 8, 0, tzinfo=UTC)
FACTS = Facts(
    NOW,
    (FolderFacts('office/IN"BOX\n', NOW - timedelta(seconds=30), (ClockWindow(1, 3600, 3700),)),),
    (Disk("blobs", 5 << 30),),
    pending=3,
    pending_since=NOW - timedelta(minutes=2),
    waiting=2,
)
WELL = Condition(FACTS, ())
ILL = Condition(FACTS, (Complaint(Cause.DISK, "blobs", "Ổ đĩa đầy.", "The disk is full."),))


@pytest.fixture
def judged() -> list[Condition]:
    """What the page is told, the last first; what is left counts how often it asked."""
    return [WELL]


@pytest.fixture
def port(judged: list[Condition], monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(health_page, "_FRESH", 0.0)
    monkeypatch.setattr(health_page, "_LONGEST", 1.0)
    with serving(("127.0.0.1", 0), HealthPage(lambda: judged[-1])) as port:
        yield port


def asked(port: int, method: str, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def raw(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as sock:
        sock.sendall(sent)
        answer = b""
        try:
            while part := sock.recv(65536):
                answer += part
        except ConnectionResetError:
            pass
        return answer


def test_a_service_in_order_answers_200_and_an_ill_one_503_with_its_reasons(port: int, judged: list[Condition]) -> None:
    status, body = asked(port, "GET", "/healthz")
    assert (status, json.loads(body)["status"]) == (200, "ok")
    judged.append(ILL)
    status, body = asked(port, "GET", "/healthz?from=probe")
    report = json.loads(body)
    assert (status, report["status"]) == (503, "ill")
    assert report["complaints"] == [{"cause": "disk", "about": "blobs", "vi": "Ổ đĩa đầy.", "en": "The disk is full."}]


def test_metrics_are_those_of_the_facts_each_in_its_line(port: int) -> None:
    status, body = asked(port, "GET", "/metrics")
    lines = body.decode().splitlines()
    assert status == 200
    for line in (
        "hoso_up 1.0",
        "hoso_messages_pending 3.0",
        "hoso_oldest_pending_seconds 120.0",
        "hoso_letters_waiting 2.0",
        'hoso_poll_age_seconds{folder="office/IN\\"BOX\\n"} 30.0',
        'hoso_clock_difference_seconds{folder="office/IN\\"BOX\\n"} 3600.0',
        'hoso_disk_free_bytes{what="blobs"} 5.36870912e+09',
        'hoso_complaints{cause="disk"} 0.0',
    ):
        assert line in lines


def test_metrics_of_an_ill_service_count_its_complaints_and_two_answers_are_alike() -> None:
    assert b'hoso_complaints{cause="disk"} 1.0' in metrics(ILL)
    assert b"hoso_up 0.0" in metrics(ILL)
    assert metrics(ILL) == metrics(ILL)
    assert b"hoso_messages_pending" not in metrics(replace(ILL, facts=replace(FACTS, store_problem="gone")))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/healthz/../../etc/passwd", 404),
        ("GET", "/%68ealthz", 404),
        ("POST", "/healthz", 501),
        ("DELETE", "/metrics", 501),
        ("HEAD", "/healthz", 501),
    ],
)
def test_nothing_else_is_answered(port: int, method: str, path: str, status: int) -> None:
    got, body = asked(port, method, path)
    assert got == status
    assert b"passwd" not in body


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"GET /healthz HTTP/1.1\r\nX: " + b"z" * 70_000 + b"\r\n\r\n",
        b"GET /healthz HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x00\xff\r\n\r\n",
        b"\x00" * 100 + b"\r\n\r\n",
        b"GET /<script>\x1b[31m HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_repeated_nowhere(
    port: int, sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = raw(port, sent)
    assert b" 200 " not in answer.partition(b"\r\n")[0]
    assert b"<script>" not in answer
    assert asked(port, "GET", "/healthz")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_clients_that_say_nothing_are_hung_up_on_and_keep_nobody_waiting_for_good(port: int) -> None:
    silent = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(40)]
    try:
        until = time.monotonic() + 15
        while time.monotonic() < until:
            try:
                if asked(port, "GET", "/healthz")[0] == 200:
                    break
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        else:
            raise AssertionError("nobody is answered any more")
        for one in silent:
            one.settimeout(5)
            assert one.recv(100) == b""
    finally:
        for one in silent:
            one.close()


def test_many_questions_at_once_cost_one_judgement() -> None:
    judgements: list[int] = []

    def judge() -> Condition:
        judgements.append(1)
        return WELL

    page = HealthPage(judge)
    assert {page.answer("/healthz")[0] for _ in range(50)} == {200}
    assert len(judgements) == 1
