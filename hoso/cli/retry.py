"""`hoso retry`: messages that failed are read and judged anew; a letter that did not go out is sent again."""

from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.ingest import judge_now, print_recorded
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, parts_in
from hoso.wiring import Parts, utc_now
from store import ledger, outbox
from store.ledger import Outcome

Entries = Annotated[list[int] | None, typer.Argument(help="Numbers of messages, as `hoso messages` shows them.")]
Quarantined = Annotated[bool, typer.Option("--quarantined", help="All messages that failed.")]
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
        letter: LetterNumber = None,
        by: By = "",
        reason: Reason = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        json: AsJson = False,
    ) -> int:
        """Try again what failed: messages are read anew, a letter goes out with the next round of the service."""
        if not messages and not quarantined and letter is None:
            raise typer.BadParameter("say what to try again: numbers of messages, --quarantined, or --letter NUMBER")
        parts = parts_in(settings)
        try:
            parts.store.upgrade()
            if letter is not None:
                return _release(parts, letter, by, reason)
            return _reopen(parts, messages or [], by, reason, quarantined=quarantined, as_json=json)
        finally:
            parts.store.close()


def _reopen(parts: Parts, numbers: list[int], by: str, reason: str, *, quarantined: bool, as_json: bool) -> int:
    with parts.store.reading() as conn:
        failed = ledger.entries(conn, outcome=Outcome.QUARANTINED) if quarantined else []
    wanted = list(dict.fromkeys([*numbers, *(entry.id for entry in failed)]))
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
