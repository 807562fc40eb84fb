"""Tesseract, inside this process: words of a grey picture with their boxes and confidence.

The reading process may start no other (P10), so this is the library and not the program. Numpy, OpenCV and Tesseract
are loaded by the first picture: mail without pictures pays nothing for them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.folding import nfc
from dossier.model import Problem
from parsers.content import Box
from parsers.problem import UnreadableError

if TYPE_CHECKING:
    import tesserocr

    from parsers.picture import Grey

LANGUAGE = "vie"
TESSDATA_SETTING = "TESSDATA_PREFIX"
"""Environment variable: the folder with vie.traineddata, where it is not where distributions put it."""
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_MODULES = ("numpy", "cv2", "tesserocr")
_WORD_LEVEL = "5"
_LOOKS_ALIKE = str.maketrans({"Ð": "Đ", "ð": "đ", "\u0189": "Đ", "ö": "ô", "Ö": "Ô"})
"""Letters that Tesseract mixes up; Vietnamese has only the second of each pair."""
_WORTH_KEEPING = re.compile(r"\w|[^\w\s|_~=«»°\\]")
_SECONDS = 25
"""For one call: above it what was read so far is not trusted."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as Tesseract read it, in NFC."""

    text: str
    box: Box
    """In pixels of the picture, from its top left corner."""
    confidence: float
    """0 to 1."""
    block: int
    line: int
    """Lines are counted through the whole picture, not anew in each block."""


def available() -> str | None:
    """Why text in pictures cannot be read on this machine, with what to install; None where it can."""
    missing = [name for name in _MODULES if find_spec(name) is None]
    if missing:
        return f"Python packages are missing: {', '.join(missing)}"
    if _data_folder() is None:
        return (
            f"the Vietnamese data of Tesseract is missing: install the Debian package tesseract-ocr-vie, "
            f"or set {TESSDATA_SETTING} to the folder with {LANGUAGE}.traineddata"
        )
    return None


def read_words(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
    """The words of a grey picture, in Tesseract's own order.

    `psm` is Tesseract's page segmentation mode: 3 a page, 6 one block, 7 one line, 11 scattered words. Raises
    UnreadableError (NOT_READ) where Tesseract or its data is missing, and where it takes too long.
    """
    reason = available()
    if reason is not None:
        raise UnreadableError(Problem.NOT_READ, f"text in pictures cannot be read: {reason}")
    height, width = image.shape
    engine = _engine(str(_data_folder()))
    engine.SetPageSegMode(psm)
    engine.SetImageBytes(image.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(dpi)
    try:
        if not engine.Recognize(_SECONDS * 1000):
            raise UnreadableError(Problem.NOT_READ, f"text in a picture was not read within {_SECONDS} s")
        return _words(engine.GetTSVText(0), image)
    finally:
        engine.Clear()


def _data_folder() -> Path | None:
    told = os.environ.get(TESSDATA_SETTING)
    folders = [Path(told), Path(told) / "tessdata"] if told else []
    folders += map(Path, _FOLDERS)
    return next((folder for folder in folders if (folder / f"{LANGUAGE}.traineddata").is_file()), None)


@lru_cache(maxsize=1)  # loading the data takes as long as reading a tenth of a page
def _engine(folder: str) -> tesserocr.PyTessBaseAPI:
    os.environ["OMP_THREAD_LIMIT"] = "1"  # one process a core (DESIGN.md); read when the library is loaded
    import tesserocr  # noqa: PLC0415 - loaded by the first picture

    engine = tesserocr.PyTessBaseAPI(path=folder, lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)
    engine.SetVariable("debug_file", "")  # standard error: a file that cannot be opened ends the process
    return engine


def _words(table: str, image: Grey) -> tuple[Word, ...]:
    """Of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    from parsers.scan_marks import with_dotted_y  # noqa: PLC0415 - loaded by the first picture

    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines():
        fields = row.split("\t", 11)
        if len(fields) < 12 or fields[0] != _WORD_LEVEL:
            continue
        text = nfc(fields[11].strip().translate(_LOOKS_ALIKE))
        if not _WORTH_KEEPING.search(text):
            continue
        left, top, width, height = map(int, fields[6:10])
        line = lines.setdefault(tuple(fields[1:5]), len(lines))
        confidence = min(max(float(fields[10]) / 100, 0.0), 1.0)
        box = Box(left, top, left + width, top + height)
        words.append(Word(with_dotted_y(text, box, image), box, confidence, int(fields[2]), line))
    return tuple(words)
