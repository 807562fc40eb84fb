"""Pictures beside Tesseract itself, in one run: `PYTHONPATH=tests python -m bench.scans`.

Processor time, not the clock's: of a page of running text against one pass of Tesseract over it; of a page with a table
against the passes that it needs, of which the times are added up while it is read. All of it in a process with the
threads and the memory of the service's reading process: with others the ratio is another one.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from support.attachments import attachment

from parsers import ocr_engine, scan_page
from parsers.ocr_engine import Word, read_words
from parsers.picture import Colour, Grey, frames
from parsers.process import ENVIRONMENT
from parsers.scan import interpreted
from parsers.scan_pdf import draw_pages

_ROUNDS = 5
_BARS = {"running text": 1.2, "table": 1.3}


def main() -> int:
    """Exit status 0 where both ratios are within their bars."""
    if not is_as_in_service(os.environ):
        return subprocess.run([sys.executable, "-m", "bench.scans"], env=environment(), check=False).returncode
    pages = {"running text": (_page("d06", 0), next(iter(frames(attachment("d34"))))), "table": (_page("d31", 1),)}
    told = {what: median(_ratio(picture) for _ in range(_ROUNDS) for picture in all_) for what, all_ in pages.items()}
    sys.stdout.write(json.dumps({what: round(ratio, 2) for what, ratio in told.items()}) + "\n")
    return 0 if all(ratio <= _BARS[what] for what, ratio in told.items()) else 1


def environment() -> dict[str, str]:
    """What the reading process of the service is given, and where this module lies."""
    return {**ENVIRONMENT, "PYTHONPATH": str(Path(__file__).parents[1])}


def is_as_in_service(given: Mapping[str, str]) -> bool:
    return ENVIRONMENT.items() <= given.items()


def _page(case: str, place: int) -> Colour:
    ((_, picture, _),) = draw_pages(attachment(case, place), [1])
    return picture


def _ratio(picture: Colour) -> float:
    """Time of reading a page to the time that Tesseract took of it."""
    passes: list[float] = []

    def timed(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
        before = time.process_time()
        words = read_words(image, psm=psm, dpi=dpi)
        passes.append(time.process_time() - before)
        return words

    read_words(picture[..., 0][:200], psm=6, dpi=200)
    with _Watched(timed):
        before = time.process_time()
        interpreted(scan_page.read_page(picture, 1))
        whole = time.process_time() - before
    return whole / sum(passes)


class _Watched:
    """Every call of Tesseract goes through the one that takes its time."""

    def __init__(self, timed: Callable[..., tuple[Word, ...]]) -> None:
        self._timed = timed
        self._table = scan_page.read_table

    def __enter__(self) -> None:
        scan_page.read_words = self._timed  # type: ignore[attr-defined]
        scan_page.read_table = lambda *given, **named: self._table(*given, self._timed, **named)  # type: ignore[attr-defined]

    def __exit__(self, *_: object) -> None:
        scan_page.read_words = ocr_engine.read_words  # type: ignore[attr-defined]
        scan_page.read_table = self._table  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
