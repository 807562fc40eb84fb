"""The embedded mail server: what the service uses of IMAP and SMTP works on it."""

import gc
import imaplib
import smtplib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from statistics import median

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from hoso.demo.mail_server import HOST, LOOPBACK, Account, MailServer

OURS = Account("sangkien@nganh.example", "demo")
CODES = {"cdcs@bv.example": "BVDN"}
MESSAGE = (
    b"From: cdcs@bv.example\r\nTo: sangkien@nganh.example\r\nSubject: Ho so\r\n\r\nK\xc3\xadnh g\xe1\xbb\xadi\r\n.\r\n"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(OURS, tmp_path / "letters", CODES, frozenset({"gone@bv.example"})) as running:
        yield running


@contextmanager
def logged_in(server: MailServer) -> Iterator[IMAPClient]:
    with IMAPClient(LOOPBACK, port=server.imap_port, ssl=False, timeout=10) as client:
        client.normalise_times = False
        client.login(OURS.address, OURS.password)
        yield client


def send(server: MailServer, to: str, content: bytes = MESSAGE, sender: str = "cdcs@bv.example") -> None:
    with smtplib.SMTP(LOOPBACK, server.smtp_port, timeout=10) as client:
        client.sendmail(sender, [to], content)


def test_what_arrives_is_found_by_uid_and_fetched_byte_for_byte(server: MailServer) -> None:
    send(server, OURS.address)
    with logged_in(server) as client:
        selected = client.select_folder("INBOX", readonly=True)
        (uid,) = client.search(["UID", "1:*"])
        fetched = client.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE", "FLAGS", "RFC822.SIZE"])[uid]
    assert selected[b"UIDVALIDITY"] > 0
    assert fetched[b"BODY[]"].endswith(MESSAGE)
    assert fetched[b"RFC822.SIZE"] == len(fetched[b"BODY[]"])
    assert b"\\Seen" not in fetched[b"FLAGS"]


def test_the_time_of_receipt_is_true_in_both_places(server: MailServer) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    send(server, OURS.address)
    with logged_in(server) as client:
        client.select_folder("INBOX", readonly=True)
        (fetched,) = client.fetch(client.search(), ["BODY.PEEK[]", "INTERNALDATE"]).values()
    received = message_from_bytes(fetched[b"BODY[]"])["Received"]
    assert f"by {HOST}" in received
    assert fetched[b"INTERNALDATE"] == parsedate_to_datetime(received.rpartition(";")[2])
    assert timedelta() <= fetched[b"INTERNALDATE"] - before < timedelta(seconds=10)


def test_a_message_can_be_put_there_with_a_time_of_its_own(server: MailServer) -> None:
    moment = datetime(2021, 4, 20, 16, 59, 59, tzinfo=UTC)
    server.append(MESSAGE, moment)
    with logged_in(server) as client:
        client.select_folder("INBOX", readonly=True)
        (fetched,) = client.fetch(client.search(), ["BODY.PEEK[]", "INTERNALDATE"]).values()
    assert fetched == {b"SEQ": 1, b"BODY[]": MESSAGE, b"INTERNALDATE": moment}


def test_idle_tells_of_new_mail_at_once(server: MailServer) -> None:
    with logged_in(server) as client:
        assert client.has_capability("IDLE")
        client.select_folder("INBOX", readonly=True)
        client.idle()
        send(server, OURS.address)
        answers = client.idle_check(timeout=10)
        client.idle_done()
    assert (1, b"EXISTS") in answers


def test_a_connection_that_waits_is_not_collected_as_garbage(server: MailServer) -> None:
    with logged_in(server) as client:
        client.select_folder("INBOX", readonly=True)
        client.idle()
        gc.collect()
        send(server, OURS.address)
        assert (1, b"EXISTS") in client.idle_check(timeout=10)
        client.idle_done()


def test_flags_and_moves_work(server: MailServer) -> None:
    send(server, OURS.address)
    with logged_in(server) as client:
        client.create_folder("Hoso")
        client.select_folder("INBOX")
        client.add_flags(client.search(), [b"\\Flagged"])
        client.move(client.search(["FLAGGED"]), "Hoso")
        assert client.search() == []
        assert client.folder_status("Hoso", ["MESSAGES"])[b"MESSAGES"] == 1


def test_uidvalidity_stays_while_the_server_runs(server: MailServer) -> None:
    values = []
    for _ in range(2):
        with logged_in(server) as client:
            values.append(client.select_folder("INBOX")[b"UIDVALIDITY"])
    assert values[0] == values[1]


def test_a_wrong_password_is_refused(server: MailServer) -> None:
    with IMAPClient(LOOPBACK, port=server.imap_port, ssl=False, timeout=10) as client, pytest.raises(LoginError):
        client.login(OURS.address, "wrong")


def test_answers_do_not_wait_for_one_another(server: MailServer) -> None:
    """Small packets are sent at once (TCP_NODELAY): else each answer takes 40 ms."""
    with logged_in(server) as client:
        client.select_folder("INBOX")
        took = []
        for _ in range(51):
            begun = time.monotonic()
            client.noop()
            took.append(time.monotonic() - begun)
        assert median(took) < 0.035


def test_a_letter_to_a_union_is_kept_byte_for_byte_under_its_code(server: MailServer) -> None:
    letter = b"Subject: =?utf-8?q?Th=C3=B4ng_b=C3=A1o_ti=E1=BA=BFp_nh=E1=BA=ADn?=\r\n\r\n..x\r\n"
    send(server, "cdcs@bv.example", letter, OURS.address)
    send(server, "../stranger@x.example", letter, OURS.address)
    first, second = server.letters()
    assert (first.name, second.name) == ("001-BVDN-thong-bao-tiep-nhan.eml", "002-khac-thong-bao-tiep-nhan.eml")
    assert first.read_bytes() == letter
    assert server.arrived == 0


def test_mail_to_a_plus_address_arrives(server: MailServer) -> None:
    send(server, "Sangkien+b-17@nganh.example")
    assert server.arrived == 1


def test_a_letter_that_cannot_be_delivered_comes_back_as_a_report(server: MailServer) -> None:
    send(server, "gone@bv.example", b"Message-ID: <letter-1@nganh.example>\r\n\r\nx\r\n", "sangkien+b-1@nganh.example")
    with logged_in(server) as client:
        client.select_folder("INBOX")
        (fetched,) = client.fetch(client.search(), ["BODY.PEEK[]"]).values()
    report = message_from_bytes(fetched[b"BODY[]"])
    assert (report["Return-Path"], report["To"]) == ("<>", "sangkien+b-1@nganh.example")
    assert (report.get_content_type(), report.get_param("report-type")) == ("multipart/report", "delivery-status")
    _, status, headers = report.get_payload()
    assert status.get_payload()[1]["Action"] == "failed"
    assert "Message-ID: <letter-1@nganh.example>" in headers.get_payload()


def test_the_server_ends_while_a_client_is_idle(tmp_path: Path) -> None:
    with MailServer(OURS, tmp_path, CODES) as server:
        client = imaplib.IMAP4(LOOPBACK, server.imap_port, timeout=10)
        smtp = smtplib.SMTP(LOOPBACK, server.smtp_port, timeout=10)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((LOOPBACK, server.imap_port), timeout=10)
    client.shutdown()
    smtp.close()
