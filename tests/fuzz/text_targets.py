"""What reads text: memo, summary table, the words of cells. A file is written down as text, so that it can be damaged.

A line is a line of the file; one that begins with "|" is a row of a table, its cells parted by tabs, "^" and "<" for
cells merged with the one above and to the left; "~" begins a line of a picture that was read without certainty; a form
feed alone begins a page; "@ocr" as first line says that all of it was read from a picture.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from fuzz.files import campaign, files
from support.dossiers import DEADLINE, received, submission

from dossier.assessment import JudgingContext, judge_alone
from dossier.campaign import Window
from dossier.folding import fold, nfc
from dossier.identity import issuer_of
from dossier.model import Document, Kind
from dossier.money import parse as money
from dossier.money import unit_of
from dossier.periods import applied
from dossier.periods import parse as period
from dossier.selection import OCR
from parsers.content import Box, Cell, Content, Grid, Line, Origin
from parsers.document import interpret
from parsers.docx import read_docx
from parsers.legacy_text import Converter, settled
from parsers.links import drive_links
from parsers.problem import UnreadableError
from parsers.spreadsheet import read_spreadsheet

_ORIGINS = {"^": Origin.ABOVE, "<": Origin.LEFT}
_DOUBTFUL = 0.4


def written(content: Content) -> bytes:
    """A file as text."""
    return "\n".join(_written(content.blocks)).encode()


def _written(blocks: Iterable[Line | Grid]) -> Iterator[str]:
    page: int | None = None
    for block in blocks:
        if block.page is not None and page is not None and block.page != page:
            yield "\f"
        page = block.page
        if isinstance(block, Line):
            yield block.text
            continue
        for row in block.rows:
            marks = {origin: mark for mark, origin in _ORIGINS.items()}
            yield "|" + "\t".join(marks.get(cell.origin, cell.text.replace("\n", "\v")) for cell in row)
        yield ""


def read(text: bytes) -> Content:
    """The file that a text speaks of; any text is one."""
    lines = nfc(text.decode("utf-8", "replace").replace("\0", "\ufffd")).split("\n")
    ocr = bool(lines) and lines[0] == "@ocr"
    blocks, rows, page = list[Line | Grid](), list[str](), 1
    for number, line in enumerate([*lines[ocr:], ""]):
        if line.startswith("|"):
            rows.append(line[1:])
            continue
        if rows:
            blocks.append(_grid(rows, page))
            rows = []
        if line == "\f":
            page += 1
        elif line.strip():
            box = Box(50.0, 20.0 * number, 50.0 + 6 * len(line), 20.0 * number + 12) if ocr else None
            sure = _DOUBTFUL if line.startswith("~") else 1.0
            blocks.append(Line(line.lstrip("~"), page, box, bold=line.isupper(), confidence=sure))
    return Content(tuple(blocks), OCR if ocr else "docx", pages=page)


def _grid(rows: list[str], page: int) -> Grid:
    cells = [row.split("\t") for row in rows]
    width = max(map(len, cells))
    made = list[tuple[Cell, ...]]()
    for row in cells:
        line = list[Cell]()
        for place, text in enumerate((*row, *[""] * (width - len(row)))):
            origin = _ORIGINS.get(text, Origin.OWN)
            above = made[-1][place].text if made else ""
            left = line[-1].text if line else ""
            repeated = {Origin.ABOVE: above, Origin.LEFT: left}.get(origin, text.replace("\v", "\n"))
            sure = _DOUBTFUL if text.startswith("~") else 1.0
            line.append(Cell(repeated.lstrip("~"), origin, confidence=sure))
        made.append(tuple(line))
    return Grid(tuple(made), page=page)


@lru_cache(maxsize=1)
def texts() -> tuple[bytes, ...]:
    """Every DOCX and XLSX of the corpus."""
    found = list[bytes]()
    for file in files():
        for reader in (read_docx, read_spreadsheet) if file.startswith(b"PK") else ():
            try:
                found.append(written(reader(file)))
            except UnreadableError:
                continue
    return tuple(dict.fromkeys(text for text in found if text))


def memos() -> tuple[bytes, ...]:
    return tuple(text for text in texts() if Kind.MEMO in interpret(read(text), campaign()).kinds)


def tables() -> tuple[bytes, ...]:
    found = tuple(text for text in texts() if Kind.SUMMARY_TABLE in interpret(read(text), campaign()).kinds)
    return (*found, *(b"@ocr\n" + text for text in found[:4]))


def judged(text: bytes) -> None:
    """Read as memo and table, then judged by the rules as the one file of a message."""
    content = read(text)
    told = interpret(content, campaign())
    whole = Document(
        "2",
        "tep.docx",
        "0" * 64,
        len(text),
        "application/octet-stream",
        told.kinds,
        content.read_by,
        told.memo,
        told.table,
        doubts=told.doubts,
        description=told.description,
    )
    found = judge_alone(submission(whole), received(), campaign(), JudgingContext())
    assert found.deadline == campaign().deadline
    assert issuer_of(whole) is None or told.memo is not None
    if told.table is not None:
        assert told.table.rows or not found.complete, "a table without a row makes no dossier complete"


def cells() -> tuple[bytes, ...]:
    """Every cell of the corpus's tables, and what FORMS.md has seen."""
    found = (cell for text in texts() for line in text.splitlines() if line[:1] == b"|" for cell in line.split(b"\t"))
    return tuple(dict.fromkeys(found)) + tuple(one.encode() for one in _SEEN)


_SEEN = (
    *("150 triệu/năm", "1,2 tỷ", "1.200.000 đ", "không tính được bằng tiền", "từ 2 đến 3 triệu đồng", "gần 2 tỷ rưỡi"),
    *("Tháng 02/2021", "01/3/2021", "Từ ngày 15/02/2021", "Tháng 4 năm 2021", "Quý I/2021", "Quý I/2021 đến nay"),
    *("Uû ban nh©n d©n", "BOÄ GIAO THOÂNG VAÄN TAÛI", "https://drive.google.com/file/d/1a/view?usp=sharing"),
)


def words(text: bytes) -> None:
    """One cell: money, period, links, legacy letters."""
    cell = text.decode("utf-8", "replace").replace("\0", "\ufffd")
    told = money(cell)
    assert told.low is None or told.high is None or told.low <= told.high
    money(cell, unit_of(cell))
    when = period(cell)
    if when is not None and when.first is not None and when.last is not None:
        assert when.first <= when.last
    applied(cell, campaign().window or Window(DEADLINE.date(), DEADLINE.date()))
    drive_links(cell)
    settled([Line(nfc(cell))], Converter())
    assert fold(fold(cell)) == fold(cell)
