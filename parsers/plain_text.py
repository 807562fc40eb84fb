"""Reads files that are text: plain lines, values parted by commas, web pages with their tables.

Programs write web pages under the name of .xls and .doc ("Xuất Excel"), and people send a memo as .txt.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from lxml import etree, html

from dossier.folding import nfc
from dossier.model import Problem
from parsers.charset import unlabelled
from parsers.content import Cell, Content, Grid, Line, Origin
from parsers.problem import UnreadableError
from parsers.structure import parse
from parsers.wording import lines_of

MAX_BYTES = 4_000_000
MAX_CELLS = 100_000
_MOST_SPAN = 100
_DELIMITERS = ("\t", ";", ",")
_SAMPLE = 20
"""Lines by which the delimiter is told."""
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_LINES = frozenset({"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "center", "pre"})


def read_text(content: bytes) -> Content:
    """Every line that holds something. Raises UnreadableError (NOT_READ) for more than our limit."""
    return Content(tuple(map(Line, lines_of(_decoded(content)))), "text")


def read_values(content: bytes) -> Content:
    """One Grid of a file of values (CSV, RFC 4180), whatever sign parts them. Raises like `read_text`."""
    text = _decoded(content)
    sample = text.splitlines()[:_SAMPLE]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in sample))
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise UnreadableError(Problem.NOT_READ, f"values: {error}") from error
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise UnreadableError(Problem.NOT_READ, f"{len(rows)} rows of {width} values")
    cells = tuple(tuple(Cell(_text(value)) for value in (*row, *[""] * (width - len(row)))) for row in rows)
    return Content((Grid(cells),) if cells else (), "text")


def read_markup(content: bytes) -> Content:
    """Lines and tables of a web page in their order; scripts, and whatever it would fetch, are left alone.

    Raises UnreadableError (NOT_READ) for more than our limits or a page without a root.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(_decoded(content).encode("utf-8", "replace").replace(b"\0", b""), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(Problem.NOT_READ, f"web page: {error}") from error
    if root is None:
        raise UnreadableError(Problem.NOT_READ, "web page: nothing in it")
    return Content(tuple(_blocks(root)), "text")


def read_web_archive(content: bytes) -> Content:
    """The first page of a web page that is saved as one MIME file (RFC 2557). Raises like `read_markup`."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(Problem.NOT_READ, f"more than {MAX_BYTES} bytes of text")
    message, _ = parse(content)
    for part in message.walk():
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes) and page.strip():
            return read_markup(_in_utf8(page, part.get_content_charset() or ""))
    raise UnreadableError(Problem.NOT_READ, "a web archive without a page")


def _in_utf8(page: bytes, charset: str) -> bytes:
    try:
        return page.decode(charset).encode()
    except (LookupError, UnicodeError):
        return page


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise UnreadableError(Problem.NOT_READ, f"more than {MAX_BYTES} bytes of text")
    for mark, charset in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            return nfc(content.decode(charset, "replace"))
    return nfc(unlabelled(content))


def _text(text: str) -> str:
    return "\n".join(lines_of(nfc(text)))


def _blocks(root: "etree._Element") -> Iterator[Line | Grid]:
    """Tables that hold other tables are layout: what is in them is read, not their grid."""
    words: list[str] = []
    for kind, value in _events(root):
        if kind == "text":
            words.append(value if isinstance(value, str) else "")
            continue
        yield from map(Line, lines_of(" ".join("".join(words).split(" "))))
        words.clear()
        if isinstance(value, Grid):
            yield value
    yield from map(Line, lines_of("".join(words)))


def _events(root: "etree._Element") -> Iterator[tuple[str, str | Grid]]:
    """("text", words), ("break", "") between lines, ("break", grid) for a table."""
    stack: list[tuple[etree._Element, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        tag = str(element.tag)
        if left:
            if tag in _LINES:
                yield "break", ""
            yield "text", _blanks(element.tail)
            continue
        if tag in _SILENT:
            yield "text", _blanks(element.tail)
        elif tag == "table" and element.find(".//table") is None:
            yield "break", _grid(element)
            yield "text", _blanks(element.tail)
        else:
            if tag in _LINES:
                yield "break", ""
            yield "text", _blanks(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))


def _blanks(text: str | bytes | None) -> str:
    return " ".join(text.replace("\n", " ").split(" ")) if isinstance(text, str) else ""


def _grid(table: "etree._Element") -> Grid:
    """Its rows with merged cells told; raises UnreadableError (NOT_READ) for more cells than our limit."""
    rows: list[dict[int, Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    count = 0
    for line in table.iter("tr"):
        row = {place: cell for place, (_, cell) in hanging.items()}
        hanging = {place: (left - 1, cell) for place, (left, cell) in hanging.items() if left > 1}
        for element in line.iterchildren("td", "th"):
            first = next(place for place in range(len(row) + 1) if place not in row)
            text = _cell_text(element)
            down = _span(element, "rowspan")
            for place in range(first, first + _span(element, "colspan")):
                row[place] = Cell(text) if place == first else Cell(text, Origin.LEFT)
                if down > 1:
                    hanging[place] = (down - 1, Cell(text, Origin.ABOVE if place == first else Origin.LEFT))
        count += len(row)
        if count > MAX_CELLS:
            raise UnreadableError(Problem.NOT_READ, f"a table of more than {MAX_CELLS} cells")
        rows.append(row)
    width = max((max(row) + 1 for row in rows if row), default=0)
    return Grid(tuple(tuple(row.get(place, Cell("")) for place in range(width)) for row in rows))


def _span(element: "etree._Element", name: str) -> int:
    value = element.get(name, "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() else 1


def _cell_text(element: "etree._Element") -> str:
    pieces: Sequence[str] = ["\n" if kind == "break" else str(value) for kind, value in _events_within(element)]
    return _text("".join(pieces))


def _events_within(element: "etree._Element") -> Iterator[tuple[str, str | Grid]]:
    yield "text", _blanks(element.text)
    for child in element:
        yield from _events(child)
