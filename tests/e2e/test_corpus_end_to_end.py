"""The corpus, received by a real mail server: the right dossiers, and the right letters to the right people."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest
from support.attachments import MESSAGES
from support.dovecot import Dovecot
from support.service import ADDRESS, Site, installed, parsed

from dossier.model import Assessment, Document
from store import outbox, readings, revisions, waiting
from store.ledger import LedgerEntry, Outcome
from store.outbox import LetterState, OutgoingLetter

pytestmark = pytest.mark.dovecot

_TRUTH = {case["file"]: case for case in json.loads((MESSAGES.parent / "truth.json").read_text("utf-8"))}
_READ_BY_LATER_TOOLS = ("d06", "d07", "d28", "d31", "d33", "d34", "d53")
"""Scans, photos and old Word files: their tools are not there yet. What holds of them: never accepted wrongly."""
_READ = [name for name in _TRUTH if not name.startswith(_READ_BY_LATER_TOOLS)]
_REMARKS = {"applied-outside-window", "applied-unclear", "summary-too-long", "count-differs", "near-duplicate"}
_REMARKS |= {"refused-kind", "layout", "signature", "seal"}
"""Warnings that may stand beside those of the truth (score.py)."""


@dataclass(frozen=True)
class Case:
    """One message of the corpus, and what became of it."""

    name: str
    site: Site
    message: EmailMessage
    entry: LedgerEntry

    @property
    def truth(self) -> dict[str, Any]:
        return _TRUTH[self.name]

    @property
    def sender(self) -> str:
        return self.message["From"].addresses[0].addr_spec.lower()

    def letters(self) -> list[OutgoingLetter]:
        with self.site.store.reading() as conn:
            return outbox.listed(conn, answers=self.entry.message_id)

    def delivered(self) -> list[EmailMessage]:
        """What the relay took in answer to it."""
        ids = {letter.message_id for letter in self.letters()}
        return [letter for letter in self.site.delivered() if letter["Message-ID"] in ids]

    def assessment(self) -> Assessment | None:
        """Of the dossier that it made, or of the message where it waits; None where it is neither."""
        with self.site.store.reading() as conn:
            if self.entry.dossier_id is not None:
                revision = revisions.latest(conn, self.entry.dossier_id)
                return revision.assessment if revision else None
            waits = [one for one in waiting.unresolved(conn) if one.message_id == self.entry.message_id]
            return waits[0].assessment if waits else None

    def documents(self) -> tuple[Document, ...]:
        with self.site.store.reading() as conn:
            reading = readings.latest(conn, self.entry.message_id)
        assert reading is not None
        return reading.submission.documents


Cases = Callable[[str], Case]


def _mailboxes() -> tuple[list[str], ...]:
    """The corpus in as many mailboxes as it takes for no union to send twice to one: each message stays a dossier."""
    boxes: list[list[str]] = []
    for name, case in _TRUTH.items():
        free = (
            box for box in boxes if case["union"] is None or all(_TRUTH[one]["union"] != case["union"] for one in box)
        )
        box = next(free, None)
        if box is None:
            boxes.append(box := [])
        box.append(name)
    return tuple(boxes)


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, dovecot: Dovecot, new_user: Callable[[], str]
) -> Iterator[list[Site]]:
    """Each mailbox of the corpus, served once."""
    folder = tmp_path_factory.mktemp("corpus")
    with ExitStack() as stack:
        made = []
        for names in _mailboxes():
            user = new_user()
            dovecot.deliver_all(user, [(_content(name), _received_at(name)) for name in names])
            made.append(stack.enter_context(installed(folder / user, dovecot, user, reading={"workers": 2})))
            made[-1].once("--answer-backlog")
        yield made


def _content(name: str) -> bytes:
    return (MESSAGES / name).read_bytes()


def _received_at(name: str) -> datetime:
    return datetime.fromisoformat(_TRUTH[name]["received_at"])


@pytest.fixture(scope="module")
def case_of(sites: list[Site]) -> Cases:
    found = {
        name: Case(name, site, parsed(_content(name)), entry)
        for site, names in zip(sites, _mailboxes(), strict=True)
        for name, entry in zip(names, site.entries(), strict=True)
    }
    return found.__getitem__


@pytest.mark.parametrize("name", _READ)
def test_the_dossier_is_judged_as_the_truth_says(case_of: Cases, name: str) -> None:
    case, judged = case_of(name), case_of(name).assessment()
    if case.truth["verdict"] in ("ignored", "correspondence"):
        assert judged is None
        return
    assert judged is not None
    codes = {finding.code for finding in judged.findings}
    told = (judged.verdict.value, judged.union, judged.complete, judged.in_time, judged.received_at)
    true = (*(case.truth[key] for key in ("verdict", "union", "complete", "in_time")), _received_at(name))
    assert told == true
    assert codes - (_REMARKS - set(case.truth["findings"])) == set(case.truth["findings"])


@pytest.mark.parametrize("name", _READ)
def test_each_message_has_the_outcome_of_its_kind(case_of: Cases, name: str) -> None:
    case = case_of(name)
    waits = {"unverified-sender", "unknown-union", "automatic-with-dossier"}
    usual = Outcome.WAITING if waits & set(case.truth["findings"]) else Outcome.JOINED
    others = {"ignored": Outcome.IGNORED, "correspondence": Outcome.CORRESPONDENCE}
    expected = Outcome.DELIVERY_REPORT if name.startswith("d21") else others.get(case.truth["verdict"], usual)
    assert case.entry.outcome is expected


@pytest.mark.parametrize("name", _READ)
def test_the_right_letter_goes_to_the_sender_and_to_nobody_else(case_of: Cases, name: str) -> None:
    case = case_of(name)
    if case.truth["reply"] == "none":
        assert case.delivered() == []
        assert {(one.state, one.reason) for one in case.letters()} <= {(LetterState.HELD, "answer-suppressed")}
        return
    (letter,), (delivered,) = case.letters(), case.delivered()
    unverified = "unverified-" if case.entry.outcome is Outcome.WAITING else ""
    assert letter.kind == unverified + case.truth["reply"]
    assert letter.state is LetterState.SENT
    assert (delivered["To"], delivered["Cc"], delivered["Bcc"]) == (case.sender, None, None)
    assert delivered["In-Reply-To"] == case.message["Message-ID"]
    assert delivered["References"].split()[-1] == case.message["Message-ID"]
    assert delivered["Auto-Submitted"] == "auto-replied"


def test_nothing_is_accepted_that_is_not_read_whole(case_of: Cases) -> None:
    wrongly = []
    for name, truth in _TRUTH.items():
        judged = case_of(name).assessment()
        if judged is None or judged.verdict.value != "accepted":
            continue
        told = {document.file: sorted(document.kinds) for document in case_of(name).documents()}
        true = {document["file"]: sorted(document["kinds"]) for document in truth["documents"]}
        if truth["verdict"] != "accepted" or any(told.get(file) != kinds for file, kinds in true.items()):
            wrongly.append(name)
    assert wrongly == []


def test_every_message_has_exactly_one_outcome_and_is_kept_byte_for_byte(sites: list[Site]) -> None:
    for site in sites:
        kept = {entry.position.uid: entry for entry in site.entries() if entry.position is not None}
        assert len(kept) == len(site.entries())
        in_mailbox = site.server.contents(site.user)
        assert {uid: site.store.blobs.get(entry.sha256) for uid, entry in kept.items()} == in_mailbox
        assert all(entry.outcome not in (None, Outcome.QUARANTINED) for entry in kept.values())


def test_reading_leaves_no_trace_in_the_mailbox(sites: list[Site]) -> None:
    for site in sites:
        assert set(map(frozenset, site.server.flags(site.user).values())) == {frozenset()}


def test_letters_leave_once_each_from_an_address_that_bounces_come_back_to(sites: list[Site]) -> None:
    for site in sites:
        assert len(site.relay.received) == sum(one.state is not LetterState.HELD for one in site.letters())
        local, _, domain = ADDRESS.partition("@")
        senders = {one.sender for one in site.relay.received}
        assert len(senders) == len(site.relay.received)
        assert all(sender.startswith(f"{local}+b-") and sender.endswith(domain) for sender in senders)


def test_the_history_is_whole(sites: list[Site]) -> None:
    for site in sites:
        site.assert_sound()
        verified = site.hoso("audit", "verify", "--json")
        assert (verified.status, json.loads(verified.out)["sound"]) == (0, True)


def test_a_second_round_changes_nothing(sites: list[Site]) -> None:
    for site in sites:
        before = (site.entries(), site.letters(), site.dossiers(), len(site.relay.received))
        site.once("--answer-backlog")
        assert (site.entries(), site.letters(), site.dossiers(), len(site.relay.received)) == before
