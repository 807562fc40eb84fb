"""`hoso audit`: is the history what it was, and are the records and the bytes what the history saw? (P9)"""

from pathlib import Path
from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, require_records, settings_in
from hoso.wiring import store_of
from store import events
from store.engine import Store
from store.events import Head
from store.verification import verify, verify_records

_SHOWN = 20

HeadText = Annotated[
    str, typer.Option("--head", help="A head that was printed earlier (NUMBER:HASH): finds what was cut or rewritten.")
]
Blobs = Annotated[bool, typer.Option("--blobs/--no-blobs", help="Read every stored message again, too.")]


def add_commands(app: typer.Typer) -> None:
    audit = typer.Typer(help="The history: check it, print its head.", no_args_is_help=True, rich_markup_mode=None)

    @audit.command("verify")
    def verify_command(
        settings: SettingsPath = DEFAULT_SETTINGS, head: HeadText = "", blobs: Blobs = True, json: AsJson = False
    ) -> int:
        """Find any edit, deletion or reorder; with a head from outside, any cut or rewriting. Changes nothing."""
        carried = _head(head) if head else None
        return _verify(_store_in(settings), carried, blobs=blobs, as_json=json)

    @audit.command("head")
    def head_command(settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Print where the history ends now: keep it outside this machine."""
        with _store_in(settings).reading() as conn:
            now = events.head(conn)
        if json:
            output.print_json([{"head": str(now), "events": now.seq}])
        else:
            output.print_lines([str(now)])
        return Exit.OK

    app.add_typer(audit, name="audit")


def _store_in(path: Path) -> Store:
    """The store alone: the history is checked whatever became of the campaign files."""
    store = store_of(settings_in(path))
    require_records(store)
    return store


def _head(text: str) -> Head:
    try:
        return Head.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _verify(store: Store, carried: Head | None, *, blobs: bool, as_json: bool) -> int:
    with store.reading() as conn:
        chain = verify(conn, carried)
        broken = [chain.broken] if chain.broken else list(verify_records(conn))
    damaged = list(store.blobs.verify()) if blobs else []
    sound = not broken and not damaged
    if as_json:
        found = [{"event": one.seq, "reason": one.reason} for one in broken]
        row = {"sound": sound, "events": chain.events, "head": str(chain.head), "broken": found, "damaged": damaged}
        output.print_json([row])
        return Exit.OK if sound else Exit.FOUND
    lines = [f"event {one.seq}: {one.reason}" for one in broken[:_SHOWN]]
    lines += [f"the stored message {name} is damaged or gone" for name in damaged[:_SHOWN]]
    said = "The history is whole" if sound else "The history or a record is NOT what it was"
    output.print_lines([f"{said}: {chain.events} events, head {chain.head}", *lines])
    if sound and carried is None:
        output.print_lines(["Give --head with a head kept outside this machine to find a cut or a rewriting, too."])
    return Exit.OK if sound else Exit.FOUND
