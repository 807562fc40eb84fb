"""A folder of an IMAP account, read without leaving a trace: EXAMINE and BODY.PEEK[] never set \\Seen.

Messages are found by UID, whether a person has read them or not. The folder is selected for writing only when a
message is flagged or moved, after its record is committed.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from dossier.model import Position, RawMessage
from ingest.account import ImapAccount
from ingest.errors import MailboxError, PermanentMailboxError, TemporaryMailboxError
from ingest.fetcher import Fetcher
from ingest.fetching import Fetched, Unfetched
from ingest.idle import WaitResult, idle, poll
from ingest.session import Session

_SEARCH_WINDOW = 50_000
"""Messages in one SEARCH: the answer is one line, and imaplib reads at most a million bytes of a line."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Mailbox:
    """One folder, open. Use `Mailbox.open` in a `with` statement; not for several threads at once.

    Every method raises TemporaryMailboxError or PermanentMailboxError. After a temporary one the connection is to be
    given up; what was yielded before it is good.
    """

    def __init__(self, session: Session, folder: str, clock: Callable[[], datetime]) -> None:
        self._session = session
        self._clock = clock
        self._writable = False
        self._unfetched: list[Unfetched] = []
        self.folder = folder
        self.capabilities = session.capabilities()
        selected = self._select(readonly=True)
        self.uidvalidity: int = selected.get(b"UIDVALIDITY", 0)
        """UIDs mean something only together with this (RFC 9051, 2.3.1.1)."""
        self.uidnext: int = selected.get(b"UIDNEXT", 0)
        """0 where the server does not tell."""
        self.exists: int = selected.get(b"EXISTS", 0)
        """Messages in the folder when it was opened."""
        self._highest = max(self.uidnext - 1, 0)
        if not self.uidvalidity:
            raise PermanentMailboxError(f"opening {folder}: the server gives no UIDVALIDITY, so it cannot be used.")

    @classmethod
    def open(cls, account: ImapAccount, folder: str, *, clock: Callable[[], datetime] = utc_now) -> Self:
        """Connect, log in, EXAMINE the folder; `clock` gives `fetched_at`, aware.

        Raises TemporaryMailboxError, or PermanentMailboxError (login refused, no such folder, certificate).
        """
        session = Session.open(account)
        try:
            return cls(session, folder, clock)
        except MailboxError:
            session.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._session.close()

    # --- finding -----------------------------------------------------------------------------------------------

    def uids(self) -> tuple[int, ...]:
        """UIDs of all messages in the folder, ascending."""
        return self.uids_after(0)

    def uids_after(self, uid: int) -> tuple[int, ...]:
        """UIDs above `uid`, ascending, seen or not."""
        found: set[int] = set()
        for window in _windows(self.exists, _SEARCH_WINDOW):
            with self._session.step(f"searching {self.folder}", passing=True):
                listed = self._session.client.search(f"{window}UID {uid + 1}:*".encode())
            # "n:*" always names the last message, also where its UID is below n (RFC 9051, 9, seq-range)
            found.update(each for each in listed if each > uid)
        self._highest = max(self._highest, max(found, default=0))
        return tuple(sorted(found))

    # --- fetching ----------------------------------------------------------------------------------------------

    @property
    def unfetched(self) -> tuple[Unfetched, ...]:
        """Messages that the latest `fetch` was asked for and did not yield, and why: gone, or to be fetched again."""
        return tuple(self._unfetched)

    def fetch(self, uids: Iterable[int]) -> Iterator[RawMessage]:
        """Messages in ascending order of UID, each once, batch by batch; see `unfetched` for those that did not come.

        Where the connection breaks, the error's `uids` name the batch in hand.
        """
        fetcher = Fetcher(self._session, self.folder)
        self._unfetched = fetcher.unfetched
        for message in fetcher.messages(uids):
            yield self._raw(message)

    def _raw(self, message: Fetched) -> RawMessage:
        account = self._session.account.name
        return RawMessage(
            content=message.content,
            source=f"{account}/{self.folder}",
            fetched_at=self._clock(),
            position=Position(account, self.folder, self.uidvalidity, message.uid),
            internal_date=message.internal_date,
        )

    # --- waiting -----------------------------------------------------------------------------------------------

    def wait(self, timeout: float, stop: threading.Event) -> WaitResult:
        """Wait for news at most `timeout` seconds; at once where something came since the last search.

        QUIET is no promise that nothing came: there are servers that forget to tell. Search after it, too.
        """
        self._session.step_forward()
        if stop.is_set():
            return WaitResult.STOPPED
        # Dovecot answers a SEARCH from what it knew before, and tells of a new message behind that answer.
        self._session.client.forget_news()
        if self.uids_after(self._highest) or self._session.client.was_told_of_news():
            return WaitResult.NEWS
        can_idle = self._session.account.idle and "IDLE" in self.capabilities
        return (idle if can_idle else poll)(self._session, timeout, stop)

    # --- changing: after the record is committed -----------------------------------------------------------------

    def settle(self, uid: int) -> None:
        """Do to a message whose record is committed what the account's `after` says."""
        after = self._session.account.after
        if after.action == "flag":
            self.flag(uid, after.flag)
        elif after.action == "move":
            self.move(uid, after.folder)

    def flag(self, uid: int, flag: str = r"\Flagged") -> None:
        """Set a flag or keyword; nothing happens to a message that is gone."""
        doing = f"flagging a message in {self.folder}"
        self._make_writable()
        with self._session.step(doing, f"Choose another flag than {flag}, such as \\Flagged.", passing=True):
            self._session.client.add_flags([uid], [flag], silent=True)

    def move(self, uid: int, folder: str) -> None:
        """Put a message into another folder, which must exist; nothing happens to one that is gone.

        Without MOVE (RFC 6851) it is copied and marked as deleted; expunged only where the server can expunge it alone.
        """
        self._make_writable()
        client = self._session.client
        advice = f"Create the folder {folder} in the mailbox, or name another."
        with self._session.step(f"moving a message from {self.folder} to {folder}", advice):
            if "MOVE" in self.capabilities:
                client.move([uid], folder)
            elif client.search(f"UID {uid} UNDELETED".encode()):
                client.copy([uid], folder)
                client.add_flags([uid], [r"\Deleted"], silent=True)
                if "UIDPLUS" in self.capabilities:
                    client.uid_expunge([uid])

    def _make_writable(self) -> None:
        if self._writable:
            return
        now = self._select(readonly=False).get(b"UIDVALIDITY", 0)
        if now != self.uidvalidity:
            raise TemporaryMailboxError(
                f"{self.folder} was given a new UIDVALIDITY ({now} in place of {self.uidvalidity}): open it anew."
            )
        self._writable = True

    def _select(self, *, readonly: bool) -> dict[bytes, Any]:
        advice = "Check the folder's name; `hoso check` lists the folders that are there."
        with self._session.step(f"opening {self.folder}", advice):
            return self._session.client.select_folder(self.folder, readonly=readonly)  # type: ignore[no-any-return]


def _windows(exists: int, length: int) -> Iterator[str]:
    """Search keys, each for a stretch of the folder by sequence number; one empty key for a folder that is not huge.

    From the newest down: what a person deletes meanwhile moves messages down, into a window that is still to come.
    """
    if exists <= length:
        yield ""
        return
    upper = "*"
    for top in range(exists, 0, -length):
        yield f"{max(top - length + 1, 1)}:{upper} "
        upper = str(top - length)
