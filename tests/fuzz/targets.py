"""Our own code that meets bytes from outside, each with the seeds that damage begins from."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fuzz.mutation import mutated, mutated_within
from support.archives import rar4, rar5, seven_zip, tnef
from support.attachments import MESSAGES

from dossier.campaign import Campaign
from hoso.campaigns import example_campaign
from parsers.archive import read_archive
from parsers.content import Content
from parsers.document import interpret
from parsers.docx import read_docx
from parsers.identify import identify
from parsers.message import open_message
from parsers.pdf import read_pdf
from parsers.problem import UnreadableError
from parsers.spreadsheet import read_spreadsheet

_LARGE = 200_000

Make = Callable[[random.Random, Sequence[bytes]], bytes]


@dataclass(frozen=True)
class Target:
    run: Callable[[bytes], None]
    seeds: Callable[[], tuple[bytes, ...]]
    make: Make = mutated


@lru_cache(maxsize=1)
def _messages() -> tuple[bytes, ...]:
    contents = (path.read_bytes() for path in sorted(MESSAGES.glob("*.eml")))
    return tuple(content for content in contents if len(content) < _LARGE)  # pictures are not our own code's to read


@lru_cache(maxsize=1)
def _files() -> tuple[bytes, ...]:
    return tuple(one.content for content in _messages() for one in open_message(content).attachments)


def _heads() -> tuple[bytes, ...]:
    return tuple(content.partition(b"\r\n\r\n")[0] + b"\r\n\r\nEm" for content in _messages())


def _beginning(*starts: bytes, holding: bytes = b"") -> Callable[[], tuple[bytes, ...]]:
    def found() -> tuple[bytes, ...]:
        files = (file for file in _files() if file.startswith(starts) and holding in file)
        return tuple(file for file in files if not holding or zipfile.is_zipfile(io.BytesIO(file)))

    return found


def _archives() -> tuple[bytes, ...]:
    file = ("To trinh.docx", b"x" * 300)
    short = ("To trinh.docx", "", b"x" * 300)
    return (rar4(file), rar5(file), seven_zip(file), tnef(short), *_beginning(b"PK")())


@lru_cache(maxsize=1)
def _campaign() -> Campaign:
    return example_campaign()


def _reading(read: Callable[[bytes], Content]) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        try:
            found = read(content)
        except UnreadableError:
            return
        interpret(found, _campaign())  # memo, summary table and the rules on their cells

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
    "message": Target(_message, _messages),
    "headers": Target(_message, _heads),
    "identification": Target(_identify, _files),
    "archive": Target(_archive, _archives),
    "docx": Target(_reading(read_docx), _beginning(b"PK", holding=b"word/document.xml")),
    "docx within": Target(_reading(read_docx), _beginning(b"PK", holding=b"word/document.xml"), mutated_within),
    "xlsx": Target(_reading(read_spreadsheet), _beginning(b"PK", holding=b"xl/workbook.xml")),
    "xlsx within": Target(_reading(read_spreadsheet), _beginning(b"PK", holding=b"xl/workbook.xml"), mutated_within),
    "pdf": Target(_reading(read_pdf), _beginning(b"%PDF")),
}
