"""Charts of the plan's targets, of fields, blocks and benefit. Labels are the campaign file's, never received."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dossier.breakdown import Breakdown, Split
from dossier.targets import SHARES, Standing, State
from reports import target_words as words
from reports.charts import BLUE, GREEN, INK, RED, RULE, SOFT, Picture, canvas, picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS: Mapping[State, str] = {State.REACHED: GREEN, State.BEYOND: RED, State.MISSED: RED, State.OPEN: BLUE}
_SAID: Mapping[State, str] = {
    State.REACHED: ", đạt",
    State.OPEN: "",
    State.MISSED: ", hết hạn, chưa đạt",
    State.BEYOND: ", vượt mức",
}
_WIDTH = 7.4
_LINE = 0.17
"""Inches of a line of text."""
_BAR = 0.4
_WRAP = 40


def targets_chart(told: Sequence[Standing]) -> Picture:
    """One bar for each target, from nothing to what was asked; how it stands in figures beside it."""
    labels = [_wrapped(f"{one.target.label} ({words.asked(one.target)})") for one in told]
    figure, axes = canvas(_WIDTH, _height(labels))
    for place, one in enumerate(told):
        reached = _ratio(one)
        axes.barh(place, 1, height=0.5, color=RULE, linewidth=0)
        axes.barh(place, min(reached, 1.0), height=0.5, color=_COLOURS[one.state], linewidth=0)
        said = words.stands(one) + _SAID[one.state]
        axes.text(1.02, place, _plain(said), va="center", ha="left", fontsize=9.5, color=INK)
    _rows(axes, labels)
    axes.set_xlim(0, 1.75)
    axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100% chỉ tiêu"])
    return picture(figure)


def split_chart(split: Split) -> Picture:
    """How many initiatives say each choice of a column; what is blank or other in grey."""
    counts = {**split.counts, "ghi nội dung khác, hoặc nhiều nội dung": split.other, "không ghi": split.blank}
    labels = [_wrapped(label) for label in counts]
    figure, axes = canvas(_WIDTH, _height(labels))
    most = max(counts.values(), default=0) or 1
    for place, (label, count) in enumerate(counts.items()):
        axes.barh(place, count, height=0.6, color=BLUE if label in split.counts else SOFT, linewidth=0)
        axes.text(count + most * 0.015, place, words.number(count), va="center", fontsize=9.5, color=INK)
    _rows(axes, labels)
    axes.set_xlim(0, most * 1.12)
    _whole(axes)
    axes.set_title(_plain(f"{split.label}: số sáng kiến"), loc="left", fontsize=10.5, color=INK)
    return picture(figure)


def union_block_chart(parts: Breakdown) -> Picture:
    """How many initiatives came from unions of each block: the roster knows it where the tables leave it out."""
    known = {words.BLOCKS.get(block, block): count for block, count in parts.by_union_block.items() if block}
    return split_chart(Split("Khối của CĐCS theo danh sách", known, blank=parts.by_union_block.get("", 0)))


def benefit_chart(parts: Breakdown) -> Picture:
    """The lowest and the highest sum for each span, and how many initiatives state no amount."""
    worths = parts.worths
    labels = [
        _wrapped(f"{words.per(one).capitalize()} ({words.number(one.count)} sáng kiến)") for one in worths.amounts
    ]
    figure, axes = canvas(_WIDTH, _height(labels) + 0.35)
    most = max((one.high for one in worths.amounts), default=0) or 1
    for place, one in enumerate(worths.amounts):
        axes.barh(place, one.high, height=0.5, color=BLUE, alpha=0.35, linewidth=0)
        axes.barh(place, one.low, height=0.5, color=BLUE, linewidth=0)
        said = (
            words.millions(one.low)
            if one.low == one.high
            else f"{words.millions(one.low)} đến {words.millions(one.high)}"
        )
        more = " trở lên" if one.open_up else ""
        axes.text(one.high + most * 0.015, place, f"{said}{more}", va="center", fontsize=9.5, color=INK)
    _rows(axes, labels)
    axes.set_xlim(0, most * 1.75)
    axes.set_xticks([])
    silent = f"Không nêu số tiền: {words.number(worths.silent)} trên {words.number(parts.initiatives)} sáng kiến"
    title = "Giá trị làm lợi nêu trong bảng tổng hợp (đồng)"
    axes.set_title(f"{title}\n{silent}", loc="left", fontsize=10.5, color=INK)
    return picture(figure)


def _ratio(one: Standing) -> float:
    """Of what was asked; "trên 100" is full at 101."""
    asked = one.target.least + (1 if one.target.exceed else 0)
    base = one.base if one.base is not None else 1
    measured = one.value * 100 if one.target.measure in SHARES else one.value
    return measured / (asked * base) if base else 0.0


def _rows(axes: "Axes", labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), [_plain(label) for label in labels], color=INK)
    axes.set_ylim(max(1, len(labels)) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)


def _whole(axes: "Axes") -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - loaded by the first chart

    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))


def _height(labels: Sequence[str]) -> float:
    return 0.75 + sum(max(_BAR, _LINE * (1 + label.count("\n")) + 0.12) for label in labels)


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _WRAP)) or text


def _plain(text: str) -> str:
    """`$` begins no mathematics."""
    return text.replace("$", r"\$")
