"""What `hoso check` looks at: each thing on its own, so that one that is wrong hides no other."""

import ctypes
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dossier.campaign import Campaign
from hoso.health import condition
from hoso.plural import counted
from hoso.wiring import Parts, accounts_of, limits_of, smtp_settings, utc_now
from ingest.account import ImapAccount
from ingest.checking import check as check_mailbox
from ingest.errors import MailboxError, NoSuchHostError
from ingest.imap import Mailbox
from intake.sample_letters import every_letter
from intake.sample_reports import every_report
from notifier.check import check_smtp
from notifier.templates import LetterTemplateError
from parsers.ocr_engine import available
from parsers.sandbox import Sandbox, SandboxError
from reports.texts import ReportTextError, unused_texts
from store.engine import Store
from store.errors import StoreError


class Level(StrEnum):
    GOOD = "good"
    NOTE = "note"
    """Worth knowing; the service works."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    level: Level
    detail: str
    mend: str = ""


def checkup(parts: Parts) -> Iterator[Finding]:
    """Every check in turn, as it is done."""
    for campaign in parts.campaigns:
        yield from _campaign(campaign)
    yield _store(parts.store)
    yield from _health(parts)
    for account in accounts_of(parts.settings):
        yield from _mailbox(account, parts)
    relay = check_smtp(smtp_settings(parts.settings.smtp))
    yield Finding("relay", Level.GOOD if relay.ok else Level.WRONG, relay.detail, relay.mend)
    yield from _test_mode(parts.settings.smtp.redirect_to)
    yield _digest(parts.settings.digest.recipients, parts.settings.digest.hour)
    yield _letters(parts)
    yield _reports(parts)
    yield from _reading(parts)
    yield _pictures()
    yield _clock_is_kept()


def _campaign(campaign: Campaign) -> Iterator[Finding]:
    unions = campaign.roster.unions
    what = f"campaign {campaign.key}"
    detail = f"{counted(len(unions), 'union')}, deadline {campaign.deadline.isoformat()}"
    if not unions:
        yield Finding(what, Level.WRONG, "the roster is empty", "fill in the roster file that the campaign names")
        return
    yield Finding(what, Level.GOOD, detail)
    if campaign.deadline < utc_now():
        mend = "name the campaign that runs now under campaigns in settings.yaml"
        yield Finding(what, Level.NOTE, "its deadline is past: whatever comes now is answered as late", mend)
    without = [union.code for union in unions if not union.addresses]
    if without:
        mend = "add their addresses to the roster, or confirm the first message of each"
        yield Finding(what, Level.NOTE, f"unions without a known address: {', '.join(without)}", mend)


def _store(store: Store) -> Finding:
    try:
        ready, version = store.is_up_to_date(), store.version()
        if ready:
            store.try_writing()
    except StoreError as error:
        return Finding("store", Level.WRONG, str(error), "mend that, or store url in settings.yaml")
    if version is None:
        return Finding("store", Level.GOOD, "not there yet: the first `hoso run` makes it")
    if not ready:
        expected = store.expected_version()
        return Finding("store", Level.NOTE, f"version {version}: the next `hoso run` brings it to {expected}")
    return Finding("store", Level.GOOD, f"version {version}")


def _health(parts: Parts) -> Iterator[Finding]:
    """What the service itself would complain of, where it ran before: `hoso health` tells the figures, in the language
    of the settings; all that is said here is English.
    """
    try:
        if parts.store.version() != parts.store.expected_version():
            return
    except StoreError:  # told by the check of the store
        return
    found = condition(parts, utc_now()).complaints
    for one in found:
        yield Finding(f"health {one.key}", Level.NOTE, one.said("en"))
    if not found:
        yield Finding("health", Level.GOOD, "the service is well")


def _mailbox(account: ImapAccount, parts: Parts) -> Iterator[Finding]:
    what = f"mailbox {account.name}"
    try:
        report = check_mailbox(account)
        newest = _newest(account)
    except MailboxError as error:
        detail = str(error).removesuffix("; it will be tried again.")  # nothing is, here
        yield Finding(what, Level.WRONG, detail, _mend(account, error))
        return
    counts = ", ".join(f"{one.name}: {counted(one.messages, 'message')}" for one in report.counts)
    news = "tells of new mail at once" if report.has_idle else "has no IDLE: it is polled"
    yield Finding(what, Level.GOOD, f"logged in; {counts}; {news}")
    for problem in report.problems:
        yield Finding(what, Level.WRONG, problem)
    yield _against(what, newest, timedelta(minutes=parts.settings.receipt.clock_tolerance_minutes))


def _mend(account: ImapAccount, error: MailboxError) -> str:
    if isinstance(error, NoSuchHostError):
        return f"correct host of mailbox {account.name} (now {account.host}), or mend this machine's network"
    return "check host, port, security, user and password of the mailbox"


def _newest(account: ImapAccount) -> datetime | None:
    with Mailbox.open(account, account.folders[0]) as mailbox:
        last = mailbox.uids()[-1:]
        return next((message.internal_date for message in mailbox.fetch(last)), None)


def _against(what: str, newest: datetime | None, tolerance: timedelta) -> Finding:
    """A message that came in later than now: one of the two clocks is off."""
    if newest is None:
        return Finding(what, Level.NOTE, "no message to compare the clocks by")
    ahead = newest - utc_now()
    if ahead > tolerance:
        mend = "set this machine's clock by NTP; verdicts go by the mail server's clock and are not touched"
        return Finding(what, Level.WRONG, f"the newest message came {ahead} after this machine's now", mend)
    return Finding(what, Level.GOOD, "its clock is not ahead of this machine's")


def _test_mode(redirect_to: str | None) -> Iterator[Finding]:
    if redirect_to is not None:
        detail = f"TEST MODE: EVERY LETTER GOES TO {redirect_to}, NONE TO A UNION"
        yield Finding("letters", Level.NOTE, detail, "set smtp redirect_to to null when unions are to be answered")


def _digest(recipients: tuple[str, ...], hour: str) -> Finding:
    if not recipients:
        mend = "name staff under digest recipients in settings.yaml"
        return Finding("digest", Level.NOTE, "nobody gets it: what needs a person is told by `hoso digest` alone", mend)
    return Finding("digest", Level.GOOD, f"goes to {', '.join(recipients)} at {hour}")


def _letters(parts: Parts) -> Finding:
    try:
        count = sum(1 for _ in every_letter(parts.campaigns, parts.writing, utc_now()))
    except LetterTemplateError as error:
        return Finding("letters", Level.WRONG, str(error), "mend the file, or take it out of the template folder")
    unused = parts.writing.templates.unused_overrides()
    if unused:
        mend = "the names must be those of the shipped templates"
        return Finding("letters", Level.NOTE, f"{count} rendered; no letter asks for {', '.join(unused)}", mend)
    return Finding("letters", Level.GOOD, f"{count} rendered in {parts.writing.locale}")


def _reports(parts: Parts) -> Finding:
    """The words of documents and sheets: own ones lie beside those of the letters."""
    letters = parts.settings.letters
    try:
        count = sum(1 for _ in every_report(parts.campaigns, letters.locale, letters.templates, utc_now()))
    except ReportTextError as error:
        return Finding("reports", Level.WRONG, str(error), "mend the file, or take it out of the template folder")
    if unused := unused_texts(letters.templates):
        mend = "the names must be those of the shipped texts"
        return Finding("reports", Level.NOTE, f"{count} written; none of them asks for {', '.join(unused)}", mend)
    return Finding("reports", Level.GOOD, f"{count} written in {letters.locale}")


def _reading(parts: Parts) -> Iterator[Finding]:
    try:
        with Sandbox(parts.campaigns, limits_of(parts.settings.reading)) as sandbox:
            holds = sandbox.describe()
    except SandboxError as error:
        yield Finding("reading", Level.WRONG, str(error), "check that the program is installed whole and has memory")
        return
    for hold in holds:
        level = Level.GOOD if hold.held else Level.NOTE
        yield Finding("reading", level, f"{hold.name}: {hold.detail}" if hold.detail else hold.name)


def _pictures() -> Finding:
    """Scans and photos need Tesseract's Vietnamese data: without it every one of them waits for a person."""
    reason = available()
    if reason is not None:
        mend = "install the Debian package tesseract-ocr-vie; until then scans and photos wait for a person"
        return Finding("pictures", Level.NOTE, f"scans and photos are not read: {reason}", mend)
    return Finding("pictures", Level.GOOD, "scans and photos are read by Tesseract, in Vietnamese")


def _clock_is_kept(adjtimex: Callable[[object], int] | None = None) -> Finding:
    """The kernel's word on its clock (adjtimex(2): 5 is "not synchronised")."""
    ask = adjtimex or ctypes.CDLL(None, use_errno=True).adjtimex
    state = ask(ctypes.create_string_buffer(512))  # modes 0: reads, changes nothing
    if state < 0:
        return Finding("clock", Level.NOTE, f"the kernel does not tell: {os.strerror(ctypes.get_errno())}")
    if state == 5:
        return Finding("clock", Level.NOTE, "not kept by NTP", "turn on systemd-timesyncd or chrony")
    return Finding("clock", Level.GOOD, "kept by NTP")
