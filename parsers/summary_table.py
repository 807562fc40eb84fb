"""Reads a Bảng tổng hợp tóm tắt sáng kiến: every initiative, whatever the shape it stands in (FORMS.md).

A table is told by its columns, and these are the campaign's. Several grids may hold one table: pages, sheets, blocks.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from dossier.campaign import NO, Campaign
from dossier.model import Kind, SummaryTable
from parsers.accounting import lines_within, lost_in
from parsers.columns import ColumnNames, initiative_nouns
from parsers.content import Content, Grid, Line
from parsers.form_sequence import read_sequence_forms
from parsers.form_texts import holds_answers
from parsers.grids_left import left_aside_in
from parsers.summary_table_collect import Collector
from parsers.summary_table_header import Header
from parsers.summary_table_headers import find_headers
from parsers.summary_table_total import total_on_line
from parsers.table_grids import arranged
from parsers.tables_in_width import Joined, joined_by_column, joined_by_number, joined_in_width
from parsers.tables_under import headed_otherwise, left_aside
from parsers.vertical_form import Forms, read_forms, read_forms_beside, read_line_forms
from parsers.wording import join_lines, letters_of, lines_of

_HEADING_LINES = 2
"""A table's title may be broken over this many lines."""
_LONGEST_HEADING = 120
_HEADER_LINES, _LONGEST_HEADER = 3, 300
_FEW = 3
_LETTERHEAD_ROWS = 10
"""Of a sheet, over its table."""


@dataclass(frozen=True, slots=True)
class Found:
    """A summary table in a file, the grids it took, and what a person should look at."""

    table: SummaryTable | None
    used: frozenset[int] = frozenset()
    """Places in Content.blocks."""
    doubts: tuple[str, ...] = ()
    headed: bool = False
    """A line begins with its type name."""
    titled: bool = False
    """That line is written in capitals, as a title is."""
    certain: bool = False
    """Its columns alone tell what it is."""
    describes: bool = False
    """That line is the title of a description of one initiative, or it is one form under a title of its own."""


@dataclass(slots=True)
class _Search:
    content: Content
    names: ColumnNames
    heading: str
    """The line that begins with the table's type name; '' for none."""
    collector: Collector
    used: set[int] = field(default_factory=set)
    best: tuple[int, int] = (0, 0)

    @property
    def header_read(self) -> bool:
        """Whether the table stands in grids under a header; forms have none."""
        return self.collector.header is not None


def _grids_used(search: "_Search") -> list[Grid]:
    blocks = (search.content.blocks[place] for place in sorted(search.used))
    return [block for block in blocks if isinstance(block, Grid) and block.rows]


def read_summary_table(content: Content, campaign: Campaign) -> Found:
    """The summary table of a file; `table` is None where there is none."""
    titles = _titles(campaign)
    if not titles:
        return Found(None)
    names, collector = ColumnNames.of(campaign), Collector(initiative_nouns(campaign))
    search = _Search(content, names, _heading(content, titles, tuple(map(letters_of, collector.nouns))), collector)
    arranged_ = arranged(content, names)
    grids = arranged_.grids
    collector.doubts += arranged_.doubts
    headers = _headers(grids, names)
    strongest = max((header.strength for found in headers.values() for header in found), default=(0, 0))
    lines = {place for place, block in enumerate(content.blocks) if isinstance(block, Line) and block.text.strip()}
    joined = _joined(grids, names, lines, headers)
    if joined.parts:
        grids, headers = joined.grids, _headers(joined.grids, names)
        strongest = max((header.strength for found in headers.values() for header in found), default=(0, 0))
    forms = read_forms(content, names) if strongest[0] < len(names.mandatory) else None
    doubtful = forms is not None and forms.doubts and strongest[0] >= _enough(names)
    if forms is not None and _strength(forms, names) > strongest and not doubtful:
        _take(search, forms)
    else:
        _read_grids(search, grids, headers, strongest[0])
    for first, places in joined.parts.items():
        if first in search.used:
            search.used |= places
            search.collector.doubts += joined.doubts
    if not joined.parts:
        search.collector.doubts += joined.doubts
    if not search.used and (forms := _forms_of_lines(search)) is not None:
        _take(search, forms)
    if not search.used:
        headed, titled = bool(search.heading), search.heading.isupper()
        return Found(None, headed=headed, titled=titled, describes=_describes(search.heading, campaign))
    table = search.collector.table(_total_below(search))
    if search.header_read:
        search.collector.doubts += lost_in(_grids_used(search), table) + lines_within(content, search.used)
        search.collector.doubts += left_aside_in(content, search.used, table)
    certain = search.best[0] >= _enough(search.names)
    return Found(
        table,
        frozenset(search.used),
        _doubts(search, certain),
        bool(search.heading),
        search.heading.isupper(),
        certain,
        _describes(search.heading, campaign) or _is_one_form(search, table),
    )


