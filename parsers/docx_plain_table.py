"""The usual table of a Word document, read straight on: cells of paragraphs of text, nothing merged, nested or tracked.

A list of hundreds of initiatives is such a table, and to ask each cell what else it might hold takes most of the time
(docs/performance.md). It gives what `docx_table` and `docx_text` give; tests/parsers holds the two together.
"""

from lxml import etree

from parsers.content import Cell
from parsers.docx_styles import W
from parsers.docx_text import ALTERNATE, MATH_TEXT
from parsers.legacy_fonts import may_be_legacy
from parsers.printed import printed_lines

_ROW, _CELL, _PARAGRAPH, _TEXT = (f"{W}{name}" for name in ("tr", "tc", "p", "t"))
_MERGED = ("tbl", "gridSpan", "gridBefore", "vMerge", "hMerge")
_TRACKED = ("ins", "del", "moveTo", "moveFrom", "delText", "cellIns", "cellDel", "cellMerge")
_AROUND = ("sdt", "customXml", "smartTag", "altChunk", "sectPr")
_SIGNS = ("br", "cr", "tab", "ptab", "noBreakHyphen", "softHyphen", "sym")
_OTHERS = ("fldChar", "instrText", "ruby", "rt", "drawing", "pict", "object", "txbxContent", "vanish", "annotationRef")
_UNUSUAL = (
    *(f"{W}{name}" for name in (*_MERGED, *_TRACKED, *_AROUND, *_SIGNS, *_OTHERS)),
    *(ALTERNATE, MATH_TEXT),
)
_SOFT_HYPHEN = "\u00ad"


def plain_rows(table: "etree._Element") -> list[list[Cell]] | None:
    """What is printed in the cells of each row; None where the table holds what is not usual.

    For a document without legacy fonts: which font draws a run is not asked here.
    """
    if next(table.iterdescendants(*_UNUSUAL), None) is not None:
        return None
    texts: list[str] = []  # of one paragraph; what stands outside of all of them is not printed
    paragraphs: list[list[str]] = []
    cells: list[list[list[str]]] = []
    rows: list[list[list[list[str]]]] = []
    for element in table.iterdescendants(_ROW, _CELL, _PARAGRAPH, _TEXT):
        tag = element.tag
        if tag == _TEXT:
            texts.append(element.text or "")
        elif tag == _PARAGRAPH:
            paragraphs.append(texts := [])
        elif tag == _CELL:
            cells.append(paragraphs := [])
        else:
            rows.append(cells := [])
    return [[Cell(_printed(paragraphs)) for paragraphs in cells] for cells in rows]


def _printed(paragraphs: list[list[str]]) -> str:
    lines: list[str] = []
    for texts in paragraphs:
        text = texts[0] if len(texts) == 1 else "".join(texts)
        lines += printed_lines(text, keep_soft_hyphens=_SOFT_HYPHEN in text and may_be_legacy(text))
    return lines[0] if len(lines) == 1 else "\n".join(lines)
