"""One round: mail comes in, the service is killed at a random moment, started again, and everything is counted."""

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from support.dossier_mail import CAMPAIGN, IN_TIME, OTHER_TWO, TWO, files, mail, memo, table, union
from support.service import Site

from store.ledger_entry import Outcome
from store.outbox import LetterState

ROUNDS_OF_ONE_SITE = 20
"""Then a new one is begun: what is counted after each round grows with what came before."""
LONGEST_LIFE = 2.5
"""Seconds until the kill; on a quiet machine all is done after one."""
CHANGES = {"mailbox": {"after": {"action": "flag"}}, "letters": {"daily_limit": 1000, "daily_limit_known": 1000}}
"""Of the settings: flags are set, for they are one more step; the limits of letters are another test's."""


@dataclass(frozen=True)
class Round:
    """What came of one; every figure but `seed`, `messages` and `killed_after` has to be 0."""

    seed: int
    messages: int
    killed_after: float
    lost: int
    doubled_revisions: int
    doubled_letters: int
    missing_letters: int
    broken: str
    """What the check of history, records, blobs and the database file says; '' where all is whole."""

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled_revisions or self.doubled_letters or self.missing_letters or self.broken)


def play(site: Site, seed: int) -> Round:
    """The same seed brings the same mail and the same moment; where the service stands then is up to the machine."""
    chance = random.Random(seed)
    before = list(_mail(chance, seed, chance.randint(1, 3)))
    during = list(_mail(chance, seed + 1_000_000, chance.randint(0, 2)))
    life = chance.uniform(0.02, LONGEST_LIFE)
    _deliver(site, before)
    running = site.start("run", "--answer-backlog")
    began = time.monotonic()
    for one in during:
        time.sleep(min(0.2, life / 4))
        _deliver(site, [one])
    time.sleep(max(0.0, life - (time.monotonic() - began)))
    running.kill()
    lived = time.monotonic() - began
    site.once("--answer-backlog")
    site.once("--answer-backlog")
    return counted(site, seed, len(before) + len(during), lived)


def _mail(chance: random.Random, seed: int, count: int) -> Iterator[bytes]:
    """Whole dossiers, parts of one, corrections, copies, and what is not answered."""
    for number in range(count):
        code = chance.choice(CAMPAIGN.roster.unions).code
        name = f"thu-{seed}-{number}"
        other = union(code).addresses[-1]
        whole = mail(code, name=name)
        yield chance.choice(
            (
                whole,
                mail(code, files(code, OTHER_TWO), name=name, sender=other),
                mail(code, {"To trinh.docx": memo(code)}, name=name),
                mail(code, {"Bang.docx": table(code, TWO, {2: "summary"})}, name=name, sender=other),
                mail(code, {}, name=name, headers={"Auto-Submitted": "auto-replied"}),
            )
        )
        if chance.random() < 0.2:
            yield whole


def _deliver(site: Site, messages: list[bytes]) -> None:
    at = IN_TIME + timedelta(minutes=len(messages))
    site.server.deliver_all(site.user, [(content, at) for content in messages])


def counted(site: Site, seed: int, messages: int, seconds: float) -> Round:
    entries, letters = site.entries(), site.letters()
    in_mailbox = site.server.contents(site.user)
    kept = {
        entry.position.uid: site.store.blobs.get(entry.sha256)
        for entry in entries
        if entry.position and entry.outcome not in (None, Outcome.QUARANTINED)
    }
    judged = [entry.sha256 for entry in entries if entry.outcome is Outcome.JOINED]
    revised = [one.message_id for dossier in site.dossiers() for one in site.revisions(dossier.union)]
    gone = Counter(letter["Message-ID"] for letter in site.delivered())
    answered = Counter(letter.answers for letter in letters)
    settled = (LetterState.SENT, LetterState.UNKNOWN)
    unsent = [one for one in letters if one.state is LetterState.SENT and not gone[one.message_id]]
    return Round(
        seed=seed,
        messages=messages,
        killed_after=round(seconds, 3),
        lost=sum(kept.get(uid) != content for uid, content in in_mailbox.items()),
        doubled_revisions=_surplus(judged) + _surplus(revised) + len(revised) - len(judged),
        doubled_letters=sum(times - 1 for times in (*gone.values(), *answered.values())),
        missing_letters=len(unsent)
        + len(set(judged))
        - len(answered)
        + sum(one.state not in settled for one in letters),
        broken=_broken(site),
    )


def _surplus(found: list[str] | list[int]) -> int:
    return len(found) - len(set(found))


def _broken(site: Site) -> str:
    try:
        site.assert_sound()
    except AssertionError as error:
        return f"history or records: {error}"[:500]
    if not site.url.startswith("sqlite"):
        return ""
    path = site.folder / site.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        told = [row[0] for row in database.execute("PRAGMA integrity_check")]
        told += [str(row) for row in database.execute("PRAGMA foreign_key_check")]
    return "" if told == ["ok"] else "; ".join(told)[:500]