def _joined(
    grids: Mapping[int, Grid], names: ColumnNames, lines: Collection[int], headers: Mapping[int, Sequence[Header]]
) -> Joined:
    """Parts of a table that was too wide laid beside each other; columns that cells alone tell prove none whole."""
    joined = joined_by_column(grids)
    if joined.parts:
        return joined
    sure = max((len(each.mandatory) - len(each.doubts) for found in headers.values() for each in found), default=0)
    other = joined_in_width(grids, names, lines) if sure < len(names.mandatory) else joined_by_number(grids, names)
    return other if other.parts else joined


def _headers(grids: Mapping[int, Grid], names: ColumnNames) -> dict[int, list[Header]]:
    following = dict(pairwise(grids))
    return {
        place: list(find_headers(grid, names, grids[following[place]] if place in following else None))
        if not holds_answers(grid)
        else []
        for place, grid in grids.items()
    }


def _forms_of_lines(search: _Search) -> Forms | None:
    """Forms that their structure proves, else those that tell more; whole ones need no heading."""
    names = search.names
    proven = read_sequence_forms(search.content, names)
    if proven is not None and not (search.heading or names.mandatory <= proven.columns.keys()):
        proven = None
    if proven is not None and not proven.doubts:
        return proven
    read = (one(search.content, names) for one in (read_forms_beside, read_line_forms))
    found = [forms for forms in read if forms and (search.heading or names.mandatory <= forms.columns.keys())]
    if proven is not None:
        least = _strength(proven, names)
        found = [forms for forms in found if not forms.doubts and _strength(forms, names) >= least]
    return max(found, key=lambda forms: (_strength(forms, names), not forms.doubts), default=proven)


def names_columns(content: Content, campaign: Campaign) -> bool:
    """Whether a few lines that follow each other name all mandatory columns but one: a table that lost its lines."""
    names = ColumnNames.of(campaign)
    lines = [join_lines(block.text) for block in content.blocks if isinstance(block, Line)]
    for place in range(len(lines)):
        text = " ".join(lines[place : place + _HEADER_LINES])
        if len(text) <= _LONGEST_HEADER and len(names.named_in(text) & names.mandatory) >= max(_enough(names), 3):
            return True
    return False


def _describes(heading: str, campaign: Campaign) -> bool:
    forms = (letters_of(title) for document in campaign.required for title in document.descriptions)
    return bool(heading) and letters_of(heading).startswith(tuple(forms))


def _is_one_form(search: _Search, table: SummaryTable) -> bool:
    """Whether it is one initiative's form under a title of its own ("BÁO CÁO MÔ TẢ SÁNG KIẾN")."""
    return not search.heading and not search.header_read and len(table.rows) == 1


def _titles(campaign: Campaign) -> tuple[str, ...]:
    titles = (
        title for document in campaign.required if document.kind is Kind.SUMMARY_TABLE for title in document.titles
    )
    return tuple(letters_of(title) for title in titles)


def _enough(names: ColumnNames) -> int:
    """Mandatory columns that make a table certain: all but one."""
    return max(len(names.mandatory) - 1, min(2, len(names.mandatory)))


