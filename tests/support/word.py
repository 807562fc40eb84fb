"""Word files made from raw XML, for constructs that no library writes."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATION = '<Relationship Id="{id}" Type="{kind}" Target="{target}"/>'


def relations(*entries: tuple[str, str, str]) -> str:
    """A .rels part; each entry is (id, last word of the type, target)."""
    rows = "".join(_RELATION.format(id=id_, kind=f"{_R}/{kind}", target=target) for id_, kind, target in entries)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def story(tag: str, inner: str) -> str:
    """A part's XML: `inner` in an element of that name with all namespaces declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NAMES}>{inner}</w:{tag}>'


def word_file(body: str, related: tuple[tuple[str, str, str], ...] = (), **parts: str) -> bytes:
    """A DOCX whose w:body holds `body`. `parts`: name in word/ without .xml → whole XML; `related` ties them to it."""
    files = {
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": story("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(*related),
    }
    files.update({f"word/{name}.xml": xml for name, xml in parts.items()})
    return zipped({name: xml.encode() for name, xml in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(package: bytes, name: str, data: bytes) -> bytes:
    """The same package with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**files, name: data})


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    """A w:p; what is no XML is put in a run."""
    runs = "".join(part if part.startswith("<") else run(part) for part in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*inner: str, properties: str = "") -> str:
    """A w:tc; what is no XML becomes a paragraph."""
    blocks = "".join(part if part.startswith("<") else paragraph(part) for part in inner) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, properties: str = '<w:tblStyle w:val="TableGrid"/>') -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"
