"""`hoso score-sheet`, `score-import`: a workbook for one examiner, and what it says when it is filled in."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dossier.score_sheet import SheetError
from hoso.cli import output
from hoso.cli.deciding import done
from hoso.cli.examination import ByOption, Examiner, ReasonOption, by_of, refuse
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.cli.shortlist import AsOf, moment_of
from hoso.plural import counted
from hoso.wiring import Parts, utc_now
from intake.examine import By, NotExaminedError
from intake.score_sheets import sheet_for, take_sheet
from parsers.filled_sheet import MAX_BYTES, read_cells
from parsers.problem import UnreadableError
from reports.score_sheet import score_sheet

Out = Annotated[Path, typer.Option("--out", help="The new workbook (.xlsx).")]
Valid = Annotated[bool, typer.Option("--valid", help="Only initiatives of dossiers that are valid as of --as-of.")]
File = Annotated[Path, typer.Argument(help="The filled workbook.", exists=True, dir_okay=False, readable=True)]
_MOST_PROBLEMS = 50


def add_commands(app: typer.Typer) -> None:
    @app.command("score-sheet")
    def sheet_command(
        out: Out,
        examiner: Examiner,
        valid: Valid = False,
        as_of: AsOf = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Write a workbook in which an examiner gives points to every initiative; what was given stands in it."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        try:
            with parts.store.reading() as conn:
                sheet = sheet_for(conn, asked, examiner, moment_of(as_of, asked) if valid or as_of else None)
        except NotExaminedError as refused:
            return refuse(refused)
        letters = parts.settings.letters
        if not output.new_file(out, score_sheet(sheet, letters.locale, letters.templates)):
            return Exit.FOUND
        if json:
            output.print_json([{"file": str(out), "examiner": sheet.examiner, "initiatives": len(sheet.rows)}])
        else:
            output.print_lines([f"{out}: {counted(len(sheet.rows), 'initiative')} for {sheet.examiner}"])
        return Exit.OK

    @app.command("score-import")
    def import_command(
        file: File,
        by: ByOption,
        reason: ReasonOption,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Record the points of a filled workbook, all of them or none; mistakes are named by their cells."""
        parts, who = records_in(settings), by_of(by, reason)
        return _import(parts, campaign, file, who, as_json=json)


def _import(parts: Parts, key: str, file: Path, by: By, *, as_json: bool) -> int:
    try:
        with file.open("rb") as held:
            content = held.read(MAX_BYTES + 1)
        if not content.startswith(b"PK"):
            output.error_console().print(f"{file.name} is no workbook (.xlsx): nothing was recorded.", markup=False)
            return Exit.FOUND
        taken = take_sheet(parts.store, campaign_of(parts, key), read_cells(content), by, utc_now())
    except NotExaminedError as refused:
        return refuse(refused)
    except SheetError as wrong:
        output.error_console().print(f"Nothing was recorded of {file.name}:", markup=False)
        for problem in wrong.problems[:_MOST_PROBLEMS]:
            output.error_console().print(f"- {output.clean(problem)}", markup=False)
        if len(wrong.problems) > _MOST_PROBLEMS:
            output.error_console().print(f"- and {len(wrong.problems) - _MOST_PROBLEMS} more", markup=False)
        return Exit.FOUND
    except UnreadableError as unread:
        output.error_console().print(f"{file.name} cannot be read: {unread}", markup=False)
        return Exit.FOUND
    except OSError as error:
        output.error_console().print(f"{file.name} cannot be read: {error.strerror or error}", markup=False)
        return Exit.FOUND
    said = f"{taken.new} new, {taken.changed} changed, {taken.same} as they were"
    return done(f"Points recorded: {said}.", asdict(taken), as_json=as_json)
