"""Standard output as it may be: of another encoding, closed, on a full disk, or with nobody who reads on."""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

_PLAIN = str.maketrans("đĐ“”‘’–—…─→·", "dD\"\"''--.->-")
_WITHOUT_MARKS = "hoso-without-marks"


class OutputError(Exception):
    """What was asked for cannot be printed. The text says why."""


def prepare() -> None:
    """Letters that the terminal's encoding lacks are written without their marks; a closed stream swallows all."""
    codecs.register_error(_WITHOUT_MARKS, _without_marks)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - to the very end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_WITHOUT_MARKS)


def is_utf8() -> bool:
    """Whether standard output takes every letter; one that does not tell takes them."""
    named = getattr(sys.stdout, "encoding", None)
    return named is None or codecs.lookup(named).name == "utf-8"


@contextmanager
def printing() -> Iterator[None]:
    """Around what is written to standard output. Raises BrokenPipeError where nobody reads on, OutputError.

    The former without its number: typer makes a failure of that, which it is not.
    """
    try:
        yield
    except BrokenPipeError:
        raise BrokenPipeError from None
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {error.strerror or error}") from None


def give_up() -> None:
    """What is still to be written goes nowhere, so that the end of the process fails at nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _without_marks(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].translate(_PLAIN)
    letters = (one for one in unicodedata.normalize("NFD", lacking) if not unicodedata.combining(one))
    return "".join(one if one.isascii() else "?" for one in letters), error.end
