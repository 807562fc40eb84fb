"""`hoso`: the commands, their common options, and what an error looks like to a person at a terminal."""

import sys
from collections.abc import Callable

import typer

from hoso.cli import (
    assign,
    audit,
    backup,
    check,
    correct,
    correspond,
    demo,
    digest,
    dossiers,
    duplicates,
    evidence,
    examination,
    extend,
    ingest,
    initiatives,
    inspect,
    letters,
    messages,
    objection,
    output,
    paper,
    person,
    portal,
    proposal,
    purge,
    reconcile,
    register_book,
    remind,
    retry,
    rulings,
    run,
    score_sheets,
    senders,
    shortlist,
    show,
    streams,
    targets,
    valid,
    why,
)
from hoso.cli.exits import Exit
from hoso.service import RelayAwayError
from hoso.strict_yaml import ConfigError
from hoso.timestamps import TimestampError
from ingest.errors import PermanentMailboxError, TemporaryMailboxError
from ingest.files import UnreadableSourceError
from intake.decisions import NotDecidedError
from notifier.templates import LetterTemplateError
from parsers.sandbox import SandboxError
from reports.texts import ReportTextError
from store.errors import PermanentStoreError, TemporaryStoreError
from store.signing import KeyFileError

# Who can mend it decides the exit code; the text of each says what to do.
_EXITS: tuple[tuple[type[Exception], Exit], ...] = (
    (ConfigError, Exit.SETTINGS),
    (UnreadableSourceError, Exit.FOUND),
    (NotDecidedError, Exit.FOUND),
    (KeyFileError, Exit.SETTINGS),
    (TimestampError, Exit.TEMPORARY),
    (TemporaryMailboxError, Exit.TEMPORARY),
    (TemporaryStoreError, Exit.TEMPORARY),
    (RelayAwayError, Exit.TEMPORARY),
    (LetterTemplateError, Exit.SETTINGS),
    (ReportTextError, Exit.SETTINGS),
    (PermanentMailboxError, Exit.PERMANENT),
    (SandboxError, Exit.PERMANENT),
    (PermanentStoreError, Exit.PERMANENT),
)

_COMMANDS: tuple[Callable[[typer.Typer], None], ...] = (
    run.add_commands,
    demo.add_commands,
    ingest.add_commands,
    inspect.add_commands,
    dossiers.add_commands,
    show.add_commands,
    messages.add_commands,
    letters.add_commands,
    digest.add_commands,
    remind.add_commands,
    why.add_commands,
    initiatives.add_commands,
    retry.add_commands,
    reconcile.add_commands,
    senders.add_commands,
    assign.add_commands,
    paper.add_commands,
    objection.add_commands,
    rulings.add_commands,
    correct.add_commands,
    correspond.add_commands,
    extend.add_commands,
    valid.add_commands,
    targets.add_commands,
    evidence.add_commands,
    register_book.add_commands,
    duplicates.add_commands,
    examination.add_commands,
    score_sheets.add_commands,
    shortlist.add_commands,
    proposal.add_commands,
    portal.add_commands,
    audit.add_commands,
    backup.add_commands,
    purge.add_commands,
    person.add_commands,
    check.add_commands,
)


def make_app() -> typer.Typer:
    app = typer.Typer(
        name="hoso",
        help="Dossier intake by email: receives, reads, checks, records and answers what unions send.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,  # a traceback may hold personal text and secrets (P12)
    )
    for add in _COMMANDS:
        add(app)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its documented exit code."""
    streams.prepare()
    sys.exit(run_command(sys.argv[1:] if arguments is None else arguments))


def run_command(arguments: list[str]) -> int:
    """Run one command; returns its exit code. Results go to standard output, everything else to standard error."""
    errors = output.error_console()
    try:
        result = make_app()(arguments, prog_name="hoso", standalone_mode=False)
        with streams.printing():
            sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:  # whoever reads has seen enough (`hoso messages | head`)
        streams.give_up()
        return Exit.OK
    except streams.OutputError as wrong:
        streams.give_up()
        errors.print(f"hoso: {wrong}", markup=False)
        return Exit.PERMANENT
    except typer.TyperException as wrong:
        errors.print(_usage(wrong), markup=False)
        return Exit.USAGE
    except tuple(kind for kind, _ in _EXITS) as wrong:
        errors.print(f"hoso: {wrong}", markup=False)
        return next(code for kind, code in _EXITS if isinstance(wrong, kind))
    return int(result or Exit.OK)


def _usage(wrong: typer.TyperException) -> str:
    """What is wrong with the command line, and where its options are told; all of them where it was empty."""
    said = wrong.format_message()
    if said.startswith("Usage:"):
        return said
    context = getattr(wrong, "ctx", None)
    command = " ".join(["hoso", *(context.command_path.split()[1:] if context else ())])
    return f"hoso: {said.replace(': Value error, ', ': ')}\n`{command} --help` tells its options."
