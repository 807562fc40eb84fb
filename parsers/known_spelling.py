"""Marks of words that the campaign knows, put right in what was read from pictures: its unions' names, its choices.

Tesseract mixes up marks ("TRUNG TẬM", "Trắng Bom", "Đâng") more often than letters. Where all letters are those of a
name of the roster, or of a choice of a column, nothing else can be meant. Free text is never touched.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dossier.campaign import Campaign
from dossier.folding import nfc
from dossier.model import Memo
from parsers.content import Cell, Content, Grid
from parsers.wording import plain, words_of

_WORD = re.compile(r"\w+")
_LONGEST_RUN = 4
"""Words of a place: "Bà Rịa - Vũng Tàu" is the longest of a province."""
_DIRT, _MOST_DIRT = 2, 3
"""Signs of a speck, and how many may lie among the words of a choice."""
_LEAST_WORDS = 2


def with_choices_spelt(content: Content, campaign: Campaign) -> Content:
    """The same, cells that hold one of a column's choices spelt as the campaign spells it."""
    choices = {tuple(words_of(choice)): choice for column in campaign.columns for choice in column.choices}
    choices = {words: choice for words, choice in choices.items() if len(words) >= _LEAST_WORDS}
    blocks = (_with_choices(block, choices) if isinstance(block, Grid) else block for block in content.blocks)
    return replace(content, blocks=tuple(blocks)) if choices else content


def with_names_spelt(memo: Memo, campaign: Campaign) -> Memo:
    """The same, names of the roster's unions in the issuer spelt as there, and a place that is part of one."""
    names = [name for union in campaign.roster.unions for name in (union.name, *union.aliases) if not name.isascii()]
    bodies = [name for name in (campaign.organisation, campaign.parent_organisation) if name]
    issuer, parent = memo.issuer, memo.parent
    for name in sorted((*names, *bodies), key=len, reverse=True):
        issuer, parent = (None if text is None else _spelt(text, name) for text in (issuer, parent))
    return replace(memo, issuer=issuer, parent=parent, place=None if memo.place is None else _place(memo.place, names))


def _with_choices(grid: Grid, choices: Mapping[tuple[str, ...], str]) -> Grid:
    rows = tuple(tuple(_with_choice(cell, choices) for cell in row) for row in grid.rows)
    return grid if rows == grid.rows else replace(grid, rows=rows)


def _with_choice(cell: Cell, choices: Mapping[tuple[str, ...], str]) -> Cell:
    if cell.confidence >= 1 or not cell.text:
        return cell
    words = words_of(cell.text)
    choice = choices.get(tuple(words)) or _but_for_dirt(words, choices)
    if choice is None or (words == words_of(choice) and _alike(cell.text, choice)):
        return cell
    return replace(cell, text=choice.upper() if cell.text.isupper() else choice)


def _but_for_dirt(words: Sequence[str], choices: Mapping[tuple[str, ...], str]) -> str | None:
    """The choice whose words these are, in order, a few specks left out: "tạo 3 - ra sản phẩm mới"."""
    for wanted, choice in choices.items():
        left = iter(words)
        dirt = [word for word in words if word not in wanted]
        if (
            len(words) == len(wanted) + len(dirt)
            and 0 < len(dirt) <= _MOST_DIRT
            and all(len(word) <= _DIRT for word in dirt)
            and all(word in left for word in wanted)
        ):
            return choice
    return None


def _alike(text: str, choice: str) -> bool:
    """Whether all words carry the same marks; how a text is broken into lines and parted by signs does not matter."""
    return all(_same_marks(one, other) for one, other in zip(_WORD.findall(text), _WORD.findall(choice), strict=False))


def _spelt(text: str, name: str) -> str:
    """The text with the name, where it stands in it as whole words, spelt so."""
    pattern = r"\W+".join(re.escape(plain(word)) for word in _WORD.findall(name))
    found = re.search(rf"\b{pattern}\b", plain(text))
    if found is None:
        return text
    return text[: found.start()] + _with_marks(text[found.start() : found.end()], name) + text[found.end() :]


def _with_marks(text: str, name: str) -> str:
    """The words of a text with the marks of a name's words, which has the same letters."""
    meant = iter(_WORD.findall(name))
    return _WORD.sub(lambda found: _with_marks_of(found[0], next(meant)), text)


def _with_marks_of(word: str, meant: str) -> str:
    if _same_marks(word, meant):
        return word
    return "".join(
        other.upper() if letter.isupper() else other.lower() for letter, other in zip(word, meant, strict=True)
    )


def _same_marks(word: str, other: str) -> bool:
    """Whether two words have the same marks; on which vowel a tone stands is a matter of taste ("hòa", "hoà")."""
    one, two = (sorted(unicodedata.normalize("NFD", each.lower())) for each in (word, other))
    return one == two


def _place(place: str, names: Iterable[str]) -> str:
    wanted = plain(place).split()
    spellings = {nfc(run) for name in names for run in _runs(name, len(wanted)) if plain(run).split() == wanted}
    if len(wanted) not in range(_LEAST_WORDS, _LONGEST_RUN + 1) or len({each.lower() for each in spellings}) != 1:
        return place
    return _with_marks(place, spellings.pop())


def _runs(name: str, count: int) -> Iterator[str]:
    words = _WORD.findall(name)
    for start in range(len(words) - count + 1):
        yield " ".join(words[start : start + count])
