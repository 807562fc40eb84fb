"""`hoso proposal`: the outgoing Tờ trình and summary table as DOCX and PDF."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.examination import refuse
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.plural import counted
from hoso.wiring import Parts, utc_now
from intake.examine import NotExaminedError
from intake.proposing import Heading, proposal_of
from parsers.conversion import PageKind
from parsers.office import Office
from parsers.problem import UnreadableError
from reports.proposal import MEMO_NAME, TABLE_NAME, proposal

Out = Annotated[Path, typer.Option("--out", help="The folder that the documents are written to; none is overwritten.")]
Number = Annotated[str, typer.Option("--number", help="Number of the document; without it, room for it to be written.")]
Dated = Annotated[str, typer.Option("--date", help="Its day, as in 2021-05-05; without it, room for it to be written.")]
Signer = Annotated[str, typer.Option("--signer", help="Who is to sign; without it, the name is left blank.")]
Draft = Annotated[
    bool, typer.Option("--draft", help="As the list stands now, marked as a draft, where none is frozen.")
]
Pdf = Annotated[bool, typer.Option("--pdf/--no-pdf", help="Beside each DOCX a PDF, by LibreOffice.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("proposal")
    def proposal_command(
        out: Out,
        number: Number = "",
        dated: Dated = "",
        signer: Signer = "",
        draft: Draft = False,
        pdf: Pdf = True,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Write the Tờ trình and the summary table to the body above, from the frozen shortlist."""
        heading = Heading(number.strip(), _day(dated), signer.strip())
        parts = records_in(settings)
        return _propose(parts, campaign, heading, out, draft=draft, pdf=pdf, as_json=json)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"--date: {text} is no day: write it as in 2021-05-05") from None


def _propose(parts: Parts, key: str, heading: Heading, out: Path, *, draft: bool, pdf: bool, as_json: bool) -> int:
    campaign = campaign_of(parts, key)
    try:
        with parts.store.reading() as conn:
            found = proposal_of(conn, campaign, heading, utc_now(), draft=draft)
    except NotExaminedError as refused:
        return refuse(refused)
    written = proposal(found, parts.settings.letters.templates)
    files = {f"{MEMO_NAME}.docx": written.memo, f"{TABLE_NAME}.docx": written.table}
    problem = ""
    if pdf:
        try:
            files |= _as_pdf(files)
        except UnreadableError as failed:
            problem = str(failed)
    if not _write(out, files):
        return Exit.FOUND
    count = len(found.proposed)
    if as_json:
        output.print_json({"file": str(out / name), "initiatives": count} for name in files)
    else:
        output.print_lines([f"{out / name}: {counted(count, 'initiative')}" for name in files])
    if problem:
        output.error_console().print(f"No PDF was made: {problem}. The DOCX files are whole.", markup=False)
        return Exit.FOUND
    return Exit.OK


def _as_pdf(files: dict[str, bytes]) -> dict[str, bytes]:
    """By LibreOffice with a profile of its own and a time limit. Raises UnreadableError."""
    with Office() as office:
        return {
            f"{name.removesuffix('.docx')}.pdf": office.convert(PageKind.DOCX, content).content
            for name, content in files.items()
        }


def _write(out: Path, files: dict[str, bytes]) -> bool:
    """All or none: what is there is never overwritten."""
    there = [name for name in files if (out / name).exists()]
    if there:
        said = f"{out} holds {', '.join(there)} already: name another folder, or move them away"
        output.error_console().print(said, markup=False)
        return False
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        output.error_console().print(f"{out} cannot be made: {error.strerror or error}", markup=False)
        return False
    for number, (name, content) in enumerate(files.items()):
        if not output.new_file(out / name, content):
            for written in list(files)[:number]:
                (out / written).unlink(missing_ok=True)
            return False
    return True
