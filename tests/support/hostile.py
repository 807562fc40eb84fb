"""Attachments that are made to harm (FAULTS.md 31-37); all small, all built here."""

import io
import struct
import zipfile
import zlib

_CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of (name, content), in that order; a name given twice stays twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def lying_zip(real: int) -> bytes:
    """An archive that claims ten bytes for a file of `real` zero bytes."""
    honest = zipped(("bang.docx", bytes(real)))
    central = honest.index(b"PK\x01\x02")
    lie = struct.pack("<I", 10)
    return b"".join((honest[:22], lie, honest[26 : central + 24], lie, honest[central + 28 :]))


def overlapping_zip(entries: int) -> bytes:
    """An archive whose entries all share the bytes of one."""
    honest = zipped(("x", bytes(10_000)))
    start = honest.index(b"PK\x01\x02")
    end = honest.index(b"PK\x05\x06")
    directory = honest[start:end] * entries
    return (
        honest[:start]
        + directory
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), start, 0)
    )


def huge_docx(megabytes: int) -> bytes:
    """A small DOCX whose document.xml is `megabytes` long."""
    paragraph = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    body = paragraph * (megabytes * 1024 * 1024 // len(paragraph))
    document = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + body
        + b"</w:body></w:document>"
    )
    return zipped(("[Content_Types].xml", _CONTENT_TYPES), ("word/document.xml", document))


def doctype_docx(doctype: str, text: str) -> bytes:
    """A DOCX that declares something before its document and uses it in its one paragraph."""
    document = (
        f'<?xml version="1.0"?>{doctype}'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    return zipped(("[Content_Types].xml", _CONTENT_TYPES), ("word/document.xml", document.encode()))


def greedy_pdf(megabytes: int) -> bytes:
    """A PDF of a few kilobytes whose page is a stream of `megabytes` spaces, packed twice."""
    packed = zlib.compress(zlib.compress(b" " * (megabytes << 20), 9), 9)
    return _pdf(f"<< /Length {len(packed)} /Filter [/FlateDecode /FlateDecode] >>".encode(), packed)


def endless_pdf(levels: int) -> bytes:
    """A PDF whose page draws a form twice that draws a form twice …: 2 to the power of `levels` lines of text."""
    forms = [
        _object(
            10 + level,
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12 /Resources << /XObject << /F {11 + level} 0 R"
            " >> >> >>",
            b"/F Do /F Do ",
        )
        for level in range(levels)
    ]
    last = _object(10 + levels, "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 9 >>", b"0 0 m f  ")
    return _pdf(b"<< /Length 12 >>", b"/F Do /F Do ", b" /XObject << /F 10 0 R >>", [*forms, last])


def huge_picture_pdf(side: int) -> bytes:
    """A PDF whose page is one picture of `side` by `side` pixels in a few kilobytes, packed twice."""
    packed = zlib.compress(zlib.compress(bytes(side * side // 8), 9), 9)
    picture = _object(
        10,
        f"<< /Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 1 /ColorSpace /DeviceGray"
        f" /Filter [/FlateDecode /FlateDecode] /Length {len(packed)} >>",
        packed,
    )
    draw = b"595 0 0 842 0 0 cm /I Do"
    return _pdf(f"<< /Length {len(draw)} >>".encode(), draw, b" /XObject << /I 10 0 R >>", [picture])


def looping_pdf(what: str) -> bytes:
    """A PDF in which something leads back to itself: its "pages", a "form", the "length" of its content."""
    if what == "pages":
        return _pdf(b"<< /Length 8 >>", b"BT ET   ").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    if what == "form":
        own = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12 /Resources << /XObject << /F 10 0 R >> >> >>"
        form = _object(10, own, b"/F Do /F Do ")
        return _pdf(b"<< /Length 12 >>", b"/F Do /F Do ", b" /XObject << /F 10 0 R >>", [form])
    return _pdf(b"<< /Length 4 0 R >>", b"BT ET   ")


def huge_png(side: int) -> bytes:
    """A picture of `side` by `side` pixels in a few kilobytes."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(1 << 20), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _object(number: int, dictionary: str, stream: bytes) -> bytes:
    return f"{number} 0 obj {dictionary} stream\n".encode() + stream + b"\nendstream endobj\n"


def _pdf(dictionary: bytes, stream: bytes, resources: bytes = b"", further: list[bytes] | None = None) -> bytes:
    objects = [
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n",
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n",
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<"
        b" /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>" + resources + b" >> >> endobj\n",
        b"4 0 obj " + dictionary + b" stream\n" + stream + b"\nendstream endobj\n",
        *(further or []),
    ]
    body = b"%PDF-1.4\n"
    places = {}
    for item in objects:
        places[int(item.split(b" ", 1)[0])] = len(body)
        body += item
    size = max(places) + 1
    table = b"".join(
        f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n"
        for number in range(size)
    )
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n".encode() + table + trailer.encode()
