"""What a person is shown of a file: its pages as pictures, and what was read in it."""

from dataclasses import dataclass

from parsers.content import Content


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page."""

    number: int
    width: float
    """Points."""
    height: float
    as_read: bool
    """A scan, made black on white and straight; else as the file draws it."""
    webp: str
    """Base64."""


@dataclass(frozen=True, slots=True)
class View:
    """One file, to be shown."""

    part: str
    content: Content | None
    """What was read, with its places; None where nothing was."""
    pages: tuple[PageImage, ...] = ()
    note: str = ""
    """Why pages are not shown, in English."""
    printed: Content | None = None
    """What its pages say, with their own places, where another program made pages of it."""
