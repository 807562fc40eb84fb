"""The pictures of a Word document, and how large they are (ECMA-376, part 1, 20.4.2.7; part 4, 19.1.2.19)."""

import re
from math import prod

from lxml import etree

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU = 12_700
"""To the point."""
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,5}(?:\.[0-9]{1,5})?)\s*(pt|in|cm|mm|px)")


def picture_area(drawing: "etree._Element") -> float:
    """Square points of the picture that a w:drawing or w:pict shows; 0 for one without a picture."""
    if next(drawing.iter(_BLIP), None) is not None:
        extent = next(drawing.iter(_EXTENT), None)
        sides = ("", "") if extent is None else (extent.get("cx", ""), extent.get("cy", ""))
        return _area([int(side) / _EMU for side in sides if side.isascii() and side.isdecimal() and len(side) < 12])
    image = next(drawing.iter(_IMAGE), None)
    shape = None if image is None else image.getparent()
    lengths = [] if shape is None else _LENGTH.findall(shape.get("style", ""))
    return _area([float(number) * _POINTS[unit] for _, number, unit in lengths])


def picture_relation(drawing: "etree._Element") -> str:
    """Id of the relationship that leads to the picture's part; '' without one."""
    blip = next(drawing.iter(_BLIP), None)
    if blip is not None:
        return blip.get(f"{_RELATIONSHIPS}embed", "")
    image = next(drawing.iter(_IMAGE), None)
    return "" if image is None else image.get(f"{_RELATIONSHIPS}id", "")


def _area(sides: list[float]) -> float:
    return prod(sides) if len(sides) == 2 else 0.0
