"""The pages of files as pictures, as they were read, for a person who looks at a reading. Runs in the sandbox.

Places of lines and cells are points of these pages: of a scan the page is the one that was set upright and straightened
for reading. Only the inspection page asks for pictures, so that nobody else pays for them.
"""

import base64
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pypdfium2
from PIL import Image

from dossier.model import Problem
from parsers.content import Content
from parsers.conversion import Converted, PageKind, WordKind, decoded_apart
from parsers.identify import Identity, Opener
from parsers.ocr_engine import available
from parsers.pdf import MAX_PAGES, read_pdf
from parsers.picture import Colour, frames
from parsers.problem import UnreadableError
from parsers.scan_page import A4_LONG, read_page
from parsers.scan_pdf import draw_pages
from parsers.views import PageImage, View

SUFFIX = "#pages"
"""Behind a part's name: the step at which its pages are drawn, which may be left out alone."""
MOST_PAGES = 40
"""Of one file."""
_MOST_BYTES = 40 << 20
"""Of all pictures of one message."""
_LONG_SIDE = 1500
"""Pixels: small print can be read at twice the size of a screen."""
_QUALITY = 62
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_PRINTED = {
    f"{_OOXML}wordprocessingml.document": PageKind.DOCX,
    f"{_OOXML}spreadsheetml.sheet": PageKind.XLSX,
    f"{_ODF}text": PageKind.ODT,
    f"{_ODF}spreadsheet": PageKind.ODS,
    "application/msword": PageKind.DOC,
    "application/vnd.ms-excel": PageKind.XLS,
    "application/rtf": PageKind.RTF,
}
"""Kinds that have pages only once a program lays them out."""


def _no_pages(kind: WordKind | PageKind, file: bytes) -> Converted:
    raise UnreadableError(Problem.NOT_READ, f"nothing here makes pages of {kind} ({len(file)} bytes)")


@dataclass(slots=True)
class Viewer:
    """Collects the views of one message; a file whose pages cannot be drawn is shown without them."""

    progress: Callable[[str], None]
    skip: Mapping[str, str]
    only: Collection[str] | None
    convert: Callable[[WordKind | PageKind, bytes], Converted] = _no_pages
    views: dict[str, View] = field(default_factory=dict)
    _bytes: int = 0

    def show(self, part: str, identity: Identity, file: bytes, content: Content | None) -> None:
        step = part + SUFFIX
        left_out = self.skip.get(step, "")
        if not left_out and self.only is not None and step not in self.only:
            left_out = "the time for the message was used up"
        if left_out:
            self.views[part] = View(part, content, note=left_out)
            return
        self.progress(step)
        kind = _PRINTED.get(identity.media_type)
        if kind is not None:
            self.views[part] = self._printed(part, kind, file, content)
        else:
            pages, note = self._pages(identity.opener, file, content)
            self.views[part] = View(part, content, tuple(pages), note)

    def found(self) -> tuple[View, ...]:
        return tuple(self.views.values())

    def _printed(self, part: str, kind: PageKind, file: bytes, content: Content | None) -> View:
        """As LibreOffice lays it out; where there is none, or it cannot, the text alone is shown."""
        try:
            pdf = self.convert(kind, file).content
            printed = read_pdf(pdf)
        except UnreadableError as error:
            return View(part, content, note=f"shown as its text: {error.detail}")
        pages, note = self._pages(Opener.PDF, pdf, None)
        return View(part, content, tuple(pages), note, printed)

    def _pages(self, opener: Opener, file: bytes, content: Content | None) -> tuple[list[PageImage], str]:
        kept: list[PageImage] = []
        try:
            if opener is Opener.PICTURE and self.convert is not _no_pages:
                file = decoded_apart(file, self.convert)
            for page in pages_of(opener, file, content):
                if len(kept) == MOST_PAGES or self._bytes > _MOST_BYTES:
                    return kept, "the pages behind these are not shown"
                kept.append(page)
                self._bytes += len(page.webp)
        except (UnreadableError, pypdfium2.PdfiumError, OSError, ValueError) as error:
            return kept, f"a page cannot be drawn: {error}"
        return kept, ""


def pages_of(opener: Opener, file: bytes, content: Content | None) -> Iterator[PageImage]:
    """The pages of a PDF or a picture; none of a file that has no pages of its own.

    Raises UnreadableError, PdfiumError, OSError and ValueError where one cannot be drawn.
    """
    if opener is Opener.PDF:
        yield from _pdf_pages(file, content)
    elif opener is Opener.PICTURE:
        for number, frame in enumerate(frames(file), start=1):
            yield _read_picture(frame, number, A4_LONG)


def _pdf_pages(file: bytes, content: Content | None) -> Iterator[PageImage]:
    pictures = {number for number, _ in content.unread_pages} if content is not None else set()
    document = pypdfium2.PdfDocument(file)
    try:
        for number in range(1, min(len(document), MAX_PAGES) + 1):
            if number in pictures and available() is None:
                [(_, picture, long_side)] = draw_pages(file, [number])
                yield _read_picture(picture, number, long_side)
            else:
                yield _drawn(document, number)
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int) -> PageImage:
    page = document[number - 1]
    try:
        page.set_cropbox(*page.get_mediabox())  # places are counted from the corner of the media box
        width, height = page.get_size()
        bitmap = page.render(scale=_LONG_SIDE / max(width, height, 1.0))
        try:
            return PageImage(number, width, height, as_read=False, webp=_webp(bitmap.to_pil().convert("RGB")))
        finally:
            bitmap.close()
    finally:
        page.close()


def _read_picture(picture: Colour, number: int, long_side: float) -> PageImage:
    """As it was read, where it can be; else as it came."""
    if available() is not None:
        height, width = picture.shape[:2]
        scale = max(height, width) / long_side
        return PageImage(number, width / scale, height / scale, as_read=False, webp=_webp(Image.fromarray(picture)))
    page = read_page(picture, number, long_side).page
    height, width = page.grey.shape
    image = Image.fromarray(np.ascontiguousarray(page.grey))
    return PageImage(number, width / page.scale, height / page.scale, as_read=True, webp=_webp(image))


def _webp(image: Image.Image) -> str:
    image.thumbnail((_LONG_SIDE, _LONG_SIDE))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=4)
    return base64.b64encode(out.getvalue()).decode("ascii")
