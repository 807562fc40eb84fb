"""Reads DOC (Word 97), RTF, ODT and XML of both: converted outside of this process, then read as DOCX.

What is proven to be the file's own fault is told before: a conversion that fails proves nothing.
"""

import io
import re
import struct
from dataclasses import replace

import olefile
from lxml import etree

from dossier.model import Problem
from dossier.selection import OCR
from parsers import ole
from parsers.content import Content, Grid, Line
from parsers.conversion import INSTALL, Convert, Form, WordKind
from parsers.legacy_text import Converter, settled
from parsers.ooxml import Package
from parsers.pace import Pace
from parsers.pictured import read_any_docx
from parsers.printed import printed_lines
from parsers.problem import UnreadableError

_WORD_97 = 0x00C1
_OTHER_TABLE = 0x0200
_BYTES_USED = 0x40
"""[MS-DOC] 2.5.1: where FibRgLw97.cbMac lies, how much of the stream is in use."""
_RTF_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_RTF_TOKEN = re.compile(rb"\\[\\{}]|\\bin\d{1,9} ?|[{}]")
_CUT = re.compile(r"\s*\|\s*")
_MARKS_AS_LETTERS = re.compile(r"[aeiouyâêôãõý][ìòÌÒÞ]", re.IGNORECASE)
_FEW, _MARKED = 2, 5
_CELLS = 3
"""Of a line that antiword makes of a table: a letterhead has two."""


def read_word(content: bytes, kind: WordKind, convert: Convert, pace: Pace | None = None) -> Content:
    """Lines and grids as `read_any_docx` gives them; `read_by` is the kind, where not most was read from pictures.

    Raises UnreadableError: CORRUPT where the file is proven broken, PASSWORD for an encrypted one, NOT_READ where no
    program converts it, for limits, and where the conversion fails.
    """
    doubts: tuple[str, ...] = ()
    if kind is WordKind.DOC:
        _check_doc(content)
    elif kind is WordKind.ODT:
        _check_odt(content)
    elif kind in (WordKind.FLAT, WordKind.XML):
        _check_xml(content)
    elif missing := _open_groups(content):
        content += b"}" * missing  # LibreOffice does not load it else
        doubts = ("the end of the file is missing",)
    converted = convert(kind, content)
    if converted.form is Form.TEXT:
        read = _plain_text(converted.content)
    else:
        read = _converted(converted.content, pace)
        read = read if read.read_by == OCR else replace(read, read_by=kind.value)
    if not (read.blocks or read.unread):  # an empty page, or a kind that is not loaded right
        read = replace(read, unread="nothing was found in the document")
    if _is_in_another_charset(read):
        doubts = (*doubts, "its text is in Windows-1258, and the file says otherwise")
    return replace(read, doubts=(*doubts, *read.doubts))


def _is_in_another_charset(read: Content) -> bool:
    """Whether marks of Windows-1258 were taken for the letters that have their codes in Windows-1252: "kêì hoaòch"."""
    rows = (row for block in read.blocks if isinstance(block, Grid) for row in block.rows)
    pieces = [block.text for block in read.blocks if isinstance(block, Line)]
    text = " ".join((*pieces, *(cell.text for row in rows for cell in row)))
    return text.lower().count("ð") >= _FEW and len(_MARKS_AS_LETTERS.findall(text)) >= _MARKED


def _converted(docx: bytes, pace: Pace | None) -> Content:
    """What is wrong with the result of a conversion is no fault of the sender's."""
    try:
        return read_any_docx(docx, pace)
    except UnreadableError as error:
        raise UnreadableError(Problem.NOT_READ, f"as converted: {error.detail}") from error


def _check_doc(content: bytes) -> None:
    """[MS-DOC] 2.1 and 2.5: the streams that there must be, and how long."""
    if ole.is_truncated(content):
        raise UnreadableError(Problem.CORRUPT, "the end of the file is missing")
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            start = opened.openstream("WordDocument").read(_BYTES_USED + 4)
            size = opened.get_size("WordDocument")
            version, flags = struct.unpack_from("<H6xH", start, 2)
            used = struct.unpack_from("<I", start, _BYTES_USED)[0]
            table = "1Table" if flags & _OTHER_TABLE else "0Table"
            has_table = bool(opened.exists(table))
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise UnreadableError(
            Problem.CORRUPT, f"the text of the document is missing: {type(error).__name__}"
        ) from error
    if version >= _WORD_97 and not has_table:
        raise UnreadableError(Problem.CORRUPT, f"the stream {table} is missing")
    if version >= _WORD_97 and size < used:
        raise UnreadableError(Problem.CORRUPT, f"{size} bytes of text, where the file says {used}")


def _open_groups(content: bytes) -> int:
    """How many groups of an RTF are never closed: it was cut off, or its writer was careless."""
    depth, place = 0, 0
    while found := _RTF_TOKEN.search(content, place):
        place = found.end()
        token = found.group()
        if token == b"{":
            depth += 1
        elif token == b"}":
            depth -= 1
        elif binary := _RTF_BINARY.match(token):
            place += int(binary[1])
    return max(depth, 0)


def _check_odt(content: bytes) -> None:
    package = Package(content)
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise UnreadableError(Problem.PASSWORD, "encrypted with a password")
    package.xml("content.xml")
    if "styles.xml" in package:
        package.xml("styles.xml")


def _check_xml(content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(content.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(Problem.CORRUPT, f"XML: {error}") from error


def _plain_text(data: bytes) -> Content:
    """What antiword writes: running text; the cells of a table parted by bars, its rows not to be told apart."""
    lines, lost = [], False
    for text in printed_lines(data.decode("utf-8", "replace")):
        cells = list(filter(None, _CUT.split(text)))
        lost = lost or len(cells) >= _CELLS
        lines += [Line(cell) for cell in cells]
    converter = Converter()
    blocks, doubts = settled(lines, converter)
    told = "read by antiword, which keeps no tables"
    unread = f"the document has a table, which antiword does not keep: {INSTALL}" if lost else ""
    return Content(blocks, read_by="doc (antiword)", doubts=(told, *doubts), unread=unread, converted=converter.told())
