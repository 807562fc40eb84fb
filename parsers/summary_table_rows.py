"""What each row under a header is: an initiative, more of the one above, or none at all (FORMS.md, "Shapes met")."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from dossier.campaign import APPLIED, AUTHOR, NO, SUMMARY, TITLE
from dossier.folding import fold
from parsers.co_authors import names_apart
from parsers.content import Cell, Origin
from parsers.header_likeness import speaks_of
from parsers.summary_table_header import Header
from parsers.summary_table_total import is_total
from parsers.wording import is_arabic_ordinal, is_ordinal, join_lines

_LONGEST_INDEX = 20
_MOST_OF_AN_INDEX = 5
_INDEX = re.compile(r"[(\[]?(?:\d{1,2}|[a-z])(?:\s*=.*)?[)\].]?")
_LONGEST_ORDINAL = 5
_SECTION = re.compile(r"(?:[ivx]{1,5}|[a-h])\s*[.)/:-]\s*\S|(?:khoi|nhom|linh vuc|phan|muc)\b")
_SIGNED = re.compile(
    r"(?:tm|kt|tl|tuq)\s*\.|(?:nguoi|can bo) (?:lap|tong hop)|xac nhan cua|thu truong|noi nhan|"
    r"\(?(?:da )?ky[,;) ]|ghi chu\s*:"
)
_SIGNED_PERHAPS = re.compile(
    r"(?:pho )?chu tich$|truong ban$|ban chap hanh$|.{0,40}\bngay\s*[\d._… ]*thang\s*[\d._… ]*nam\s*[\d._… ]*$"
)
"""So ends a table, and so may an author's position or a date of application read."""
_EXAMPLE = re.compile(r"\(?(?:vd|v\.d|vi du|mau)\.?(?: \d{1,2})?\)?\s*:?")
_NOBODY = re.compile(r"(?:[^\W\d_]+ ){1,3}[A-ZĐ]\.?|[xX.… ]+")
"""A family, a middle name and a letter: "Nguyễn Văn A"."""
_BLANK = re.compile(r"[\s.…_]+")
_SPARSE = 3
_LONGEST_LABEL = 60


class Role(Enum):
    BLANK = auto()
    NOTE = auto()
    """Numbers of the columns, hints under the header, sections, notes."""
    TOTAL = auto()
    END = auto()
    """Date, authority, signature: the table is over."""
    MORE = auto()
    """More of the initiative above."""
    INITIATIVE = auto()
    DOUBTFUL = auto()
    """It could be either: left out, and a person is told."""
    DOUBTFULLY_MORE = auto()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rows before this one were like."""

    any_initiative: bool
    numbered: bool
    """Initiatives so far have numbers."""
    after_blank: bool
    ended: bool
    """After a total or a signature."""
    page_turned: bool
    """This row is the first on a new page."""


@dataclass(frozen=True, slots=True)
class View:
    """One row as its header sees it: a cell for every leaf, the lines of its text joined."""

    header: Header
    cells: tuple[Cell, ...]
    width: int
    """How many leaves the widest cell spans."""

    @property
    def number(self) -> str:
        return self.text(NO)

    def text(self, key: str) -> str:
        cell = self.cell(key)
        return "" if cell is None else cell.text

    def cell(self, key: str) -> Cell | None:
        pairs = zip(self.header.leaves, self.cells, strict=True)
        return next((cell for leaf, cell in pairs if leaf.key == key), None)

    @property
    def content(self) -> tuple[Cell, ...]:
        """Cells with text, the row's number aside, each merged cell once."""
        pairs = zip(self.header.leaves, self.cells, strict=True)
        return tuple(
            cell
            for leaf, cell in pairs
            if cell.text and cell.origin is not Origin.LEFT and not (leaf.key == NO and is_ordinal(cell.text))
        )

    @property
    def fresh(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.content if cell.origin is not Origin.ABOVE)


