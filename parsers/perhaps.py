"""What speaks for a summary table or a memo in a file that was understood as neither (promise P11).

Such a file is no other document: where the dossier lacks that kind, a person looks before anyone is told that it is
missing. Where the kind is there, nothing hangs on it (`dossier.model.PERHAPS`); so a little evidence is enough.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dossier.campaign import Campaign
from parsers.cell_kinds import is_person, is_time
from parsers.columns import ColumnNames, initiative_nouns
from parsers.content import Content, Grid, Line, Origin
from parsers.header_likeness import speaks_of
from parsers.memo import is_addressed
from parsers.memo_layout import NATIONAL_TITLE, Segment, segments
from parsers.memo_letterhead import read_letterhead
from parsers.memo_signature import read_signature
from parsers.wording import is_arabic_ordinal, lines_of, number_in, plain, words_of

_COLUMNS, _ROWS, _WIDE = 3, 3, 4
"""Cells with letters in a row, and such rows; two rows will do where they are this wide."""
_ROWS_OF_LINES = 4
_SIGNS = 3
_SEVERAL = 3
_WINDOW = 12
"""Lines that the header of a table falls apart into."""
_TOP = 40
_LONGEST_TITLE = 120
_MOST = 2_000
"""Pieces of text that are looked at."""
_FIRST_ROWS = 4
_COLUMNS_OF_A_FORM = 2
_LONGEST_LABEL = 60
_LISTING = frozenset({"bang", "danh", "tong", "bieu", "phu", "thong"})
"""First words of titles: bảng, danh sách, tổng hợp, biểu, phụ lục, thống kê."""
_SURELY = re.compile(
    r"(?:quyet dinh|bien ban|thong bao|giay moi|giay chung nhan|ke hoach|huong dan|nghi quyet|quy che|hop dong|"
    r"chuong trinh|bang khen|hoa don|bao gia)\b"
)
"""So begin, in capitals near the top, documents that are neither."""
_FORM = re.compile(r"(?:ban mo ta|mo ta|phieu|don (?:yeu cau|de nghi|dang ky|xin))\b")
"""So begin forms: no memo, and no table unless they ask for what a table tells of."""
_NUMBER = re.compile(r"(?:\A|\s)so\s*[:.]?[\s\d.…_]{0,20}/\s*[a-z]")
_DAY = re.compile(r"(?<!\d)(?:\d{1,2}\s*/\s*)?\d{1,2}\s*/\s*20\d\d(?!\d)")
_SYLLABLES = 3
"""Of a person's name, at the least; a sentence begins with fewer capitals."""
_ORDINAL = re.compile(r"\s*\(?\d{1,3}\s*[.):/-]?(?:\s+|\Z)")


def like_table(content: Content, campaign: Campaign, *, in_memo: bool = False) -> bool:
    """Whether a file without a summary table that was understood may hold one. `in_memo`: it is the memo."""
    names = ColumnNames.of(campaign)
    grids = [block for block in content.blocks if isinstance(block, Grid) and (block.ruled or not in_memo)]
    likely = [grid for grid in grids if _is_full(grid)]
    nouns = initiative_nouns(campaign)
    if _begins(content, _SURELY, nouns) or (
        _begins(content, _FORM, nouns) and not _asks_for_initiatives(content, names)
    ):
        return False
    if in_memo:
        asked = any(len(names.named_in(_beginning(grid))) > 1 for grid in likely)
        return asked or len(_asked_by_labels(content, names)) > _COLUMNS_OF_A_FORM
    if likely or _rows_of_lines(content) >= _ROWS_OF_LINES or _signs(content, names, campaign) >= _SIGNS:
        return True
    return _asks_for_initiatives(content, names) and _speaks(content, nouns)


def asks_in_a_paragraph(content: Content, campaign: Campaign) -> bool:
    """Whether one paragraph asks, semicolons between, for most of what a table must have: told in a line."""
    names = ColumnNames.of(campaign)
    return any(len(_asked_by(_labels_in(piece), names)) > _COLUMNS_OF_A_FORM for piece in _pieces(content))


def goes_on(content: Content) -> bool:
    """Whether a grid without a header counts on from more than 1, as a table does that begins in another file."""
    for block in content.blocks:
        if not isinstance(block, Grid) or not any(_texts_in(block, row) >= _COLUMNS for row in range(len(block.rows))):
            continue
        numbers = [row[0].text.strip() for row in block.rows[:2]]
        counted = [number_in(number) for number in numbers if is_arabic_ordinal(number)]
        if len(counted) == len(numbers) and counted[0] > 1 and counted[-1] == counted[0] + len(counted) - 1:
            return True
    return False


def like_memo(content: Content, campaign: Campaign, *, in_table: bool = False) -> bool:
    """Whether a file in which no memo was understood may be one. `in_table`: it holds the summary table."""
    if _begins(content, _SURELY) or _begins(content, _FORM):
        return False
    lines = segments(content)[:_MOST]
    nouns = initiative_nouns(campaign)
    if not any(noun in line.plain for line in lines for noun in nouns):
        return False
    top = lines[:_TOP]
    addressed = any(is_addressed(line.plain) for line in lines[: 2 * _TOP])
    national = any(NATIONAL_TITLE.match(line.plain) for line in top)
    letterhead = read_letterhead(top, campaign)
    numbered = letterhead.number is not None or any(_NUMBER.search(line.plain) for line in top)
    if in_table:
        return addressed and numbered and national
    return sum((addressed, national, numbered, _is_signed(lines))) > 1 + (not addressed)


def _is_signed(lines: Sequence[Segment]) -> bool:
    signature = read_signature(lines)
    return signature.authority or signature.signer is not None


