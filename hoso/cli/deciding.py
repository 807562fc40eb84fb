"""What the commands share by which a person decides: who and why, when, and what a refusal looks like."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dossier.campaign import Campaign
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import campaign_of_dossier, settings_in
from hoso.local_time import last_moment
from hoso.wiring import Parts, parts_of
from intake.decisions import NotDecidedError, Who
from intake.rejudging import Rejudged

By = Annotated[str, typer.Option("--by", help="Who decides: kept in the history.")]
Reason = Annotated[str, typer.Option("--reason", help="Why: kept in the history.")]


def who_of(by: str, reason: str) -> Who:
    """Raises BadParameter where one of them is empty."""
    if not by.strip() or not reason.strip():
        raise typer.BadParameter("a person decides, for a reason: give --by and --reason")
    return Who(by.strip(), reason.strip())


def decide(path: Path, key: str, act: Callable[[Parts, Campaign], int], which: str = "") -> int:
    """`decide_on_records` for what is of one campaign; the code of a dossier, where one is meant, tells which."""
    return decide_on_records(path, lambda parts: act(parts, campaign_of_dossier(parts, key, which)))


def decide_on_records(path: Path, act: Callable[[Parts], int]) -> int:
    """Do it on the store, which is brought up to date first; a decision that cannot stand is told, with exit code 1.

    Nothing is sent and no mailbox is opened, so no password of a server is asked for.
    """
    parts = replace(parts_of(settings_in(path, logins=False)), settings_file=path)
    try:
        parts.store.upgrade()
        return act(parts)
    except NotDecidedError as refused:
        say(f"Not done: {refused}.")
        return Exit.FOUND
    finally:
        parts.store.close()


def say(text: str) -> None:
    """On standard error, for the person who decides."""
    output.error_console().print(output.clean(text), markup=False, soft_wrap=True)


def done(said: str, row: Mapping[str, object], *, as_json: bool) -> int:
    """Say what was done, and print it for programs where that is asked; returns the exit code."""
    say(said)
    if as_json:
        output.print_json([row])
    return Exit.OK


def moment_in(
    written: str, campaign: Campaign, option: str, *, read: Callable[[str, ZoneInfo], datetime] = last_moment
) -> datetime:
    """A day (through its last second, unless `read` has it otherwise) or a moment in the campaign's zone.

    Raises BadParameter.
    """
    try:
        return read(written.strip(), ZoneInfo(campaign.zone))
    except ValueError as wrong:
        raise typer.BadParameter(f"{option} {wrong}") from None


def day_in(written: str, option: str) -> date:
    """Raises BadParameter."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise typer.BadParameter(f"{option} must be a day, as in 2021-04-20") from None


def rejudged_row(done: Rejudged) -> dict[str, object]:
    return {
        "dossier": done.code,
        "before": done.before.value if done.before else None,
        "verdict": done.revision.assessment.verdict.value,
        "by_rules": done.revision.assessment.by_rules.value if done.revision.assessment.by_rules else None,
        "revision": done.revision.number,
        "letter": done.letter.id if done.letter else None,
        "letter_state": done.letter.state.value if done.letter else None,
    }


def print_rejudged(done: Rejudged | None, *, as_json: bool) -> None:
    if done is None:
        return
    if as_json:
        output.print_json([rejudged_row(done)])
    else:
        output.print_lines([rejudged_line(done)])


def rejudged_line(done: Rejudged) -> str:
    verdict, before = done.revision.assessment.verdict.value, done.before.value if done.before else "none"
    alone = done.revision.assessment.by_rules
    rules = f" (by the rules alone: {alone.value})" if alone else ""
    if not done.changed:
        return f"{done.code}: {verdict}{rules} as before (revision {done.revision.number}); no letter"
    letter = f"letter {done.letter.id}, {done.letter.state.value}" if done.letter else "no address for a letter"
    return f"{done.code}: {before} -> {verdict}{rules} (revision {done.revision.number}); {letter}"
