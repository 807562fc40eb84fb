"""Layouts that each part of the words has besides those that all have."""

from corpus.generator.memo_branches import BRANCHES_LETTERHEADS, BRANCHES_SIGNATURES
from corpus.generator.memo_layouts import (
    FRESH_LETTERHEADS,
    FRESH_SIGNATURES,
    HELD_OUT_LETTERHEADS,
    HELD_OUT_SIGNATURES,
)
from corpus.generator.memo_provinces import PROVINCES_LETTERHEADS, PROVINCES_SIGNATURES
from corpus.generator.memo_sectors import SECTORS_LETTERHEADS, SECTORS_SIGNATURES
from corpus.generator.memo_trades import TRADES_LETTERHEADS, TRADES_SIGNATURES
from corpus.generator.table_branches import BRANCHES_ON_SHEETS_ONLY, BRANCHES_SHAPES
from corpus.generator.table_branches_forms import BRANCHES_ON_PAPER_ONLY
from corpus.generator.table_fresh import FRESH_SHAPES
from corpus.generator.table_provinces import PROVINCES_ON_PAPER_ONLY, PROVINCES_SHAPES
from corpus.generator.table_provinces_sheets import PROVINCES_SHEETS
from corpus.generator.table_sectors import SECTORS_ON_PAPER_ONLY, SECTORS_SHAPES
from corpus.generator.table_shapes import HELD_OUT_SHAPES
from corpus.generator.table_trades import TRADES_ON_PAPER_ONLY, TRADES_SHAPES
from corpus.generator.table_trades_sheets import TRADES_SHEETS

MORE_LETTERHEADS = {
    "seen": {},
    "unseen": HELD_OUT_LETTERHEADS,
    "fresh": {**HELD_OUT_LETTERHEADS, **FRESH_LETTERHEADS},
    "sectors": SECTORS_LETTERHEADS,
    "branches": BRANCHES_LETTERHEADS,
    "provinces": PROVINCES_LETTERHEADS,
    "trades": TRADES_LETTERHEADS,
}
MORE_SIGNATURES = {
    "seen": {},
    "unseen": HELD_OUT_SIGNATURES,
    "fresh": FRESH_SIGNATURES,
    "sectors": SECTORS_SIGNATURES,
    "branches": BRANCHES_SIGNATURES,
    "provinces": PROVINCES_SIGNATURES,
    "trades": TRADES_SIGNATURES,
}
MORE_SHAPES = {
    "seen": {},
    "unseen": HELD_OUT_SHAPES,
    "fresh": FRESH_SHAPES,
    "sectors": SECTORS_SHAPES,
    "branches": BRANCHES_SHAPES,
    "provinces": PROVINCES_SHAPES,
    "trades": TRADES_SHAPES,
}
ON_PAPER_ONLY = {*SECTORS_ON_PAPER_ONLY, *BRANCHES_ON_PAPER_ONLY, *PROVINCES_ON_PAPER_ONLY, *TRADES_ON_PAPER_ONLY}
ON_SHEETS_ONLY = {*BRANCHES_ON_SHEETS_ONLY, *PROVINCES_SHEETS, *TRADES_SHEETS}
