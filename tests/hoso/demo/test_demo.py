"""The demo's samples: a message for every verdict, delivered when due, readable documents of invented people."""

import io
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest
from docx import Document
from imapclient import IMAPClient
from openpyxl import load_workbook

from dossier.assessment import JudgingContext, judge_alone
from dossier.deadline import Receipt
from dossier.model import Verdict
from hoso.campaigns import load_campaigns
from hoso.demo import DemoServer, Sample, deliver_on_time, demo_campaign, fresh_folder, samples
from hoso.demo.installation import PASSWORD
from hoso.demo.samples import BEFORE_DEADLINE
from hoso.logs import secrets_of
from parsers.reader import read_message

START = datetime(2026, 3, 2, 8, 0, 0, 700_000, tzinfo=UTC)


@pytest.fixture(scope="module")
def all_samples() -> tuple[Sample, ...]:
    campaign = demo_campaign(START)
    return samples(campaign, campaign.deadline)


def test_the_campaign_is_plan_39_that_ends_soon() -> None:
    campaign = demo_campaign(START)
    assert (campaign.key, campaign.plan_number, len(campaign.roster.unions)) == ("plan-39-cdn", "39/CĐN", 34)
    assert campaign.deadline == START.replace(microsecond=0) + BEFORE_DEADLINE
    assert campaign.opens_at < START


def test_there_is_a_message_for_every_verdict(all_samples: tuple[Sample, ...]) -> None:
    assert {sample.verdict for sample in all_samples} == set(Verdict)
    assert len(all_samples) >= 12


def test_messages_come_in_order_within_a_minute_and_on_both_sides_of_the_deadline(
    all_samples: tuple[Sample, ...],
) -> None:
    deadline = START.replace(microsecond=0) + BEFORE_DEADLINE
    dues = [sample.due for sample in all_samples]
    assert dues == sorted(dues)
    assert dues[0] > START
    assert dues[-1] < START + timedelta(seconds=60)
    assert any(timedelta() < deadline - due < timedelta(seconds=5) for due in dues)
    assert any(timedelta() < due - deadline < timedelta(seconds=5) for due in dues)


def test_every_sample_is_a_whole_message_of_an_invented_sender(all_samples: tuple[Sample, ...]) -> None:
    for sample in all_samples:
        message = message_from_bytes(sample.content, policy=modern)
        assert message["From"] == sample.sender
        assert sample.sender.endswith(".example")
        assert message["Message-ID"]
        assert not message.defects
        assert b"\n" not in sample.content.replace(b"\r\n", b"")


def test_the_files_are_what_they_are_called(all_samples: tuple[Sample, ...]) -> None:
    opened, broken = [], []
    for sample in all_samples:
        for part in message_from_bytes(sample.content, policy=modern).iter_attachments():
            name, content = part.get_filename(), part.get_content()
            try:
                opened.append(_open(name.rpartition(".")[2], content))
            except zipfile.BadZipFile:
                broken.append(sample.union)
    assert set(opened) == {"docx", "xlsx", "pdf", "zip"}
    assert broken == ["CDC"]


def _open(kind: str, content: bytes) -> str:
    if kind == "docx":
        assert "Kính gửi" in (words := " ".join(p.text for p in Document(io.BytesIO(content)).paragraphs)) or (
            "BẢNG TỔNG HỢP" in words
        )
    elif kind == "xlsx":
        assert load_workbook(io.BytesIO(content)).active.cell(4, 3).value == "Chức vụ, đơn vị công tác"
    elif kind == "zip":
        assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 2
    else:
        assert content.startswith(b"%PDF-")
    return kind


def test_what_is_delivered_lies_in_the_mailbox_that_the_settings_name(
    tmp_path: Path, all_samples: tuple[Sample, ...]
) -> None:
    with DemoServer(demo_campaign(START), tmp_path) as server:
        box = server.install(demo_campaign(START)).mailboxes[0]
        assert box.user is not None
        assert box.password is not None
        server.deliver(all_samples[0])
        with IMAPClient(box.host, port=box.port, ssl=False, timeout=10) as client:
            client.login(box.user, box.password.get_secret_value())
            client.select_folder("INBOX", readonly=True)
            (fetched,) = client.fetch(client.search(), ["BODY.PEEK[]"]).values()
    assert fetched[b"BODY[]"].endswith(all_samples[0].content)
    assert server.arrived == 1


def test_the_settings_of_the_demo_keep_everything_in_its_folder(tmp_path: Path) -> None:
    with DemoServer(demo_campaign(START), tmp_path) as server:
        settings = server.install(demo_campaign(START))
        assert settings.store.url.get_secret_value() == f"sqlite:///{tmp_path}/hoso.sqlite"
        assert settings.store.blobs == tmp_path / "blobs"
        assert settings.smtp.port != settings.mailboxes[0].port
        assert settings.own_addresses == {"sangkien@cdyte-dongnai.example"}
        assert secrets_of(settings)


def test_samples_are_delivered_when_due_and_told(all_samples: tuple[Sample, ...]) -> None:
    told: list[tuple[str, Sample]] = []
    late = all_samples[-1].due
    assert deliver_on_time(
        lambda sample: told.append(("delivered", sample)),
        all_samples[:2],
        lambda: late,
        threading.Event(),
        lambda sample: told.append(("shown", sample)),
    )
    first, second = all_samples[:2]
    assert told == [("delivered", first), ("shown", first), ("delivered", second), ("shown", second)]


def test_delivery_ends_at_once_when_stopped(all_samples: tuple[Sample, ...]) -> None:
    stop = threading.Event()
    stop.set()
    early = START - timedelta(hours=1)
    delivered: list[Sample] = []
    assert not deliver_on_time(delivered.append, all_samples, lambda: early, stop)
    assert delivered == []


def test_each_demo_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first = fresh_folder(tmp_path / "demo", START)
    assert first.is_dir()
    with pytest.raises(FileExistsError):
        fresh_folder(tmp_path / "demo", START)
    assert fresh_folder(tmp_path / "demo", START + timedelta(seconds=1)) != first


def test_each_dossier_gets_the_verdict_that_it_stands_for(all_samples: tuple[Sample, ...]) -> None:
    campaign = demo_campaign(START)
    begun: set[str | None] = set()
    for sample in all_samples:
        submission = read_message(sample.content, (campaign,))
        if submission.documents and sample.union in begun:
            continue  # adds to a dossier: judged alone it would lack what came before
        begun.add(sample.union)
        assessment = judge_alone(submission, Receipt(at=sample.due), campaign, JudgingContext())
        assert (sample.shows, assessment.verdict) == (sample.shows, sample.verdict)
        assert assessment.union == (sample.union or "BVDL")


def test_the_folder_is_an_installation_with_the_same_campaign(tmp_path: Path) -> None:
    campaign = demo_campaign(START)
    with DemoServer(campaign, tmp_path) as server:
        settings = server.install(campaign)
    (written,) = load_campaigns(settings.campaigns)
    assert written == campaign
    assert settings.store.blobs == tmp_path / "blobs"
    assert (tmp_path / PASSWORD).stat().st_mode & 0o077 == 0
