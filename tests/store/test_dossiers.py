"""P2, P8: one dossier for a union, growing by revisions that explain themselves; none is overwritten."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.store_samples import (
    DEADLINE,
    MISSING_MEMO,
    arrived,
    assessment,
    campaign,
    initiatives,
    judged,
    submission,
)

from dossier.deadline import Extension
from dossier.model import Assessment, Finding, Verdict
from dossier.signatures import Signature, SinceSigning
from store import contents, deadlines, dossiers, events, ledger, messages, readings, revisions, senders, series, waiting
from store.engine import Store
from store.errors import PermanentStoreError
from store.json_text import assessment_of, assessment_text, submission_of, submission_text
from store.revisions import Cause, NewRevision


def test_a_union_has_one_dossier_with_the_next_code_and_arrival_number(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        first = dossiers.lock_or_create(tx, campaign(), "A", now)
        second = dossiers.lock_or_create(tx, campaign(), "B", now)
        other = dossiers.lock_or_create(tx, campaign("other", "SK40"), "A", now)
    with store.writing() as tx:
        assert dossiers.lock_or_create(tx, campaign(), "A", now + timedelta(days=1)) == first
        assert [one.code for one in (first, second, other)] == ["SK39-001", "SK39-002", "SK40-001"]
        assert [(one.arrival_number, one.arrival_year) for one in (first, second, other)] == [
            (1, 2021),
            (2, 2021),
            (3, 2021),
        ]
        assert dossiers.by_code(tx, "SK39-002") == second
        assert dossiers.by_code(tx, "SK39-003") is None
        assert dossiers.get(tx, other.id) == other


def test_the_arrival_year_is_that_of_the_campaigns_zone(store: Store) -> None:
    new_year_in_vietnam = datetime(2021, 12, 31, 17, 0, tzinfo=UTC)
    with store.writing() as tx:
        old = dossiers.lock_or_create(tx, campaign(), "A", new_year_in_vietnam - timedelta(seconds=1))
        new = dossiers.lock_or_create(tx, campaign(), "B", new_year_in_vietnam)
    assert [(one.arrival_number, one.arrival_year) for one in (old, new)] == [(1, 2021), (1, 2022)]


def test_a_number_of_a_transaction_that_failed_is_given_again(store: Store) -> None:
    def fail() -> None:
        with store.writing() as tx:
            assert series.next_arrival(tx, 2021) == 1
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with store.writing() as tx:
        assert [series.next_arrival(tx, 2021), series.next_arrival(tx, 2021)] == [1, 2]


def test_each_revision_keeps_its_rules_deadline_and_evidence(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"one", now, verdict=Verdict.DEFICIENT)
        judged(tx, b"two", now + timedelta(hours=1), uid=2)
    with store.reading() as conn:
        dossier = dossiers.of_union(conn, "sk39", "A")
        assert dossier is not None
        first, second = revisions.every(conn, dossier.id)
        assert revisions.latest(conn, dossier.id) == second
        assert [finding.code for finding in first.assessment.findings] == ["missing-memo"]
        assert contents.findings_of(conn, first.id) == [MISSING_MEMO]
        assert (first.assessment.rules, first.assessment.deadline) == ("7", DEADLINE)
        assert (dossier.revision, dossier.verdict, dossier.complete) == (2, Verdict.ACCEPTED, True)
        assert dossier.updated_at == now + timedelta(hours=1)
        told = [event for event in events.history(conn, dossier_id=dossier.id) if event.kind == "revision-recorded"]
        assert [event.facts["verdict"] for event in told] == ["deficient", "accepted"]
        assert told[0].facts["deadline"] == "2021-04-20T16:59:59.000000+00:00"


def test_the_same_message_never_joins_twice(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        revision = judged(tx, b"one", now)
    new = NewRevision(assessment(), Cause.MESSAGE, revision.message_id)

    def again() -> None:
        with store.writing() as tx:
            revisions.add(tx, dossiers.lock_or_create(tx, campaign(), "A", now), new, now)

    with pytest.raises(PermanentStoreError):
        again()
    with store.reading() as conn:
        assert len(revisions.every(conn, revision.dossier_id)) == 1


def test_a_message_read_again_is_judged_again_and_counts_once(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        first = judged(tx, b"one", now)
        assert first.message_id is not None
        readings.save(tx, first.message_id, submission(b"one", ("Đọc lại",), reader="2"), now)
        dossier = dossiers.lock_or_create(tx, campaign(), "A", now)
        again = NewRevision(assessment(Verdict.REVIEW), Cause.REREAD, first.message_id)
        assert revisions.add(tx, dossier, again, now).number == 2
        assert [revision.number for revision in revisions.of_message(tx, first.message_id)] == [1, 2]
        [contribution] = revisions.contributions(tx, dossier.id)
        latest = readings.latest(tx, first.message_id)
    assert (contribution.revision, contribution.submission.reader) == (1, "2")
    assert latest is not None
    assert latest.submission == contribution.submission


def test_contributions_come_in_the_order_of_their_receipt(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"recorded first, received last", now)
        early = judged(tx, b"recorded last, received first", now - timedelta(days=2), uid=2)
        found = revisions.contributions(tx, early.dossier_id)
    assert [one.submission.sha256 for one in found] == [
        submission(b"recorded last, received first").sha256,
        submission(b"recorded first, received last").sha256,
    ]
    assert found[0].receipt.at == now - timedelta(days=2, minutes=5)


def test_the_initiatives_are_those_of_the_revision_in_force(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        first = judged(tx, b"one", now)
        dossier = dossiers.lock_or_create(tx, campaign(), "A", now)
        drawn = initiatives("MÁY THỞ tự chế")
        new = NewRevision(assessment(), Cause.DECISION, initiatives=drawn, by="an", reason="soft copy counts")
        revisions.add(tx, dossier, new, now)
        [initiative] = contents.initiatives_of(tx, dossier.id)
        assert [found.id for found in contents.same_title(tx, "sk39", "may tho  TỰ CHẾ")] == [initiative.id]
        assert contents.same_title(tx, "another", "may tho tu che") == []
        assert [found.id for found in contents.every_initiative(tx, "sk39")] == [initiative.id]
        assert [(file.file, file.revision) for file in contents.documents_of(tx, dossier.id)] == [
            ("To trinh.docx", 1),
            ("Bang.docx", 1),
        ]
    assert (initiative.union, initiative.row, initiative.title) == ("A", 1, "MÁY THỞ tự chế")
    assert initiative.extra == {"Ghi chú": "mới"}
    assert first.assessment.in_force["summary_table"].endswith("/3")


def test_texts_of_any_length_can_be_recorded_and_found(store: Store, now: datetime) -> None:
    long = secrets.token_hex(5000)  # such as no index entry can hold, nor compression shorten
    with store.writing() as tx:
        dossier = dossiers.lock_or_create(tx, campaign(), "A", now)
        revisions.add(tx, dossier, NewRevision(assessment(), Cause.DECISION, initiatives=initiatives(long)), now)
        assert [found.title for found in contents.same_title(tx, "sk39", long)] == [long]
        entry = ledger.arrive(tx, ledger.Arrival("0" * 64, 1, f"{long}.eml", now))
        assert ledger.arrive(tx, ledger.Arrival("0" * 64, 1, f"{long}.eml", now)).id == entry.id
        new = waiting.NewWaiting("sk39", entry.message_id, assessment(), f"{long}@x.example", None, "x")
        assert waiting.add(tx, new, now).assessment == assessment()


def test_dossiers_are_listed_by_verdict_and_by_findings_that_stand_now(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        for uid, (union, verdict) in enumerate(
            [("C", Verdict.ACCEPTED), ("A", Verdict.DEFICIENT), ("B", Verdict.DEFICIENT), ("B", Verdict.ACCEPTED)], 1
        ):
            judged(tx, str(uid).encode(), now, union=union, uid=uid, verdict=verdict)
    with store.reading() as conn:
        assert [one.union for one in dossiers.listed(conn, "sk39")] == ["A", "B", "C"]
        assert [one.union for one in dossiers.listed(conn, "sk39", after="A", limit=1)] == ["B"]
        assert [one.union for one in dossiers.listed(conn, "sk39", verdict=Verdict.ACCEPTED)] == ["B", "C"]
        assert [one.union for one in dossiers.listed(conn, "sk39", finding="missing-memo")] == ["A"]
        assert dossiers.verdicts(conn, "sk39") == {Verdict.ACCEPTED: 2, Verdict.DEFICIENT: 1}


def test_a_strangers_submission_waits_until_a_person_decides(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        entry = arrived(tx, b"one", now)
        new = waiting.NewWaiting("sk39", entry.message_id, assessment(), "x@mail.example", "A", "unverified-sender")
        first = waiting.add(tx, new, now)
        assert waiting.add(tx, new, now + timedelta(days=1)) == first
        assert waiting.unresolved(tx, campaign="sk39", address="x@mail.example") == [first]
        assert waiting.unresolved(tx, address="y@mail.example") == []
        assert waiting.resolve(tx, first.id, waiting.Resolution.JOINED, now, by="an", reason="called them")
        assert not waiting.resolve(tx, first.id, waiting.Resolution.SET_ASIDE, now, by="an", reason="")
        resolved = waiting.get(tx, first.id)
        assert waiting.unresolved(tx) == []
        assert events.history(tx, message_id=entry.message_id)[-1].reason == "called them"
    assert resolved is not None
    assert (resolved.resolution, resolved.assessment) == (waiting.Resolution.JOINED, assessment())


def test_an_address_is_of_one_union_until_that_is_withdrawn(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        assert senders.confirm(tx, "sk39", "x@mail.example", "A", now, by="an", reason="called")
        assert not senders.confirm(tx, "sk39", "x@mail.example", "A", now, by="an", reason="again")
        assert senders.confirmed(tx, "sk39", ["x@mail.example", "y@mail.example"]) == {"x@mail.example": "A"}
        assert senders.confirmed(tx, "sk40", ["x@mail.example"]) == {}
        assert senders.confirm(tx, "sk39", "x@mail.example", "B", now, by="an", reason="was wrong")
        assert senders.confirmed(tx, "sk39", ["x@mail.example"]) == {"x@mail.example": "B"}
        assert senders.withdraw(tx, "sk39", "x@mail.example", now, by="an", reason="left")
        assert not senders.withdraw(tx, "sk39", "x@mail.example", now, by="an", reason="left")
        assert senders.confirmed(tx, "sk39", ["x@mail.example"]) == {}
        assert [one.union for one in senders.listed(tx, "sk39")] == ["A", "B"]
        assert [one.withdrawn_at for one in senders.of_union(tx, "sk39", "A")] == [now]
        kinds = [event.kind for event in events.history(tx)]
    assert kinds == ["sender-confirmed", "sender-withdrawn", "sender-confirmed", "sender-withdrawn"]


def test_extensions_are_kept_in_the_order_of_the_decisions(store: Store, now: datetime) -> None:
    decided = (
        Extension(DEADLINE + timedelta(days=3), "flood", decided_at=now),
        Extension(DEADLINE + timedelta(days=5), "fire", "A", decided_at=now),
    )
    with store.writing() as tx:
        for extension in decided:
            deadlines.extend(tx, "sk39", extension, now, by="an")
        assert deadlines.in_campaign(tx, "sk39") == decided
        assert deadlines.in_campaign(tx, "sk40") == ()


def test_copies_of_one_mail_are_found_by_their_content(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        for uid, content in enumerate((b"one", b"one over another way"), 1):
            entry = arrived(tx, content, now, uid)
            readings.save(tx, entry.message_id, submission(b"one"), now)
        found = messages.find_by_content_digest(tx, submission(b"one").content_digest)
    assert [message.sha256 for message in found] == [submission(b"one").sha256, found[1].sha256]
    assert len(found) == 2


def test_what_is_erased_leaves_the_chain_and_the_digest(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        entry = arrived(tx, b"private", now)
        readings.save(tx, entry.message_id, submission(b"private"), now)
        ledger.settle(tx, entry.id, ledger.Outcome.CORRESPONDENCE, now)
        assert messages.erase(tx, entry.message_id, now, by="an", reason="30 days") == entry.sha256
        assert messages.erase(tx, 999, now) is None
        assert readings.latest(tx, entry.message_id) is None
        kept = messages.get(tx, entry.message_id)
    assert kept is not None
    assert (kept.erased_at, kept.sha256) == (now, entry.sha256)


_ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)


_MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))]))
_MAPPINGS = st.dictionaries(st.text(), st.text(), max_size=3)
_FINDINGS = st.builds(Finding, values=_MAPPINGS)
_ASSESSMENTS = st.builds(
    Assessment,
    findings=st.lists(_FINDINGS, max_size=3).map(tuple),
    received_at=st.none() | _MOMENTS,
    deadline=_MOMENTS,
    in_force=_MAPPINGS,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ASSESSMENTS)
def test_an_assessment_comes_back_as_it_was_stored(value: Assessment) -> None:
    assert assessment_of(assessment_text(value)) == value


@settings(max_examples=60, deadline=None)
@given(_ANY_TEXT)
def test_any_text_of_a_message_can_be_stored_on_every_database(text: str) -> None:
    stored = submission_text(replace(submission(b"x"), subject=text))
    stored.encode()
    assert "\x00" not in stored
    plain = not any("\ud800" <= char <= "\udfff" for char in text)
    assert not plain or submission_of(stored).subject == text


def test_digital_signatures_are_kept_with_their_document(store: Store, now: datetime) -> None:
    signed = Signature("CĐCS A", "Đơn vị A", now, since=SinceSigning.EXTENDED, trusted=False, doubt="not trusted")
    documents = tuple(
        replace(one, signatures=(signed,) * place) for place, one in enumerate(submission(b"1").documents)
    )
    with store.writing() as tx:
        entry = arrived(tx, b"one", now)
        dossier = dossiers.lock_or_create(tx, campaign(), "A", now)
        revisions.add(tx, dossier, NewRevision(assessment(), Cause.MESSAGE, entry.message_id, documents), now)
        kept = contents.documents_of(tx, dossier.id)
    assert [one.signatures for one in kept] == [(), (signed,)]