def view(header: Header, row: Sequence[Cell]) -> View:
    """Lay a grid's row under the header's leaves.

    Word often stores rows of one table with edges that differ by a hair: where a row has as many cells as the header
    has columns, they belong together in their order; else by place.
    """
    authors = [leaf.key == AUTHOR or leaf.like == AUTHOR for leaf in header.leaves]
    units = [place for place, cell in enumerate(row) if cell.origin is not Origin.LEFT]
    starts = [leaf.index for leaf in header.leaves]
    if len(units) == len(starts):
        pairs = zip(units, authors, strict=True)
        return View(header, tuple(_joined(row[place], names=names) for place, names in pairs), 1)
    cells: list[Cell] = []
    for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
        inside = [row[place] for place in units if start <= place < end and row[place].text.strip()]
        if len(inside) > 1:
            cells.append(replace(inside[0], text=" ".join(cell.text for cell in inside)))
        elif inside:
            cells.append(inside[0])
        else:
            cells.append(row[start] if start < len(row) else Cell(""))
    told = tuple(_joined(cell, names=names) for cell, names in zip(cells, authors, strict=True))
    return View(header, told, _widest(told))


def _joined(cell: Cell, *, names: bool) -> Cell:
    """Its lines as one text, those with a co-author each as they are."""
    if not cell.text:
        return cell
    return replace(cell, text=names_apart(cell.text) if names else join_lines(cell.text))


def marks_example(text: str) -> bool:
    """Whether a cell says that its row shows how to fill in the form: "VD", "(Ví dụ)"."""
    return _EXAMPLE.fullmatch(fold(text)) is not None


def told_below(row: View) -> tuple[str, str] | None:
    """Label and text of a row that is one cell over the whole width: "Tóm tắt: …", where no column holds a summary."""
    if SUMMARY in row.header.keys or len(row.content) != 1 or row.width * 2 < len(row.header.leaves):
        return None
    label, colon, text = row.content[0].text.partition(":")
    if not colon or not text.strip() or len(label) > _LONGEST_LABEL or not speaks_of(label, SUMMARY):
        return None
    return label.strip(), text.strip()


def _widest(cells: Sequence[Cell]) -> int:
    widest = width = 1
    for cell in cells[1:]:
        width = width + 1 if cell.origin is Origin.LEFT and cell.text else 1
        widest = max(widest, width)
    return widest


def role_of(row: View, seen: Seen) -> Role:
    """The first of the rules that knows the row decides."""
    return next(role for rule in _RULES if (role := rule(row, seen)) is not None)


def _blank(row: View, _: Seen) -> Role | None:
    """Nothing of its own, or nothing but the dots of a blank form ("… | … | …")."""
    if row.fresh:
        unfilled = len(row.fresh) >= _SPARSE and all(map(_BLANK.fullmatch, (cell.text for cell in row.fresh)))
        return Role.BLANK if unfilled else None
    number = row.cell(NO)
    own_number = number is not None and number.origin is Origin.OWN and number.text
    return None if own_number and row.content else Role.BLANK


def _index(row: View, _: Seen) -> Role | None:
    if any(len(cell.text) > _LONGEST_INDEX for cell in row.cells):
        return None
    texts = _texts(row)
    told = sum(_INDEX.fullmatch(text) is not None for text in texts)
    spoilt = told == len(texts) - 1 >= _MOST_OF_AN_INDEX  # where a header that is too long was printed over one of them
    numbers = len(texts) >= 3 and len(set(texts)) == len(texts) and (told == len(texts) or spoilt)
    return Role.NOTE if numbers else None


def _hint(row: View, _: Seen) -> Role | None:
    texts = [cell.text for cell in row.content]
    hints = len(texts) >= 2 and all(text.startswith("(") and text.endswith(")") for text in texts)
    return Role.NOTE if hints and not row.number else None


def _example(row: View, seen: Seen) -> Role | None:
    """The blank form's own example over the initiatives: "VD | Nguyễn Văn A | …"; with other names a person looks."""
    first = next((cell.text for cell in row.cells if cell.text), "")
    if seen.any_initiative or not marks_example(first) or len(row.content) < _SPARSE:
        return None
    author = row.text(AUTHOR)
    nobody = author and all(map(_NOBODY.fullmatch, author.split("\n")))
    return Role.NOTE if nobody else Role.DOUBTFUL


