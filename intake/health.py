"""Health: the facts of one installation put together, and the looks into its folders on record."""

from collections.abc import Iterable
from datetime import datetime

from dossier.health import Facts, FolderFacts
from store import backup_runs, mailboxes, polls, reconciliations
from store.condition import condition, free_space
from store.engine import Store
from store.errors import StoreError


def note_look(store: Store, account: str, folder: str, uidvalidity: int, started: datetime) -> None:
    """A look that began at `started` went well. Raises StoreError."""
    with store.writing() as tx:
        box = mailboxes.find(tx, account, folder, uidvalidity)
        polls.note(tx, f"{account}/{folder}", box, started)


def facts(
    store: Store, folders: Iterable[tuple[str, str]], now: datetime, running_since: datetime | None = None
) -> Facts:
    """What is known now of these folders (account, folder) and of the store; one that cannot be read is a fact, too."""
    disks = free_space(store.places())
    try:
        with store.reading() as conn:
            held = condition(conn, now)
            sound, last = backup_runs.latest(conn, sound=True), backup_runs.latest(conn)
            seen = []
            for account, folder in folders:
                looked = polls.latest(conn, f"{account}/{folder}")
                boxes = mailboxes.generations(conn, account, folder)
                run = reconciliations.latest(conn, boxes[-1].id) if boxes else None
                seen.append(
                    FolderFacts(
                        name=f"{account}/{folder}",
                        polled_at=looked[0] if looked else None,
                        clocks=looked[1] if looked else (),
                        reconciled_at=run.at if run else None,
                        missing=len(run.counted.missing) if run else 0,
                    )
                )
    except StoreError as error:
        return Facts(now, (), disks, running_since, store_problem=str(error))
    return Facts(
        now=now,
        folders=tuple(seen),
        disks=disks,
        running_since=running_since,
        pending=held.pending,
        pending_since=held.pending_since,
        waiting=held.waiting,
        overdue_since=held.overdue_since,
        put_off_since=held.put_off_since,
        unknown=held.unknown,
        undelivered=held.undelivered,
        quarantined=held.quarantined,
        backup_at=sound.ended_at if sound else None,
        backup_problem=last.problem if last else "",
    )