def _begins(content: Content, types: re.Pattern[str], nouns: Sequence[str] = ()) -> bool:
    """Whether it is so titled, and no list of what these nouns name: "BẢNG ĐĂNG KÝ SÁNG KIẾN / CHƯƠNG TRÌNH …"."""
    for line in segments(content)[:_TOP]:
        if line.text.isupper() and types.match(line.plain):
            return True
        if nouns and _is_title(line.text, nouns):
            return False
    return False


def _speaks(content: Content, nouns: Sequence[str]) -> bool:
    return any(noun in plain(piece) for piece in _pieces(content) for noun in nouns)


def _asks_for_initiatives(content: Content, names: ColumnNames) -> bool:
    """Whether lines of a form that end with a colon, or what stands before one, ask for several mandatory columns.

    All of a form may stand in one paragraph, semicolons between; of questions in other words it takes more.
    """
    if len(names.named_in(" ; ".join(_labels(content))) & names.mandatory) >= _COLUMNS_OF_A_FORM:
        return True
    return len(_asked_by_labels(content, names)) > _COLUMNS_OF_A_FORM


def _asked_by_labels(content: Content, names: ColumnNames) -> set[str]:
    """The mandatory columns that short texts before colons ask for, in whatever words."""
    return _asked_by(_labels(content), names)


def _asked_by(labels: Sequence[str], names: ColumnNames) -> set[str]:
    short = [label for label in labels if 0 < len(label) <= _LONGEST_LABEL]
    named = names.named_in(" ; ".join(short)) & names.mandatory if len(short) > _COLUMNS_OF_A_FORM else frozenset()
    return {*named, *(key for key in names.mandatory for label in short if speaks_of(label, key))}


def _labels(content: Content) -> list[str]:
    return [label for piece in _pieces(content) for label in _labels_in(piece)]


def _labels_in(piece: str) -> list[str]:
    return [part.partition(":")[0] for part in piece.split(";") if ":" in part]


def _is_full(grid: Grid) -> bool:
    """Whether it has rows of several texts beside each other, as a table of words has and one of amounts has not."""
    filled = [_texts_in(grid, number) for number in range(len(grid.rows))]
    wide = sum(count >= _WIDE for count in filled)
    return sum(count >= _COLUMNS for count in filled) >= _ROWS or wide > 1


def _texts_in(grid: Grid, row: int) -> int:
    return sum(cell.origin is Origin.OWN and any(map(str.isalpha, cell.text)) for cell in grid.rows[row])


def _beginning(grid: Grid) -> str:
    cells = [cell.text for row in grid.rows[:_FIRST_ROWS] for cell in row if cell.origin is Origin.OWN]
    return " ; ".join(cells)


def _rows_of_lines(content: Content) -> int:
    """How often several pieces of text stand beside each other, by their place on the page or parted by tabs."""
    found, beside = 0, 1
    lines = [block for block in content.blocks if isinstance(block, Line)][:_MOST]
    for above, line in pairwise([*lines, Line("")]):
        if _is_beside(above, line):
            beside += 1
            continue
        tabs = [part for part in above.text.split("\t") if any(map(str.isalpha, part))]
        found += max(beside, len(tabs)) >= _COLUMNS
        beside = 1
    return found


def _is_beside(one: Line, other: Line) -> bool:
    if one.box is None or other.box is None or one.page != other.page:
        return False
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    return shared * 2 > min(one.box.bottom - one.box.top, other.box.bottom - other.box.top)


def _signs(content: Content, names: ColumnNames, campaign: Campaign) -> int:
    """How many things speak for a table of initiatives that fell apart, that it speaks of initiatives among them."""
    pieces = list(_pieces(content))
    nouns = [noun[:-1] for noun in initiative_nouns(campaign)]  # a cell may be cut off within the word
    told = [_ORDINAL.sub("", piece, count=1) for piece in pieces]
    signs = (
        any(noun in plain(piece) for piece in pieces for noun in nouns),
        any(_is_title(piece, nouns) for piece in pieces[:_TOP]),
        any(
            len(names.named_in(" ; ".join(told[place : place + _WINDOW]))) >= _SEVERAL
            for place in range(0, len(told), _WINDOW // 2)
        ),
        _counts_on(pieces),
        sum(map(_names_a_person, told)) >= _SEVERAL,
        sum(is_time(piece) or _DAY.search(piece) is not None for piece in told) >= _SEVERAL,
    )
    return sum(signs)


def _pieces(content: Content) -> Iterator[str]:
    count = 0
    for block in content.blocks:
        texts = [block.text] if isinstance(block, Line) else [cell.text for row in block.rows for cell in row]
        for piece in (piece for text in texts for line in text.split("\t") for piece in lines_of(line)):
            count += 1
            if count > _MOST:
                return
            yield piece


def _is_title(piece: str, nouns: Sequence[str]) -> bool:
    words = words_of(piece[:_LONGEST_TITLE])
    return piece.isupper() and words[:1] != () and words[0] in _LISTING and any(noun in plain(piece) for noun in nouns)


def _names_a_person(piece: str) -> bool:
    """A name alone, or at the beginning of a row whose cells run into one another."""
    return is_person(piece) or is_person(" ".join(piece.split()[:_SYLLABLES]))


def _counts_on(pieces: Sequence[str]) -> bool:
    """Whether numbers 1, 2, 3 stand alone or before texts, in this order."""
    expected = 1
    for piece in pieces:
        head = piece.split(" ", 1)[0]
        if is_arabic_ordinal(head) and number_in(head) == expected:
            expected += 1
    return expected > _SEVERAL
