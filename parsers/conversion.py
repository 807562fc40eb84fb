"""What the reading process asks of its parent: documents of kinds that other programs read, made into ones it reads."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dossier.model import Problem
from parsers.mail_pictures import picture_type
from parsers.problem import UnreadableError


class WordKind(StrEnum):
    """The kinds that are converted; the value is the extension that their file gets."""

    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    FLAT = "fodt"
    """OpenDocument in one XML file."""
    XML = "xml"
    """Word's own XML, of 2003 or of 2007 and later in one file."""
    HEIC = "heic"
    """Not of Word: a photo, whose decoder needs a process of its own (parsers.heif_program)."""


class PageKind(StrEnum):
    """The kinds whose pages are drawn for a person to look at."""

    DOC = "page:doc"
    RTF = "page:rtf"
    ODT = "page:odt"
    DOCX = "page:docx"
    XLS = "page:xls"
    XLSX = "page:xlsx"
    ODS = "page:ods"

    @property
    def extension(self) -> str:
        return self.value.removeprefix("page:")


class Form(StrEnum):
    """What a document was converted to."""

    DOCX = "docx"
    PDF = "pdf"
    """Its pages."""
    JPEG = "jpeg"
    """A photo, upright."""
    TEXT = "text"
    """Plain text in UTF-8, without its tables: the light fallback for DOC."""


@dataclass(frozen=True, slots=True)
class Converted:
    form: Form
    content: bytes


Convert = Callable[[WordKind, bytes], Converted]
"""Raises UnreadableError (NOT_READ): no program for it, a limit, or the program could not load the document."""

INSTALL = "install the Debian package libreoffice-writer-nogui"


def once(convert: Convert) -> Convert:
    """The same, each document converted once however often it is asked for: a message may be read for two campaigns."""
    known: dict[tuple[WordKind, bytes], Converted] = {}

    def remembered(kind: WordKind, content: bytes) -> Converted:
        key = kind, hashlib.sha256(content).digest()
        if key not in known:
            known[key] = convert(kind, content)
        return known[key]

    return remembered


def decoded_apart(picture: bytes, convert: Convert) -> bytes:
    """A photo in HEIC as JPEG, where there is a process to decode it; others as they are. Raises like `convert`."""
    if convert is no_conversion or picture_type(picture) != "image/heic":
        return picture
    return convert(WordKind.HEIC, picture).content


def no_conversion(kind: WordKind, content: bytes) -> Converted:
    """Where nothing converts: in a process of its own without the service."""
    raise UnreadableError(Problem.NOT_READ, f"nothing here converts {kind} ({len(content)} bytes): {INSTALL}")
