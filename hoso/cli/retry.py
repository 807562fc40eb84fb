"""`hoso retry`: messages that failed are read and judged anew; a letter that did not go out is sent again."""

from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.ingest import judge_now, print_recorded
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, parts_in
from hoso.wiring import Parts, this_program, utc_now
from store import ledger, outbox
from store.ledger import Outcome

Entries = Annotated[list[int] | None, typer.Argument(help="Numbers of messages, as `hoso messages` shows them.")]
Quarantined = Annotated[bool, typer.Option("--quarantined", "--all", help="All messages that failed.")]
Upgraded = Annotated[
    bool,
    typer.Option("--upgraded", help="Those that failed under another version of the program."),
]
LetterNumber = Annotated[
    int | None, typer.Option("--letter", help="A letter that is held, failed, unknown or undelivered: send it again.")
]
By = Annotated[str, typer.Option("--by", help="Who decides: kept in the history.")]
Reason = Annotated[str, typer.Option("--reason", help="Why: kept in the history.")]


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def retry(
        messages: Entries = None,
        quarantined: Quarantined = False,
        upgraded: Upgraded = False,
        letter: LetterNumber = None,
        by: By = "",
        reason: Reason = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        json: AsJson = False,
    ) -> int:
        """Try again what failed: messages are read anew, a letter goes out with the next round of the service."""
        if not messages and not quarantined and not upgraded and letter is None:
            raise typer.BadParameter("say what to try again: numbers of messages, --all, --upgraded or --letter NUMBER")
        parts = parts_in(settings)
        try:
            parts.store.upgrade()
            if letter is not None:
                return _release(parts, letter, by, reason)
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
    print_recorded(judge_now(parts, len(wanted) - len(refused)), as_json=as_json)
    if refused:
        numbers_refused = ", ".join(map(str, refused))
        output.error_console().print(f"Not in quarantine, so nothing to try again: {numbers_refused}", markup=False)
    return Exit.FOUND if refused else Exit.OK


def _release(parts: Parts, number: int, by: str, reason: str) -> int:
    if not by or not reason:
        raise typer.BadParameter("a letter is sent again by a person, for a reason: give --by and --reason")
    with parts.store.writing() as tx:
        released = outbox.release(tx, number, utc_now(), reason=reason, by=by)
    if not released:
        output.error_console().print(
            f"Letter {number} is not held, failed, unknown or undelivered: see `hoso letters`", markup=False
        )
    return Exit.OK if released else Exit.FOUND
