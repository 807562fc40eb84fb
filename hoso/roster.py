"""The roster (danh sách công đoàn cơ sở) from a CSV file as spreadsheets save it.

Columns: code, name, and if wanted block, aliases, addresses; lists are separated by " | ".
"""

import csv
import difflib
import io
import re
from collections import defaultdict
from pathlib import Path

from dossier.campaign import Roster, Union
from dossier.folding import fold, squeeze
from hoso.strict_yaml import ConfigError

COLUMNS = ("code", "name", "block", "aliases", "addresses")
_MANDATORY = COLUMNS[:2]
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,15}")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")


def load_roster(path: Path) -> Roster:
    """Raises ConfigError with every line that cannot be used. What is only doubtful is told by `doubts`."""
    lines = _lines(path)
    problems: list[str] = []
    unions: list[Union] = []
    first_line: dict[str, int] = {}
    for number, cells in lines:
        union = _union(cells, number, problems)
        if union.code in first_line:
            problems.append(
                f"line {number}: the code {union.code} stands on line {first_line[union.code]} too: change one"
            )
        first_line.setdefault(union.code, number)
        unions.append(union)
    if not lines:
        problems.append("holds no union: write one a line under the heading")
    if problems:
        raise ConfigError(path, tuple(problems))
    return Roster(tuple(unions))


def doubts(roster: Roster) -> tuple[str, ...]:
    """What a person should look at: addresses and names that two unions share (they become union-mismatch)."""
    return tuple(_shared(roster))


def _shared(roster: Roster) -> list[str]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for union in roster.unions:
        for address in union.addresses:
            owners[f"the address {address}"].add(union.code)
        for name in (union.name, *union.aliases):
            owners[f"the name “{fold(name)}”"].add(union.code)
    return [
        f"{what} belongs to {' and '.join(sorted(codes))}: a message by it goes to a person"
        for what, codes in owners.items()
        if len(codes) > 1
    ]


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """(line number, column → cell) of each line that is not empty."""
    text = _text(path)
    heading = text.partition("\n")[0]
    # a spreadsheet with Vietnamese settings parts cells with semicolons
    separator = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        table = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise ConfigError(path, (f"line {reader.line_num}: is no CSV ({error})",)) from None
    names = [name.strip().casefold() for name in table[0][1]] if table else []
    problems = _heading_problems(names)
    problems += [
        f"line {number}: has more cells than the heading: quote a cell that holds a “{separator}”"
        for number, cells in table
        if len(cells) > len(names)
    ]
    if problems:
        raise ConfigError(path, tuple(problems))
    return [(number, dict(zip(names, cells, strict=False))) for number, cells in table[1:]]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(path, (f"cannot be read ({reason}): save the roster here as CSV UTF-8",)) from None


def _heading_problems(names: list[str]) -> list[str]:
    problems = [f"line 1: the column {name} is missing" for name in _MANDATORY if name not in names]
    for name in names:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(COLUMNS)}"
            problems.append(f"line 1: {name or 'a column without a name'} is not a known column: {hint}")
        elif names.count(name) > 1:
            problems.append(f"line 1: the column {name} stands twice: keep one")
    return list(dict.fromkeys(problems))


def _union(cells: dict[str, str], number: int, problems: list[str]) -> Union:
    code = squeeze(cells.get("code", "")).upper()
    if not _CODE.fullmatch(code):
        problems.append(f"line {number}: the code “{code}” must be 1 to 16 plain letters, digits, hyphens")
    name = squeeze(cells.get("name", ""))
    if not name:
        problems.append(f"line {number}: the union {code} has no name")
    addresses = _list(cells.get("addresses", "").lower())
    problems += [
        f"line {number}: {address} is no email address: part several with |"
        for address in addresses
        if not _ADDRESS.fullmatch(address)
    ]
    return Union(code, name, squeeze(cells.get("block", "")), _list(cells.get("aliases", "")), addresses)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for item in cell.split("|") if (text := squeeze(item))))
