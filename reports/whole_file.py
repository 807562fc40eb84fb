"""A new file that bears its name only once it is whole: whoever finds it finds all of it, and nothing half is left."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(path: Path, *, mode: int = 0o666, replace: bool = False) -> Iterator[BinaryIO]:
    """Write into it within the block; where the block or the disk fails nothing is left, not of an older file either.

    `replace`: an older file of that name gives way, at the end; without it FileExistsError is raised before anything
    is written. `mode`: who may use it, within the umask. Raises OSError.
    """
    if not replace and os.path.lexists(path):
        raise _there(path)
    unfinished = path.with_name(f".hoso-{secrets.token_hex(8)}.unfinished")
    with ExitStack() as undo:
        number = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        undo.callback(unfinished.unlink, missing_ok=True)
        with os.fdopen(number, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            unfinished.replace(path)
        else:
            _name(unfinished, path)


def _name(unfinished: Path, path: Path) -> None:
    """Give it its name; never that of a file which somebody made meanwhile."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:  # a memory stick (FAT) knows no second name for a file
        if os.path.lexists(path):
            raise _there(path) from None
        unfinished.rename(path)


def _there(path: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