def _doubts(search: _Search, certain: bool) -> tuple[str, ...]:
    doubts = list(search.collector.doubts)
    mandatory = search.best[0]
    if not certain and (mandatory < 2 or not search.heading):
        doubts.append(f"the table was told by {mandatory} of its mandatory columns")
    return tuple(dict.fromkeys(doubts))


def _read_grids(
    search: _Search, grids: Mapping[int, Grid], found: Mapping[int, Sequence[Header]], strongest: int
) -> None:
    for place, block in grids.items():
        headers = _chosen_headers(found[place], search, strongest)
        if headers:
            search.used.add(place)
            search.best = max(search.best, *(header.strength for header in headers.values()))
            ends = headed_otherwise(block, search.names, headers.values())
            search.collector.read(block, headers, ends)
            search.collector.doubts += left_aside(block, found[place], headers, ends)
        elif search.collector.goes_on_in(block, _lines_between(search, place)):
            search.used.add(place)
            search.collector.read(block, {})
        else:
            search.collector.pass_over(block)


def _chosen_headers(found: Sequence[Header], search: _Search, strongest: int) -> Mapping[int, Header]:
    """Headers of a grid by their first row: the first certain one and those after it that repeat it.

    Where no grid of the file has a certain one, the strongest will do.
    """
    if not found:
        return {}
    enough = _enough(search.names)
    first = next((header for header in found if header.strength[0] >= enough), None)
    if first is None:
        first = max(found, key=lambda header: (header.strength, -header.first))
        mandatory = first.strength[0]
        if strongest >= enough or mandatory < strongest or (mandatory < 2 and not search.heading):
            return {}
    repeated = (
        header
        for header in found
        if header.first > first.last
        and (
            len(header.keys & first.keys) * 10 >= len(first.keys) * 7
            or (header.strength[0] >= enough and NO in header.keys)
        )
    )
    return {header.first: header for header in (first, *repeated)}


def _lines_between(search: _Search, place: int) -> int:
    """Lines between a grid and the last grid of the table before it; more than a few are not counted."""
    last = max(search.used, default=place)
    blocks = islice(search.content.blocks, last + 1, place)
    return sum(1 for _ in islice((block for block in blocks if isinstance(block, Line) and block.text.strip()), _FEW))


def _strength(forms: Forms, names: ColumnNames) -> tuple[int, int]:
    return len(forms.columns.keys() & names.mandatory), len(forms.columns)


def _take(search: _Search, forms: Forms) -> None:
    search.used |= forms.used
    search.best = _strength(forms, search.names)
    search.collector.take(forms.columns, forms.rows)
    search.collector.doubts += forms.doubts


def _total_below(search: _Search) -> int | None:
    lines = (block for block in search.content.blocks[min(search.used) :] if isinstance(block, Line))
    totals = (total_on_line(line.text, search.collector.nouns) for line in lines)
    return next((total for total in totals if total is not None), None)


def _heading(content: Content, titles: tuple[str, ...], nouns: tuple[str, ...]) -> str:
    """The line that begins with a type name, which may go on in the next one; '' where there is none.

    It is a type name alone or speaks of initiatives: "BẢNG TỔNG HỢP KINH PHÍ" is the title of something else.
    """
    lines = [line for block in content.blocks for line in _heading_lines(block)]
    letters = [letters_of(line[:_LONGEST_HEADING]) for line in lines]
    found = ""
    for place, line in enumerate(lines):
        if len(line) > _LONGEST_HEADING or not line[:1].isupper():
            continue
        whole = "".join(letters[place : place + _HEADING_LINES])
        if whole.startswith(titles) and (letters[place] in titles or any(noun in whole for noun in nouns)):
            found = line if line.isupper() or not found else found
    return found


def _heading_lines(block: Line | Grid) -> tuple[str, ...]:
    if isinstance(block, Line):
        return lines_of(block.text)
    return tuple(text for row in block.rows[:_LETTERHEAD_ROWS] if row and (text := join_lines(row[0].text)))
