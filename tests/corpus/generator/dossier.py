"""One dossier from one seed: its files as written, what becomes of them, its mail, its truth."""

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

from corpus.generator import browser, word_library, word_xml
from corpus.generator.catalogue import STORIES, Story
from corpus.generator.draft import DEADLINE, Draft, File, Union, roster
from corpus.generator.initiatives import initiatives
from corpus.generator.layouts import (
    MORE_LETTERHEADS,
    MORE_SHAPES,
    MORE_SIGNATURES,
    ON_PAPER_ONLY,
    ON_SHEETS_ONLY,
)
from corpus.generator.legacy_fonts import Encoding, decomposed, encoded
from corpus.generator.lexicon import lexicon
from corpus.generator.memo import facts
from corpus.generator.memo_layouts import LETTERHEADS, SIGNATURES, in_two_rows, memo_blocks
from corpus.generator.page import Block, PageBreak, Paper, Paragraph, Table, TextBox, Turn
from corpus.generator.pictures import photo_conditions, scan_conditions
from corpus.generator.table import short_list
from corpus.generator.table_shapes import Drawing, draw
from corpus.generator.truth import MEMO, TABLE, Document, Truth
from corpus.generator.workbook import workbook

_FONTS = (
    "Times New Roman",
    "Times New Roman",
    "Liberation Serif",
    "Arial",
    "DejaVu Sans",
    "Calibri",
    "Liberation Sans",
)
_MARKED = 0.08
"""Share of the papers with a watermark."""
_FOOTED = 0.15
"""Share of the papers with a line at the foot of every page."""
_FEET = ("BM-CĐ-07/Rev.02", "Internal use only", "Công đoàn cơ sở - Hồ sơ sáng kiến 2021")
_PRESSES = {"": 5, "browser": 3, "glyphs": 2}
_SHEETS = ("xlsx", "xls", "ods")
_QUIRKS = ("runs", "controls", "tracked", "fields", "links")


@dataclass(frozen=True, slots=True)
class Mix:
    """Which formats a run makes; weights by name of the format."""

    name: str
    memo: dict[str, float] = field(default_factory=lambda: {"docx": 1})
    table: dict[str, float] = field(default_factory=lambda: {"docx": 6, "xlsx": 4})
    legacy: float = 0
    """Share of the files in a legacy font."""
    pictures: bool = False
    """Most of its memos and half of its tables are scanned or photographed."""
    office: bool = True
    """LibreOffice may be asked to convert."""


PLAIN = Mix("plain", office=False)
"""Word files and workbooks alone: nothing but Python makes them."""
OFFICE = Mix(
    "office",
    memo={"docx": 40, "pdf": 34, "doc": 14, "odt": 6, "rtf": 6},
    table={"docx": 28, "pdf": 26, "xlsx": 20, "xls": 9, "doc": 8, "odt": 3, "rtf": 3, "ods": 3},
    legacy=0.06,
)
PICTURES = replace(OFFICE, name="pictures", pictures=True, legacy=0)


def dossier(part: str, seed: int, mix: Mix, stories: dict[str, Story] = STORIES) -> Draft:
    """The draft of a seed: the same every time."""
    rng = random.Random(f"{part} {'pictures' if mix.pictures else ''} {seed}")
    words = lexicon(part)
    union = rng.choice(roster())
    count = rng.choices([1, 2, 3, 4, 5, 6, 8, 14], [12, 20, 22, 16, 12, 8, 6, 4])[0]
    at = DEADLINE - timedelta(seconds=rng.randint(3_600, 30 * 86_400))
    truth = Truth(union.code, at, DEADLINE)
    draft = Draft(rng, words, union, truth, initiatives(rng, words, count), union.addresses[0], stated=count)
    draft.part = part
    truth.story = rng.choices(list(stories), [_weight(name, story, mix) for name, story in stories.items()])[0]
    story = stories[truth.story]
    story.before(draft)
    _files(draft, mix, apart=story.after is not STORIES["plain"].after)
    story.after(draft)
    return draft


def _weight(name: str, story: Story, mix: Mix) -> float:
    if mix.pictures:
        return story.pictures
    return story.weight if mix.office or name not in ("copies", "long list") else 0


