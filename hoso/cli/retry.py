"""`hoso retry`: messages that failed are read and judged anew."""

from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.ingest import judge_now, print_recorded
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, parts_in
from hoso.wiring import Parts, this_program, utc_now
from store import ledger
from store.ledger import Outcome

Entries = Annotated[list[int] | None, typer.Argument(help="Numbers of messages, as `hoso messages` shows them.")]
Quarantined = Annotated[bool, typer.Option("--quarantined", "--all", help="All messages that failed.")]
Upgraded = Annotated[
    bool,
    typer.Option("--upgraded", help="Those that failed under another version of the program."),
]
By = Annotated[str, typer.Option("--by", help="Who decides: kept in the history.")]
Reason = Annotated[str, typer.Option("--reason", help="Why: kept in the history.")]


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def retry(
        messages: Entries = None,
        quarantined: Quarantined = False,
        upgraded: Upgraded = False,
        by: By = "",
        reason: Reason = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        json: AsJson = False,
    ) -> int:
        """Read and judge again the messages that failed; a letter goes out again by `hoso resend`."""
        if not messages and not quarantined and not upgraded:
            raise typer.BadParameter("say what to try again: numbers of messages, --all or --upgraded")
        parts = parts_in(settings, logins=False)
        try:
            parts.store.upgrade()
            numbers = [*(messages or []), *_failed(parts, quarantined=quarantined, upgraded=upgraded)]
            return _reopen(parts, numbers, by, reason, as_json=json)
        finally:
            parts.store.close()


def _failed(parts: Parts, *, quarantined: bool, upgraded: bool) -> list[int]:
    """Numbers of what is in quarantine; of that which failed under another program alone where only that is asked."""
    if not quarantined and not upgraded:
        return []
    with parts.store.reading() as conn:
        failed = list(ledger.every(conn, Outcome.QUARANTINED))
    return [entry.id for entry in failed if quarantined or entry.failed_under != this_program()]


def _reopen(parts: Parts, numbers: list[int], by: str, reason: str, *, as_json: bool) -> int:
    wanted = list(dict.fromkeys(numbers))
    refused = []
    with parts.store.writing() as tx:
        for number in wanted:
            entry = ledger.entry(tx, number)
            if entry is None or entry.outcome is not Outcome.QUARANTINED:
                refused.append(number)
            else:
                ledger.requeue(tx, number, utc_now(), by=by, reason=reason)
    count = len(wanted) - len(refused)
    nothing = "" if refused else "Nothing failed: there is nothing to try again."
    print_recorded(judge_now(parts, count), count, as_json=as_json, nothing=nothing)
    if refused:
        numbers_refused = ", ".join(map(str, refused))
        output.error_console().print(f"Not in quarantine, so nothing to try again: {numbers_refused}", markup=False)
    return Exit.FOUND if refused else Exit.OK
