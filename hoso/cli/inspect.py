"""`hoso inspect`: what Hoso reads in messages and would make of them; stores nothing, sends nothing."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from dossier.assessment import JudgingContext, judge_alone
from dossier.autoreply import OwnIdentity
from dossier.campaign import Campaign
from dossier.deadline import receipt
from dossier.model import RawMessage
from dossier.recognition import candidates
from hoso.campaigns import example_campaign, load_campaign
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import AsJson
from hoso.inspection import InspectionView, inspection_view, unread_view
from hoso.signatures import signature_line
from hoso.trust import load_trust_roots
from hoso.wiring import utc_now
from ingest.files import read_paths
from parsers.sandbox import MessageUnreadableError, Sandbox

_AHEAD = 4
"""Messages read ahead of the one that is printed, for each core."""

Files = Annotated[list[Path], typer.Argument(help="Messages: .eml files, mbox files, Maildir folders.")]
CampaignPath = Annotated[
    Path | None, typer.Option("--campaign", help="A campaign file; without it the one that ships with the program.")
]

TrustRoots = Annotated[
    list[Path] | None, typer.Option("--trust", help="Certificates that digital signatures should lead to: PEM or DER.")
]


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def inspect(files: Files, json: AsJson = False, campaign: CampaignPath = None, trust: TrustRoots = None) -> int:
        """Show what is read in messages, each judged alone. Stores nothing, sends nothing, needs no settings."""
        chosen = load_campaign(campaign) if campaign else example_campaign()
        return _inspect(files, chosen, load_trust_roots(trust or ()), as_json=json)


def _inspect(files: list[Path], campaign: Campaign, trust_roots: tuple[str, ...], *, as_json: bool) -> int:
    workers = os.cpu_count() or 1
    unread = 0
    with (
        Sandbox((campaign,), workers=workers, trust_roots=trust_roots) as sandbox,
        ThreadPoolExecutor(workers) as pool,
    ):
        reading = ((raw, pool.submit(_inspected, sandbox, raw, campaign)) for raw in read_paths(files, utc_now()))
        for raw, future in _ahead(reading, workers * _AHEAD):
            try:
                view = future.result()
            except MessageUnreadableError as error:
                unread += 1
                view = unread_view(_name(raw), error.detail)
            if as_json:
                output.print_json([view])
            else:
                _print(view)
    return Exit.FOUND if unread else Exit.OK


def _ahead(
    reading: Iterator[tuple[RawMessage, "Future[InspectionView]"]], count: int
) -> Iterator[tuple[RawMessage, "Future[InspectionView]"]]:
    """In order, with a few under way: memory stays flat in the number of messages."""
    waiting: list[tuple[RawMessage, Future[InspectionView]]] = []
    for one in reading:
        waiting.append(one)
        if len(waiting) > count:
            yield waiting.pop(0)
    yield from waiting


def _inspected(sandbox: Sandbox, raw: RawMessage, campaign: Campaign) -> InspectionView:
    submission = sandbox.read(raw.content)
    meant = candidates(submission, (campaign,))
    own = OwnIdentity(addresses=campaign.recognition.recipients)
    context = JudgingContext(own=own, meant=tuple(one.name for one in meant))
    assessment = judge_alone(submission, receipt(None, submission.received), campaign, context)
    return inspection_view(_name(raw), submission, assessment, campaign.zone)


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
        rows = f", {len(document['rows'])} initiatives" if "rows" in document else ""
        lines.append(f"  {document['file']}: {', '.join(document['kinds'])} (by {document['read_by'] or '-'}{rows})")
        lines += [f"    {signature_line(one)}" for one in document.get("signatures", [])]
    for finding in view["findings"]:
        row = f", row {finding['row']}" if finding["row"] else ""
        lines.append(f"  [{finding['severity']}] {finding['code']}{row}: {finding['detail'] or '-'}")
    output.print_lines([*lines, ""])