def _files(draft: Draft, mix: Mix, *, apart: bool) -> None:
    rng = draft.rng
    union = draft.claims or _claimed_name(rng, draft.union)
    apart = apart or mix.pictures or draft.long or draft.other_table is not None or draft.listed
    if draft.with_memo and draft.with_table and not apart and rng.random() < 0.1:
        draft.files.append(_both(draft, union, mix))
    else:
        if draft.with_memo:
            draft.files.append(_memo(draft, union, mix))
        if draft.with_table:
            draft.files.append(_table(draft, union, mix))
        if draft.other_table is not None:
            draft.initiatives = draft.other_table
            draft.files.append(_table(draft, union, mix))
            draft.files[-1].rename(f"{draft.files[-1].name.rpartition('.')[0]} (sua)")
        if mix.pictures:
            _pictures(draft)
    if rng.random() < 0.3:
        draft.files.reverse()
    draft.truth.documents = [file.told for file in draft.files if file.told is not None]


def _pictures(draft: Draft) -> None:
    """At least one of the files becomes a picture."""
    rng = draft.rng
    takable = [file for file in draft.files if file.suffix == "docx"]
    chosen = [file for file in takable if rng.random() < (0.75 if file.signer else 0.45)] or takable[:1]
    for file in chosen:
        conditions = photo_conditions if rng.random() < 0.3 else scan_conditions
        file.picture = conditions(rng, stamp=bool(file.signer))
        if file.told is not None:
            file.told.ocr, file.told.made = True, file.picture.condition


def _claimed_name(rng: random.Random, union: Union) -> str:
    """Its name, sometimes as it is abbreviated."""
    return rng.choice(union.aliases) if rng.random() < 0.1 else union.name


def _bare(union: str) -> str:
    return union.removeprefix("CĐCS ").removeprefix("Công đoàn cơ sở ")


def _memo_paper(
    draft: Draft, union: str, inside: list[Block] | None = None, *, alone: bool = False
) -> tuple[list[Block], list[Block], Document, str]:
    """(blocks, blocks of the page's header, what is told, name of the signer)."""
    rng = draft.rng
    day = (draft.at - timedelta(days=rng.randint(0, 6))).date()
    told = facts(rng, draft.words, _bare(union), min(day, DEADLINE.date()), draft.stated)
    letterheads: list[str] = [*LETTERHEADS, *MORE_LETTERHEADS[draft.part]]
    letterhead = rng.choice(letterheads)
    signatures = [*SIGNATURES, *MORE_SIGNATURES[draft.part]]
    signature = rng.choice([name for name in signatures if alone or name != "box"])
    if not draft.signed:
        told.truth.pop("signer")
        told = replace(told, signer="")
    more = {**MORE_LETTERHEADS[draft.part], **MORE_SIGNATURES[draft.part]}
    blocks = memo_blocks(rng, told, letterhead, signature, inside or [], more)
    header = in_two_rows(rng, told) if letterhead == "page-header" else []
    layouts = (f"memo: {letterhead}", f"signed: {signature}")
    return blocks, header, Document("", (MEMO,), "", memo=told.truth, layouts=layouts), told.signer


def _memo(draft: Draft, union: str, mix: Mix) -> File:
    inside = short_list(draft.rng, draft.words, draft.initiatives) if draft.listed else []
    blocks, header, told, signer = _memo_paper(draft, union, inside, alone=True)
    paper = _paper(draft, blocks, header=header)
    become = _become(draft, mix.memo)
    return _file(draft, paper, become, told, draft.rng.choice(draft.words.memo_files), mix, signer)


def _table(draft: Draft, union: str, mix: Mix) -> File:
    become = _become(draft, mix.table)
    drawing = _drawing(draft, union, sheet=become in _SHEETS)
    told = Document("", (TABLE,), "", rows=drawing.rows, layouts=(f"table: {drawing.shape}",))
    name = draft.rng.choice(draft.words.table_files)
    landscape = not drawing.portrait
    paper = _paper(draft, drawing.blocks, landscape=landscape)
    file = _file(draft, paper, become, told, name, mix)
    if draft.long:
        told.made = f"long list in {told.made}"
    return file


def _drawing(draft: Draft, union: str, *, portrait: bool = False, shape: str = "", sheet: bool = False) -> Drawing:
    elsewhere = ON_PAPER_ONLY if sheet else ON_SHEETS_ONLY
    more = {name: one for name, one in MORE_SHAPES[draft.part].items() if name not in elsewhere}
    chosen = shape or (draft.rng.choice(draft.shapes) if draft.shapes else "")
    return draw(
        draft.rng,
        draft.words,
        draft.initiatives,
        union=_bare(union),
        shape=chosen,
        without=draft.without,
        blanks=draft.blanks,
        portrait=portrait,
        more={} if draft.shapes else more,
        often=3 if draft.part in ("branches", "provinces", "trades") else 1,
        fixed=draft.plain_files,
    )


