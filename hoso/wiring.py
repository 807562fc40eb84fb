"""Settings become the parts of the service; nothing is opened or started here that is not asked for."""

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from dossier.autoreply import OwnIdentity
from dossier.campaign import Campaign
from dossier.findings import RULES_VERSION
from dossier.letter import Attachment
from dossier.limits import DailyLimits
from hoso import settings as config
from hoso.campaigns import load_campaigns
from hoso.process_identity import this_process
from hoso.settings import Settings
from hoso.trust import load_trust_roots
from ingest.account import After, ImapAccount, Secret, Security, Timeouts
from intake.answer import MESSAGE_ID_PREFIX
from intake.judge import Desk
from intake.policy import JudgingPolicy, WritingPolicy
from intake.remind import out_of_date
from intake.rewrite import rewriting
from intake.send import Post
from intake.steps import Steps, no_steps
from notifier import smtp
from notifier.envelope import MailIdentity
from notifier.smtp import Sender, SmtpSettings
from notifier.templates import Templates
from parsers.limits import OfficeLimits, ProcessLimits
from parsers.sandbox import Limits, Sandbox
from parsers.version import VERSION as READERS_VERSION
from reports.blank_form import FILE_NAME, MEDIA_TYPE, blank_form
from store.engine import Store, open_store

