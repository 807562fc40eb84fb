"""Reads PDF with pdfplumber: lines and grids of each page in reading order; a page that is a picture is told."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from dossier.model import Problem
from parsers.content import Content, Grid, Line
from parsers.legacy_text import Converter, settled
from parsers.pasted_tables import LARGE, holds_table
from parsers.pdf_blocks import PageRead, read_page
from parsers.pdf_catalog import SCRIPTED, hides_layers, is_cut_off, is_drawn_by_script
from parsers.pdf_embedded import holds_files
from parsers.pdf_errors import LIBRARY_ERRORS
from parsers.pdf_fonts import Fonts
from parsers.pdf_pictures import CUT_OFF, UNKNOWN
from parsers.pdf_scans import FULL_PAGE
from parsers.problem import UnreadableError

MAX_PAGES = 200
MAX_CHARACTERS = 1_000_000
"""Of the whole file."""
HIDDEN = "is a picture with a hidden text layer"
UNSEEN = "has text that is not seen on it"


def read_pdf(content: bytes) -> Content:
    """Each page's Lines and Grids from top to bottom, lines of one height from left to right.

    Where pages are pictures, or their text layer is not what they show, `unread` says which. Raises UnreadableError:
    CORRUPT where two readers find the file broken, PASSWORD where it opens with one only, NOT_READ for our limits.
    """
    if not content:
        raise UnreadableError(Problem.CORRUPT, "an empty file")
    with _pdf_errors(content), pdfplumber.open(io.BytesIO(content)) as pdf:
        pdf.rsrcmgr = Fonts()
        pages = pdf.pages
        if not pages:
            raise UnreadableError(Problem.NOT_READ if _opens(content) else Problem.CORRUPT, "no pages")
        if len(pages) > MAX_PAGES:
            raise UnreadableError(Problem.NOT_READ, f"{len(pages)} pages, more than {MAX_PAGES}")
        cut_off = is_cut_off(content)
        stated = _stated_pages(pdf)
        if cut_off and len(pages) < stated:
            raise UnreadableError(Problem.CORRUPT, "the end of the file is missing")
        converter = Converter()
        layered = hides_layers(pdf.doc.catalog)
        read = _shown(list(_read_pages(pages, converter, layered=layered)), content)
        scripted = is_drawn_by_script(pdf.doc.catalog)
        holding = holds_files(pdf.doc.catalog, [page.page_obj for page in pages])
    if scripted:
        return Content((), "pdf", len(read), unread=SCRIPTED, holds_files=holding)
    return replace(_whole(_content(read, cut_off, converter), stated), holds_files=holding)


def _whole(content: Content, stated: int) -> Content:
    """Told where pages are missing (a page tree that leads back to itself), or where nothing stands on any page."""
    missing = (
        "" if content.pages is None or stated <= content.pages else f"{content.pages} of {stated} pages were found"
    )
    if not (missing or content.unread or any(_says_something(block) for block in content.blocks)):
        missing = "no page has text or a picture"
    return replace(content, unread="; ".join(filter(None, (content.unread, missing))))


def _says_something(block: Line | Grid) -> bool:
    return bool(block.text.strip()) if isinstance(block, Line) else bool(block.rows)


def _read_pages(pages: list[Page], converter: Converter, *, layered: bool) -> Iterator[PageRead]:
    characters = 0
    for page in pages:
        read = read_page(page, converter, layered=layered)
        characters += read.characters
        if characters > MAX_CHARACTERS:
            raise UnreadableError(Problem.NOT_READ, f"more than {MAX_CHARACTERS} characters of text")
        yield read
        page.close()


def _shown(read: list[PageRead], file: bytes) -> list[PageRead]:
    """Pages whose text is hidden become unread: it may say anything."""
    layers = {page.number: page.layer for page in read if page.layer}
    if not layers:
        return read
    from parsers.pdf_layers import hidden_layers  # noqa: PLC0415 - loaded by the first picture

    hidden = hidden_layers(file, layers, {page.number for page in read if not page.under_pictures})
    return [_hidden(page) if page.number in hidden else page for page in read]


def _hidden(page: PageRead) -> PageRead:
    lost = tuple(doubt for doubt in page.doubts if doubt.endswith((CUT_OFF, UNKNOWN)))
    return replace(page, blocks=(), doubts=lost, unread=HIDDEN if page.under_pictures else UNSEEN)


def _content(read: list[PageRead], cut_off: bool, converter: Converter) -> Content:
    blocks, legacy_doubts = settled((block for page in read for block in page.blocks), converter)
    doubts = list(legacy_doubts)
    if cut_off:
        doubts.append("the end of the file is missing")
    doubts += [doubt for page in read for doubt in page.doubts]
    pictures = tuple((page.number, page.unread) for page in read if page.unread)
    unread = [f"page {number} {reason}" for number, reason in pictures]
    if not holds_table(blocks):
        large = [page.number for page in read if LARGE <= page.picture < FULL_PAGE and not page.unread]
        unread += [f"page {number} has a picture as large as a table" for number in large]
    told = converter.told()
    return Content(
        blocks, "pdf", len(read), tuple(doubts), unread="; ".join(unread), unread_pages=pictures, converted=told
    )


def _stated_pages(pdf: PDF) -> int:
    count = resolve1(resolve1(pdf.doc.catalog.get("Pages", {})).get("Count", 0))
    return count if isinstance(count, int) else 0


@contextmanager
def _pdf_errors(content: bytes) -> Iterator[None]:
    try:
        yield
    except LIBRARY_ERRORS as error:
        cause = error.args[0] if error.args and isinstance(error, PdfminerException) else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise UnreadableError(Problem.PASSWORD, "opens with a password only") from error
        problem = Problem.NOT_READ if _opens(content) else Problem.CORRUPT
        raise UnreadableError(problem, f"{type(cause).__name__}: {cause}") from error


def _opens(content: bytes) -> bool:
    """Whether another reader finds pages in it, or a lock: then the file is not proven broken."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return "password" in str(error).lower()
    try:
        return len(document) > 0
    finally:
        document.close()
