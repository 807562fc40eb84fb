"""`hoso inspect`: what Hoso reads in messages and would make of them; stores nothing, sends nothing."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from dossier.assessment import JudgingContext, judge_alone
from dossier.autoreply import OwnIdentity
from dossier.campaign import Campaign
from dossier.deadline import receipt
from dossier.model import Assessment, RawMessage, Submission
from dossier.recognition import candidates
from hoso.campaigns import example_campaign, load_campaign
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import AsJson
from hoso.inspection import InspectionView, inspection_view, unread_view
from hoso.plural import counted
from hoso.reading_page.build import message_shown, unread_shown
from hoso.reading_page.model import MessageShown
from hoso.reading_page.render import page
from hoso.signatures import signature_line
from hoso.trust import load_trust_roots
from hoso.wiring import utc_now
from ingest.files import read_paths
from parsers.limits import Limits, ProcessLimits
from parsers.sandbox import MessageUnreadableError, Sandbox
from parsers.views import View
from reports.whole_file import whole_file

_AHEAD = 4
"""Messages read ahead of the one that is printed, for each core."""
_FOR_A_PAGE = Limits(part_seconds=120, message_seconds=600, process=ProcessLimits(cpu_seconds=600))
"""Somebody waits for it, and every page is drawn besides."""
_FOR_A_SCAN = Limits(patience=300, process=ProcessLimits(cpu_seconds=400))
"""No other mail waits here: as long as page after page is read, it goes on."""

Files = Annotated[list[Path], typer.Argument(help="Messages: .eml files, mbox files, Maildir folders.")]
CampaignPath = Annotated[
    Path | None, typer.Option("--campaign", help="A campaign file; without it the one that ships with the program.")
]

TrustRoots = Annotated[
    list[Path] | None, typer.Option("--trust", help="Certificates that digital signatures should lead to: PEM or DER.")
]


AtOnce = Annotated[
    int | None,
    typer.Option("--workers", min=1, max=256, help="Messages read at once; without it as many as there are cores."),
]


HtmlPage = Annotated[
    Path | None, typer.Option("--html", help="Write a page that shows every file with what was read in it, and where.")
]


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def inspect(
        files: Files,
        json: AsJson = False,
        html: HtmlPage = None,
        campaign: CampaignPath = None,
        trust: TrustRoots = None,
        workers: AtOnce = None,
    ) -> int:
        """Show what is read in messages, each judged alone. Stores nothing, sends nothing, needs no settings."""
        chosen = load_campaign(campaign) if campaign else example_campaign()
        if html is not None and any(html.resolve() == file.resolve() for file in files):
            raise typer.BadParameter("--html names the page to be written, not a message")
        count = workers or os.cpu_count() or 1
        results = _results(files, chosen, load_trust_roots(trust or ()), count, for_page=html is not None)
        told = _told(results, chosen, as_json=json)
        if html is None:
            return _exit_status(told)
        kept: list[_Result] = []
        title = f"Hoso: {', '.join(file.name for file in files[:3])}"
        if not _write(html, page(title, _shown(told, kept, chosen))):
            return Exit.FOUND
        told_at = output.error_console() if json else output.console()
        told_at.print(f"The page is in {html}", markup=False, soft_wrap=True)
        return _exit_status(kept)


@dataclass(frozen=True, slots=True)
class _Read:
    submission: Submission
    assessment: Assessment
    views: tuple[View, ...] = ()


@dataclass(frozen=True, slots=True)
class _Result:
    file: str
    read: _Read | None
    detail: str = ""
    """Why it could not be read."""


def _exit_status(results: Iterable[_Result]) -> int:
    return Exit.FOUND if sum(result.read is None for result in results) else Exit.OK


def _results(
    files: list[Path], campaign: Campaign, trust_roots: tuple[str, ...], workers: int, *, for_page: bool
) -> Iterator[_Result]:
    limits = _FOR_A_PAGE if for_page else _FOR_A_SCAN
    with (
        Sandbox((campaign,), limits, workers=workers, trust_roots=trust_roots) as sandbox,
        ThreadPoolExecutor(workers) as pool,
    ):
        read = _viewed if for_page else _plain
        reading = ((_name(raw), pool.submit(read, sandbox, raw, campaign)) for raw in read_paths(files, utc_now()))
        for name, future in _ahead(reading, workers if for_page else workers * _AHEAD):
            try:
                yield _Result(name, future.result())
            except MessageUnreadableError as error:
                yield _Result(name, None, error.detail)


def _ahead(reading: Iterator[tuple[str, "Future[_Read]"]], count: int) -> Iterator[tuple[str, "Future[_Read]"]]:
    """In order, with a few under way: memory stays flat in the number of messages."""
    waiting: list[tuple[str, Future[_Read]]] = []
    for one in reading:
        waiting.append(one)
        if len(waiting) > count:
            yield waiting.pop(0)
    while waiting:
        yield waiting.pop(0)


def _plain(sandbox: Sandbox, raw: RawMessage, campaign: Campaign) -> _Read:
    submission = sandbox.read(raw.content)
    return _Read(submission, _judged(submission, campaign))


def _viewed(sandbox: Sandbox, raw: RawMessage, campaign: Campaign) -> _Read:
    submission, views = sandbox.view(raw.content)
    return _Read(submission, _judged(submission, campaign), views)


def _judged(submission: Submission, campaign: Campaign) -> Assessment:
    meant = candidates(submission, (campaign,))
    own = OwnIdentity(addresses=campaign.recognition.recipients)
    context = JudgingContext(own=own, meant=tuple(one.name for one in meant))
    return judge_alone(submission, receipt(None, submission.received), campaign, context)


def _told(results: Iterable[_Result], campaign: Campaign, *, as_json: bool) -> Iterator[_Result]:
    """Each result, once it is printed."""
    for result in results:
        read = result.read
        view = (
            unread_view(result.file, result.detail)
            if read is None
            else inspection_view(result.file, read.submission, read.assessment, campaign.zone)
        )
        if as_json:
            output.print_json([view])
        else:
            _print(view)
        yield result


def _shown(results: Iterable[_Result], kept: list[_Result], campaign: Campaign) -> Iterator[MessageShown]:
    """For the page; of each result only what the exit status needs is kept."""
    for number, result in enumerate(results, start=1):
        read = result.read
        if read is None:
            kept.append(result)
            yield unread_shown(result.file, result.detail, campaign, number)
        else:
            yield message_shown(result.file, read.submission, read.assessment, read.views, campaign, number)


def _write(path: Path, pieces: Iterable[str]) -> bool:
    """Nothing is read where the page cannot be written; an earlier page stays until the new one is whole."""
    try:
        with whole_file(path, replace=True) as file:
            for piece in pieces:
                file.write(piece.encode("utf-8"))
    except OSError as error:
        output.not_written(path, error)
        return False
    return True


def _name(raw: RawMessage) -> str:
    return Path(raw.source).name


def _print(view: InspectionView) -> None:
    """For people: one message in a few lines."""
    standing = f"{view['verdict']} (reply: {view['reply']})"
    lines = [
        f"{view['file']}: {standing}",
        f"  from {view['sender'] or '?'}, union {view['union'] or '?'}, received {view['received_at'] or '?'}",
        f"  complete {output.shown(view['complete'])}, in time {output.shown(view['in_time'])}",
    ]
    for document in view["documents"]:
        rows = f", {counted(len(document['rows']), 'initiative')}" if "rows" in document else ""
        lines.append(f"  {document['file']}: {', '.join(document['kinds'])} (by {document['read_by'] or '-'}{rows})")
        lines += [f"    {signature_line(one)}" for one in document.get("signatures", [])]
    for finding in view["findings"]:
        row = f", row {finding['row']}" if finding["row"] else ""
        lines.append(f"  [{finding['severity']}] {finding['code']}{row}: {finding['detail'] or '-'}")
    output.print_lines([*lines, ""])
