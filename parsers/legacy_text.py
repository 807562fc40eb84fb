"""Text of TCVN3 and VNI made Unicode, where its font says so, and where the text itself leaves no doubt.

Nothing is converted that reads as Vietnamese as it stands, and nothing by its looks alone that would not read as
Vietnamese afterwards: Spanish, French and German stay what they are. What was stored is kept beside what was read.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.content import Cell, Grid, Line, Origin
from parsers.legacy_fonts import LOOK_ALIKES, LegacyFont, has_look_alikes, has_unicode_vietnamese
from parsers.legacy_tables import WORDS, Encoding, to_unicode, words_of
from parsers.syllables import is_syllable

_FEW = 6
"""Words, each counted once, that must speak for an encoding that no font names."""
_SHARE = 0.85
"""Of the words that an encoding changes: so many must be Vietnamese afterwards."""
_HALF = 0.5
"""Of all words of a line: so many must be Vietnamese afterwards."""
_LATIN = re.compile("[A-Za-z]")
_HIGH = re.compile("[¡-ÿ\u2212\u2219\uf020-\uf0ff]")
_VOWEL = re.compile("[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
_SUSPECT = re.compile(f"(?<=[A-Za-z]){LOOK_ALIKES}|{LOOK_ALIKES}(?=[a-z])")
_SUSPECTS, _SUSPECT_SHARE = 10, 0.08
"""Of the letters: some 25 % of a TCVN3 text are look-alikes, 18 % of a VNI one, 2-5 % of a German one."""
_SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)
class Converter:
    """Converts the text of one file by its fonts, and remembers what it did."""

    fonts: dict[LegacyFont, None] = field(default_factory=dict)
    """Those whose text was converted."""
    by_text: dict[Encoding, None] = field(default_factory=dict)
    """Encodings that the text alone spoke for."""
    vietnamese: int = 0
    others: int = 0
    _leaning: int = 0
    """Above 0 where text in legacy fonts was found to be what its font says, below 0 where it was Unicode."""

    def drawn(self, text: str, font: LegacyFont, around: str = "") -> str:
        """What stands on the page for `text` stored in `font`; `around` is all text of that font near it.

        Unicode that somebody put into a document without changing its font stays as it is.
        """
        if not _HIGH.search(text):
            return text.upper() if font.capitals else text
        if not self.means(text, font, around):
            return text
        return to_unicode(text, font.encoding, capitals=font.capitals)

    def means(self, text: str, font: LegacyFont, around: str = "") -> bool:
        """Whether the text is in the codes of its font; it is then counted as converted."""
        if not _HIGH.search(text):
            return font.capitals
        read = _reading(text, font.encoding)
        spoken = read.verdict
        if spoken is not None:
            self._leaning += 1 if spoken else -1
        elif around:
            spoken = _reading(around, font.encoding).verdict
        meant = spoken if spoken is not None else self._leaning >= 0
        if meant and (read.better or read.strange or to_unicode(text, font.encoding) != text):
            self.fonts[font] = None
            self.vietnamese += read.better
            self.others += read.strange
        return meant

    def told(self) -> tuple[str, ...]:
        """What was converted and why, in English, for an auditor."""
        by_font = [f"{font.encoding} by its font {font.name}" for font in self.fonts]
        return (*by_font, *(f"{encoding} by the text alone" for encoding in self.by_text))

    def doubts(self) -> tuple[str, ...]:
        if self.others > max(2.0, (1 - _SHARE) * (self.vietnamese + self.others)):
            return (f"{self.others} words of legacy fonts are no Vietnamese after conversion",)
        return ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an encoding would make of the words of a text."""

    better: int = 0
    """Words that only it makes Vietnamese."""
    worse: int = 0
    """Words that are Vietnamese, or Unicode, as they stand."""
    strange: int = 0
    """Words that it changes and that are Vietnamese neither before nor after."""
    vietnamese: int = 0
    words: int = 0
    """Of those with a vowel, changed or not: how many are Vietnamese afterwards, and how many there are."""

    @property
    def verdict(self) -> bool | None:
        """Whether the text reads as Vietnamese so and not as it stands; None where neither or both."""
        return None if self.better == self.worse else self.better > self.worse


def _reading(text: str, encoding: Encoding) -> _Reading:
    better = worse = strange = vietnamese = count = 0
    for word in words_of(text):
        read = to_unicode(word, encoding)
        then = is_syllable(read)
        has_vowel = bool(_VOWEL.search(read))  # else an abbreviation: "CĐCS"
        count += has_vowel
        vietnamese += has_vowel and then
        if read == word:
            worse += has_unicode_vietnamese(word)
        elif is_syllable(word):
            worse += not then
        else:
            better += then
            strange += has_vowel and not then
    return _Reading(better, worse, strange, vietnamese, count)


