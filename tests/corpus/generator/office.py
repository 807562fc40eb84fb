"""What LibreOffice makes of the written files: PDF and the old formats, many in one run."""

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from corpus.generator import browser, glyphs
from corpus.generator.draft import File

_FILTERS = {
    "pdf": "pdf",
    "doc": "doc:MS Word 97",
    "odt": "odt",
    "rtf": "rtf:Rich Text Format",
    "xls": "xls:MS Excel 97",
    "ods": "ods",
}
_AT_ONCE = 40
_PATIENCE = 30
"""Seconds for the start and for each file."""


class ConversionError(Exception):
    """LibreOffice is missing, or made no file."""


def convert(files: Sequence[File], scratch: Path) -> None:
    """Replace the content of each file by what it is sent as. Raises ConversionError."""
    by_kind: dict[tuple[str, str], list[File]] = defaultdict(list)
    for file in files:
        wanted = "pdf" if file.picture is not None else file.become
        if file.suffix == "html":
            (file.content,) = browser.printed([file.content], scratch)
            continue
        if wanted != file.suffix:
            by_kind[(file.suffix, wanted)].append(file)
    for (suffix, wanted), same in sorted(by_kind.items(), key=lambda entry: entry[0]):
        for start in range(0, len(same), _AT_ONCE):
            _batch(same[start : start + _AT_ONCE], suffix, wanted, scratch)
    for file in files:
        if file.press == "glyphs":
            file.content = glyphs.alone(file.content)


def _batch(files: Sequence[File], suffix: str, wanted: str, scratch: Path) -> None:
    inside, outside = scratch / "in", scratch / "out"
    for folder in (inside, outside):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    names = [f"{number}.{suffix}" for number in range(len(files))]
    for name, file in zip(names, files, strict=True):
        (inside / name).write_bytes(file.content)
    _run(wanted, [inside / name for name in names], outside, scratch / "profile")
    for number, file in enumerate(files):
        made = outside / f"{number}.{wanted}"
        if not made.is_file():
            raise ConversionError(f"LibreOffice made no {wanted} of {file.name}")
        file.content = made.read_bytes()


def _run(wanted: str, files: Sequence[Path], outside: Path, profile: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        raise ConversionError("LibreOffice is missing: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", _FILTERS[wanted], "--outdir", str(outside), *map(str, files)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    seconds = _PATIENCE * (1 + len(files))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds, check=False)
    if done.returncode:
        raise ConversionError(f"LibreOffice ended with {done.returncode}: {done.stderr[-400:]}")
