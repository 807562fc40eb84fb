"""Forms without lines, printed to PDF: labels in one column of the page, answers beside them in another."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from parsers.content import Box, Cell, Content, Grid, Line
from parsers.form_labels import NUMBERED

_NEAR = 3.0
"""Points between left edges of one column, or tops of one line."""
_LEAST_ROWS, _LEAST_ANSWERS = 3, 0.3

Placed = tuple[int, Line, Box]
"""Place in Content.blocks, the line, where it stands."""


def grids_of_lines(content: Content) -> Mapping[int, tuple[Grid, frozenset[int]]]:
    """Place of the first line → the grid that lines side by side make, and the places of all its lines."""
    found: dict[int, tuple[Grid, frozenset[int]]] = {}
    pages: dict[int | None, list[Placed]] = {}
    for place, block in enumerate(content.blocks):
        if isinstance(block, Line) and block.box is not None:
            pages.setdefault(block.page, []).append((place, block, block.box))
    for page, lines in pages.items():
        for run in _runs(lines):
            rows = list(_rows(run))
            if len(rows) >= _LEAST_ROWS:
                cells = tuple((Cell(label), Cell(answer)) for label, answer in rows)
                places = frozenset(place for place, _, _ in run)
                found[min(places)] = Grid(cells, page=page, ruled=False), places
    return found


def _runs(lines: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Lines that stand in the two columns, as far as no other line and no heading parts them."""
    columns = _columns(lines)
    if columns is None:
        return
    run: list[Placed] = []
    ordered = sorted(lines, key=lambda each: (round(each[2].top), each[2].x0))
    for number, (place, line, box) in enumerate(ordered):
        label, answer = (abs(box.x0 - column) <= _NEAR for column in columns)
        heading = label and not _is_label(line.text, ordered, number, columns[1])
        if not (label or answer) or heading:
            yield from _some(run)
            run = []
        else:
            run.append((place, line, box))
    yield from _some(run)


def _some(run: list[Placed]) -> Iterable[list[Placed]]:
    return [run] if run else []


def _columns(lines: Sequence[Placed]) -> tuple[float, float] | None:
    """Left edges of the labels and of the answers."""
    edges = Counter(round(box.x0) for _, _, box in lines)
    ending = Counter(round(box.x0) for _, line, box in lines if line.text.rstrip().endswith(":"))
    if not ending:
        return None
    labels, count = ending.most_common(1)[0]
    answers = [(edges[edge], edge) for edge in edges if edge > labels + 10 * _NEAR]
    if count < _LEAST_ROWS or not answers or max(answers)[0] < _LEAST_ANSWERS * edges[labels]:
        return None
    return float(labels), float(max(answers)[1])


def _is_label(text: str, ordered: Sequence[Placed], number: int, answers: float) -> bool:
    """Whether it is a piece of a label: it begins or ends one, or an answer stands beside it."""
    if NUMBERED.match(text) or text.rstrip().endswith(":"):
        return True
    top = ordered[number][2].top
    near = ordered[max(0, number - 2) : number + 3]
    return any(abs(box.top - top) <= _NEAR and abs(box.x0 - answers) <= _NEAR for _, _, box in near)


def _rows(run: Sequence[Placed]) -> Iterator[tuple[str, str]]:
    """Labels with what stands beside them: a label ends with its colon."""
    left = min(box.x0 for _, _, box in run)
    labels: list[str] = []
    answers: list[str] = []
    for _, line, box in run:
        if abs(box.x0 - left) > _NEAR:
            answers.append(line.text)
            continue
        if labels and labels[-1].rstrip().endswith(":"):
            yield "\n".join(labels), "\n".join(answers)
            labels, answers = [], []
        labels.append(line.text)
    if labels:
        yield "\n".join(labels), "\n".join(answers)
