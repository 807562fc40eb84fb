"""Old Word files, RTF and ODT made for tests, and how they are converted from what the corpus has."""

import shutil
import subprocess
import zipfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ODT = "application/vnd.oasis.opendocument.text"
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (libreoffice-writer-nogui) is not installed"
)
needs_antiword = pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
_ENTRY = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}">{}</manifest:file-entry>'
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)


@lru_cache(maxsize=16)
def written_by_office(docx: bytes, extension: str, file_filter: str) -> bytes:
    """The document as LibreOffice saves it in another format."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "in.docx"
        source.write_bytes(docx)
        command = ["soffice", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", f"{extension}:{file_filter}", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
        return (Path(folder) / f"in.{extension}").read_bytes()


def odt(body: str, of_content: str = "", **parts: str) -> bytes:
    """A text document whose office:text holds `body`; `of_content` is what the manifest says more of content.xml."""
    content = f"<office:document-content {_NAMES}><office:body><office:text>{body}</office:text></office:body>"
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", f"{content}</office:document-content>")
        entries = _ENTRY.format("/", ODT, "") + _ENTRY.format("content.xml", "text/xml", of_content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST.format(entries))
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def rtf(body: str) -> bytes:
    escaped = "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in body)
    return f"{{\\rtf1\\ansi {escaped}}}".encode("ascii")
