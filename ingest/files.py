"""Messages from files: single ones (.eml), mbox files, Maildir folders, folders of .eml files.

They have no position and no INTERNALDATE; their receipt is the topmost Received header, read later (P3).
"""

import mailbox
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from dossier.model import RawMessage


class UnreadableSourceError(Exception):
    """A path that messages cannot be read from; the text says why."""


def read_paths(paths: Iterable[Path], now: datetime) -> Iterator[RawMessage]:
    """Every message of every path, in the order given; `now` (aware) becomes `fetched_at`.

    Raises UnreadableSourceError at the path in question; the messages before it are good.
    """
    for path in paths:
        try:
            for source, content in _read(path):
                yield RawMessage(content=content, source=source, fetched_at=now)
        except OSError as error:
            raise UnreadableSourceError(f"{path} cannot be read: {error.strerror or error}") from None


def _read(path: Path) -> Iterator[tuple[str, bytes]]:
    """Pairs of where a message came from, for people, and its bytes."""
    if path.is_dir():
        files = _maildir(path) if (path / "cur").is_dir() else sorted(path.glob("*.eml"))
        if not files and not (path / "cur").is_dir():
            raise UnreadableSourceError(f"{path} is a folder, but neither a Maildir nor does it hold .eml files")
        for file in files:
            yield str(file), file.read_bytes()
    elif _is_mbox(path):
        yield from _mbox(path)
    else:
        yield str(path), path.read_bytes()


def _maildir(path: Path) -> list[Path]:
    """Delivered messages in the order of their delivery: names begin with the time; those in tmp are unfinished."""
    found = [file for part in ("cur", "new") for file in path.glob(f"{part}/*") if not file.name.startswith(".")]
    return sorted(found, key=lambda file: file.name)


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _mbox(path: Path) -> Iterator[tuple[str, bytes]]:
    # Only where messages begin and end is asked of the library; it never parses one here.
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            yield f"{path}#{number}", box.get_bytes(key)
    finally:
        box.close()
