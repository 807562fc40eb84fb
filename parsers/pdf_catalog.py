"""What a PDF tells of itself as a whole: whether its end is there, which layers it shows, whether it is a live form."""

from collections.abc import Mapping

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

SCRIPTED = "its pages are drawn by a form of Adobe's programs alone (XFA)"
_END_MARK = b"%%EOF"
_OF_A_FILE = (b" obj", b"stream", b"xref")


def is_cut_off(content: bytes) -> bool:
    """Whether the file goes on behind its last end mark, or has none: what is no part of a PDF may follow it."""
    _, mark, behind = content.rpartition(_END_MARK)
    return not mark or any(word in behind for word in _OF_A_FILE)


def hides_layers(catalog: Mapping[str, object]) -> bool:
    """Whether some layers (optional content, ISO 32000-1, 8.11) are put out."""
    usual = _entries(_entries(catalog.get("OCProperties")).get("D"))
    base = resolve1(usual.get("BaseState"))
    return bool(resolve1(usual.get("OFF"))) or (isinstance(base, PSLiteral) and base.name != "ON")


def is_drawn_by_script(catalog: Mapping[str, object]) -> bool:
    """Whether its pages only say that another program is needed: an XFA form without fields of its own (12.7.8)."""
    form = _entries(catalog.get("AcroForm"))
    return "XFA" in form and (not resolve1(form.get("Fields")) or bool(resolve1(catalog.get("NeedsRendering"))))


def _entries(value: object) -> Mapping[str, object]:
    value = resolve1(value)
    return value if isinstance(value, dict) else {}
