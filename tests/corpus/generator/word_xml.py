"""DOCX files written as Word itself writes them: what no library makes (FORMS.md, "DOCX as Word writes it").

Quirks, each by its name in `Paper.quirks`: `runs` cuts words into several runs with proofing marks between them;
`controls` puts cells and paragraphs into content controls; `tracked` adds deleted text that must not be read and marks
some as inserted; `fields` and `links` put a run into a field or a hyperlink.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from corpus.generator.page import (
    TURNED,
    Align,
    Block,
    Cell,
    Merged,
    PageBreak,
    Paper,
    Paragraph,
    Table,
    TextBox,
    Turn,
    turned,
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/header1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_OF_DOCUMENT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/header" Target="header1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>'
)
_AUTHOR = 'w:author="Văn thư" w:date="2021-04-12T08:00:00Z"'
_TWIPS = 567
"""In a centimetre."""
_EMU = 360_000
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_HALVED = '<w:tcBorders><w:tl2br w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'


def word_file(paper: Paper, rng: random.Random) -> bytes:
    """The bytes of a DOCX; text boxes and quirks included."""
    writer = _Writer(paper, rng)
    body = "".join(writer.blocks(paper.blocks))
    header = "".join(writer.blocks(paper.header)) or "<w:p/>"
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _OF_DOCUMENT,
        "word/document.xml": _part("document", f"<w:body>{body}{writer.section()}</w:body>"),
        "word/header1.xml": _part("hdr", header),
        "word/styles.xml": _part("styles", _styles(paper.font)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2021, 4, 12, 8, 0, 0)), text.encode())
    return out.getvalue()


def _part(tag: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {_NAMES}>{inner}</w:{tag}>'


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _styles(font: str) -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(font)}<w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    )


class _Writer:
    def __init__(self, paper: Paper, rng: random.Random) -> None:
        self.quirks = paper.quirks
        self.rng = rng
        self.landscape = paper.landscape
        self.with_header = bool(paper.header)
        self.numbered = 0

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Paragraph):
                yield self.controlled(self.paragraph(block), "p")
            elif isinstance(block, Table):
                yield self.table(block)
            elif isinstance(block, TextBox):
                yield f"<w:p><w:r>{self.box(block)}</w:r></w:p>"
            elif isinstance(block, PageBreak):
                yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            elif isinstance(block, Turn):
                yield f"<w:p><w:pPr>{self.section()}</w:pPr></w:p>"
                self.landscape = not self.landscape

    def section(self) -> str:
        long, short = int(29.7 * _TWIPS), int(21.0 * _TWIPS)
        size = f'w:w="{long}" w:h="{short}" w:orient="landscape"' if self.landscape else f'w:w="{short}" w:h="{long}"'
        header = '<w:headerReference w:type="first" r:id="rId1"/>' if self.with_header else ""
        first = "<w:titlePg/>" if self.with_header else ""
        margins = '<w:pgMar w:top="1020" w:right="1134" w:bottom="1020" w:left="1360" w:header="700" w:footer="500"/>'
        return f"<w:sectPr>{header}<w:pgSz {size}/>{margins}{first}</w:sectPr>"

    def controlled(self, xml: str, what: str) -> str:
        if "controls" not in self.quirks or self.rng.random() > 0.25:
            return xml
        self.numbered += 1
        properties = f'<w:sdtPr><w:id w:val="{self.numbered}"/><w:tag w:val="{what}"/></w:sdtPr>'
        return f"<w:sdt>{properties}<w:sdtContent>{xml}</w:sdtContent></w:sdt>"

    # --- text -----------------------------------------------------------------------------------------------------

    def paragraph(self, one: Paragraph) -> str:
        stops = "".join(f'<w:tab w:val="center" w:pos="{int(stop * _TWIPS)}"/>' for stop in one.tabs)
        tabs = f"<w:tabs>{stops}</w:tabs>" if stops else ""
        indent = f'<w:ind w:left="{int(one.indent * _TWIPS)}"/>' if one.indent else ""
        align = "both" if one.align is Align.BOTH else one.align.value
        look = f"{_fonts(one.font) if one.font else ''}{'<w:b/>' if one.bold else ''}{'<w:i/>' if one.italic else ''}"
        look += f'<w:sz w:val="{int(one.size * 2)}"/>'
        runs = "".join(self.runs(one.text, look)) if one.text else ""
        return f'<w:p><w:pPr>{tabs}{indent}<w:jc w:val="{align}"/></w:pPr>{self.deleted(look)}{runs}</w:p>'

    def runs(self, text: str, look: str) -> Iterator[str]:
        for piece in self.pieces(text):
            inner = _text(piece)
            run = f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"
            if "tracked" in self.quirks and self.rng.random() < 0.08:
                self.numbered += 1
                run = f'<w:ins w:id="{9000 + self.numbered}" {_AUTHOR}>{run}</w:ins>'
            elif "links" in self.quirks and self.rng.random() < 0.04:
                run = f'<w:hyperlink w:anchor="muc1">{run}</w:hyperlink>'
            elif "fields" in self.quirks and self.rng.random() < 0.04:
                run = f'<w:fldSimple w:instr=" REF muc1 ">{run}</w:fldSimple>'
            if "runs" in self.quirks and self.rng.random() < 0.3:
                run = f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>'
            yield run

    def pieces(self, text: str) -> list[str]:
        """Cut anywhere, in the middle of words too."""
        if "runs" not in self.quirks or len(text) < 3:
            return [text]
        cuts = sorted(self.rng.sample(range(1, len(text)), k=min(len(text) - 1, self.rng.randint(1, 4))))
        return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    def deleted(self, look: str) -> str:
        if "tracked" not in self.quirks or self.rng.random() > 0.1:
            return ""
        self.numbered += 1
        word = self.rng.choice(("cũ ", "Lê Văn Bỏ ", "12 ", "đã xóa "))
        run = f'<w:r><w:rPr>{look}</w:rPr><w:delText xml:space="preserve">{word}</w:delText></w:r>'
        return f'<w:del w:id="{9000 + self.numbered}" {_AUTHOR}>{run}</w:del>'

    # --- tables and boxes -----------------------------------------------------------------------------------------

    def table(self, one: Table) -> str:
        borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if one.ruled else ""
        grid = "".join(f'<w:gridCol w:w="{int(width * _TWIPS)}"/>' for width in one.widths)
        rows = "".join(self.row(one, number) for number in range(len(one.rows)))
        width = int(sum(one.widths) * _TWIPS)
        properties = f'<w:tblW w:w="{width}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def row(self, one: Table, number: int) -> str:
        repeated = "<w:tblHeader/>" if number < one.header_rows else ""
        whole = "" if one.rows_may_break else "<w:cantSplit/>"
        whole += f'<w:trHeight w:val="{TURNED}"/>' if turned(one.rows[number]) else ""
        cells = "".join(self.cells(one, number))
        return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{cells}</w:tr>"

    def cells(self, one: Table, number: int) -> Iterator[str]:
        row = one.rows[number]
        for place, told in enumerate(row):
            if told is Merged.LEFT:
                continue
            across = 1
            while place + across < len(row) and row[place + across] is Merged.LEFT:
                across += 1
            width = int(sum(one.widths[place : place + across]) * _TWIPS)
            properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
            properties += f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            below = number + 1 < len(one.rows) and one.rows[number + 1][place] is Merged.ABOVE
            if told is Merged.ABOVE:
                properties += "<w:vMerge/>"
            elif below:
                properties += '<w:vMerge w:val="restart"/>'
            paragraphs = "<w:p/>"
            if isinstance(told, Cell):
                properties += _HALVED if told.halved else ""
                properties += '<w:textDirection w:val="btLr"/>' if told.turned else ""
                paragraphs = "".join(self.controlled(self.paragraph(each), "c") for each in told.paragraphs)
                paragraphs += f"{self.table(told.inner)}<w:p/>" if told.inner is not None else ""
            yield f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"

    def box(self, one: TextBox) -> str:
        """A shape with its fallback for old readers: the text stands there twice and is one."""
        inner = f"<w:txbxContent>{''.join(self.paragraph(each) for each in one.paragraphs)}</w:txbxContent>"
        size = f'cx="{int(one.width * _EMU)}" cy="{int(one.height * _EMU)}"'
        self.numbered += 1
        shape = (
            f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></wps:spPr>'
            f"<wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>"
        )
        drawing = (
            '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
            'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="column"><wp:posOffset>{int(one.x * _EMU)}</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{int(one.y * _EMU)}</wp:posOffset></wp:positionV>'
            f'<wp:extent {size}/><wp:wrapNone/><wp:docPr id="{self.numbered}" name="Hộp {self.numbered}"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
        )
        old = f'<w:pict><v:shape style="width:{one.width * 28:.0f}pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict>'
        both = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        return f"<mc:AlternateContent>{both}</mc:AlternateContent>"


def _text(piece: str) -> str:
    """Tabs and line breaks have elements of their own."""
    parts = []
    for place, line in enumerate(piece.split("\n")):
        parts += ["<w:br/>"] if place else []
        for tab, chunk in enumerate(line.split("\t")):
            parts += ["<w:tab/>"] if tab else []
            parts += [f'<w:t xml:space="preserve">{escape(chunk)}</w:t>'] if chunk else []
    return "".join(parts)