_OFFICES_AHEAD = 2
"""A dossier is most often two files; each that stands ready holds 84 MB."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def this_program() -> str:
    """What a message that fails fails under: after an upgrade it is another one, and may read it."""
    return f"hoso {version('hoso')}, {READERS_VERSION}, rules {RULES_VERSION}"


@dataclass(frozen=True, slots=True)
class Parts:
    """What every command works with."""

    settings: Settings
    campaigns: tuple[Campaign, ...]
    store: Store
    judging: JudgingPolicy
    writing: WritingPolicy
    trust_roots: tuple[str, ...] = ()
    """PEM: what certificates of digital signatures should lead to."""
    settings_file: Path | None = None
    """Where the settings were read; None where they were made by the program (the demo)."""


def parts_of(settings: Settings, campaigns: tuple[Campaign, ...] | None = None) -> Parts:
    """Read the campaigns (unless given) and put the parts together; the store is touched at its first use.

    Raises ConfigError, PermanentStoreError.
    """
    loaded = campaigns or load_campaigns(settings.campaigns)
    return Parts(
        settings=settings,
        campaigns=loaded,
        store=store_of(settings),
        judging=judging_policy(settings, loaded),
        writing=writing_policy(settings, loaded),
        trust_roots=load_trust_roots(settings.reading.trust_roots),
    )


def store_of(settings: Settings) -> Store:
    return open_store(settings.store.url.get_secret_value(), settings.store.blobs)


def judging_policy(settings: Settings, campaigns: tuple[Campaign, ...]) -> JudgingPolicy:
    own = OwnIdentity(
        addresses=tuple(sorted(settings.own_addresses)),
        message_id_domain=_domain(settings.smtp.from_address),
        message_id_prefix=MESSAGE_ID_PREFIX,
    )
    return JudgingPolicy(
        campaigns=campaigns,
        own=own,
        received_hosts=_all(mailbox.received_hosts for mailbox in settings.mailboxes),
        authentication_hosts=_all(mailbox.authentication_hosts for mailbox in settings.mailboxes),
        tolerance=timedelta(minutes=settings.receipt.tolerance_minutes),
    )


def writing_policy(settings: Settings, campaigns: tuple[Campaign, ...]) -> WritingPolicy:
    return WritingPolicy(
        identity=_identity(settings.smtp, settings.smtp.from_address),
        bounces=_identity(settings.smtp, settings.smtp.envelope_sender or settings.smtp.from_address),
        templates=Templates(settings.letters.templates),
        message_id_domain=_domain(settings.smtp.from_address),
        locale=settings.letters.locale,
        blank_forms={one.key: Attachment(FILE_NAME, MEDIA_TYPE, blank_form(one)) for one in campaigns},
        limits=daily_limits(settings.letters, campaigns),
    )


def daily_limits(letters: config.Letters, campaigns: tuple[Campaign, ...]) -> DailyLimits:
    """Where the settings name no limit for all: what the unions of the rosters may get, and the strangers."""
    unions = sum(len(one.roster.unions) for one in campaigns)
    return DailyLimits(
        ordinary=letters.daily_limit,
        known_with_new_files=letters.daily_limit_known,
        dossier=letters.daily_limit_dossier,
        strangers=letters.daily_limit_strangers,
        all=letters.daily_limit_all or unions * letters.daily_limit_known + letters.daily_limit_strangers,
    )


def accounts_of(settings: Settings) -> tuple[ImapAccount, ...]:
    return tuple(_account(mailbox) for mailbox in settings.mailboxes)


def limits_of(reading: config.Reading) -> Limits:
    return Limits(
        part_seconds=reading.seconds,
        message_seconds=reading.message_seconds,
        process=ProcessLimits(memory=reading.memory_mb << 20),
    )


@contextmanager
def desk_of(parts: Parts, steps: Steps = no_steps, clock: Callable[[], datetime] = utc_now) -> Iterator[Desk]:
    """A desk with its reading processes, which end with the block. Raises SandboxError where none can be started."""
    reading = parts.settings.reading
    limits = replace(limits_of(reading), office=OfficeLimits(ahead=_OFFICES_AHEAD))
    with Sandbox(parts.campaigns, limits, reading.workers, parts.trust_roots) as sandbox:
        parts.writing.templates.prepare(parts.writing.locale)  # while the reading processes start
        yield Desk(
            store=parts.store,
            reader=sandbox,
            judging=parts.judging,
            writing=parts.writing,
            clock=clock,
            workers=reading.workers,
            steps=steps,
            program=this_program(),
        )


@contextmanager
def post_of(parts: Parts, steps: Steps = no_steps, clock: Callable[[], datetime] = utc_now) -> Iterator[Post]:
    with ExitStack() as stack:
        sender = stack.enter_context(Sender(smtp_settings(parts.settings.smtp)))
        yield Post(
            store=parts.store,
            sender=sender,
            identity=parts.writing.bounces,
            owner=this_process(),
            clock=clock,
            jitter=random.SystemRandom().random,
            redirect_to=parts.settings.smtp.redirect_to,
            limits=parts.writing.limits,
            rewrite=rewriting(parts.campaigns, parts.writing),
            out_of_date=lambda tx, letter, now: out_of_date(tx, letter, parts.campaigns, now),
            steps=steps,
        )


def smtp_settings(server: config.Smtp) -> SmtpSettings:
    security = {"tls": smtp.Security.TLS, "starttls": smtp.Security.STARTTLS, "plain": smtp.Security.NONE}
    return SmtpSettings(
        host=server.host,
        port=server.port,
        security=security[server.security],
        user=server.user,
        password=server.password.get_secret_value() if server.password else None,
        ca_file=server.ca_file,
        connect_timeout=server.timeouts.connect,
        step_timeout=server.timeouts.read,
        letter_timeout=server.timeouts.session,
    )


def _account(mailbox: config.Mailbox) -> ImapAccount:
    times = mailbox.timeouts
    return ImapAccount(
        name=mailbox.name,
        host=mailbox.host,
        user=mailbox.user or "",
        password=Secret(mailbox.password.get_secret_value() if mailbox.password else ""),
        port=mailbox.port,
        security=Security(mailbox.security),
        ca_file=mailbox.ca_file,
        folders=mailbox.folders,
        after=After(mailbox.after.action, mailbox.after.flag, mailbox.after.folder),
        timeouts=Timeouts(times.connect, times.read, times.session),
        idle=mailbox.idle,
        poll=mailbox.poll_seconds,
        batch_messages=mailbox.batch,
    )


def _identity(server: config.Smtp, address: str) -> MailIdentity:
    return MailIdentity(address=address, name=server.from_name, plus_bounces=server.plus_addressing)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _all(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
