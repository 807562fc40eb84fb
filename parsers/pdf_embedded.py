"""Files that lie in a PDF: attached to it or to a page of it, or all there is of it (a portfolio; ISO 32000-1, 7.11.4).

Viewers list them beside the pages; a union that puts its table there has sent it.
"""

import io
import zlib
from collections.abc import Iterable, Iterator, Mapping

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from dossier.model import Problem
from parsers.archive_entries import Budget, Entry
from parsers.identify import Opener, identify
from parsers.limits import ArchiveLimits
from parsers.names import clean_name
from parsers.pdf_errors import LIBRARY_ERRORS
from parsers.problem import UnreadableError

_CHUNK = 256 << 10
_DEPTH = 16
_MOST_NODES = 5_000
_STREAMS = ("UF", "F", "Unix", "DOS", "Mac")


def holds_files(catalog: Mapping[str, object], pages: Iterable[PDFPage]) -> bool:
    """Whether there is any; what pdfminer raises over damaged objects is raised."""
    return next(_specifications(catalog, pages), None) is not None


def wanted_files(content: bytes, limits: ArchiveLimits, *, nested: bool) -> tuple[Entry, ...]:
    """Those that may be documents: texts for programs (metadata, an invoice's data) are left alone.

    `nested`: it lies so deep that nothing more is opened. Raises UnreadableError like `embedded_files`.
    """
    if nested:
        raise UnreadableError(Problem.NOT_READ, "files in a PDF that lies too deep in other files")
    return tuple(entry for entry in embedded_files(content, limits) if entry.problem or _may_be_document(entry, limits))


def embedded_files(content: bytes, limits: ArchiveLimits) -> tuple[Entry, ...]:
    """Each file once. Raises UnreadableError (NOT_READ) above the limits and where the PDF cannot be opened."""
    budget = Budget(limits, len(content))
    found: dict[int, Entry] = {}
    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
        for each in _specifications(document.catalog, PDFPage.create_pages(document)):
            stream = _stream(each)
            if stream is None or id(stream) in found:
                continue
            if len(found) >= limits.entries:
                raise UnreadableError(Problem.NOT_READ, f"more than {limits.entries} files in a PDF")
            found[id(stream)] = _entry(each, stream, budget)
    except LIBRARY_ERRORS as error:
        raise UnreadableError(Problem.NOT_READ, f"files in a PDF: {type(error).__name__}") from error
    return tuple(found.values())


def _may_be_document(entry: Entry, limits: ArchiveLimits) -> bool:
    told = identify(entry.content, entry.name, limits)
    return not (told.media_type.startswith("text/") and (told.opener is Opener.NOBODY or told.problem is not None))


def _specifications(catalog: Mapping[str, object], pages: Iterable[PDFPage]) -> Iterator[Mapping[str, object]]:
    tree = _entries(_entries(catalog.get("Names")).get("EmbeddedFiles"))
    yield from _leaves(tree)
    for page in pages:
        notes = resolve1(page.annots) if page.annots else None
        for each in notes if isinstance(notes, list) else []:
            note = _entries(each)
            subtype = resolve1(note.get("Subtype"))
            if isinstance(subtype, PSLiteral) and subtype.name == "FileAttachment":
                yield from _with_file(note.get("FS"))


def _leaves(tree: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Of a name tree (7.9.6); one that leads back to itself comes to an end."""
    nodes = [(tree, 0)]
    for _ in range(_MOST_NODES):
        if not nodes:
            return
        node, depth = nodes.pop()
        names, kids = resolve1(node.get("Names")), resolve1(node.get("Kids"))
        for each in names[1::2] if isinstance(names, list) else []:
            yield from _with_file(each)
        if isinstance(kids, list) and depth < _DEPTH:
            nodes += [(_entries(kid), depth + 1) for kid in reversed(kids)]


def _with_file(value: object) -> Iterator[Mapping[str, object]]:
    specification = _entries(value)
    if "EF" in specification:
        yield specification


def _stream(specification: Mapping[str, object]) -> PDFStream | None:
    files = _entries(specification.get("EF"))
    streams = (resolve1(files[key]) for key in _STREAMS if key in files)
    return next((stream for stream in streams if isinstance(stream, PDFStream)), None)


def _entry(specification: Mapping[str, object], stream: PDFStream, budget: Budget) -> Entry:
    raw = (resolve1(specification[key]) for key in _STREAMS if key in specification)
    name = next((decode_text(each) for each in raw if isinstance(each, bytes) and each), "")
    try:
        return Entry(clean_name(name), b"".join(_inflated(stream, budget)))
    except zlib.error:
        return Entry(clean_name(name), b"", Problem.CORRUPT, "a file in the PDF is damaged")


def _inflated(stream: PDFStream, budget: Budget) -> Iterator[bytes]:
    filters = [name for name, _ in stream.get_filters()]
    if stream.decipher is not None or filters != filters[:1] or not set(filters) <= set(LITERALS_FLATE_DECODE):
        data = stream.get_data()
        budget.take(len(data))
        yield data
        return
    packed = stream.rawdata or b""
    if not filters:
        budget.take(len(packed))
        yield packed
        return
    inflater = zlib.decompressobj()
    while packed and not inflater.eof:
        piece = inflater.decompress(packed, _CHUNK)
        packed = inflater.unconsumed_tail
        budget.take(len(piece))
        yield piece


def _entries(value: object) -> Mapping[str, object]:
    value = resolve1(value)
    return value if isinstance(value, dict) else {}