def settled(blocks: Iterable[Line | Grid], converter: Converter) -> tuple[tuple[Line | Grid, ...], tuple[str, ...]]:
    """The blocks with the text converted that no font names, and the doubts that are left.

    A program that lacks the font puts another one into the PDF it writes, and leaves the look-alikes.
    """
    found = tuple(blocks)
    texts = [text for block in found for text in _unconverted(block)]
    if not has_look_alikes("\n".join(texts)):
        return found, converter.doubts()
    encoding = spoken_encoding(texts)
    if encoding is not None:
        mixed = any(map(has_unicode_vietnamese, texts))
        found = tuple(_each(block, lambda text: _by_text(text, encoding, mixed, converter)) for block in found)
    found = tuple(_without_soft_hyphens(block) for block in found)
    return found, (*converter.doubts(), *_left(found))


def spoken_encoding(texts: Iterable[str]) -> Encoding | None:
    """The encoding that texts speak for by themselves; None where they do not, or not clearly."""
    suspect = [text for text in texts if _HIGH.search(text) and not has_unicode_vietnamese(text)]
    found = {encoding: _voices(suspect, encoding) for encoding in Encoding}
    best = max(Encoding, key=lambda encoding: found[encoding].better)
    voices = found[best]
    return best if voices.better >= _FEW and voices.better > voices.strange else None


def _voices(texts: Iterable[str], encoding: Encoding) -> _Reading:
    """For it speak the words of lines that it makes Vietnamese as a whole, each counted once; against it all others."""
    whole, others = dict[str, None](), dict[str, None]()
    for text in texts:
        words = [word for word in words_of(text) if _LATIN.search(word)]
        (whole if _is_stored_so(text, encoding, mixed=True) else others).update(dict.fromkeys(words))
    told = _reading(" ".join(whole), encoding)
    return replace(told, strange=told.strange + _reading(" ".join(others), encoding).strange)


def _by_text(text: str, encoding: Encoding, mixed: bool, converter: Converter) -> str:
    if not _HIGH.search(text):
        return text
    if has_unicode_vietnamese(text):
        found = WORDS.sub(lambda word: _word(word[0], encoding), text)
    elif _is_stored_so(text, encoding, mixed):
        found = to_unicode(text, encoding)
    else:
        return text
    if found != text:
        converter.by_text[encoding] = None
    return found


def _is_stored_so(text: str, encoding: Encoding, mixed: bool) -> bool:
    """Whether a text is in the encoding that the document speaks for; `mixed`: parts of it are Unicode."""
    read = _reading(text, encoding)
    if read.better > read.worse + read.strange:
        return read.vietnamese >= _HALF * read.words
    if read.better or read.worse or read.strange:
        return False
    return bool(_SUSPECT.search(text)) or not mixed


def _word(word: str, encoding: Encoding) -> str:
    """One word of a line that holds Unicode, too."""
    read = to_unicode(word, encoding)
    return read if is_syllable(read) and not is_syllable(word) else word


def _left(blocks: Sequence[Line | Grid]) -> tuple[str, ...]:
    """A doubt where much of the text still looks like one of an old encoding."""
    text = "".join(text for block in blocks for text in _unconverted(block))
    suspect = len(_SUSPECT.findall(text))
    if suspect < _SUSPECTS or suspect < _SUSPECT_SHARE * sum(map(str.isalpha, text)):
        return ()
    told = sum(map(has_unicode_vietnamese, text))
    return () if told * 2 > suspect else ("text of a legacy font: not converted",)


def _unconverted(block: Line | Grid) -> list[str]:
    if isinstance(block, Line):
        return [] if block.original else [block.text]
    return [cell.text for row in block.rows for cell in row if cell.origin is Origin.OWN and not cell.original]


def _without_soft_hyphens(block: Line | Grid) -> Line | Grid:
    """They print nothing but where a line ends, and were kept so far since TCVN3 stores a letter so."""
    if isinstance(block, Line):
        return replace(block, text=block.text.replace(_SOFT_HYPHEN, ""))
    if not any(_SOFT_HYPHEN in cell.text for row in block.rows for cell in row):
        return block
    rows = (tuple(replace(cell, text=cell.text.replace(_SOFT_HYPHEN, "")) for cell in row) for row in block.rows)
    return replace(block, rows=tuple(rows))


def _each(block: Line | Grid, convert: Callable[[str], str]) -> Line | Grid:
    """The block with each text converted that was not before; copies of merged cells follow their text."""
    if isinstance(block, Line):
        text = block.text if block.original else convert(block.text)
        return block if text == block.text else replace(block, text=text, original=block.text)
    rows = tuple(tuple(_cell(cell, convert) for cell in row) for row in block.rows)
    return block if rows == block.rows else replace(block, rows=rows)


def _cell(cell: Cell, convert: Callable[[str], str]) -> Cell:
    text = cell.text if cell.original else convert(cell.text)
    return cell if text == cell.text else replace(cell, text=text, original=cell.text)
