"""Reads DOCX: the package is opened part by part and document.xml walked in document order.

docs/decisions/0011-readers.md says why, and what it costs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from dossier.model import Problem
from parsers.content import Cell, Content, Grid, Line, Origin
from parsers.docx_fonts import RunFonts
from parsers.docx_plain_table import plain_rows
from parsers.docx_styles import Styles, W, is_on
from parsers.docx_table import members, read_table, rules_cells, squared, table_rows
from parsers.docx_text import NOT_PRINTED, TextReader, chosen, is_alternate, is_placeholder
from parsers.legacy_fonts import may_need_fonts
from parsers.legacy_text import settled
from parsers.ooxml import Package, parse_xml
from parsers.pasted_tables import A4, LARGE, holds_table
from parsers.problem import UnreadableError

MAX_CHARACTERS = 5_000_000
MAX_NESTING = 40
"""Of tables and text boxes in one another."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARAGRAPH, _TABLE, _ROW, _CELL, _CONTROL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt"))
_OTHER_FILE = f"{W}altChunk"
_NOTES = (("footnotes", f"{W}footnote", f"{W}footnoteReference"), ("endnotes", f"{W}endnote", f"{W}endnoteReference"))


def read_docx(content: bytes) -> Content:
    """Lines and grids of the body in document order; page headers before them, notes and page footers after.

    A tab stays "\\t" in its line. Raises UnreadableError: CORRUPT for a broken archive or broken XML, PASSWORD for an
    encrypted file, NOT_READ for a DOCTYPE, for what is no Word document and for what is larger than our limits.
    """
    package = Package(content)
    main = _main_part(package)
    data = package.read(main)
    root = parse_xml(data, main)
    body = root.find(f"{W}body")
    if root.tag != f"{W}document" or body is None:
        raise UnreadableError(Problem.NOT_READ, f"{main} is not a Word document")
    parts = _Parts(package, main)
    styles = Styles(parts.styles)
    fonts = RunFonts(styles, parts.theme) if may_need_fonts(data) else None
    reader = _Reader(TextReader(styles, fonts))
    blocks = reader.story(body)
    unread, pictures = _unread(reader, blocks)
    sections = list(root.iter(f"{W}sectPr"))
    before = _page_edge(reader, parts, sections, "headerReference")
    after = [*_notes(reader, parts, root), *_page_edge(reader, parts, sections, "footerReference")]
    whole, doubts = settled((*before, *blocks, *after), reader.text.converter)
    return Content(
        whole,
        read_by="docx",
        doubts=doubts,
        unread=unread,
        converted=reader.text.converter.told(),
        pictures=tuple(part for relation in pictures if (part := parts.by_id(relation)) is not None),
    )


def _unread(reader: "_Reader", blocks: list[Line | Grid]) -> tuple[str, list[str]]:
    """What of the body is there and was not read: called before the page headers, whose pictures are logos.

    With the relationships of the pictures that it is about.
    """
    if reader.embedded:
        return "part of the document is another file embedded in it", []
    large = [relation for area, relation in reader.text.pictures if area >= LARGE * A4]
    if large and not holds_table(blocks):
        return "the document has a picture as large as a table", large
    return "", []


def _main_part(package: Package) -> str:
    for kind, part in package.related("").values():
        if kind == "officeDocument" and part in package:
            return part
    if "word/document.xml" in package:
        return "word/document.xml"
    raise UnreadableError(Problem.CORRUPT, "the main part of the document is missing")


@dataclass(slots=True)
class _Parts:
    """The other parts of the document; what is not asked for is not inflated."""

    package: Package
    main: str
    _related: dict[str, tuple[str, str]] | None = None

    def by_id(self, relation: str | None) -> str | None:
        """The part that a relationship of the main part points at; None where there is no such part."""
        target = self._relations().get(relation or "", ("", ""))[1]
        return target if target in self.package else None

    def by_kind(self, kind: str) -> str | None:
        return next((part for its, part in self._relations().values() if its == kind and part in self.package), None)

    def styles(self) -> bytes:
        return self._data("styles")

    def theme(self) -> bytes:
        return self._data("theme")

    def _data(self, kind: str) -> bytes:
        part = self.by_kind(kind)
        return b"" if part is None else self.package.read(part)

    def _relations(self) -> dict[str, tuple[str, str]]:
        if self._related is None:
            self._related = self.package.related(self.main)
        return self._related


@dataclass(slots=True)
class _Texts:
    """What is printed in a cell."""

    nested: list[Line | Grid] | None
    """Where tables in it go; None where they are text of the cell."""
    lines: list[str] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)

    def add(self, blocks: Iterable[Line | Grid]) -> None:
        for block in blocks:
            if isinstance(block, Line):
                self.lines.append(block.text)
                self.originals.append(block.original)
            elif self.nested is not None:
                self.nested.append(block)
            else:
                self.lines.extend(_flattened(block))