def _both(draft: Draft, union: str, mix: Mix) -> File:
    """Memo and table in one file: the table on a page of its own, or in the memo's middle."""
    rng = draft.rng
    formats = {name: weight for name, weight in mix.memo.items() if name in mix.table}
    inside = rng.random() < 0.3
    if inside:
        drawing = _drawing(
            draft, union, portrait=True, shape=rng.choice(("plain", "two-row header", "numbered columns"))
        )
        tables = [*(block for block in drawing.blocks if isinstance(block, Table)), Paragraph("")]
        blocks, header, told, signer = _memo_paper(draft, union, tables)
        paper = _paper(draft, blocks, header=header)
    else:
        blocks, header, told, signer = _memo_paper(draft, union)
        upright = rng.random() < 0.2
        drawing = _drawing(draft, union, portrait=upright)
        between: Block = PageBreak() if upright else Turn()
        paper = _paper(draft, [*blocks, between, *drawing.blocks], header=header)
    told.kinds, told.rows = (MEMO, TABLE), drawing.rows
    told.layouts = (*told.layouts, f"table: {drawing.shape}", f"both: table {'inside' if inside else 'behind'}")
    name = rng.choice(draft.words.both_files)
    return _file(draft, paper, _become(draft, formats), told, name, mix, signer)


def _become(draft: Draft, formats: dict[str, float]) -> str:
    allowed = ("docx", "xlsx", "pdf") if draft.plain_files else tuple(formats)
    if draft.long and "xls" in formats:
        return draft.rng.choice(("xls", "xls", "xlsx", "docx"))
    usable = {name: weight for name, weight in formats.items() if name in allowed}
    return draft.rng.choices(list(usable), list(usable.values()))[0]


def _paper(draft: Draft, blocks: list[Block], *, landscape: bool = False, header: list[Block] | None = None) -> Paper:
    rng = draft.rng
    if isinstance(blocks[-1], Table):
        blocks = [*blocks, Paragraph("")]  # no Word file ends with a table
    quirks = frozenset(rng.sample(_QUIRKS, rng.randint(0, 3))) if rng.random() < 0.5 else frozenset()
    paper = Paper(tuple(blocks), landscape, rng.choice(_FONTS), tuple(header or ()), quirks=quirks)
    if draft.part == "trades" and rng.random() < _FOOTED:
        return replace(paper, footer=rng.choice(_FEET))
    marked = draft.part == "provinces" and rng.random() < _MARKED
    return replace(paper, watermark=rng.choice(("BẢN SAO", "CĐCS"))) if marked else paper


def _file(draft: Draft, paper: Paper, become: str, told: Document, name: str, mix: Mix, signer: str = "") -> File:
    """Written as DOCX or XLSX; what else it becomes is LibreOffice's work."""
    rng = draft.rng
    told.made = become
    if become != "pdf" and not draft.plain_files and rng.random() < mix.legacy:
        encoding = rng.choice(list(Encoding))
        paper = encoded(paper, encoding, rng.choice((0, 0, 0.3)), rng.random)
        told.made = f"{encoding} in {become}"
    elif rng.random() < 0.1:
        paper = decomposed(paper, rng.choice((0.3, 1)), rng.random)
    if become != "docx" or mix.pictures or draft.bare:
        paper = replace(paper, quirks=paper.quirks & {"runs"})  # the others LibreOffice prints amiss
    pressed = become == "pdf" and draft.part in ("provinces", "trades") and not (mix.pictures or draft.bare)
    press = rng.choices(list(_PRESSES), list(_PRESSES.values()))[0] if pressed else ""
    told.made += {"browser": " by a browser", "glyphs": ", glyph by glyph"}.get(press, "")
    if press == "browser":
        content, suffix = browser.page_of(paper), "html"
    elif become in _SHEETS:
        content, suffix = workbook(list(paper.blocks), rng, paper.font), "xlsx"
    elif (paper.quirks and not paper.watermark) or any(isinstance(block, TextBox) for block in paper.blocks):
        content, suffix = word_xml.word_file(paper, rng), "docx"
    else:
        content, suffix = word_library.word_file(paper), "docx"
    told.file = f"{name}.{become}"
    return File(content, suffix, become, told, told.file, signer=signer, press=press)
