"""Charts are pictures that a mail carries: small, alike for alike figures, drawn without a window."""

import io
import subprocess
import sys
import threading
from datetime import date, timedelta

import pytest
from PIL import Image

from dossier.arrivals import Arrivals, Day
from reports.charts import Picture, arrivals_chart

_WORDS = {"begun": "Đã gửi", "complete": "Đã đủ văn bản", "asked": "Công đoàn cơ sở", "deadline": "Thời hạn"}
_FIRST = date(2021, 3, 16)


def _arrivals(days: int, asked: int = 34) -> Arrivals:
    made = tuple(Day(_FIRST + timedelta(days=one), min(one, asked), min(one // 2, asked)) for one in range(days))
    return Arrivals(made, asked, date(2021, 4, 20))


def _colours(made: Picture) -> set[tuple[int, ...]]:
    with Image.open(io.BytesIO(made.png)) as image:
        assert image.size == (made.width, made.height)
        return {colour for _, colour in image.convert("RGB").getcolors(image.width * image.height)}


@pytest.mark.parametrize(("days", "asked"), [(0, 34), (36, 34), (400, 5000)])
def test_the_chart_of_any_campaign_is_a_small_picture_on_white(days: int, asked: int) -> None:
    made = arrivals_chart(_arrivals(days, asked), _WORDS)
    assert len(made.png) < 80_000
    seen = _colours(made)
    assert {(255, 255, 255), (31, 95, 168), (179, 38, 30)} <= seen, "white, the line of unions, the deadline"


def test_the_same_figures_give_the_same_bytes_also_in_many_threads() -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.append(arrivals_chart(_arrivals(20), _WORDS).png)) for _ in range(2)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 2
    assert len(set(made)) == 1


def test_matplotlib_is_loaded_by_the_first_chart_and_pyplot_never() -> None:
    told = (
        "import sys, reports.charts as charts; before = 'matplotlib' in sys.modules; charts.canvas(1, 1);"
        "print(before, 'matplotlib' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False", "True", "False"]
