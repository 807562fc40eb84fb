"""A ZIP whose bytes depend on its contents alone, with the list of its files signed."""

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import IO, Any, Self

_EPOCH = (1980, 1, 1, 0, 0, 0)


class Archive:
    """Files are added one by one; none is held in memory longer than it takes. Raises OSError."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.files: dict[str, str] = {}
        """Name → SHA-256."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def add(self, name: str, content: bytes) -> str:
        """Returns its SHA-256."""
        return self.add_lines(name, [content])

    def add_lines(self, name: str, pieces: Iterable[bytes]) -> str:
        """A file written piece by piece, for what is too long to be held."""
        digest = hashlib.sha256()
        with self._zip.open(_entry(name), "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self.files[name] = digest.hexdigest()
        return self.files[name]

    def add_json(self, name: str, value: object) -> None:
        self.add(name, as_json(value))

    def close_with(self, about: dict[str, Any], sign: Callable[[bytes], bytes] | None) -> None:
        """The list of files, and its signature: nothing can be added behind it."""
        manifest = as_json(about | {"files": dict(sorted(self.files.items()))})
        self._zip.writestr(_entry("manifest.json"), manifest)
        if sign is not None:
            self._zip.writestr(_entry("manifest.sig"), base64.b64encode(sign(manifest)) + b"\n")


def as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # of one kind wherever it is made
    return entry
