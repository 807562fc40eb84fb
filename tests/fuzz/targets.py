"""Our own code that meets bytes from outside, each with the seeds that damage begins from."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fuzz import rule_targets, text_targets
from fuzz.files import campaign, files, messages
from fuzz.mutation import mutated, mutated_within
from support.archives import rar4, rar5, seven_zip, tnef

from parsers.archive import read_archive
from parsers.content import Content
from parsers.document import interpret
from parsers.docx import read_docx
from parsers.identify import identify
from parsers.message import open_message
from parsers.pdf import read_pdf
from parsers.problem import UnreadableError
from parsers.spreadsheet import read_spreadsheet

Make = Callable[[random.Random, Sequence[bytes]], bytes]


@dataclass(frozen=True)
class Target:
    run: Callable[[bytes], None]
    seeds: Callable[[], tuple[bytes, ...]]
    make: Make = mutated

    @property
    def packed(self) -> bool:
        """Damage is done to a file within the ZIP that it is."""
        return self.make is mutated_within


def _heads() -> tuple[bytes, ...]:
    return tuple(content.partition(b"\r\n\r\n")[0] + b"\r\n\r\nEm" for content in messages())


def _beginning(*starts: bytes, holding: bytes = b"") -> Callable[[], tuple[bytes, ...]]:
    def found() -> tuple[bytes, ...]:
        fitting = (file for file in files() if file.startswith(starts) and holding in file)
        return tuple(file for file in fitting if not holding or zipfile.is_zipfile(io.BytesIO(file)))

    return found


def _archives() -> tuple[bytes, ...]:
    file = ("To trinh.docx", b"x" * 300)
    short = ("To trinh.docx", "", b"x" * 300)
    return (rar4(file), rar5(file), seven_zip(file), tnef(short), *_beginning(b"PK")())


def _reading(read: Callable[[bytes], Content]) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        try:
            found = read(content)
        except UnreadableError:
            return
        interpret(found, campaign())  # memo, summary table and the rules on their cells

    return run


def _archive(content: bytes) -> None:
    try:
        read_archive(content)
    except UnreadableError:
        return


def _identify(content: bytes) -> None:
    identify(content, "a.docx")


def _message(content: bytes) -> None:
    opened = open_message(content)
    for text in (opened.submission.subject, opened.submission.own_words, *opened.submission.recipients):
        text.encode()
        assert "\0" not in text
    for line in (opened.submission.subject, opened.submission.sender.name, *opened.submission.recipients):
        assert not any(character in line for character in "\r\n"), "no header is made of two lines"


TARGETS: Mapping[str, Target] = {
    "message": Target(_message, messages),
    "headers": Target(_message, _heads),
    "identification": Target(_identify, files),
    "archive": Target(_archive, _archives),
    "docx": Target(_reading(read_docx), _beginning(b"PK", holding=b"word/document.xml")),
    "docx within": Target(_reading(read_docx), _beginning(b"PK", holding=b"word/document.xml"), mutated_within),
    "xlsx": Target(_reading(read_spreadsheet), _beginning(b"PK", holding=b"xl/workbook.xml")),
    "xlsx within": Target(_reading(read_spreadsheet), _beginning(b"PK", holding=b"xl/workbook.xml"), mutated_within),
    "pdf": Target(_reading(read_pdf), _beginning(b"%PDF")),
    "memo": Target(text_targets.judged, text_targets.memos),
    "summary table": Target(text_targets.judged, text_targets.tables),
    "cells": Target(text_targets.words, text_targets.cells),
    "rules": Target(rule_targets.run, rule_targets.generated),
}
