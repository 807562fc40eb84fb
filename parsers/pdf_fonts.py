"""Fonts of a PDF as pdfminer reads them, but for one code."""

from typing import Any

from pdfminer.pdffont import PDFFont, PDFSimpleFont
from pdfminer.pdfinterp import PDFResourceManager
from typing_extensions import override

_CODE = 0xAD
_SOFT_HYPHEN = "\u00ad"


class Fonts(PDFResourceManager):
    """Gives the code AD of WinAnsiEncoding as the soft hyphen that it is in Windows: pdfminer makes a blank of it.

    In TCVN3 it is the letter ư, which else would cut every word that has one.
    """

    @override
    def get_font(self, objid: Any, spec: Any) -> PDFFont:
        font = super().get_font(objid, spec)
        if (
            isinstance(font, PDFSimpleFont)
            and font.unicode_map is None
            and font.cid2unicode.get(_CODE) in (" ", "\u00a0")
        ):
            font.cid2unicode = {**font.cid2unicode, _CODE: _SOFT_HYPHEN}
        return font
