"""`hoso correct`, `corrections`, `withdraw-correction`: what really stands where something was misread."""

from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.corrections import rests
from hoso.cli import output
from hoso.cli.deciding import By, Reason, decide, print_rejudged, rejudged_row, say, who_of
from hoso.cli.decision_heads import add_on_number
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which, campaign_of, records_in
from hoso.wiring import Parts, utc_now
from intake.correct import Misread, correct_value, documents_of, withdraw_correction
from intake.decisions import Who, dossier_of
from store import corrections
from store.corrections import StoredCorrection
from store.dossiers import Dossier

Row = Annotated[int | None, typer.Option("--row", min=1, help="The initiative's place in the table in force.")]
Column = Annotated[str, typer.Option("--column", help="Key of the column in that row: author, title, applied …")]
Field = Annotated[str, typer.Option("--field", help="Of the memo: number, date, issuer, signer …; or kind, of a file.")]
Value = Annotated[str, typer.Option("--value", help="What really stands there.")]
File = Annotated[str | None, typer.Option("--file", help="The file that is meant, where it is not the one in force.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("correct")
    def correct_command(
        which: Which,
        value: Value,
        by: By,
        reason: Reason,
        row: Row = None,
        column: Column = "",
        field: Field = "",
        file: File = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Correct a value that was misread; the reading stays beside it, the dossier is judged anew."""
        if (row is None) != (not column) or bool(column) == bool(field):
            raise typer.BadParameter("say --row and --column for a cell of the table, or --field for the rest")
        who = who_of(by, reason)

        def act(parts: Parts, asked: Campaign) -> int:
            misread = Misread(column or field, value, row, file)
            made, done = correct_value(parts.store, asked, which, misread, parts.writing, who, utc_now())
            if json:
                read = {"correction": made.decided.number, "reading": made.reading, "value": made.correction.value}
                output.print_json([{**read, **(rejudged_row(done) if done else {})}])
                return Exit.OK
            read_so = f"“{made.reading}”" if made.reading else "nothing"
            say(f"Correction {made.decided.number}: {read_so} was read, “{made.correction.value}” counts.")
            print_rejudged(done, as_json=False)
            return Exit.OK

        return decide(settings, campaign, act, which)

    told, which_number = "Undo a correction: what was read counts again.", "Number, as `hoso corrections` shows it."
    add_on_number(app, "withdraw-correction", told, which_number, _withdraw)

    @app.command("corrections")
    def corrections_command(
        which: Which, settings: SettingsPath = DEFAULT_SETTINGS, campaign: CampaignKey = "", json: AsJson = False
    ) -> int:
        """List the corrections of a dossier with what was read, withdrawn ones too."""
        return _list(records_in(settings), which, campaign, as_json=json)


def _withdraw(parts: Parts, campaign: Campaign, number: int, who: Who, as_json: bool) -> int:
    done = withdraw_correction(parts.store, campaign, number, parts.writing, who, utc_now())
    if not as_json:
        say(f"Correction {number} counts no more: what was read does.")
    print_rejudged(done, as_json=as_json)
    return Exit.OK


def correction_rows(conn: Connection, dossier: Dossier) -> list[dict[str, Any]]:
    """Of a dossier, in order; `rests` where the row cannot be told any more in what is read now."""
    files = documents_of(conn, dossier)
    return [_row(one, files) for one in corrections.of_dossier(conn, dossier.id)]


def _row(one: StoredCorrection, files: dict[str, Any]) -> dict[str, Any]:
    read = files.get(one.correction.document)
    return {
        "correction": one.decided.number,
        "file": read.file if read else None,
        "row": one.correction.row,
        "field": one.correction.field,
        "reading": one.reading,
        "value": one.correction.value,
        "rests": read is None or rests(read, one.correction),
        "recorded_at": one.decided.at,
        "by": one.decided.by,
        "reason": one.decided.reason,
        "withdrawn_at": one.decided.ended_at,
        "withdrawn_by": one.decided.ended_by,
        "withdrawn_reason": one.decided.ended_reason,
    }


def _list(parts: Parts, which: str, key: str, *, as_json: bool) -> int:
    campaign = campaign_of(parts, key)
    with parts.store.reading() as conn:
        rows = correction_rows(conn, dossier_of(conn, campaign, which))
    if as_json:
        output.print_json(rows)
        return Exit.OK
    columns = ("number", "file", "row", "field", "reading", "value", "by", "why", "withdrawn")
    shown = (
        (
            *(row[name] for name in ("correction", "file", "row", "field", "reading", "value", "by", "reason")),
            output.local(row["withdrawn_at"], campaign.zone),
        )
        for row in rows
    )
    output.print_table("Corrections", columns, shown, "Nothing was corrected.")
    return Exit.OK
