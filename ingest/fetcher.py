"""Fetches messages batch by batch over a session; one message that cannot be had does not hold up the others (P4)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest.errors import MailboxError
from ingest.fetching import (
    DATE,
    SIZE,
    WHOLE,
    Fetched,
    Unfetched,
    Why,
    batches,
    chunks,
    date_in,
    message_in,
    part_in,
    size_in,
)
from ingest.session import Session

_CHUNK = 200
"""UIDs in one command: servers take lines of 8,000 bytes."""


class Fetcher:
    """One round of fetching in the folder that is selected. `unfetched` grows as `messages` is consumed."""

    def __init__(self, session: Session, folder: str) -> None:
        self._session = session
        self._doing = f"fetching from {folder}"
        self.unfetched: list[Unfetched] = []

    def messages(self, uids: Iterable[int]) -> Iterator[Fetched]:
        """In ascending order of UID, each once. A MailboxError names the batch in hand in its `uids`."""
        account = self._session.account
        for chunk in chunks(uids, _CHUNK):
            in_hand = tuple(chunk)
            try:
                sizes = self._sizes(in_hand)
                for in_hand in batches(sizes, account.batch_messages, account.batch_bytes):
                    yield from self._batch(in_hand, sizes)
            except MailboxError as error:
                error.uids = in_hand
                raise

    def _sizes(self, uids: tuple[int, ...]) -> dict[int, int]:
        """Sizes in bytes, 0 where none is told. All that were asked for: what is gone shows when it is fetched."""
        answers, _ = self._ask(uids, SIZE)
        return {uid: size_in(answers.get(uid, {})) or 0 for uid in uids}

    def _batch(self, uids: tuple[int, ...], sizes: Mapping[int, int]) -> list[Fetched]:
        limit = self._session.account.batch_bytes
        if len(uids) == 1 and sizes[uids[0]] > limit:
            found, refusal = self._in_parts(uids[0], limit)
        else:
            found, refusal = self._whole(uids)
        for uid in uids:
            if uid in found:
                continue
            if len(uids) > 1:
                again, refusal = self._whole((uid,))
                found |= again
            if uid not in found:
                self.unfetched.append(self._explained(uid, refusal))
        self._session.step_forward()
        return [found[uid] for uid in uids if uid in found]

    def _whole(self, uids: tuple[int, ...]) -> tuple[dict[int, Fetched], str]:
        answers, refusal = self._ask(uids, WHOLE, DATE, SIZE)
        complete = (message_in(uid, answer) for uid, answer in answers.items())
        return {message.uid: message for message in complete if message is not None}, refusal

    def _in_parts(self, uid: int, length: int) -> tuple[dict[int, Fetched], str]:
        """A huge message piece by piece, so that each command stays within its time."""
        dates, _ = self._ask((uid,), DATE)
        content = bytearray()
        while True:
            answers, refusal = self._ask((uid,), f"{WHOLE}<{len(content)}.{length}>")
            part = part_in(answers.get(uid, {}), len(content))
            if part is None:
                return {}, refusal
            content += part
            self._session.step_forward()
            if len(part) < length:
                break
        return {uid: Fetched(uid, bytes(content), date_in(dates.get(uid, {})))}, ""

    def _explained(self, uid: int, refusal: str) -> Unfetched:
        with self._session.step(self._doing, passing=True):
            is_there = uid in self._session.client.search(f"UID {uid}".encode())
        if not is_there:
            return Unfetched(uid, Why.GONE)
        return Unfetched(uid, Why.REFUSED, refusal) if refusal else Unfetched(uid, Why.EMPTY)

    def _ask(self, uids: tuple[int, ...], *items: str) -> tuple[Mapping[int, Mapping[bytes, Any]], str]:
        return self._session.fetch(uids, items, self._doing)
