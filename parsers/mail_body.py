"""The text of a mail itself, where it holds the memo or the table: pasted there, or typed (promise P11).

Whether that is a document as the plan asks for is for a person to decide; it is never passed over in silence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dossier.campaign import Campaign
from dossier.folding import fold
from dossier.model import Kind
from dossier.perhaps import MEMO_IN_BODY, TABLE_IN_BODY
from parsers.content import Content, Grid, Line
from parsers.document import interpret
from parsers.memo_layout import NATIONAL_TITLE
from parsers.parts import Parts
from parsers.perhaps import like_memo, like_table
from parsers.plain_text import read_markup
from parsers.problem import UnreadableError
from parsers.wording import letters_of, lines_of, plain
from parsers.words import part_words

NAME = "(nội dung thư)"
"""Shown in place of a file's name."""
_TEXT = "text"
_MOST_PAGES = 5
_MOST_WORDS = 100_000
_HINT = re.compile(r"to trinh|t o t r i n h|cong hoa xa hoi|tac gia|tom tat|ho va ten|ho ten|ap dung")
_LEAST_LINES = 4
_FORMAL = frozenset({"national-title", "number", "authority"})
"""Parts of a memo that a covering letter does not have."""


@dataclass(frozen=True, slots=True)
class Body:
    """What the sender wrote or passed on in the mail itself."""

    part: str
    words: str
    """Without what it only quotes, and without signatures."""
    page: str = ""
    """The HTML with its tables; '' where there is none."""


def bodies_of(parts: Parts, subject: str) -> tuple[Body, ...]:
    """The bodies of a message that are worth a look: none of an ordinary covering letter."""
    told = [part_words(body, subject) for body in (parts.body, *parts.alternatives)]
    told += [part_words(body) for body in parts.attached_bodies]
    words = "\n".join(text for one in told for text in (one.own, one.forwarded) if text)[:_MOST_WORDS]
    if not _HINT.search(fold(words)):
        return ()
    pages = [page for page in parts.pages if "<table" in page.source.lower()][:_MOST_PAGES]
    found = [Body(page.part, words, page.source) for page in pages]
    first = f"{told[0].own}\n{told[0].forwarded}"
    if len(lines_of(first)) >= _LEAST_LINES:
        found.append(Body(_TEXT, first[:_MOST_WORDS]))
    return tuple(found)


def kinds_in(body: Body, campaign: Campaign) -> Iterator[tuple[Kind, str]]:
    """(kind, doubt) for what seems to stand in the mail itself. Raises nothing."""
    content = _content(body)
    if content is None:
        return
    meaning = interpret(content, campaign)
    if meaning.table is not None or like_table(content, campaign):
        yield Kind.SUMMARY_TABLE, TABLE_IN_BODY
    formal = meaning.memo is not None and len(_FORMAL - set(meaning.memo.missing)) > 1
    if formal or (_has_national_title(content) and like_memo(content, campaign)):
        yield Kind.MEMO, MEMO_IN_BODY


def _content(body: Body) -> Content | None:
    if not body.page:
        return Content(tuple(Line(line.strip()) for line in body.words.splitlines() if line.strip()), "text")
    try:
        read = read_markup(body.page.encode("utf-8", "replace"))
    except UnreadableError:
        return None
    own = letters_of(body.words)
    return replace(read, blocks=tuple(_own_blocks(read.blocks, own)))


def _own_blocks(blocks: Iterable[Line | Grid], own: str) -> Iterator[Line | Grid]:
    """Without what stands in a quotation alone: a letter of ours lists initiatives as well."""
    for block in blocks:
        texts = [block.text] if isinstance(block, Line) else [cell.text for row in block.rows for cell in row]
        letters = [found for text in texts if (found := letters_of(text))]
        if letters and sum(one in own for one in letters) * 2 > len(letters):
            yield block


def _has_national_title(content: Content) -> bool:
    texts = (
        text
        for block in content.blocks
        for text in ([block.text] if isinstance(block, Line) else [cell.text for row in block.rows for cell in row])
    )
    return any(NATIONAL_TITLE.search(plain(text)) for text in texts)
