"""What is searched for, and what it is searched in: words without marks, phrases, beginnings of words.

Both databases index the same words, made here: their own ways of cutting text into words differ. A word is a run of
letters and digits of folded text; anything else parts words.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dossier.folding import fold

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'"([^"]*)("?\*?)|(\S+)')
_LONGEST = 64
"""Characters of a word; PostgreSQL takes at most 2,046 bytes."""
_MOST = 400_000
"""Bytes of words of one row: all of them fit into PostgreSQL's tsvector (1 MiB) whatever they are."""
_MOST_TERMS = 32
_MOST_IN_CELL = 500
_OF = "§"
"""Begins a word that says what the row belongs to; it is no letter, so no word of a text has it."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another; of the last one only the beginning where `prefix`."""

    words: tuple[str, ...]
    prefix: bool = False

    def stands_in(self, words: list[str]) -> bool:
        """The same as the databases find, for words at hand."""
        size = len(self.words)
        last = self.words[-1]
        return any(
            tuple(words[at : at + size - 1]) == self.words[:-1]
            and (words[at + size - 1].startswith(last) if self.prefix else words[at + size - 1] == last)
            for at in range(len(words) - size + 1)
        )


def words_of(text: str) -> list[str]:
    """The words of a text as they are indexed and compared. Raises nothing."""
    return [word[:_LONGEST] for word in _WORD.findall(fold(text))]


def indexed(texts: Iterable[str], scopes: Iterable[str] = ()) -> str:
    """What one row is found by: the words of its texts, joined with spaces, and the words that say where it belongs.

    Words beyond 400,000 bytes are left out: no reader gives as much for one row of a table.
    """
    found, size = list(scopes), 0
    for text in texts:
        for word in words_of(text):
            size += len(word.encode()) + 1
            if size > _MOST:
                return " ".join(found)
            found.append(word)
    return " ".join(found)


def terms_of(asked: str) -> tuple[Term, ...]:
    """What a person typed: words that must all be there, `"…"` for words in a row, `benh*` for a beginning.

    Signs inside a word part it, and its parts must stand in a row: "12/TTr" is "12 ttr". At most 32 terms count.
    Empty where nothing but signs was typed. Raises nothing.
    """
    found = []
    for quoted, end, plain in _PART.findall(asked):
        words = words_of(quoted or plain)
        if words:
            found.append(Term(tuple(words), (end if quoted else plain).endswith("*")))
    return tuple(dict.fromkeys(found))[:_MOST_TERMS]


def scope(kind: str, key: str) -> str:
    """A word for "belongs to": of a campaign's key, for example."""
    return f"{_OF}{kind}{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}"


def cell_words(kind: str, text: str) -> list[str]:
    """Words of one column, told from the same words of others: `("f", "An toàn")` is "§fan", "§ftoan"."""
    return [f"{_OF}{kind}{word}" for word in words_of(text)[:_MOST_IN_CELL]]


def in_cell(kind: str, asked: str) -> tuple[Term, ...]:
    """As `terms_of`, looked for in one column alone."""
    return tuple(Term(tuple(f"{_OF}{kind}{word}" for word in term.words), term.prefix) for term in terms_of(asked))