@dataclass(slots=True)
class _Reader:
    """Reads stories: the body, a header, a note, a text box, a table's cell."""

    text: TextReader
    embedded: bool = False
    _characters: int = 0
    _depth: int = 0

    def story(self, parent: "etree._Element") -> list[Line | Grid]:
        self._enter()
        blocks = [block for child in parent for block in self._blocks(child)]
        self._depth -= 1
        return blocks

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise UnreadableError(Problem.NOT_READ, "tables or text boxes nested too deeply")

    def _blocks(self, element: "etree._Element") -> Iterator[Line | Grid]:
        """What one child of a story prints."""
        tag = element.tag
        if tag == _PARAGRAPH:
            yield from self._paragraph(element)
        elif tag in NOT_PRINTED:
            return
        elif tag == _TABLE:
            yield from self._table(element)
        elif is_alternate(tag):
            branch = chosen(element)
            if branch is not None:
                yield from self._within(branch)
        elif tag == _OTHER_FILE:
            self.embedded = True
        elif not (tag == _CONTROL and is_placeholder(element)):
            yield from self._within(element)

    def _within(self, parent: "etree._Element") -> Iterator[Line | Grid]:
        for child in parent:
            yield from self._blocks(child)

    def _paragraph(self, element: "etree._Element") -> Iterator[Line | Grid]:
        paragraph = self.text.paragraph(element)
        for line in paragraph.lines:
            self._count(len(line.text))
            yield Line(line.text, bold=line.bold, centred=paragraph.centred, original=line.original)
        for box in paragraph.boxes:
            yield from self.story(box)

    def _table(self, table: "etree._Element") -> Iterator[Line | Grid]:
        plain = plain_rows(table) if self.text.fonts is None else None
        if plain is not None and len(plain) > 1:
            yield from self._plain(table, plain)
            return
        rows = [list(members(row, _CELL)) for row in table_rows(table)]
        if [len(cells) for cells in rows] == [1]:  # a frame around part of the page
            yield from self.story(rows[0][0])
            return
        ruled = rules_cells(table, (cell for row in rows for cell in row), self.text.styles)
        holds_data = ruled and len(rows) > 1 and max(map(len, rows)) > 1
        nested: list[Line | Grid] = []
        grid = read_table(table, lambda cell: self._cell(cell, None if holds_data else nested), ruled=ruled)
        if grid is not None:
            yield grid
        yield from nested

    def _plain(self, table: "etree._Element", rows: list[list[Cell]]) -> Iterator[Grid]:
        self._count(sum(len(cell.text) for row in rows for cell in row))
        grid = squared(rows, ruled=rules_cells(table, table.iter(_CELL), self.text.styles))
        if grid is not None:
            yield grid

    def _cell(self, cell: "etree._Element", nested: list[Line | Grid] | None) -> Cell:
        """What is printed in a cell. A table in it is text of a table with data, and a block of its own in a layout."""
        control = cell.getparent()
        if control is not None and control.tag == f"{W}sdtContent":
            control = control.getparent()
            if control is not None and is_placeholder(control):
                return Cell("")
        texts = _Texts(nested)
        self._enter()
        for child in cell:
            if child.tag == _PARAGRAPH:  # as most are: a line of its own would be made for its text alone
                self._texts(child, texts)
            elif child.tag not in NOT_PRINTED:
                texts.add(self._blocks(child))
        self._depth -= 1
        return Cell("\n".join(texts.lines), original="\n".join(filter(None, texts.originals)))

    def _texts(self, element: "etree._Element", texts: "_Texts") -> None:
        paragraph = self.text.paragraph(element)
        for line in paragraph.lines:
            self._count(len(line.text))
            texts.lines.append(line.text)
            texts.originals.append(line.original)
        for box in paragraph.boxes:
            texts.add(self.story(box))

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MAX_CHARACTERS:
            raise UnreadableError(Problem.NOT_READ, f"more than {MAX_CHARACTERS} characters of text")


def _flattened(grid: Grid) -> Iterator[str]:
    for row in grid.rows:
        own = (cell.text.replace("\n", " ") for cell in row if cell.origin is Origin.OWN and cell.text)
        yield " ".join(own)


def _page_edge(reader: _Reader, parts: _Parts, sections: "list[etree._Element]", reference: str) -> list[Line | Grid]:
    """The text of page headers or footers, each once, without lines that are only a page's number."""
    found: list[Line | Grid] = []
    seen: set[str] = set()
    for section in sections:
        first_differs = is_on(section.find(f"{W}titlePg"))
        for element in section.iterfind(f"{W}{reference}"):
            kind = element.get(f"{W}type", "default")
            part = parts.by_id(element.get(_RELATIONSHIP))
            if part is None or part in seen or kind == "even" or (kind == "first" and not first_differs):
                continue
            seen.add(part)
            blocks = reader.story(parts.package.xml(part))
            found += [block for block in blocks if block not in found and not _is_page_number(block)]
    return found


def _is_page_number(block: Line | Grid) -> bool:
    return isinstance(block, Line) and not any(char.isalpha() for char in block.text)


def _notes(reader: _Reader, parts: _Parts, root: "etree._Element") -> Iterator[Line | Grid]:
    """Footnotes and endnotes that the text refers to."""
    for kind, note, reference in _NOTES:
        part = parts.by_kind(kind)
        wanted = {element.get(f"{W}id") for element in root.iter(reference)} if part else set()
        if part is not None and wanted:
            for element in parts.package.xml(part).iterfind(note):
                if element.get(f"{W}id") in wanted:
                    yield from reader.story(element)
