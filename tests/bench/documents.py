"""Each kind of document beside the library that reads it: time and memory as ratios of the same run.

`python -m bench.documents KIND SIDE` reads one once, in a process of its own, and prints how far its memory went up.
"""

import gc
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

import docx
import pdfplumber
import python_calamine
from bench.figures import Spread, ratio
from bench.processes import peak_memory
from support.attachments import attachment
from support.raw_mail import with_files
from support.word_documents import written_by_office

from hoso.campaigns import example_campaign
from parsers.conversion import WordKind
from parsers.docx import read_docx
from parsers.limits import Limits, OfficeLimits
from parsers.office import Office
from parsers.pictured import read_any_pdf
from parsers.sandbox import Sandbox
from parsers.spreadsheet import read_spreadsheet
from parsers.word_documents import read_word

Side = Literal["ours", "theirs"]
_LEAST_SECONDS = 0.2
"""Of one side in one round: short readings are repeated, so that the clock's grain says nothing."""
_SETTLED = 8.0
"""Seconds after which the first LibreOffice stands ready."""
_APART = 4.0
"""Seconds between two old Word files: the next LibreOffice has started by then."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is compared; `goal` is the most that ours may take of theirs, None where nothing is promised."""

    what: str
    beside: str
    content: Callable[[], bytes]
    ours: Callable[[bytes], object]
    theirs: Callable[[bytes], object]
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind, all rounds."""

    what: str
    beside: str
    goal: float | None
    milliseconds: Spread
    """Of one reading by Hoso."""
    time: Spread
    """Ours to theirs."""
    memory: float
    """Ours to theirs: how far the peak of a fresh process goes up."""
    mebibytes: float
    """Of ours."""


@dataclass(frozen=True, slots=True)
class Documents:
    compared: tuple[Compared, ...]
    doc_seconds: Spread
    """One old Word file with LibreOffice standing ready, from its bytes to what was read in it."""
    cores: int
    on_all_cores: Spread
    """Documents a second on all cores to those on one."""


def _python_docx(content: bytes) -> object:
    return docx.Document(io.BytesIO(content))


def _pdfplumber(content: bytes) -> object:
    with pdfplumber.open(io.BytesIO(content)) as opened:
        return [(page.extract_text(), page.extract_tables()) for page in opened.pages]


def _calamine(content: bytes) -> object:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


@cache
def _long_docx(rows: int = 300) -> bytes:
    """The summary table of the corpus with its rows repeated."""
    document = docx.Document(io.BytesIO(attachment("d01", 1)))
    table = document.tables[-1]
    model = [cell.text for cell in table.rows[-1].cells]
    for number in range(rows):
        for cell, text in zip(table.add_row().cells, model, strict=True):
            cell.text = f"{number} {text}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PAIRS: dict[str, Pair] = {
    "memo-docx": Pair("DOCX, memo", "python-docx opens", partial(attachment, "d01"), read_docx, _python_docx, 1.5),
    "table-docx": Pair("DOCX, table", "python-docx opens", partial(attachment, "d01", 1), read_docx, _python_docx, 1.5),
    "long-docx": Pair("DOCX, 300 rows", "python-docx opens", _long_docx, read_docx, _python_docx, 1.5),
    "memo-pdf": Pair("PDF, memo", "pdfplumber", partial(attachment, "d02"), read_any_pdf, _pdfplumber, 1.3),
    "table-pdf": Pair("PDF, table", "pdfplumber", partial(attachment, "d02", 1), read_any_pdf, _pdfplumber, 1.3),
    "long-pdf": Pair("PDF, long table", "pdfplumber", partial(attachment, "d08", 1), read_any_pdf, _pdfplumber, 1.3),
    "table-xlsx": Pair("XLSX, table", "calamine", partial(attachment, "d05", 1), read_spreadsheet, _calamine),
}


def documents(rounds: int, cores: int, tell: Callable[[str], None]) -> Documents:
    """Ours and theirs in turn, `rounds` times; then an old Word file, and all cores against one."""
    compared = []
    for key, pair in PAIRS.items():
        tell(f"{pair.what} beside {pair.beside}")
        compared.append(_compared(key, pair, rounds))
    tell("an old Word file")
    doc_seconds = _old_word_files(max(3, rounds))
    tell("all cores against one")
    return Documents(tuple(compared), doc_seconds, cores, _cores(cores, rounds))


def _compared(key: str, pair: Pair, rounds: int) -> Compared:
    content = pair.content()
    pair.ours(content), pair.theirs(content)  # what is imported and compiled at first use counts for neither
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(_seconds(pair.theirs, content))
        ours.append(_seconds(pair.ours, content))
    own, other = _growth(key, "ours"), _growth(key, "theirs")
    return Compared(
        what=pair.what,
        beside=pair.beside,
        goal=pair.goal,
        milliseconds=Spread.of(ours).times(1000),
        time=ratio(ours, theirs),
        memory=own / other,
        mebibytes=own / (1 << 20),
    )


def _seconds(read: Callable[[bytes], object], content: bytes) -> float:
    """Of one reading, in processor time: other programs on the machine do not count."""
    gc.collect()
    count, began = 0, time.process_time()
    while (spent := time.process_time() - began) < _LEAST_SECONDS or count == 0:
        read(content)
        count += 1
    return spent / count


def _growth(key: str, side: Side) -> int:
    """Bytes by which the peak of a fresh process goes up while it reads one."""
    command = [sys.executable, "-m", "bench.documents", key, side]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return max(int(json.loads(told)["grown"]), 1 << 16)


def _old_word_files(count: int) -> Spread:
    content = written_by_office(attachment("d01", 1), "doc", "MS Word 97")
    with Office(OfficeLimits(ahead=1)) as office:
        time.sleep(_SETTLED)
        seconds = []
        for _ in range(count):
            began = time.perf_counter()
            read_word(content, WordKind.DOC, office.convert)
            seconds.append(time.perf_counter() - began)
            time.sleep(_APART)
    return Spread.of(seconds)


def _cores(cores: int, rounds: int) -> Spread:
    """Messages of one DOCX and one PDF each, through the sandbox as the service does it."""
    mail = [with_files(("To trinh.docx", attachment("d01")), ("Bang.pdf", attachment("d02", 1)))] * 20
    rates: dict[int, list[float]] = {1: [], cores: []}
    with Sandbox((example_campaign(),), Limits(), workers=cores) as sandbox:
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(sandbox.read, mail[: 2 * cores]))
        for _ in range(rounds):
            for workers, seen in rates.items():
                with ThreadPoolExecutor(workers) as pool:
                    began = time.perf_counter()
                    list(pool.map(sandbox.read, mail))
                    seen.append(len(mail) / (time.perf_counter() - began))
    return ratio(rates[cores], rates[1])


def main(key: str, side: Side) -> None:
    pair = PAIRS[key]
    content, warm = pair.content(), PAIRS["memo-pdf" if "pdf" in key else "memo-docx"]
    read = pair.ours if side == "ours" else pair.theirs
    if pair.beside != "calamine":
        (warm.ours if side == "ours" else warm.theirs)(warm.content())
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    before = peak_memory()
    kept = read(content)
    print(json.dumps({"grown": peak_memory() - before, "kept": kept is not None}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main(sys.argv[1], "ours" if sys.argv[2] == "ours" else "theirs")
