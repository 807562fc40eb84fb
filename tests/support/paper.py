"""PDF files drawn letter by letter and line by line, so that a test says where everything stands on the page.

The fonts are only named: a reader of text needs their widths (half of their size, for every letter) and their ToUnicode
tables, not their outlines.
"""

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
FONTS = {
    "Serif": "Serif",
    "Bold": "Serif-Bold",
    "High": "Other",
    "TCVN": ".VnTime",
    "TCVNH": ".VnTimeH",
    "VNI": "VNI-Times",
}
"""Name on the page → name of the font; High reaches further down than the others."""
_FIRST_FONT = 6


@dataclass
class Paper:
    """One page; places are in points from the top left corner."""

    width: float = WIDTH
    height: float = HEIGHT
    turned: int = 0
    """/Rotate, in degrees."""
    drawn: list[str] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)

    def text(
        self, x: float, top: float, text: str, size: float = 12, font: str = "Serif", matrix: str = "1 0 0 1"
    ) -> None:
        """Put text whose letters reach from `top` to `top + size` below; `font` is one of FONTS."""
        self.letters.update(text)
        codes = "".join(f"{ord(letter):04x}" for letter in text)
        baseline = self.height - top - size * 0.8
        self.drawn.append(f"BT /{font} {size} Tf {matrix} {x:.2f} {baseline:.2f} Tm <{codes}> Tj ET")

    def codes(self, x: float, top: float, data: bytes, size: float = 12) -> None:
        """Put text in a .VnTime font whose codes no table explains but the name WinAnsiEncoding."""
        self.drawn.append(f"BT /Old {size} Tf {x:.2f} {self.height - top - size * 0.8:.2f} Td <{data.hex()}> Tj ET")

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.drawn.append(f"0.5 w {x0} {self.height - top} m {x1} {self.height - bottom} l S")

    def bar(self, x0: float, top: float, x1: float, bottom: float, grey: float = 0) -> None:
        """A filled rectangle: a border where it is thin, shading where it is not."""
        self.drawn.append(f"{grey} g {x0} {self.height - bottom} {x1 - x0} {bottom - top} re f 0 g")

    def picture(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.drawn.append(f"q {x1 - x0} 0 0 {bottom - top} {x0} {self.height - bottom} cm /Dot Do Q")

    def table(self, rows: list[list[str]], lefts: list[float], top: float, row_height: float = 30) -> float:
        """A ruled table; its bottom is returned. A cell's lines are parted by line feeds."""
        bottom = top + row_height * len(rows)
        for number in range(len(rows) + 1):
            self.line(lefts[0], top + number * row_height, lefts[-1], top + number * row_height)
        for left in lefts:
            self.line(left, top, left, bottom)
        for number, row in enumerate(rows):
            for left, cell in zip(lefts, row, strict=False):
                for place, line in enumerate(cell.split("\n")):
                    self.text(left + 2, top + number * row_height + 2 + place * 11, line, size=10)
        return bottom


def pdf_file(*pages: Paper) -> bytes:
    letters = sorted(set().union(*(page.letters for page in pages)) or {" "})
    table = "".join(f"<{ord(letter):04x}> <{letter.encode('utf-16-be').hex()}>\n" for letter in letters)
    cmap = f"/CIDInit /ProcSet findresource begin begincmap {len(letters)} beginbfchar\n{table}endbfchar endcmap end"
    fonts = " ".join(f"/{name} {_FIRST_FONT + 2 * place} 0 R" for place, name in enumerate(FONTS))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count {} /Kids [{}] >>".format(
            len(pages), " ".join(f"{_FIRST_FONT + 2 * len(FONTS) + 1 + 2 * number} 0 R" for number in range(len(pages)))
        ),
        f"<< /Font << {fonts} /Old {_FIRST_FONT + 2 * len(FONTS)} 0 R >> /XObject << /Dot 4 0 R >> >>",
        _stream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"),
        _stream(cmap),
    ]
    for name in FONTS.values():
        objects += _font(f"/ABCDEF+{name}", -450 if name == "Other" else -200, len(objects) + 2)
    widths = " ".join(["500"] * 224)
    encoding = f"/Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [{widths}]"
    described = "/FontDescriptor << /Type /FontDescriptor /FontName /GHIJKL+.VnTime /Flags 32 /FontBBox [0 0 1 1] >>"
    objects.append(f"<< /Type /Font /Subtype /TrueType /BaseFont /GHIJKL+.VnTime {encoding} {described} >>")
    for page in pages:
        size = f"/MediaBox [0 0 {page.width} {page.height}] /Rotate {page.turned}"
        objects.append(f"<< /Type /Page /Parent 2 0 R /Resources 3 0 R {size} /Contents {len(objects) + 2} 0 R >>")
        objects.append(_stream("\n".join(page.drawn)))
    return _assembled(objects)


def _font(name: str, descent: int, number: int) -> list[str]:
    """A font and, as object `number`, the one it is derived from."""
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    measures = f"/Flags 4 /Ascent 800 /Descent {descent} /FontBBox [0 -200 1000 800]"
    descriptor = f"<< /Type /FontDescriptor /FontName {name} {measures} >>"
    kind = f"/Type /Font /BaseFont {name}"
    return [
        f"<< {kind} /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [{number} 0 R] >>",
        f"<< {kind} /Subtype /CIDFontType2 /DW 500 /CIDSystemInfo {system} /FontDescriptor {descriptor} >>",
    ]


def _stream(data: str, entries: str = "") -> str:
    return f"<< {entries} /Length {len(data)} >>\nstream\n{data}\nendstream"


def _assembled(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
