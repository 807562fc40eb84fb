"""The digest, out of the store: what needs a person stays until it is done, the rest is told once."""

from dataclasses import replace
from datetime import datetime, timedelta

from support.store_samples import DEADLINE, arrived, campaign, judged, letter

from dossier.campaign import Campaign, Roster, Union
from dossier.deadline import Extension
from dossier.decisions import Way
from dossier.digest import Comparison, Digest, Group
from dossier.model import Verdict
from intake.digest import MOST, digest
from store import deadlines, dossiers, ledger, mailboxes, outbox, paper, reconciliations
from store.engine import Store

_NOW = DEADLINE - timedelta(days=3)
_DAY = timedelta(days=1)


def _campaign() -> Campaign:
    unions = tuple(Union(code, f"Đơn vị {code}", addresses=(f"{code.lower()}@yte.example",)) for code in "ABCDE")
    return replace(campaign(), roster=Roster(unions))


def _gather(store: Store, until: datetime = _NOW) -> Digest:
    return digest(store, _campaign(), until - _DAY, until)


def _references(found: Digest) -> dict[Group, list[tuple[str, bool]]]:
    return {one.group: [(entry.reference, entry.fresh) for entry in one.entries] for one in found.sections}


def test_what_needs_a_person_comes_first_and_stays_the_rest_is_told_once(store: Store) -> None:
    verdicts = (Verdict.ACCEPTED, Verdict.DEFICIENT, Verdict.LATE, Verdict.REVIEW)
    with store.writing() as tx:
        for uid, verdict in enumerate(verdicts, 1):
            judged(tx, b"%d" % uid, _NOW - timedelta(hours=1), union="ABCD"[uid - 1], uid=uid, verdict=verdict)
    today, tomorrow = _gather(store), _gather(store, _NOW + _DAY)
    assert list(_references(today)) == [Group.DOUBTFUL, Group.LATE, Group.ACCEPTED, Group.DEFICIENT]
    assert _references(tomorrow) == {Group.DOUBTFUL: [("SK39-004", False)], Group.LATE: [("SK39-003", False)]}
    assert (today.messages, today.is_quiet, today.urgent) == (4, False, 2)
    assert (tomorrow.messages, tomorrow.is_quiet, tomorrow.urgent) == (0, True, 2)
    deficient = today.sections[-1].entries[0]
    assert (deficient.who, deficient.why) == ("Đơn vị B", ("missing-memo",))


def test_unions_that_sent_nothing_are_named_with_their_addresses(store: Store) -> None:
    with store.writing() as tx:
        judged(tx, b"1", _NOW - timedelta(hours=1), union="C")
    found = _gather(store)
    assert [one.code for one in found.silent] == ["A", "B", "D", "E"]
    assert found.silent[0].addresses == ("a@yte.example",)
    assert (found.sent, found.share, found.days_left) == (1, 20, 3)


def test_a_union_whose_paper_came_before_any_email_is_named_with_that(store: Store) -> None:
    with store.writing() as tx:
        judged(tx, b"1", _NOW - timedelta(hours=1), union="C")
        first = dossiers.lock_or_create(tx, _campaign(), "D", _NOW)
        came = paper.NewPaper(Way.POST, _NOW, "Lan", (), complete=False)
        paper.record(tx, first, _campaign(), came, _NOW, by="Lan", reason="")
    found = _gather(store)
    assert [(one.code, one.paper) for one in found.silent] == [("A", False), ("B", False), ("D", True), ("E", False)]
    assert (found.sent, found.asked) == (2, 5), "it has sent something"


def test_a_message_that_failed_and_letters_that_may_be_lost_or_are_held_are_named(store: Store) -> None:
    with store.writing() as tx:
        entry = arrived(tx, b"bad", _NOW - timedelta(hours=2))
        ledger.quarantine(tx, entry.id, "reading took too long", _NOW - timedelta(hours=1))
        lost = outbox.enqueue(tx, letter("lost"), _NOW - timedelta(hours=2))
        held = outbox.enqueue(tx, letter("held", held=True), _NOW - timedelta(days=2))
        outbox.take(tx, [lost.id], _NOW - timedelta(hours=2), "p", timedelta(minutes=5))
        assert outbox.data_started(tx, lost.id, "p", _NOW - timedelta(hours=2))
        assert outbox.no_answer(tx, lost.id, "p", "", _NOW - timedelta(hours=1))
    found = _gather(store)
    assert list(_references(found).items()) == [
        (Group.LETTERS, [(f"#{lost.id}", True)]),
        (Group.QUARANTINED, [(f"#{entry.id}", True)]),
        (Group.HELD, [(f"#{held.id}", False)]),
    ]
    assert found.sections[0].entries[0].why[0] == "unknown"
    assert found.sections[1].entries[0].why == ("reading took too long",)


def test_a_letter_of_unknown_outcome_heads_the_digest_however_old_it_is(store: Store) -> None:
    with store.writing() as tx:
        judged(tx, b"1", _NOW - timedelta(hours=1), verdict=Verdict.REVIEW)
        unknown, refused = (outbox.enqueue(tx, letter(key), _NOW - timedelta(days=3)) for key in ("old", "new"))
        for one, days in ((unknown, 3), (refused, 0)):
            at = _NOW - timedelta(days=days, hours=1)
            outbox.take(tx, [one.id], at, "p", timedelta(minutes=5))
            assert outbox.data_started(tx, one.id, "p", at)
        assert outbox.no_answer(tx, unknown.id, "p", "", _NOW - timedelta(days=3))
        assert outbox.permanent_failure(tx, refused.id, "p", "550 no", _NOW - timedelta(hours=1))
    first, doubtful = _gather(store).sections
    assert [one.reference for one in first.entries] == [f"#{unknown.id}", f"#{refused.id}"]
    assert (first.group, doubtful.group) == (Group.LETTERS, Group.DOUBTFUL)


def test_the_deadline_is_the_one_in_force_and_the_last_reconciliation_is_told(store: Store) -> None:
    later = DEADLINE + timedelta(days=2)
    with store.writing() as tx:
        deadlines.extend(tx, "sk39", Extension(later, "mưa bão"), _NOW, by="Lê Thị Thử")
        box = mailboxes.enter(tx, "intake", "INBOX", 7, _NOW)
        for messages in (140, 142):
            reconciliations.keep(tx, box.id, reconciliations.Counted(messages, messages, 0), _NOW)
    found = _gather(store)
    assert (found.deadline, found.days_left) == (later, 5)
    assert found.comparisons == (Comparison("intake/INBOX", _NOW, 142, 142),)


def test_a_section_is_as_long_as_a_person_reads_with_the_new_ones_first(store: Store) -> None:
    with store.writing() as tx:
        for number in range(MOST + 5):
            outbox.enqueue(tx, letter(str(number), held=True), _NOW - timedelta(hours=number))
    (held,) = _gather(store).sections
    assert (len(held.entries), held.more) == (MOST, True)
    fresh = [one.fresh for one in held.entries]
    assert fresh == sorted(fresh, reverse=True)
