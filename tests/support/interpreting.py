"""Contents made by hand, interpreted for two campaigns that must agree: the shipped one and FORMS.md's."""

from dataclasses import replace

from dossier.model import Kind, Memo, SummaryTable
from hoso.campaigns import example_campaign
from parsers.content import Grid, Line
from parsers.document import Interpretation, interpret
from support.campaigns import forms_campaign
from support.contents import ROWS, content


def read(*blocks: Line | Grid | str) -> Interpretation:
    shipped, forms = (interpret(content(*blocks), campaign) for campaign in (example_campaign(), forms_campaign()))
    assert shipped == replace(forms, description=shipped.description), "only the shipped one names descriptions"
    return shipped


def read_memo(*blocks: Line | Grid | str) -> Memo:
    """The memo of a content that is nothing else, without a doubt."""
    interpretation = read(*blocks)
    assert interpretation.kinds == (Kind.MEMO,)
    assert interpretation.doubts == ()
    assert interpretation.memo is not None
    return interpretation.memo


def table_of(read_: Interpretation, doubts: int = 0) -> SummaryTable:
    assert Kind.SUMMARY_TABLE in read_.kinds
    assert len(read_.doubts) == doubts, read_.doubts
    assert read_.table is not None
    return read_.table


def titles(table: SummaryTable) -> list[str]:
    return [row.cells["title"] for row in table.rows]


TITLES = [cells[3] for cells in ROWS]


def row(number: str, title: str = "", **changes: str) -> tuple[str, ...]:
    """A row under HEADER; `c5="…"` changes its cell 5."""
    cells = dict(zip(range(8), ROWS[0], strict=True)) | {0: number, 3: title or f"Sáng kiến thứ {number}"}
    cells |= {int(place.removeprefix("c")): text for place, text in changes.items()}
    return tuple(cells.values())
