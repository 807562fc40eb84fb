"""The pieces of a file that may ask or answer, and how each is marked: by its type, a number, a free line above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.columns import ColumnNames, Match
from parsers.content import Box, Content, Line
from parsers.form_labels import NUMBERED, match_of
from parsers.form_texts import FormText, form_texts
from parsers.summary_table_total import is_total
from parsers.wording import letters_of, plain

LONGEST_LABEL = 110
"""Letters of a question."""
_MOST_PIECES = 6_000
_MOST_COLONS = 3
_APART = 0.3
"""Of a line's height: by how much the free space over a line is more than usual."""
_ENDS = re.compile(
    r"(?:tm|kt|tl|tuq)\s*[./]|(?:nguoi|can bo) (?:lap|ky|viet|khai|de nghi|bao cao|tong hop|lam don)\b|"
    r"(?:xac nhan|y kien) cua|thu truong|noi nhan|ghi chu\s*:|tran trong|cong hoa xa hoi|"
    r"noi dung nay (?:khong|chua)\b.*\b(?:tao ra|xac nhan)|this content is neither|bao cao hanh vi|"
    r"[^,:]{2,40},\s*ngay\s*[\d._… ]*thang\s*[\d._… ]*nam\s*[\d._… ]*\Z"
)
"""So begins what stands under the last answer of a file."""
_EDGE = re.compile(
    r"(?:https?://|(?:docs|forms)\.\S+/)\S*(?:\s+\d+\s*/\s*\d+)?|\d{1,2}[/.:]\d{1,2}[/.:, ]\s*\d{2,4},? \d{1,2}:\d\d.*|"
    r"\d{1,3}\s*/\s*\d{1,3}|(?:trang|page)\s+\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?",
    re.IGNORECASE,
)
"""What a browser prints on a page's edge: the address, the hour, the number of the page."""
_BESIDE = 0.15
_FOR_LABELS = " \t:.…_*"
_POINT = re.compile(
    r"\s*(?:([-+*•])|([Cc]âu(?: hỏi)?\s+\d|\d{1,2}(?:\.\d{1,2})*\s*[.)/:](?!\d))|(?:[IVX]{1,4}|[a-zđ])\s*[.)](?=\s))"
)
"""A number, a letter or a bullet, and none of "3.000.000", "26/04" and "Đ/c"."""
_DIGITS = re.compile(r"\d+")
_COUNTED = re.compile(r"(?<!\d)\d{1,3}\Z")
_MOST_WORDS = 7
"""Of a heading that counts the forms."""
_NUMBER = re.compile(r"\s*(?:[Cc]âu(?: hỏi)?\s+)?(\d{1,2})\s*[.)/:](?!\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a cell that stands alone in its row."""

    place: int
    """In Content.blocks."""
    text: str
    """On one line."""
    whole: str
    """Its lines kept."""
    cell: bool
    bold: bool
    point: str
    """Of which kind the number is that it begins with: "1", "a", the bullet itself; '' for none."""
    apart: bool
    """There is free space over it."""
    page: int | None
    box: Box | None
    upper: bool
    """In capitals, or in the middle of its page: a title."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A question, perhaps: a whole piece, or what stands before a colon in one."""

    piece: int
    label: str
    key: str
    """The label's letters alone: the same however it is numbered and marked."""
    answer: str
    """What follows the colon."""
    inline: bool
    """A colon parts it from an answer on its line."""

    @property
    def counts(self) -> bool:
        """Whether it ends in a number: "Sáng kiến số 2"."""
        return self.key.startswith("#")


def pieces_of(content: Content, names: ColumnNames) -> list[Piece]:
    """In the order in which they are to be read, without blank ones and what a browser prints on a page's edge."""
    found: list[Piece] = []
    blank = False
    texts = [one for one, _ in zip(form_texts(content, names), range(_MOST_PIECES), strict=False)]
    usual = _usual_space(content, texts)
    before: Line | None = None
    for one in texts:
        if not one.text:
            blank = True
            continue
        block = content.blocks[one.place]
        line = block if isinstance(block, Line) else None
        if line is not None and line.page is not None and _EDGE.fullmatch(one.text.strip()):
            continue
        apart = blank or _stands_apart(before, line, usual)
        page, box = (None, None) if line is None else (line.page, line.box)
        title = one.text.isupper() or (line is not None and line.centred)
        point = _point(one.text)
        whole = one.whole or one.text
        found.append(Piece(one.place, one.text, whole, one.cell, one.bold, point, apart, page, box, title))
        before, blank = line, False
    return found


def _point(text: str) -> str:
    found = _POINT.match(text)
    return "" if found is None else found[1] or ("1" if found[2] else "a")


def _space(before: Line | None, line: Line | None) -> float | None:
    """Points between two lines of a page, one under the other."""
    if before is None or line is None or before.box is None or line.box is None or before.page != line.page:
        return None
    space = line.box.top - before.box.bottom
    return space if line.box.top > before.box.top + 1 else None


def _usual_space(content: Content, texts: Sequence[FormText]) -> float:
    blocks = [content.blocks[one.place] for one in texts]
    lines = [block if isinstance(block, Line) else None for block in blocks]
    spaces = sorted(space for one, two in pairwise(lines) if (space := _space(one, two)) is not None)
    return spaces[len(spaces) // 4] if spaces else 0.0


def _stands_apart(before: Line | None, line: Line | None, usual: float) -> bool:
    space = _space(before, line)
    if space is None:
        return before is not None and line is not None and before.page != line.page
    height = 0.0 if line is None or line.box is None else line.box.bottom - line.box.top
    return space > usual + _APART * height


def label_in(text: str) -> str:
    """What a piece asks: without its number, its star and its colon."""
    return NUMBERED.sub("", text, count=1).strip(_FOR_LABELS)


def marks_at(number: int, piece: Piece) -> Iterator[Mark]:
    """What the piece may ask: all of it, and what stands before each of its first colons."""
    bare = NUMBERED.sub("", piece.text, count=1).strip()
    label = bare.strip(_FOR_LABELS)
    if len(label) <= LONGEST_LABEL and (key := letters_of(label)) and not key.isdigit():
        yield Mark(number, label, key, "", inline=False)
    if _COUNTED.search(label) and len(label.split()) <= _MOST_WORDS:
        yield Mark(number, label, f"#{shape_of(label)}", "", inline=False)
    for place in [found.start() for found in re.finditer(r":(?=\s|\Z)|[?](?=\s*\S)", bare)][:_MOST_COLONS]:
        label, answer = bare[: place + (bare[place] == "?")].strip(_FOR_LABELS), bare[place + 1 :].strip()
        if answer and len(label) <= LONGEST_LABEL and (key := letters_of(label)) and not key.isdigit():
            yield Mark(number, label, key, _with_lines(piece, answer), inline=True)


def _with_lines(piece: Piece, answer: str) -> str:
    """The answer as it stands in a cell, its lines kept."""
    if "\n" not in piece.whole:
        return answer
    at = piece.whole.find(answer.split(" ", 1)[0])
    kept = piece.whole[at:].strip() if at >= 0 else answer
    return kept if letters_of(kept) == letters_of(answer) else answer


def stand_beside(pieces: Sequence[Piece]) -> bool:
    """Whether many pieces stand beside others of their page, as labels and answers of two columns do."""
    beside = sum(_is_beside(one.box, other.box) and one.page == other.page for one, other in pairwise(pieces))
    return beside > _BESIDE * len(pieces)


def _is_beside(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) * 2 > min(
        one.bottom - one.top, other.bottom - other.top
    )


def number_of(piece: Piece) -> int:
    """The arabic number that a piece begins with; 0 for none."""
    found = _NUMBER.match(piece.text)
    return int(found[1]) if found is not None else 0


def is_end(text: str) -> bool:
    """Whether a file's closing begins with it: a date, a signature, a total, a note."""
    folded = plain(text).strip()
    return _ENDS.match(folded) is not None or is_total(folded)


def shape_of(text: str) -> str:
    """A text without its numbers: "SÁNG KIẾN SỐ 2" and "SÁNG KIẾN SỐ 3" are alike."""
    return _DIGITS.sub("#", letters_of(text))


def matched(label: str, names: ColumnNames) -> Match | None:
    """The column that a question names, or the words before a colon within it: "Mô tả: vấn đề, cách giải quyết"."""
    return match_of(label, names) or (match_of(label.partition(":")[0], names) if ":" in label else None)


def joined(one: Mark, other: Mark) -> Mark:
    """A question whose words go on on the next line."""
    label = f"{one.label} {other.label}"
    return replace(other, label=label, key=letters_of(label))
