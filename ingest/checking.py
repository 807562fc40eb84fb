"""What `hoso check` tells of a mailbox: logs in, lists, asks for counts; changes nothing."""

from dataclasses import dataclass
from typing import Any

from ingest.account import ImapAccount
from ingest.errors import MailboxError
from ingest.session import Session


@dataclass(frozen=True, slots=True)
class FolderCount:
    """A folder that is to be read, as STATUS tells of it (RFC 9051, 6.3.11)."""

    name: str
    messages: int
    unseen: int
    uidvalidity: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A server that let us in."""

    greeting: str
    capabilities: tuple[str, ...]
    folders: tuple[str, ...]
    """Every folder of the mailbox."""
    counts: tuple[FolderCount, ...]
    """Of those that the settings name and the server has."""
    has_idle: bool
    has_move: bool
    problems: tuple[str, ...]
    """What is wrong and how to mend it, for people."""


def check(account: ImapAccount) -> CheckReport:
    """Look at an account without changing anything in it.

    Raises TemporaryMailboxError or PermanentMailboxError where it cannot be reached or does not let us in; what is
    wrong beyond that stands in `problems`.
    """
    session = Session.open(account)
    try:
        return _look(session)
    finally:
        session.close()


def _look(session: Session) -> CheckReport:
    capabilities = session.capabilities()
    with session.step("listing the folders"):
        listed = [(flags, str(name)) for flags, _, name in session.client.list_folders()]
        greeting = session.client.welcome.decode("utf-8", "replace")
    names = tuple(sorted(name for flags, name in listed if b"\\Noselect" not in flags))
    counts: list[FolderCount] = []
    problems = _of_target(session.account, names)
    for folder in session.account.folders:
        try:
            counts.append(_count(session, folder))
        except MailboxError as error:
            problems.append(f"{error} The folders there: {', '.join(names)}.")
    return CheckReport(
        greeting=greeting,
        capabilities=tuple(sorted(capabilities)),
        folders=names,
        counts=tuple(counts),
        has_idle="IDLE" in capabilities,
        has_move="MOVE" in capabilities,
        problems=tuple(problems),
    )


def _count(session: Session, folder: str) -> FolderCount:
    with session.step(f"asking for the counts of {folder}", "Check the folder's name."):
        status: dict[bytes, Any] = session.client.folder_status(folder, ("MESSAGES", "UNSEEN", "UIDVALIDITY"))
        return FolderCount(folder, status[b"MESSAGES"], status[b"UNSEEN"], status[b"UIDVALIDITY"])


def _of_target(account: ImapAccount, names: tuple[str, ...]) -> list[str]:
    target = account.after.folder
    if account.after.action != "move" or target in names:
        return []
    return [f"messages are to be moved to {target}, and there is no such folder: create it in the mailbox."]
