"""Results on standard output: JSON lines for programs, tables for people. Received text never brings control codes."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typing_extensions import override

from hoso.cli import streams
from reports.whole_file import whole_file

_HALVES = re.compile(r"[\ud800-\udfff]")
"""Halves of characters, as in a file's name that is no UTF-8: no text can be written with them."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEAST = {"findings": 16, "target": 16, "title": 14, "received": 10, "written": 10} | dict.fromkeys(
    ("from", "to", "subject", "error", "why", "source", "kind", "letter", "note", "missing", "to look at", "label"), 8
)
"""Columns that may be broken over lines, and the least width of each; 10 is that of a day."""


def print_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """One object a line, UTF-8 (escaped where standard output is not); moments as ISO 8601 with their zone."""
    plain = not streams.is_utf8()
    for row in rows:
        text = json.dumps(row, ensure_ascii=plain, default=_plain)
        with streams.printing():
            sys.stdout.write(_HALVES.sub(_escaped, text) + "\n")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """A table as wide as the terminal; `empty` is said where there are no rows.

    In a narrow one the columns of words give way; codes, times and verdicts are to be read at a glance. Where that is
    not enough, they are broken over lines, too: nothing is cut off, no heading either.
    """
    cells = [[Text(shown(value) or "-") for value in row] for row in rows]
    terminal = console()
    if not cells:
        terminal.print(empty, markup=False)
        return
    whole = (max(len(column), *(row[at].cell_len for row in cells)) for at, column in enumerate(columns))
    needed = sum(_LEAST.get(column, wide) for column, wide in zip(columns, whole, strict=True)) + len(columns) - 1
    least = _LEAST if needed <= terminal.width else dict.fromkeys(columns, 1)
    terminal.print(_table(title, columns, cells, least), markup=False)


def _table(title: str, columns: Sequence[str], cells: Sequence[Sequence[Text]], least: Mapping[str, int]) -> Table:
    """`least`: columns that may be broken over lines, and how narrow each may become."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=0, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column not in least, min_width=least.get(column))
    for row in cells:
        table.add_row(*row)
    return table


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        console().print(Text(clean(line)), soft_wrap=True)


class _Terminal(Console):
    @override
    def on_broken_pipe(self) -> None:
        """Whoever reads has seen enough: no fault, though rich would end with status 1."""
        raise BrokenPipeError

    @override
    def print(self, *objects: Any, **options: Any) -> None:
        with streams.printing():
            super().print(*objects, **options)


def console() -> Console:
    return _Terminal(highlight=False)


def error_console() -> Console:
    """For progress and everything that is no result; lines are not broken, so that paths in them stay whole."""
    return _Terminal(highlight=False, stderr=True, soft_wrap=True)


def clean(text: str) -> str:
    """Without control characters and marks that turn the direction of text."""
    return _HALVES.sub("\ufffd", _CONTROLS.sub(" ", text))


def shown(value: object) -> str:
    """One cell for people."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    return clean(str(value))


def local(moment: datetime | None, zone: str) -> str:
    """In the campaign's zone, to the second; '-' for none."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%d/%m/%Y %H:%M:%S") if moment else "-"


def new_file(path: Path, content: bytes) -> bool:
    """Into a new file: none that is there is overwritten, and none is left half-written."""
    try:
        with whole_file(path) as file:
            file.write(content)
    except OSError as error:
        not_written(path, error)
        return False
    return True


def not_written(path: Path, error: OSError) -> None:
    """Say why, and what to do where a file of that name is there already."""
    why = error.strerror or str(error)
    if isinstance(error, FileExistsError):
        why = "it is there already and is not overwritten: give another name, or move it away"
    error_console().print(f"{path} cannot be written: {why}", markup=False, soft_wrap=True)


def _escaped(half: re.Match[str]) -> str:
    return f"\\u{ord(half[0]):04x}"


def _plain(value: object) -> str:
    if isinstance(value, date):  # a time, too
        return value.isoformat()
    return str(value)
