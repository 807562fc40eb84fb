"""Charts as PNG: Matplotlib's objects on its Agg canvas, no pyplot and no window, so that threads share nothing.

Matplotlib is loaded by the first chart. Its own font DejaVu Sans holds every Vietnamese letter. What stands in a chart
are our own words and numbers; text from outside is never handed to Matplotlib, which would read `$` as mathematics.
"""

import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dossier.arrivals import Arrivals

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, SOFT, RULE = "#1b2127", "#5b6670", "#d5dbe1"
BLUE, GREEN, RED = "#1f5fa8", "#1f7a4d", "#b3261e"
"""Colours of the digest and of reports; lines differ in width or in dashes, too, for those who see no hue."""
_DPI = 260
_FONT = 9.5
_DRAWING = threading.Lock()
"""The cache of fonts is Matplotlib's own and not meant for several threads."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG on white, so that it reads on a dark page, too."""

    png: bytes
    width: int
    height: int
    """In pixels."""


def canvas(width: float, height: float) -> "tuple[Figure, Axes]":
    """A white figure of so many inches with one pair of axes: rules below, none around. For `picture`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - loaded by the first chart
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(width, height), dpi=_DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(colors=SOFT, labelsize=_FONT, length=0)
    axes.tick_params(axis="x", pad=8)  # apart from the nought beside the first day
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def picture(figure: "Figure") -> Picture:
    """The figure as PNG; the same figure gives the same bytes."""
    out = io.BytesIO()
    with _DRAWING:
        figure.savefig(out, format="png", metadata={"Software": None})
    width, height = figure.get_size_inches() * figure.dpi
    return Picture(out.getvalue(), round(width), round(height))


def arrivals_chart(found: Arrivals, words: Mapping[str, str]) -> Picture:
    """How many unions had sent, and were complete, by the end of each day; the roster and the deadline as lines.

    `words` names "begun", "complete", "asked" and "deadline". Made for the width of a telephone: 988 pixels across.
    """
    figure, axes = canvas(3.8, 2.6)
    figure.set_layout_engine(None)  # the words are known: laying them out takes longer than drawing them
    figure.subplots_adjust(left=0.11, right=0.985, bottom=0.1, top=0.77)
    places = [float(one.day.toordinal()) for one in found.days]
    places += [places[-1] + 1] if places else []
    for values, colour, label, width in (
        ([one.begun for one in found.days], BLUE, words["begun"], 2.2),
        ([one.complete for one in found.days], GREEN, words["complete"], 1.4),
    ):
        last = f"{label} ({values[-1] if values else 0})"
        heights = [*values, *values[-1:]]  # through the end of the last day
        axes.step(places, heights, where="post", color=colour, linewidth=width, label=last)
        axes.fill_between(places, heights, step="post", color=colour, alpha=0.12, linewidth=0)
    axes.axhline(found.asked, color=SOFT, linewidth=1, linestyle="--", label=f"{words['asked']} ({found.asked})")
    axes.axvline(found.deadline.toordinal() + 1, color=RED, linewidth=1.4, linestyle=":", label=words["deadline"])
    _scale(axes, found)
    figure.legend(
        loc="upper left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=2,
        fontsize=_FONT,
        frameon=False,
        labelcolor=INK,
        handlelength=1.3,
        columnspacing=0.9,
    )
    return picture(figure)


def _scale(axes: "Axes", found: Arrivals) -> None:
    """Whole unions on the one axis, days on the other, a few of them written; nothing that a person has to turn."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator  # noqa: PLC0415

    shown = [one.day for one in found.days] or [found.deadline]
    first, last = min(shown[0], found.deadline), max(shown[-1], found.deadline)
    span = max(1, (last - first).days)
    axes.set_xlim(first.toordinal() - 0.02 * span, last.toordinal() + 1 + 0.03 * span)
    axes.set_ylim(0, max(1, found.asked) * 1.08)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    places = sorted({first + timedelta(days=span * part // 3) for part in range(4)})
    axes.xaxis.set_major_locator(FixedLocator([float(day.toordinal()) for day in places]))
    years = first.year != last.year
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _written(value, years=years)))


def _written(value: float, *, years: bool) -> str:
    day = date.fromordinal(round(value))
    return f"{day.day}/{day.month}/{day.year}" if years else f"{day.day}/{day.month}"
