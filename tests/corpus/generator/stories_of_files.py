"""Stories of what is attached besides or in place of a dossier's own files."""

import hashlib
import io
import zipfile
from dataclasses import replace

from corpus.generator.draft import Draft, File
from corpus.generator.truth import Document

_MACRO_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def apart(draft: Draft) -> None:
    """Memo and table in files of their own, without pictures: what is added is to be told from them."""
    draft.plain_files = True


def apart_and_bare(draft: Draft) -> None:
    """The same, and LibreOffice can print the Word file as it is."""
    draft.plain_files = draft.bare = True


def _of(draft: Draft, kind: str) -> File:
    return next(file for file in draft.files if file.told is not None and file.told.kinds == (kind,))


def _add(draft: Draft, file: File) -> None:
    draft.files.insert(draft.rng.randint(0, len(draft.files)), file)
    if file.told is not None:
        draft.truth.documents.append(file.told)


def copies(draft: Draft) -> None:
    """The same document twice, as it was written and as a PDF: both are one."""
    original = _of(draft, draft.rng.choice(("memo", "summary_table")))
    assert original.told is not None
    become = "pdf" if original.become != "pdf" else original.suffix
    stem = original.name.rpartition(".")[0]
    name = f"{stem}{draft.rng.choice((' (bản ký)', ' - ban mem', '_2'))}.{become}"
    _add(draft, replace(original, become=become, name=name, told=replace(original.told, file=name, made=become)))


def spoilt_besides(draft: Draft) -> None:
    """A broken file beside a whole dossier is worth a word, no more."""
    name = draft.rng.choice(("phu luc 2.docx", "anh.pdf", "bao cao.xlsx"))
    suffix = name.rpartition(".")[2]
    damage = draft.rng.choice(("cut", "empty"))
    content = {"docx": _of(draft, "memo").content, "pdf": b"%PDF-1.5\n1 0 obj << /Type /Catalog"}.get(suffix, b"PK\3\4")
    told = Document(name, ("unreadable",), "spoilt")
    _add(draft, File(content, suffix, suffix, told, name, damage=damage))
    draft.truth.expect("unreadable-attachment", warning=True)


def with_macros(draft: Draft) -> None:
    """A file of a kind that is never opened, beside the dossier."""
    if draft.rng.random() < 0.5:
        name, content = "mau bieu.docm", _macro_file()
    else:
        name, content = "cai dat.exe", b"MZ" + bytes(300) + b"PE\0\0" + hashlib.sha256(b"x").digest()
    suffix = name.rpartition(".")[2]
    _add(draft, File(content, suffix, suffix, None, name))
    draft.truth.expect("refused-kind")


def _macro_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", _MACRO_TYPES)
        package.writestr("word/document.xml", "<w:document xmlns:w='x'/>")
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return out.getvalue()


def locked_table(draft: Draft) -> None:
    """The table lies in an archive that asks for a password."""
    table = _of(draft, "summary_table")
    table.content, table.suffix, table.become = _locked_zip(table.name, table.content), "zip", "zip"
    table.told = None  # whether the archive or the file in it is told of is left open
    draft.truth.documents = [file.told for file in draft.files if file.told is not None]
    table.name = "Bang tong hop.zip"
    draft.mails = ("plain", "html", "alternative", "wrong types")
    draft.truth.expect("password-protected")
    draft.truth.expect("missing-summary-table")


def _locked_zip(name: str, content: bytes) -> bytes:
    """An archive whose entry is marked as encrypted; nobody can tell by its bytes that no password opens it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(zipfile.ZipInfo(name, (2021, 4, 12, 9, 0, 0)), bytes(byte ^ 0x5A for byte in content[:4000]))
    raw = bytearray(out.getvalue())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def unrelated(draft: Draft) -> None:
    """Other documents beside the dossier: a photograph's caption, minutes."""
    lines = [
        "BIÊN BẢN",
        "Họp xét sáng kiến cấp cơ sở",
        "Thành phần gồm có:",
        "- Ban Chấp hành CĐCS",
        "Hội đồng nhất trí.",
    ]
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    name = "Bien ban hop.docx"
    _add(draft, File(_bare_word(paragraphs), "docx", "docx", Document(name, ("other",), "other"), name))


def _bare_word(paragraphs: str) -> bytes:
    names = "http://schemas.openxmlformats.org"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{names}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{names}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{names}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{names}/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>',
        )
    return out.getvalue()
