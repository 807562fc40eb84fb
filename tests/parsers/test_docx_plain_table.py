"""The short way through a usual table gives what the long way gives."""

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from support.word import cell, row, table, word_file

from parsers.content import Cell, Content, Grid
from parsers.docx import read_docx

NOTHING = "<w:customXml/>"
"""A wrapper with nothing in it, which the short way does not take."""
WORDS = st.text(st.sampled_from("aB1 áệ\u00ad\u00a0\u200be\u0301\n  .°"), max_size=8)
PIECES = st.one_of(
    WORDS.map(lambda text: f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'),
    WORDS.map(lambda text: f"<w:hyperlink><w:r><w:rPr><w:b/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:hyperlink>"),
    WORDS.map(lambda text: f"<w:r><w:t>{escape(text)}</w:t><w:t>x</w:t></w:r>"),
    st.just("<w:proofErr/>"),
)
PARAGRAPHS = st.lists(PIECES, max_size=3).map(lambda pieces: f"<w:p>{''.join(pieces)}</w:p>")
CELLS = st.lists(PARAGRAPHS, max_size=3).map(lambda paragraphs: cell(*paragraphs))
TABLES = st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=4)


def of_body(body: str) -> Content:
    return read_docx(word_file(body))


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_a_plain_table_reads_the_same_either_way(cells: list[list[str]]) -> None:
    rows = [row(*one) for one in cells]
    assert of_body(table(*rows)).blocks == of_body(table(*rows, NOTHING)).blocks


def test_rows_of_unequal_length_are_filled_up() -> None:
    (grid,) = of_body(table(row("a"), row("b", "c"))).blocks
    assert isinstance(grid, Grid)
    assert grid.rows == ((Cell("a"), Cell("")), (Cell("b"), Cell("c")))
