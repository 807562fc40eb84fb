"""Photos of one message that are the pages of one document (FORMS.md, "Mail": phone photos, one a page).

Joined only where all speaks for it: pictures that lie side by side in one place, named alike, of which the first
begins a memo or a table, and the next ones begin nothing. The whole is told of the first; the others become `other`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.campaign import Campaign
from dossier.model import Document, Kind
from parsers.content import Content, Grid, Line
from parsers.document import Interpretation, interpret
from parsers.memo import other_type
from parsers.wording import number_in

_MOST_PAGES = 20
_NUMBERS = re.compile(r"\d+")
_LEAST_TEXT = 20
"""Letters on a page that continues another: less is an illustration."""


@dataclass(frozen=True, slots=True)
class _Photo:
    place: int
    """In the message's documents."""
    document: Document
    content: Content


def with_pages_joined(
    documents: Sequence[Document], contents: Mapping[str, Content], campaign: Campaign
) -> tuple[Document, ...]:
    """`contents`: what was read in pictures, by `Document.part`. The documents stay as many and in their order."""
    joined = list(documents)
    for run in _runs(documents, contents):
        pages = sorted(run, key=lambda photo: _numbers(photo.document.file))
        for group in _groups(pages, campaign):
            for photo in _told(group, campaign):
                joined[photo.place] = photo.document
    return tuple(joined)


def _runs(documents: Sequence[Document], contents: Mapping[str, Content]) -> Iterator[list[_Photo]]:
    """Pictures side by side that are named alike: at least two."""
    run: list[_Photo] = []
    for place, document in enumerate(documents):
        content = contents.get(document.part)
        photo = None if content is None or document.problem is not None else _Photo(place, document, content)
        if run and (photo is None or not _alike(run[-1].document, document)):
            yield run
            run = []
        if photo is not None:
            run.append(photo)
    yield run


def _alike(one: Document, other: Document) -> bool:
    """The same name but for its numbers ("IMG_0012.jpg", "to trinh (2).jpg"), in the same archive or message."""
    stems = [_NUMBERS.sub("#", document.file.lower()) for document in (one, other)]
    return one.containers == other.containers and _bare(stems[0]) == _bare(stems[1])


def _bare(stem: str) -> str:
    """Without what tells copies apart: "anh.jpg" and "anh (1).jpg" are named alike."""
    return re.sub(r"[\s_()\-#]+", "", stem)


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBERS.findall(name))


def _groups(pages: Sequence[_Photo], campaign: Campaign) -> Iterator[list[_Photo]]:
    """A page that begins a document with those that continue it; others stay alone and are left out."""
    group: list[_Photo] = []
    for photo in pages:
        if group and len(group) < _MOST_PAGES and _continues(group, photo, campaign):
            group.append(photo)
            continue
        if len(group) > 1:
            yield group
        group = [photo] if _begins(photo.document) else []
    if len(group) > 1:
        yield group


def _begins(document: Document) -> bool:
    return bool({Kind.MEMO, Kind.SUMMARY_TABLE} & set(document.kinds))


def _continues(group: Sequence[_Photo], photo: _Photo, campaign: Campaign) -> bool:
    if photo.document.kinds == (Kind.OTHER,):
        letters = sum(map(str.isalnum, _text(photo.content)))
        return letters >= _LEAST_TEXT and not other_type(photo.content)
    return photo.document.kinds == (Kind.SUMMARY_TABLE,) and _counts_on(group, photo, campaign)


def _text(content: Content) -> str:
    texts = [block.text for block in content.blocks if isinstance(block, Line)]
    return " ".join(texts + [cell.text for grid in content.blocks if isinstance(grid, Grid) for cell in grid.rows[0]])


def _counts_on(group: Sequence[_Photo], photo: _Photo, campaign: Campaign) -> bool:
    """Whether the rows of a table with a header of its own go on counting where those before it ended."""
    before = interpret(_whole(group), campaign).table
    here = photo.document.table
    if before is None or here is None or not before.rows or not here.rows:
        return False
    last, first = (number_in(row.cells.get("no") or "") for row in (before.rows[-1], here.rows[0]))
    return last > 0 and first == last + 1


def _whole(group: Sequence[_Photo]) -> Content:
    """The pages as one file, numbered anew."""
    blocks: list[Line | Grid] = []
    for number, photo in enumerate(group, start=1):
        blocks += [replace(block, page=number) for block in photo.content.blocks]
    doubts = tuple(doubt for photo in group for doubt in photo.content.doubts)
    return replace(group[0].content, blocks=tuple(blocks), pages=len(group), doubts=doubts)


def _told(group: Sequence[_Photo], campaign: Campaign) -> Iterator[_Photo]:
    """The first page with what all of them say; the others as pages of it."""
    first, *rest = group
    meaning = interpret(_whole(group), campaign)
    if meaning.kinds == (Kind.OTHER,):
        return
    yield replace(first, document=_with(first.document, meaning, len(group)))
    for number, photo in enumerate(rest, start=2):
        detail = f"page {number} of {first.document.file}"
        page = replace(photo.document, kinds=(Kind.OTHER,), memo=None, table=None, doubts=(), detail=detail)
        yield replace(photo, document=page)


def _with(document: Document, meaning: Interpretation, pages: int) -> Document:
    return replace(
        document,
        kinds=meaning.kinds,
        memo=meaning.memo,
        table=meaning.table,
        doubts=meaning.doubts,
        pages=pages,
        description=meaning.description,
        stated_count=meaning.stated_count,
    )
