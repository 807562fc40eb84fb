"""Years of other mail at the first look hold up nothing that is new (FAULTS.md 41)."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from support.accounts import on_script
from support.dossier_mail import mail
from support.office import Office
from support.scripted_imap import scripted_imap

from ingest.imap import Mailbox
from intake.receive import receive
from store import ledger
from store.engine import Store

OLD = "02-May-2019 08:00:00 +0700"
NEW = "16-Apr-2021 09:00:00 +0700"


def old(uids: Iterable[int]) -> dict[int, bytes]:
    return {uid: b"Subject: nha rieng\r\n\r\n%d\r\n" % uid for uid in uids}


def test_the_newest_stretch_comes_first_and_what_arrives_meanwhile_before_the_rest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.receive._STRETCH", 3)
    batches: list[int] = []
    with scripted_imap(old(range(1, 9))) as server, Mailbox.open(on_script(server), "INBOX") as mailbox:

        def arrived(count: int) -> None:
            batches.append(count)
            if len(batches) == 1:
                server.messages[20] = b"Subject: moi\r\n\r\nmoi\r\n"

        receive(mailbox, "office", store, lambda: datetime(2021, 4, 16, 3, tzinfo=UTC), arrived=arrived)
        receive(mailbox, "office", store, lambda: datetime(2021, 4, 16, 3, tzinfo=UTC), arrived=arrived)
    with store.reading() as conn:
        uids = [one.position.uid for one in ledger.entries(conn) if one.position]
    assert uids == [6, 7, 8, 20, 3, 4, 5, 1, 2]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_fault_41_a_thousand_old_messages_are_settled_unread_and_the_new_dossier_first(office: Office) -> None:
    messages = old(range(1, 1001)) | {1001: mail("BVDN")}
    dates = dict.fromkeys(range(1, 1001), OLD) | {1001: NEW}
    with scripted_imap(messages, dates=dates) as server, Mailbox.open(on_script(server), "INBOX") as mailbox:
        receive(mailbox, "office", office.store, lambda: office.now)
    assert office.judges() == 1001
    assert sorted(set(office.outcomes())) == ["before-campaign", "joined"]
    with office.store.reading() as conn:
        joined = ledger.entries(conn, outcome=ledger.Outcome.JOINED)
        settled = [one.settled_at for one in ledger.entries(conn, outcome=ledger.Outcome.BEFORE_CAMPAIGN)]
    assert [one.position.uid for one in joined if one.position] == [1001]
    assert len(settled) == 1000
    assert office.letters()[0].state.value == "held", "it was there at the first look"
