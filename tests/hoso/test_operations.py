"""What an administrator relies on: letters go out without readers, looking needs no password, a night's comparison."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.dossier_mail import IN_TIME, mail
from support.service import Site
from support.store_samples import letter

from dossier.model import RawMessage
from hoso import service
from hoso.cli.exits import Exit
from hoso.cli.options import parts_in, records_in
from hoso.wiring import Parts
from intake.receive import keep
from intake.steps import Steps
from parsers.sandbox import SandboxError
from store import outbox

pytestmark = pytest.mark.dovecot


def test_letters_go_out_although_no_reading_process_can_start(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    site.store.upgrade()
    keep([RawMessage(mail("BVDN"), "thu.eml", now)], site.store)
    with site.store.writing() as tx:
        outbox.enqueue(tx, replace(letter("first"), message_id="<hoso-first@cdyte-dongnai.example>"), now)

    @contextmanager
    def none_starts(parts: Parts, steps: Steps) -> Iterator[None]:
        del parts, steps
        raise SandboxError("no memory for a reading process")
        yield

    monkeypatch.setattr(service, "desk_of", none_starts)
    monkeypatch.setenv("HOSO_IMAP_PASSWORD", "throw-away")
    parts = parts_in(site.folder / "settings.yaml")
    mailbox = parts.settings.mailboxes[0].model_copy(update={"folders": ()})
    parts.settings.__dict__["mailboxes"] = (mailbox,)
    with pytest.raises(SandboxError, match="no memory"):
        service.run_once(parts)
    assert len(site.relay.received) == 1
    assert site.outcomes() == [None], "it stays pending"


def test_looking_at_the_records_needs_no_password_of_a_server(site: Site) -> None:
    site.store.upgrade()
    assert "HOSO_IMAP_PASSWORD" not in os.environ
    records_in(site.folder / "settings.yaml").store.close()
    site.write_settings(mailbox={"password": None, "password_file": "/nowhere/password"})
    records_in(site.folder / "settings.yaml").store.close()


def test_mailbox_and_ledger_are_compared_on_demand(site: Site) -> None:
    site.once()
    site.deliver(mail("BVDN"), IN_TIME)
    told = json.loads(site.hoso("reconcile", "--json").out)
    assert (told["folder"], told["messages"], told["accounted"], told["missing"]) == ("office/INBOX", 1, 1, [])
    assert "1 message in the mailbox, 1 accounted for" in site.hoso("reconcile").out


def test_a_host_that_is_misspelt_is_told_with_what_to_change(site: Site) -> None:
    wrong = {part: {"host": f"{part}.nowhere.invalid", "security": "tls"} for part in ("mailbox", "smtp")}
    site.write_settings(**wrong)
    ended = site.hoso("check")
    assert ended.status == Exit.FOUND
    assert "correct host of mailbox office (now mailbox.nowhere.invalid)" in ended.out
    assert "there is no server smtp.nowhere.invalid: correct smtp host" in ended.out
    assert "tried again" not in ended.out
