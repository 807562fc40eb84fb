"""Columns under one header of which a cross says which is meant: "Lĩnh vực" over "Quản lý | Kỹ thuật | Chuyên môn"."""

from collections.abc import Mapping

from parsers.content import Origin
from parsers.summary_table_rows import View

_MARKS = frozenset("xX×✓✔☑☒✕✖✗✘√vV+*●■")
_LEAST = 2


def ticked(row: View) -> Mapping[str, str]:
    """By column key, what the header says over the crosses; columns in which something else stands are left out."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for leaf, cell in zip(row.header.leaves, row.cells, strict=True):
        key = leaf.key if leaf.key is not None else leaf.like if leaf.part else None
        if key is not None and len(leaf.texts) > 1:
            groups.setdefault(key, []).append((leaf.texts[-1], "" if cell.origin is Origin.LEFT else cell.text))
    told = {}
    for key, group in groups.items():
        marked = [label for label, text in group if text]
        if len(group) >= _LEAST and marked and all(set(text) <= _MARKS for _, text in group):
            told[key] = "; ".join(marked)
    return told
