"""Forms without lines, printed to PDF: labels in one column of the page, answers beside them in another.

Labels end with a colon, or each begins with a capital letter and goes on with a small one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from parsers.content import Box, Cell, Content, Grid, Line
from parsers.form_labels import NUMBERED

_NEAR = 3.0
"""Points between left edges of one column, or tops of one line."""
_LEAST_ROWS, _LEAST_ANSWERS = 3, 0.3
_MOST_LETTERS = 60
"""Of a line of a label."""

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
        above = answer and not run and not _has_beside(box.top, _near(ordered, number), columns[0])
        if not (label or answer) or heading or above:
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
    labels, count = ending.most_common(1)[0] if ending else (0, 0)
    if count < _LEAST_ROWS:
        return _without_colons(lines)
    answers = [(edges[edge], edge) for edge in edges if edge > labels + 10 * _NEAR]
    if not answers or max(answers)[0] < _LEAST_ANSWERS * edges[labels]:
        return None
    return float(labels), float(max(answers)[1])


def _without_colons(lines: Sequence[Placed]) -> tuple[float, float] | None:
    """The two left edges at which most lines of the page begin, those at the first one short."""
    edges = Counter(round(box.x0) for _, _, box in lines).most_common(2)
    if len(edges) < 2 or edges[1][1] < _LEAST_ROWS:
        return None
    labels, answers = sorted(edge for edge, _ in edges)
    texts = [line.text for _, line, box in lines if abs(box.x0 - labels) <= _NEAR]
    beside = sum(_has_beside(box.top, lines, answers) for _, _, box in lines if abs(box.x0 - labels) <= _NEAR)
    short = all(len(text) <= _MOST_LETTERS for text in texts)
    wide = answers > labels + 10 * _NEAR
    return (float(labels), float(answers)) if short and wide and beside >= max(_LEAST_ROWS, len(texts) / 2) else None


def _has_beside(top: float, lines: Sequence[Placed], edge: float) -> bool:
    return any(abs(box.top - top) <= _NEAR and abs(box.x0 - edge) <= _NEAR for _, _, box in lines)


def _is_label(text: str, ordered: Sequence[Placed], number: int, answers: float) -> bool:
    """Whether it is a piece of a label: it begins, ends or goes on with one, or an answer stands beside it."""
    if NUMBERED.match(text) or text.rstrip().endswith(":") or text[:1].islower():
        return True
    return _has_beside(ordered[number][2].top, _near(ordered, number), answers)


def _near(ordered: Sequence[Placed], number: int) -> Sequence[Placed]:
    return ordered[max(0, number - 2) : number + 3]


def _rows(run: Sequence[Placed]) -> Iterator[tuple[str, str]]:
    """Labels with what stands beside them: a label ends with its colon, or where the next begins with a capital."""
    left = min(box.x0 for _, _, box in run)
    colons = sum(line.text.rstrip().endswith(":") for _, line, _ in run) >= _LEAST_ROWS
    labels: list[str] = []
    answers: list[str] = []
    for _, line, box in run:
        if abs(box.x0 - left) > _NEAR:
            answers.append(line.text)
            continue
        ended = labels and (labels[-1].rstrip().endswith(":") if colons else not line.text[:1].islower())
        if ended:
            yield "\n".join(labels), "\n".join(answers)
            labels, answers = [], []
        labels.append(line.text)
    if labels:
        yield "\n".join(labels), "\n".join(answers)
