"""LibreOffice as a reader of what is exported: a file that it cannot open is none that staff can use."""

import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 90


def pdf_text(file: Path) -> str:
    """The file as LibreOffice prints it, as text with its columns; pages end with a form feed."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("LibreOffice and Poppler are not installed: apt-get install libreoffice-calc poppler-utils")
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    asked = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(asked, check=True, capture_output=True, timeout=SECONDS)
    told = subprocess.run(
        [reader, "-layout", str(file.with_suffix(".pdf")), "-"], check=True, capture_output=True, timeout=SECONDS
    )
    return told.stdout.decode()
