"""The way to what reads pictures, which is loaded by the first of them: other mail does not pay for it."""

from dataclasses import replace

from parsers.content import Content
from parsers.docx import read_docx
from parsers.ocr_engine import available
from parsers.pace import Pace
from parsers.pdf import read_pdf


def read_any_pdf(content: bytes, pace: Pace | None = None) -> Content:
    """A PDF with text, pictures or both. Raises UnreadableError; without Tesseract pictures stay `unread`."""
    read = read_pdf(content)
    if not read.unread_pages:
        return read
    reason = available()
    if reason is not None:
        return _without_ocr(read, reason)
    from parsers.scan_pdf import with_pictures_read  # noqa: PLC0415 - loaded by the first picture

    return with_pictures_read(read, content, pace or Pace())


def read_any_docx(content: bytes, pace: Pace | None = None) -> Content:
    """A Word file, its pages and tables that are pictures read. Raises UnreadableError; else as `read_any_pdf`."""
    read = read_docx(content)
    if not read.pictures:
        return read
    reason = available()
    if reason is not None:
        return _without_ocr(read, reason)
    from parsers.scan_docx import with_pictures_read  # noqa: PLC0415 - loaded by the first picture

    return with_pictures_read(read, content, pace or Pace())


def read_any_picture(content: bytes, pace: Pace | None = None) -> Content:
    """A picture file. Raises UnreadableError."""
    from parsers.scan import read_picture  # noqa: PLC0415 - loaded by the first picture

    return read_picture(content, pace or Pace())


def _without_ocr(read: Content, reason: str) -> Content:
    return replace(read, unread=f"{read.unread} ({reason})")
