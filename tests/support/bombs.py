"""The bombs of FAULTS.md 31-37 by name, each as (file name, content): small files that want to be large."""

import io
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

from support.archives import rar5, seven_zip, tnef
from support.hostile import (
    doctype_docx,
    endless_pdf,
    greedy_pdf,
    huge_docx,
    huge_picture_pdf,
    huge_png,
    looping_pdf,
    lying_zip,
    overlapping_zip,
    zipped,
)
from support.word import with_part

Bomb = tuple[str, bytes]
_LAUGHS = "<!DOCTYPE x [{}]>".format(
    "".join(f'<!ENTITY l{n} "{"ha" if n == 0 else f"&l{n - 1};" * 10}">' for n in range(10))
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def nested_zip(levels: int) -> bytes:
    """Ten archives in each of ten archives in each …, all of them the same few bytes."""
    content = zipped(("bang.docx", bytes(1 << 20)))
    for _ in range(levels):
        content = zipped(*((f"{number}.zip", content) for number in range(10)))
    return content


def self_containing_zip() -> bytes:
    """An archive that comes out of itself, level after level (as far as one can be built without a quine)."""
    content = zipped(("ho so.docx", b"x"))
    for _ in range(100):
        content = zipped(("ho so.zip", content), method=zipfile.ZIP_STORED)
    return content


def workbook(rows: str, doctype: str = "") -> bytes:
    """An XLSX whose first sheet holds these rows, as XML."""
    out = io.BytesIO()
    Workbook().save(out)
    return with_part(out.getvalue(), "xl/worksheets/sheet1.xml", (doctype + _SHEET.format(rows)).encode())


def _large_sheet(rows: int) -> bytes:
    cell = "<c><v>1</v></c>" * 50
    return workbook(f"<row>{cell}</row>" * rows)


BOMBS: Mapping[str, Callable[[], Bomb]] = {
    "31 overlapping zip": lambda: ("a.zip", overlapping_zip(400)),
    "31 lying zip": lambda: ("a.zip", lying_zip(100 << 20)),
    "31 nested zip": lambda: ("a.zip", nested_zip(5)),
    "31 self-containing zip": lambda: ("a.zip", self_containing_zip()),
    "31 one large file in a zip": lambda: ("a.zip", zipped(("a.docx", bytes(150 << 20)))),
    "31 7z": lambda: ("a.7z", seven_zip(("a.docx", bytes(64 << 20)))),
    "31 rar": lambda: ("a.rar", rar5(*((f"{number}.docx", b"x") for number in range(600)))),
    "31 winmail.dat of many": lambda: ("winmail.dat", tnef(*((f"{number}", "", b"x") for number in range(600)))),
    "31 winmail.dat that lies": lambda: ("winmail.dat", _lying_tnef()),
    "32 billion laughs": lambda: ("a.docx", doctype_docx(_LAUGHS, "&l9;")),
    "32 external entity": lambda: (
        "a.docx",
        doctype_docx('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    ),
    "32 billion laughs in a workbook": lambda: ("a.xlsx", workbook("<row><c><v>&l9;</v></c></row>", _LAUGHS)),
    "33 docx": lambda: ("a.docx", huge_docx(120)),
    "33 larger docx": lambda: ("a.docx", huge_docx(200)),
    "34 pdf": lambda: ("a.pdf", greedy_pdf(480)),
    "34 pdf of a picture": lambda: ("a.pdf", huge_picture_pdf(30_000)),
    "35 pdf without end": lambda: ("a.pdf", endless_pdf(40)),
    "35 pages that hold themselves": lambda: ("a.pdf", looping_pdf("pages")),
    "35 a form that draws itself": lambda: ("a.pdf", looping_pdf("form")),
    "35 a length that is its own": lambda: ("a.pdf", looping_pdf("length")),
    "36 png": lambda: ("a.png", huge_png(100_000)),
    "37 last cell": lambda: (
        "a.xlsx",
        workbook('<row r="1"><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "37 many cells": lambda: ("a.xlsx", _large_sheet(60_000)),
}
"""Built when asked for: some take a second."""


def _lying_tnef() -> bytes:
    honest = tnef(("a.docx", "", b"x" * 1000))
    at = honest.rindex((1000).to_bytes(4, "little"))
    return honest[:at] + (0x7FFFFFF0).to_bytes(4, "little") + honest[at + 4 :]
