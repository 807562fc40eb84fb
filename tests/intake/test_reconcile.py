"""Every message of the mailbox is in the ledger; what is not is fetched, what left the server is named (P5)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from support.accounts import on_script
from support.scripted_imap import Fault, ScriptedImap, scripted_imap

from ingest.imap import Mailbox
from intake.receive import receive
from intake.reconcile import Reconciled, is_due, reconcile
from store import events, ledger, reconciliations
from store.engine import Store

NOW = datetime(2021, 4, 16, 3, tzinfo=UTC)
THREE = {1: b"Subject: a\r\n\r\none\r\n", 2: b"Subject: b\r\n\r\ntwo\r\n", 5: b"Subject: c\r\n\r\nfive\r\n"}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def look(server: ScriptedImap, store: Store) -> None:
    with Mailbox.open(on_script(server), "INBOX") as mailbox:
        receive(mailbox, "office", store, lambda: NOW)


def compare(server: ScriptedImap, store: Store, *, moves: bool = False, at: datetime = NOW) -> Reconciled:
    with Mailbox.open(on_script(server), "INBOX") as mailbox:
        return reconcile(mailbox, "office", store, lambda: at, moves=moves)


def kinds(store: Store) -> list[str]:
    with store.reading() as conn:
        return [one.kind for one in events.history(conn)]


def test_a_mailbox_that_is_whole_is_counted_and_the_run_is_on_record(store: Store) -> None:
    with scripted_imap(dict(THREE)) as server:
        counted = compare(server, store).counted
    assert (counted.messages, counted.accounted, counted.missing, counted.gone) == (3, 3, (), ())
    assert (counted.unsettled, counted.is_sound) == (3, True)
    with store.reading() as conn:
        (run,) = reconciliations.listed(conn)
    assert (run.account, run.folder, run.uidvalidity, run.at, run.counted) == ("office", "INBOX", 7, NOW, counted)
    assert kinds(store)[-1] == "mailbox-reconciled"


def test_what_the_ledger_lacks_is_named_and_fetched(store: Store) -> None:
    with scripted_imap({1: THREE[1], 5: THREE[5]}) as server:
        look(server, store)
        server.messages[2] = THREE[2]
        look(server, store)  # below what was seen: no look asks for it
        assert compare(server, store).counted.missing == (2,)
        again = compare(server, store).counted
    assert (again.messages, again.accounted, again.missing) == (3, 3, ())
    with store.reading() as conn:
        assert sorted(one.position.uid for one in ledger.entries(conn) if one.position) == [1, 2, 5]


def test_what_comes_with_a_comparison_is_told_to_who_judges(store: Store) -> None:
    told: list[int] = []
    with scripted_imap({1: THREE[1], 5: THREE[5]}) as server:
        with Mailbox.open(on_script(server), "INBOX") as mailbox:
            reconcile(mailbox, "office", store, lambda: NOW, arrived=told.append)
        server.messages[2] = THREE[2]
        with Mailbox.open(on_script(server), "INBOX") as mailbox:
            reconcile(mailbox, "office", store, lambda: NOW, arrived=told.append)
    assert told == [2, 1], "new mail is received first, what was below what was seen is fetched"


def test_what_a_person_moved_stays_on_record_and_is_told_once(store: Store) -> None:
    with scripted_imap(dict(THREE)) as server:
        look(server, store)
        del server.messages[2]
        assert compare(server, store).counted.gone == (2,)
        assert compare(server, store).counted.gone == ()
        server.messages[2] = THREE[2]
        assert compare(server, store).counted.returned == (2,)
    assert [kind for kind in kinds(store) if kind.startswith("message-") and kind != "message-arrived"] == [
        "message-gone",
        "message-returned",
    ]


def test_what_the_service_moved_itself_is_not_missed(store: Store) -> None:
    with scripted_imap(dict(THREE)) as server:
        look(server, store)
        with store.writing() as tx:
            ledger.mark_flagged(tx, [2], NOW)
        del server.messages[2]
        assert compare(server, store, moves=True).counted.gone == ()


def test_a_message_that_the_server_does_not_give_is_not_accounted_for(store: Store) -> None:
    with scripted_imap(dict(THREE), Fault("FETCH", "no-content", uid=2)) as server:
        counted = compare(server, store).counted
        assert (counted.messages, counted.accounted, counted.unfetched, counted.is_sound) == (3, 2, (2,), False)
        server.faults = ()
        assert compare(server, store).counted.is_sound


def test_rows_of_an_earlier_uidvalidity_are_named_and_not_taken_for_gone(store: Store) -> None:
    with scripted_imap(dict(THREE)) as server:
        look(server, store)
        server.uidvalidity = 8
        done = compare(server, store)
    assert (done.uidvalidity, done.earlier, done.counted.gone, done.counted.accounted) == (8, (7,), (), 3)


def test_a_night_that_was_slept_through_is_made_up_once(store: Store) -> None:
    morning = datetime(2021, 4, 16, 9, tzinfo=ZONE)
    assert not is_due(store, "office", "INBOX", 3, ZONE, morning), "nothing was received yet"
    with scripted_imap(dict(THREE)) as server:
        look(server, store)
        assert is_due(store, "office", "INBOX", 3, ZONE, morning)
        compare(server, store, at=morning)
    for later, due in ((timedelta(hours=12), False), (timedelta(hours=17), False), (timedelta(hours=18), True)):
        assert is_due(store, "office", "INBOX", 3, ZONE, morning + later) is due


def test_no_number_of_a_run_is_lost_in_the_table(store: Store) -> None:
    counted = reconciliations.Counted(9, 8, 7, (1, 2), (3,), (4, 5, 6), (10,))
    with scripted_imap({}) as server:
        look(server, store)
    with store.writing() as tx:
        box = tx.execute(text("SELECT id FROM mailboxes")).scalar_one()
        reconciliations.keep(tx, box, counted, NOW)
    with store.reading() as conn:
        kept = reconciliations.latest(conn, box)
    assert kept is not None
    assert kept.counted == counted
