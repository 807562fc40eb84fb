"""What the demo shows, drawn from plain data: a table of unions, the last letter, what came in, where everything lies.

`render` gives a rich renderable for a live terminal; `news` gives the lines to print where there is none. Both know
nothing of the store. Whatever came from a message is printed as text: never as markup, without control characters.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dossier.model import Verdict
from hoso.plural import counted

_COLOURS = {
    Verdict.ACCEPTED: "green",
    Verdict.DEFICIENT: "yellow",
    Verdict.LATE: "red",
    Verdict.REVIEW: "magenta",
    Verdict.CORRESPONDENCE: "dim",
    Verdict.IGNORED: "dim",
}
_LETTER_LINES = 18
_EVENT_LINES = 5
_AROUND_TABLE = 4
"""Lines of the table that are no unions."""
_AROUND_LETTER = 3
"""Lines of the panel that are not of the letter's text."""


@dataclass(frozen=True, slots=True)
class UnionLine:
    """Where the dossier of one union stands."""

    code: str
    name: str
    verdict: Verdict
    received_at: datetime | None
    """Of the message that counts for the dossier."""
    findings: tuple[str, ...]
    """Codes of what stands against it, the gravest first."""
    revision: int
    letters: int
    """How many it was sent."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that went out."""

    sent_at: datetime
    union: str
    """Roster code, or '' for a stranger."""
    subject: str
    text: str
    """The plain text of it."""
    file: Path


@dataclass(frozen=True, slots=True)
class DemoView:
    """One moment of the demo."""

    now: datetime
    deadline: datetime
    zone: str
    unions: tuple[UnionLine, ...]
    """Those that sent something, in the order of the roster."""
    asked: int
    """How many unions the roster holds."""
    letters: tuple[LetterLine, ...]
    """In the order of their going out."""
    events: tuple[str, ...]
    """What happened, a line each, the latest last: messages that came in, verdicts, letters."""
    places: tuple[tuple[str, str], ...]
    """What lies where: ("letters", "demo/…/letters")."""
    finished: bool = False
    """All samples came and were answered."""
    stays: bool = True
    """The service goes on polling after that."""


def render(view: DemoView, height: int = 50) -> RenderableType:
    """The whole screen, in at most `height` lines: unions go first, what is left is for the letter and the events."""
    left = height - 2 - len(view.places) - _AROUND_TABLE - len(view.unions)
    events = min(_EVENT_LINES, len(view.events), max(1, left // 3))
    text_lines = min(_LETTER_LINES, left - events - _AROUND_LETTER)
    parts: list[RenderableType] = [
        _headline(view),
        _places(view),
        _unions(view, max(1, len(view.unions) + min(0, left - 1))),
    ]
    if view.letters and text_lines > 2:
        parts.append(_letter(view.letters[-1], len(view.letters), ZoneInfo(view.zone), text_lines))
    return Group(*parts, _events(view, events))


def news(before: DemoView | None, view: DemoView) -> Iterator[str]:
    """What is new since `before`, a line each; first of all, where everything lies."""
    if before is None:
        yield from (f"{what}: {where}" for what, where in view.places)
        asked = counted(view.asked, "union is", "unions are")
        yield f"deadline {_clock(view.deadline, ZoneInfo(view.zone))}, {asked} asked"
    known = {line.code: line for line in before.unions} if before else {}
    for line in view.unions:
        if known.get(line.code) != line:
            yield clean(f"{line.code}: {_standing(line, ZoneInfo(view.zone))}")
    for letter in view.letters[len(before.letters) if before else 0 :]:
        yield clean(f"letter to {letter.union or 'a stranger'}: {letter.subject} ({letter.file})")
    if view.finished and not (before and before.finished):
        yield "all samples are answered" + ("; still polling, Ctrl-C to end" if view.stays else "")


def clean(text: str) -> str:
    """Without control characters and direction marks, which could redraw the terminal; line feeds stay."""
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs") else "�" for char in text
    )


def _headline(view: DemoView) -> Text:
    zone = ZoneInfo(view.zone)
    left = round((view.deadline - view.now).total_seconds())
    count = f"in {left} s" if left >= 0 else f"{-left} s ago"
    text = Text.assemble(
        ("Hoso demo", "bold"),
        f"  {_clock(view.now, zone)}   deadline {_clock(view.deadline, zone)} (",
        (count, "bold green" if left > 5 else "bold red"),
        f")   unions: {len(view.unions)} of {view.asked}, letters: {len(view.letters)}",
        no_wrap=True,
        overflow="ellipsis",
    )
    if view.finished:
        goes_on = " The service goes on polling: Ctrl-C ends it." if view.stays else ""
        text.append(f"\nAll samples are answered.{goes_on}", "bold")
    return text


def _unions(view: DemoView, rows: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    for heading, options in (
        ("Union", {"no_wrap": True}),
        ("Name", {"no_wrap": True, "ratio": 3}),
        ("Verdict", {"no_wrap": True}),
        ("Received", {"no_wrap": True}),
        ("Rev.", {"justify": "right"}),
        ("Letters", {"justify": "right"}),
        ("Findings", {"no_wrap": True, "ratio": 4}),
    ):
        table.add_column(heading, **options)
    zone = ZoneInfo(view.zone)
    for line in view.unions[-rows:]:
        table.add_row(
            Text(line.code),
            Text(clean(line.name)),
            Text(line.verdict.value, _COLOURS[line.verdict]),
            Text(_clock(line.received_at, zone)),
            Text(str(line.revision)),
            Text(str(line.letters)),
            Text(", ".join(line.findings), no_wrap=True, overflow="ellipsis"),
        )
    return table


def _letter(letter: LetterLine, number: int, zone: ZoneInfo, rows: int) -> Panel:
    lines = clean(letter.text).strip().splitlines()
    shown = "\n".join(lines[:rows])
    if len(lines) > rows:
        shown += f"\n… {len(lines) - rows} more lines in {letter.file.name}"
    title = (
        f"Letter {number}, {_clock(letter.sent_at, zone)}, to {letter.union or 'a stranger'}: {clean(letter.subject)}"
    )
    return Panel(
        Text(shown, no_wrap=True, overflow="ellipsis"), title=Text(title), title_align="left", border_style="blue"
    )


def _events(view: DemoView, rows: int) -> Text:
    lines = "\n".join(clean(event).replace("\n", " ") for event in view.events[-rows:])
    return Text(lines, "dim", no_wrap=True, overflow="ellipsis")


def _places(view: DemoView) -> Text:
    lines = "\n".join(f"{what}: {where}" for what, where in view.places)
    return Text(lines, "cyan", no_wrap=True, overflow="ellipsis")


def _standing(line: UnionLine, zone: ZoneInfo) -> str:
    findings = f" ({', '.join(line.findings)})" if line.findings else ""
    return f"{line.verdict.value}{findings}, received {_clock(line.received_at, zone)}, revision {line.revision}"


def _clock(moment: datetime | None, zone: ZoneInfo) -> str:
    return "-" if moment is None else f"{moment.astimezone(zone):%H:%M:%S}"
