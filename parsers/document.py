"""What a file is, by its content alone: a memo, a summary table, both in one, or another document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.campaign import TITLE, Campaign
from dossier.likeness import tells_of_others
from dossier.model import Kind, Memo, SummaryTable
from dossier.perhaps import FEW_COLUMNS, LIKE_MEMO, LIKE_TABLE, TITLE_ALONE
from dossier.selection import OCR
from parsers.application import read_applications
from parsers.content import Content, Line
from parsers.displaced import displaced_in
from parsers.evidence import evidenced
from parsers.known_spelling import with_choices_spelt, with_names_spelt
from parsers.memo import other_type, read_memo, stated_in
from parsers.number_gaps import numbers_missing
from parsers.pages_across import joined_across
from parsers.perhaps import asks_in_a_paragraph, goes_on, like_memo, like_table
from parsers.scan_headers import with_headers_mended
from parsers.scan_labels import with_labels_mended
from parsers.summary_table import Found, names_columns, read_summary_table
from parsers.table_evidence import evidenced_table, kind_doubts, table_doubts

_PRINTED = "pdf"
COLUMNS_ALONE = "lines name the columns of a summary table, and no table was found under them"
OTHER_TYPE = "its columns are those of the summary table, and the file calls itself a document of another kind"
IN_PARAGRAPHS = "initiatives seem to be told in a paragraph each, and were not read"
GOES_ON = "its rows count on from those of another file: the summary table may go on in this one"


MORE_APPLIED = "an application for recognition in it tells of an initiative that its table does not hold"


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What was read in one file."""

    kinds: tuple[Kind, ...]
    """(MEMO,), (SUMMARY_TABLE,), (MEMO, SUMMARY_TABLE) or (OTHER,)."""
    memo: Memo | None = None
    table: SummaryTable | None = None
    description: bool = False
    """As in a Document."""
    stated_count: int | None = None
    """As in a Document."""
    doubts: tuple[str, ...] = ()
    """What decides and is not certain, in English, those of the content included: each becomes low-confidence."""


def interpret(content: Content, campaign: Campaign) -> Interpretation:
    """Tell what a file is to this campaign, and read it as that. Raises nothing."""
    pictured = content.read_by == OCR or bool(content.unread_pages)
    if pictured:
        content = with_labels_mended(with_headers_mended(content, campaign), campaign)
        content = with_choices_spelt(content, campaign)
    content = joined_across(content) if content.read_by == _PRINTED else content
    found = _table_in(content, campaign)
    memo = read_memo(content, campaign, found.used)
    doubts = [*memo.doubts]
    table = found.table
    if table is not None and not (found.certain or found.headed):
        if memo.memo is not None:
            doubts.append(FEW_COLUMNS)
            table = None
        elif other_type(content):
            table = None
    if table is not None:
        doubts.extend((*found.doubts, *displaced_in(table), *(() if pictured else numbers_missing(table))))
        if memo.memo is None and not found.headed and other_type(content):
            doubts.append(OTHER_TYPE)
    else:
        doubts.extend(_traces_of_table(found, content, campaign, alone=memo.memo is None))
    doubts.extend(_perhaps(doubts, content, campaign, memo=memo.memo is not None, table=table is not None))
    kinds = [kind for kind, thing in ((Kind.MEMO, memo.memo), (Kind.SUMMARY_TABLE, table)) if thing is not None]
    told = evidenced(memo.memo, content) if memo.memo is not None else None
    if pictured:
        told = None if told is None else with_names_spelt(told, campaign)
        if table is not None:
            table = evidenced_table(table, content)
            doubts.extend(table_doubts(table, content, campaign))
        elif not kinds:
            doubts.extend(kind_doubts(content))
    stated = stated_in(content, campaign, found.used) if LIKE_MEMO in doubts else None
    every_doubt = tuple(dict.fromkeys((*content.doubts, *doubts)))
    return Interpretation(
        tuple(kinds) or (Kind.OTHER,), told, table, found.describes and memo.memo is None, stated, every_doubt
    )


def _table_in(content: Content, campaign: Campaign) -> Found:
    """A summary table; where there is none, applications by authors, whose own tables are of persons."""
    applied = read_applications(content, campaign)
    if applied is None or applied.table is None:
        return read_summary_table(content, campaign)
    rest = [Line("") if place in applied.used else block for place, block in enumerate(content.blocks)]
    found = read_summary_table(replace(content, blocks=tuple(rest)), campaign)
    if found.table is None or TITLE not in found.table.columns:
        return applied
    doubts = (MORE_APPLIED,) * tells_of_others(applied.table.rows, found.table.rows)
    return replace(found, used=found.used | applied.used, doubts=(*found.doubts, *doubts))


def _perhaps(doubts: Sequence[str], content: Content, campaign: Campaign, *, memo: bool, table: bool) -> Iterator[str]:
    """What the file may be as well. `memo`, `table`: it was understood as such. `doubts`: those that there are."""
    told = {FEW_COLUMNS, TITLE_ALONE, COLUMNS_ALONE}.isdisjoint(doubts)
    if not table and told and like_table(content, campaign, in_memo=memo):
        yield LIKE_TABLE
    if not table and asks_in_a_paragraph(content, campaign):
        yield IN_PARAGRAPHS
    if not (memo or table) and not other_type(content) and goes_on(content):
        yield GOES_ON
    if not memo and like_memo(content, campaign, in_table=table):
        yield LIKE_MEMO


def _traces_of_table(found: Found, content: Content, campaign: Campaign, *, alone: bool) -> tuple[str, ...]:
    """What speaks for a summary table where none was found. `alone`: the file is no memo."""
    if found.titled or (found.headed and alone):
        return (TITLE_ALONE,)
    return (COLUMNS_ALONE,) if alone and names_columns(content, campaign) else ()
