"""PDF files put together object by object, as scanners, phones and forms write them."""

from collections.abc import Sequence

Object = str | bytes
WIDTH, HEIGHT = 595, 842
FIRST_FREE = 6
"""Number of the first of the `more` objects."""


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def one_page(
    drawing: str | bytes = "", *, page: str = "", catalog: str = "", resources: str = "", more: Sequence[Object] = ()
) -> bytes:
    """A file of one page; `page`, `catalog` and `resources` are further entries of theirs. /F1 is Helvetica."""
    content = drawing if isinstance(drawing, bytes) else drawing.encode("latin-1")
    box = "" if "/MediaBox" in page else f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
    shown = f"/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> {resources} >> {page}"
    objects: list[Object] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R {box} {shown} >>",
        stream(content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *more,
    ]
    return _file(objects)


def words(text: str, x: float = 72, y: float = 700, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def _file(objects: Sequence[Object]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode("latin-1"))
        out += b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
