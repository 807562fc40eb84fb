"""What `hoso dossiers` and `hoso initiatives` share: filters, order, pages, and lists written to files row by row."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from itertools import count
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dossier.campaign import Campaign
from dossier.findings import POLICY
from dossier.searching import words_of
from hoso.cli import output, streams
from hoso.local_time import first_moment, last_moment
from hoso.plural import counted
from reports.tables import Cell, write_csv, write_xlsx
from reports.whole_file import whole_file
from store.paging import NoSuchRowError, Sort, UnknownSortError

Text = Annotated[
    str,
    typer.Option("--text", help='Only with all these words, marks ignored; "hen kham" in a row, ph* begins so.'),
]
Union = Annotated[str | None, typer.Option("--union", help="Only of the union with this code.")]
From = Annotated[str, typer.Option("--from", help="Received from this day or moment on, in the campaign's zone.")]
To = Annotated[str, typer.Option("--to", help="Received through this day or moment.")]
SortBy = Annotated[str, typer.Option("--sort", help="Columns, with commas between, a minus turns one: received,-union")]
Most = Annotated[
    int | None, typer.Option("--limit", min=1, help="At most so many; without it 1000, and all of them to a file.")
]
Csv = Annotated[
    Path | None, typer.Option("--csv", help="Write the list to this new file, UTF-8 with its mark; - prints it.")
]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write the list to this new file.")]
Separator = Annotated[str, typer.Option("--separator", help="Between the cells of the CSV file.")]

SHOWN = 1000
"""Lines, where nobody said how many."""


def sorts(written: str) -> tuple[Sort, ...]:
    """ "received,-union"; empty: the list's own order."""
    parts = [one.strip() for one in written.split(",") if one.strip()]
    return tuple(Sort(one.removeprefix("-"), one.startswith("-")) for one in parts)


def span(campaign: Campaign, began: str, ended: str) -> tuple[datetime | None, datetime | None]:
    """Raises BadParameter."""
    zone = ZoneInfo(campaign.zone)
    try:
        first, last = first_moment(began, zone) if began else None, last_moment(ended, zone) if ended else None
    except ValueError as wrong:
        raise typer.BadParameter(f"--from, --to: {wrong}") from None
    if first is not None and last is not None and first > last:
        raise typer.BadParameter(f"--from {began} is later than --to {ended}")
    return first, last


def names_of(campaign: Campaign) -> dict[str, list[str]]:
    """What each union is called by: code, name and aliases, as words."""
    return {one.code: words_of(" ".join((one.code, one.name, *one.aliases))) for one in campaign.roster.unions}


def union_meant(campaign: Campaign, typed: str | None) -> str | None:
    """The code as the roster writes it, or as typed where it has none such: unions leave a roster."""
    codes = {one.code.upper(): one.code for one in campaign.roster.unions}
    return typed and codes.get(typed.upper(), typed)


def nothing(campaign: Campaign, what: str, union: str | None = None, finding: str | None = None) -> str:
    """What is said where nothing was found: what nobody ever recorded may be a slip of the pen."""
    said = [what]
    if union and campaign.roster.by_code(union) is None:
        said.append(f"The roster has no union {union}.")
    if finding and finding not in POLICY:
        near = get_close_matches(finding, POLICY, n=1)
        said.append(f"There is no finding {finding}{f': {near[0]}?' if near else '.'}")
    return " ".join(said)


def in_block(campaign: Campaign, asked: str, words: Mapping[str, str]) -> list[str]:
    """Codes of the unions whose block holds these words, as the roster or as `words` tell it; marks are ignored."""
    wanted = set(words_of(asked))
    return [
        one.code for one in campaign.roster.unions if wanted <= set(words_of(f"{one.block} {words.get(one.block, '')}"))
    ]


def limit_of(limit: int | None, target: "Target | None") -> int | None:
    return limit or (None if target else SHOWN)


@dataclass(frozen=True, slots=True)
class Target:
    """The file that a list is written to."""

    path: Path
    xlsx: bool
    separator: str = ","

    @property
    def printed(self) -> bool:
        """`--csv -`, for whoever pipes it on."""
        return not self.xlsx and self.path == Path("-")

    def write(
        self, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], name: str, *, as_json: bool = False
    ) -> bool:
        """Row by row, and say so; a file that is there already is left alone. Returns whether it was written.

        `name`: what one row tells of.
        """
        if self.printed:
            with streams.printing():
                write_csv(sys.stdout.buffer, columns, rows, self.separator)
            return True
        numbers = count()
        try:
            with whole_file(self.path) as file:
                passed = (row for row, _ in zip(rows, numbers, strict=False))
                if self.xlsx:
                    write_xlsx(file, title, columns, passed)
                else:
                    write_csv(file, columns, passed, self.separator)
        except OSError as error:
            output.not_written(self.path, error)
            return False
        written = next(numbers)
        if as_json:
            output.print_json([{"file": str(self.path), "rows": written}])
        else:
            output.print_lines([f"{self.path}: {counted(written, name)}"])
        return True


def target_of(csv: Path | None, xlsx: Path | None, separator: str) -> Target | None:
    """Raises BadParameter."""
    if xlsx == Path("-"):
        raise typer.BadParameter("a workbook is not printed: name a file")
    if csv is not None and xlsx is not None:
        raise typer.BadParameter("one file at a time: --csv or --xlsx")
    if len(separator) != 1 or separator in '"\r\n':
        raise typer.BadParameter("--separator is one sign: , or ;")
    if xlsx is not None:
        return Target(xlsx, xlsx=True)
    return None if csv is None else Target(csv, xlsx=False, separator=separator)


def tell_more(shown: int, limit: int | None, last: object) -> None:
    """Where a page is full, how the next one is asked for."""
    if limit is not None and shown == limit:
        output.error_console().print(f"There may be more: --after {last} shows the next page.", markup=False)


def local_time(moment: datetime | None, zone: str) -> datetime | None:
    """For a spreadsheet, which knows no zones: as the clock of the campaign showed it."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0) if moment else None


@contextmanager
def refusals() -> Iterator[None]:
    """What a list refuses is a mistake on the command line."""
    try:
        yield
    except (UnknownSortError, NoSuchRowError) as wrong:
        raise typer.BadParameter(str(wrong)) from None
