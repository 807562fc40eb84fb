"""`hoso reconcile`: is every message of the mailboxes in the ledger? What is missing there is fetched."""

from collections.abc import Iterable

import typer

from hoso import plural
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, parts_in
from hoso.reconciling import reconcile_all
from hoso.wiring import Parts
from ingest.errors import MailboxError, TemporaryMailboxError
from intake.reconcile import Reconciled

_SHOWN = 50


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def reconcile(settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Compare each folder with the ledger; fetch what is missing there, name what left the server."""
        parts = parts_in(settings)
        try:
            parts.store.upgrade()
            return _reconcile(parts, as_json=json)
        finally:
            parts.store.close()


def _reconcile(parts: Parts, *, as_json: bool) -> int:
    sound, failed = True, None
    for account, folder, done in reconcile_all(parts):
        name = f"{account.name}/{folder}"
        if isinstance(done, MailboxError):
            failed = failed or done
            said = str(done).replace("it will be tried again", "try again")  # by whom, is not the service here
            output.error_console().print(f"{name}: {said}", markup=False, soft_wrap=True)
            continue
        sound &= done.counted.is_sound
        if as_json:
            output.print_json([_row(name, done)])
        else:
            output.print_lines(_lines(name, done))
    if failed is not None:
        return Exit.TEMPORARY if isinstance(failed, TemporaryMailboxError) else Exit.PERMANENT
    return Exit.OK if sound else Exit.FOUND


def _row(name: str, done: Reconciled) -> dict[str, object]:
    counted = done.counted
    return {
        "folder": name,
        "uidvalidity": done.uidvalidity,
        "messages": counted.messages,
        "accounted": counted.accounted,
        "unsettled": counted.unsettled,
        "missing": list(counted.missing),
        "unfetched": list(counted.unfetched),
        "gone": list(counted.gone),
        "returned": list(counted.returned),
        "earlier_uidvalidities": list(done.earlier),
    }


def _lines(name: str, done: Reconciled) -> Iterable[str]:
    counted = done.counted
    yield (
        f"{name} (UIDVALIDITY {done.uidvalidity}): "
        f"{plural.counted(counted.messages, 'message')} in the mailbox, {counted.accounted} accounted for"
    )
    if counted.unsettled:
        yield f"  {counted.unsettled} of them not judged yet: the service does that next"
    for uids, what in (
        (counted.missing, "missing in the ledger, fetched now"),
        (counted.unfetched, "the server did not give, asked for again next time"),
        (counted.gone, "no longer on the server (moved or deleted by a person), kept on record"),
        (counted.returned, "on the server again"),
    ):
        if uids:
            more = f" and {len(uids) - _SHOWN} more" if len(uids) > _SHOWN else ""
            yield f"  {len(uids)} {what}: UID {', '.join(map(str, uids[:_SHOWN]))}{more}"
    if done.earlier:
        yield f"  on record from earlier UIDVALIDITYs: {', '.join(map(str, done.earlier))}"
