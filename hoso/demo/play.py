"""Play the demo: the service runs on the demo's mail server while the samples arrive, and a screen shows it."""

import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.live import Live

from dossier.campaign import Campaign
from hoso import logs
from hoso.demo import DemoServer, Sample, deliver_on_time, demo_campaign, fresh_folder, samples
from hoso.demo.screen import DemoView, news, render
from hoso.demo.view import all_answered, letter_lines, view_of
from hoso.service import Service
from hoso.wiring import Parts, parts_of, utc_now
from intake.judge import Desk
from intake.record import Recorded
from intake.send import Post

_EVERY = 0.5
_EVENTS_KEPT = 200


class _Told:
    """What happened, line by line; written by several threads."""

    def __init__(self, zone: str) -> None:
        self._lines: deque[str] = deque(maxlen=_EVENTS_KEPT)
        self._zone = ZoneInfo(zone)

    def say(self, text: str) -> None:
        self._lines.append(f"{utc_now().astimezone(self._zone):%H:%M:%S}  {text}")

    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)

    def came(self, sample: Sample) -> None:
        self.say(f"a message came in from {sample.union or 'a stranger'}: {sample.shows}")

    def judged(self, recorded: Recorded) -> None:
        verdict = recorded.assessment.verdict.value if recorded.assessment else ""
        told = dict.fromkeys(word for word in (recorded.outcome.value, verdict) if word)
        self.say(f"recorded: {recorded.union or recorded.entry.sha256[:8]}: {', '.join(told)}")


def play(base: Path, console: Console, stop: threading.Event, *, once: bool) -> bool:
    """Run until `stop` is set or, with `once`, until all samples are answered; True where they were."""
    start = utc_now()
    folder, campaign = fresh_folder(base, start), demo_campaign(start)
    told = _Told(campaign.zone)
    with ExitStack() as stack:
        server = stack.enter_context(DemoServer(campaign, folder))
        settings = server.install(campaign)
        logs.configure(settings.logs, logs.secrets_of(settings), sys.stderr)
        parts = parts_of(settings, (campaign,))
        stack.callback(parts.store.close)
        parts.store.upgrade()
        ended = threading.Event()
        service = threading.Thread(target=_serve, args=(parts, told, ended), name="service")
        stack.callback(service.join)
        stack.callback(ended.set)
        service.start()
        delivered = _deliver(server, campaign, stop, told)
        return _show(server, parts, campaign, told, console, stop, delivered, once=once)


def _serve(parts: Parts, told: _Told, stop: threading.Event) -> None:
    def started(desk: Desk, post: Post) -> tuple[Desk, Post]:
        return replace(desk, judged=told.judged), post

    Service(parts, answer_backlog=True).run(stop, started)


def _deliver(server: DemoServer, campaign: Campaign, stop: threading.Event, told: _Told) -> threading.Event:
    """Starts the samples on their way; the event is set when the last has arrived."""
    delivered = threading.Event()

    def run() -> None:
        if deliver_on_time(server.deliver, samples(campaign, campaign.deadline), utc_now, stop, told.came):
            delivered.set()

    threading.Thread(target=run, name="samples", daemon=True).start()
    return delivered


def _show(
    server: DemoServer,
    parts: Parts,
    campaign: Campaign,
    told: _Told,
    console: Console,
    stop: threading.Event,
    delivered: threading.Event,
    *,
    once: bool,
) -> bool:
    letters = letter_lines((), campaign, ())
    live = Live(console=console, auto_refresh=False, screen=False) if console.is_terminal else None
    tell = _on_screen(live, console) if live else _line_by_line(console)
    finished = False
    with live or nullcontext():
        while not stop.is_set() and not (once and finished):
            stop.wait(_EVERY)
            files = server.letters()
            letters = letter_lines(files, campaign, letters)
            finished = delivered.is_set() and all_answered(parts.store, server.arrived)
            now, places = utc_now(), _places(server)
            lines = told.lines()
            tell(view_of(parts.store, campaign, now, letters, lines, places, finished=finished, stays=not once))
    return finished


def _places(server: DemoServer) -> tuple[tuple[str, str], ...]:
    folder = server.folder
    return (
        ("letters", str(folder / "letters")),
        ("record", str(folder / "hoso.sqlite")),
        ("messages as they came", str(folder / "blobs")),
        ("log", str(folder / "hoso.log")),
        ("to look around", f"cd {folder}, then hoso dossiers, hoso valid, hoso targets …"),
    )


def _on_screen(live: Live, console: Console) -> Callable[[DemoView], None]:
    return lambda view: live.update(render(view, console.height), refresh=True)


def _line_by_line(console: Console) -> Callable[[DemoView], None]:
    before: list[DemoView | None] = [None]

    def tell(view: DemoView) -> None:
        for line in news(before[0], view):
            console.print(line, markup=False, soft_wrap=True)
        before[0] = view

    return tell
