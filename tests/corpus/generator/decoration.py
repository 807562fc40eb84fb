"""What stands on a page and is no text: an emblem, a watermark behind it."""

import io
from functools import lru_cache

from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_STYLE = (
    "position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)


@lru_cache(maxsize=1)
def emblem() -> bytes:
    """A round badge as PNG: of no body that there is."""
    picture = Image.new("RGB", (240, 240), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((8, 8, 232, 232), fill=(20, 90, 170), outline=(200, 30, 40), width=12)
    star = (120, 40, 142, 98, 204, 98, 154, 136, 172, 196, 120, 160, 68, 196, 86, 136, 36, 98, 98, 98)
    draw.polygon(star, fill=(250, 210, 40))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def put_behind(paragraph: Paragraph, text: str) -> None:
    """As Word's own watermark: WordArt anchored in the page's header."""
    shape = (
        f'<w:r {_NAMES}><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" style="{_STYLE}" fillcolor="silver" stroked="f">'
        '<v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" string="{text}"/>'
        "</v:shape></w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(shape))
