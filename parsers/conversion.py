"""What the reading process asks of its parent: documents of kinds that other programs read, made into ones it reads."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dossier.model import Problem
from parsers.problem import UnreadableError


class WordKind(StrEnum):
    """The kinds that are converted; the value is the extension that their file gets."""

    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"


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


def no_conversion(kind: WordKind, content: bytes) -> Converted:
    """Where nothing converts: in a process of its own without the service."""
    raise UnreadableError(Problem.NOT_READ, f"nothing here converts {kind} ({len(content)} bytes): {INSTALL}")