def _total(row: View, _: Seen) -> Role | None:
    if is_arabic_ordinal(row.number) or len(row.content) > _SPARSE + 1:
        return None
    return Role.TOTAL if any(map(is_total, _texts(row))) else None


def _end(row: View, seen: Seen) -> Role | None:
    if is_arabic_ordinal(row.number) or len(row.content) > _SPARSE:
        return None
    texts = _texts(row)
    signed = any(map(_SIGNED.match, texts))
    if signed or (any(map(_SIGNED_PERHAPS.match, texts)) and not (row.text(TITLE) and row.text(AUTHOR))):
        return Role.END
    return Role.NOTE if seen.ended and (seen.after_blank or len(row.content) < _SPARSE) else None


def _section(row: View, seen: Seen) -> Role | None:
    wide = row.width * 2 >= len(row.header.leaves) and len(row.header.leaves) > 2
    if wide and len(row.content) == 2 and (is_ordinal(row.content[0].text) or 0 < len(row.number) <= _LONGEST_ORDINAL):
        return Role.NOTE  # whatever the "III" of a scan was read as
    if len(row.content) > 1 or not row.content:
        return None
    if wide:
        return Role.NOTE
    if is_arabic_ordinal(row.number):
        return None
    text = row.content[0].text
    if seen.page_turned and seen.any_initiative and _begins_inside(text):
        return None  # the rest of a long cell: "nhóm người bệnh …"
    return Role.NOTE if row.number or _SECTION.match(fold(text)) else None


def _merged_down(row: View, seen: Seen) -> Role | None:
    """An initiative whose title goes on from above has another author, or more text, on this row."""
    title, number = row.cell(TITLE), row.cell(NO)
    if not seen.any_initiative or title is None or title.origin is not Origin.ABOVE or not title.text:
        return None
    return Role.MORE if number is None or number.origin is Origin.ABOVE or not number.text else None


def _page_turned(row: View, seen: Seen) -> Role | None:
    """A first row without a number continues the last row of the page before (FORMS.md, "Traps")."""
    if not (seen.page_turned and seen.any_initiative) or row.number:
        return None
    lower = sum(_begins_inside(cell.text) for cell in row.content)
    missing = [key for key in row.header.mandatory if not row.text(key)]
    if lower * 2 >= len(row.content) or (missing and (seen.numbered or not row.text(TITLE))):
        return Role.MORE
    if missing:
        return None
    return Role.DOUBTFULLY_MORE if seen.numbered and lower else None


def _begins_inside(text: str) -> bool:
    """Whether a text begins as the middle of a sentence does."""
    return bool(text) and (text[0].islower() or text[0] in ",;.)/%–-")


def _initiative(row: View, seen: Seen) -> Role | None:
    if is_arabic_ordinal(row.number) or (row.text(TITLE) and len(row.content) > 1):
        return Role.INITIATIVE
    if row.text(AUTHOR) and (row.text(SUMMARY) or row.text(APPLIED)):
        return Role.INITIATIVE
    if row.text(TITLE) and not seen.numbered and not is_ordinal(row.text(TITLE)):
        return Role.INITIATIVE
    return None


def _sparse(row: View, seen: Seen) -> Role | None:
    """Few cells, no number: another author on a row of its own, or a remark."""
    if seen.any_initiative and not seen.after_blank and not row.text(TITLE) and not row.number:
        return Role.DOUBTFULLY_MORE
    if len(row.content) >= _SPARSE:
        return Role.INITIATIVE
    return Role.NOTE if seen.after_blank or not seen.any_initiative else Role.DOUBTFUL


_RULES: tuple[Callable[[View, Seen], Role | None], ...] = (
    _blank,
    _index,
    _hint,
    _example,
    _total,
    _end,
    _section,
    _merged_down,
    _page_turned,
    _initiative,
    _sparse,
)


def _texts(row: View) -> list[str]:
    return [fold(cell.text) for cell in row.cells if cell.text and cell.origin is not Origin.LEFT]
