"""The words of outgoing documents and sheets: templates/reports/LOCALE/NAME.txt, an administrator's copy in front.

A file is made of parts: a line `== name` begins one, and each line under it that is not empty is a paragraph (a label,
a sentence). Parts are told apart before they are filled in, so that no text from outside can begin a part.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib import resources
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

LOCALES = ("vi", "en")
_PART = re.compile(r"^==[ \t]+([a-z][a-z0-9_]*)[ \t]*$", re.MULTILINE)
_SPACES = re.compile(r"[ \t]+")
"""Hard spaces stay: they keep room for what is written by hand."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


class ReportTextError(Exception):
    """A text is missing or broken: the administrator can mend it where it is an own copy."""


class Texts:
    """The parts of one file. `override` is the folder `letters.templates` of the settings. Raises ReportTextError."""

    def __init__(self, name: str, locale: str, override: Path | None = None) -> None:
        if locale not in LOCALES:
            raise ReportTextError(f"there is no report in {locale!r}; there are: {', '.join(LOCALES)}")
        self._file = f"reports/{locale}/{name}.txt"
        self._source = _read(self._file, override)
        self._english = locale == "en"

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        pieces = _PART.split(self._source)
        return dict(zip(pieces[1::2], pieces[2::2], strict=True))

    def lines(self, part: str, **values: object) -> tuple[str, ...]:
        """The paragraphs of a part, each one line without control characters. Raises ReportTextError."""
        source = self._parts.get(part)
        if source is None:
            raise ReportTextError(f"the text {self._file} has no part “== {part}”")
        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        environment.filters |= self._filters()
        try:
            filled = environment.from_string(source).render(values)
        except _FAULTS as error:
            raise ReportTextError(f"the text {self._file}, part “== {part}”: {error}") from error
        return tuple(clean for line in filled.split("\n") if (clean := _SPACES.sub(" ", line).strip(" \t\r")))

    def line(self, part: str, **values: object) -> str:
        """The paragraphs of a part as one."""
        return " ".join(self.lines(part, **values))

    def _filters(self) -> dict[str, Callable[..., str]]:
        return {"line": one_line, "number": self.number, "day": self.day, "count": self.count}

    def number(self, value: int | Decimal) -> str:
        """1.200.000 and 85,50 in Vietnamese, 1,200,000 and 85.50 in English."""
        text = f"{value:,}"
        return text if self._english else text.translate(str.maketrans(",.", ".,"))

    def count(self, value: int) -> str:
        """Two figures at least, as official Vietnamese writes small numbers."""
        return self.number(value) if self._english or value >= 10 else f"{value:02d}"

    def day(self, value: date) -> str:
        """05/3/2021: official Vietnamese writes a nought before days under ten, and before January and February."""
        if self._english:
            return f"{value.day} {value:%B %Y}"
        month = f"{value.month:02d}" if value.month < 3 else str(value.month)
        return f"{value.day:02d}/{month}/{value.year}"


def unused_texts(override: Path | None) -> tuple[str, ...]:
    """Files among the own texts that no report asks for, because their path is misspelt: for `hoso check`."""
    if override is None:
        return ()
    shipped = resources.files("templates")
    own = (path.relative_to(override) for path in sorted((override / "reports").rglob("*")) if path.is_file())
    return tuple(name.as_posix() for name in own if not shipped.joinpath(*name.parts).is_file())


def one_line(text: object) -> str:
    """One line without control characters and marks that turn the direction of text."""
    return " ".join(_UNSEEN.sub(" ", str(text)).split())


def _read(file: str, override: Path | None) -> str:
    own = override / file if override is not None else None
    found = own if own is not None and own.is_file() else resources.files("templates").joinpath(*file.split("/"))
    try:
        return found.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportTextError(f"the text {file} cannot be read as UTF-8 text: {error}") from error
