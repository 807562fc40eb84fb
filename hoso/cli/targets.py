"""`hoso targets` and `hoso target`: how the plan's targets stand, and what staff record of each union for them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dossier.breakdown import Breakdown, Split
from dossier.campaign import Campaign
from dossier.targets import Mark, Standing
from hoso.cli import output
from hoso.cli.deciding import done
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, parts_in, records_in
from hoso.cli.target_lines import print_target, print_targets
from hoso.plural import counted
from hoso.wiring import Parts, utc_now
from intake.targets import Progress, TargetError, Told, progress, record, target_of
from reports.target_charts import benefit_chart, split_chart, targets_chart, union_block_chart
from reports.targets import targets_workbook
from store import targets

Which = Annotated[
    str | None, typer.Argument(help="The key of one target: its sentence, and the rows behind its figure.")
]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write a workbook for print to this new file.")]
Charts = Annotated[Path | None, typer.Option("--charts", help="Write the charts as PNG into this folder.")]
Union = Annotated[str, typer.Argument(metavar="UNION", help="The union's code in the roster.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="The key of a recorded target, as `hoso targets` lists it.")]
Said = Annotated[bool | None, typer.Option("--yes/--no", help="Whether the union has it.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take back what was recorded; it stays in the history.")]
By = Annotated[str, typer.Option("--by", help="Who records it.")]
Reason = Annotated[str, typer.Option("--reason", help="Why: the report, the document, the visit.")]
On = Annotated[str, typer.Option("--on", help="The day from which it holds, as in 2021-04-01.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("targets")
    def targets_command(
        which: Which = None,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        xlsx: Xlsx = None,
        charts: Charts = None,
        json: AsJson = False,
    ) -> int:
        """Tell how the plan's targets stand, counted from the register, and what each figure was counted from."""
        parts = records_in(settings)
        asked = campaign_of(parts, campaign)
        told = progress(parts.store, asked, utc_now())
        if not _written(_files(asked, told, xlsx, charts), as_json=json):
            return Exit.FOUND
        if which is not None:
            return _one(parts, asked, told, which, as_json=json)
        if json:
            output.print_json([*(_standing_row(one) for one in told.standings), _parts_row(told.breakdown)])
        elif xlsx is None and charts is None:
            print_targets(asked, told.standings, told.breakdown)
        return Exit.OK

    @app.command("target")
    def target_command(
        union: Union,
        key: Key,
        by: By,
        reason: Reason,
        said: Said = None,
        undo: Undo = False,
        on: On = "",
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Record whether a union has what a target asks; a later word takes the place of an earlier, which stays."""
        if undo == (said is not None):
            raise typer.BadParameter("say --yes or --no, or --undo to take back what was recorded")
        if not by.strip() or not reason.strip():
            raise typer.BadParameter("a person records it, for a reason: give --by and --reason")
        return _record(settings, campaign, Told(union, key, said, by.strip(), reason.strip(), _day(on)), as_json=json)


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"--on {written} is no day: write it as in 2021-04-01") from None


def _record(path: Path, key: str, told: Told, *, as_json: bool) -> int:
    parts = parts_in(path, logins=False)
    try:
        parts.store.upgrade()
        mark = record(parts.store, campaign_of(parts, key), told, utc_now())
    except TargetError as refused:
        output.error_console().print(f"Not recorded: {refused}.", markup=False)
        return Exit.FOUND
    finally:
        parts.store.close()
    stands = "taken back" if told.met is None else "yes" if told.met else "no"
    said = (
        f"{told.target} of {told.union} stood so before."
        if mark is None
        else (f"{told.target} of {told.union}: {stands} (event {mark.event}).")
    )
    row = {"union": told.union, "target": told.target, "met": told.met, "event": mark.event if mark else None}
    return done(said, row, as_json=as_json)


def _one(parts: Parts, campaign: Campaign, told: Progress, key: str, *, as_json: bool) -> int:
    try:
        target = target_of(campaign, key)
    except TargetError as refused:
        output.error_console().print(f"{refused}.", markup=False)
        return Exit.FOUND
    (standing,) = (one for one in told.standings if one.target == target)
    with parts.store.reading() as conn:
        marks = targets.standing(conn, campaign.key).get(key, {})
    if as_json:
        output.print_json([_standing_row(standing, marks.values())])
    else:
        print_target(campaign, standing, marks)
    return Exit.OK


def _standing_row(one: Standing, marks: Any = ()) -> dict[str, Any]:
    target = one.target
    return {
        "target": target.key,
        "label": target.label,
        "measure": target.measure.value,
        "least": target.least,
        "exceed": target.exceed,
        "most": target.most,
        "by": target.by,
        "quote": target.quote,
        "value": one.value,
        "base": one.base,
        "per_cent": one.per_cent,
        "per_union_hundredths": one.hundredths,
        "state": one.state.value,
        "in_accepted_dossiers": one.accepted,
        "rows": [{"reference": row.reference, "union": row.union, "count": row.count} for row in one.rows],
        "lacking": list(one.lacking),
        "unrecorded": list(one.unrecorded),
        **({"marks": [_mark_row(mark) for mark in marks]} if marks else {}),
    }


def _mark_row(mark: Mark) -> dict[str, Any]:
    said = {"union": mark.union, "met": mark.met, "on": mark.on, "recorded_at": mark.at}
    return said | {"event": mark.event, "by": mark.by, "reason": mark.reason}


def _parts_row(parts: Breakdown) -> dict[str, Any]:
    worths = parts.worths
    return {
        "initiatives": parts.initiatives,
        "by_field": _split_row(parts.by_field),
        "by_block": _split_row(parts.by_block),
        "by_block_of_union": dict(parts.by_union_block),
        "benefit": [
            {name: getattr(one, name) for name in ("per", "count", "low", "high", "open_up", "approximate")}
            for one in worths.amounts
        ],
        "benefit_not_in_money": worths.not_in_money,
        "benefit_unclear": worths.unclear,
        "benefit_blank": worths.blank,
    }


def _split_row(split: Split | None) -> dict[str, Any] | None:
    return None if split is None else {"counts": dict(split.counts), "other": split.other, "blank": split.blank}


def _files(campaign: Campaign, told: Progress, xlsx: Path | None, charts: Path | None) -> dict[Path, tuple[bytes, str]]:
    """Each that was asked for, with what it holds."""
    files: dict[Path, tuple[bytes, str]] = {}
    if xlsx is not None:
        book = targets_workbook(campaign, told.standings, told.breakdown, told.at)
        files[xlsx] = (book, counted(len(told.standings), "target"))
    if charts is not None:
        files |= {charts / name: (content, "a chart") for name, content in _charts(told).items()}
    return files


def _charts(told: Progress) -> dict[str, bytes]:
    """Name of the file → PNG."""
    parts = told.breakdown
    drawn = {"targets.png": targets_chart(told.standings), "benefit.png": benefit_chart(parts)}
    drawn["union-blocks.png"] = union_block_chart(parts)
    for name, split in (("fields.png", parts.by_field), ("blocks.png", parts.by_block)):
        if split is not None:
            drawn[name] = split_chart(split)
    return {name: one.png for name, one in sorted(drawn.items())}


def _written(files: Mapping[Path, tuple[bytes, str]], *, as_json: bool) -> bool:
    """Each is told; where JSON is asked for, beside it."""
    for path, (content, held) in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            output.error_console().print(f"{path.parent} cannot be made: {error.strerror}", markup=False)
            return False
        if not output.new_file(path, content):
            return False
        told = output.error_console() if as_json else output.console()
        told.print(f"{path}: {held}", markup=False, soft_wrap=True)
    return True
