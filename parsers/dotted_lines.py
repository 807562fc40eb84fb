"""Dotted lines of printed forms: before, around, behind and under what was typed on them (FORMS.md)."""

import re

_LONG = r"[.·]{4,}|(?:[.·][ \t]){3,}[.·]|…[ \t]?(?:[.…][ \t]?)+|(?:_[ \t]?){3,}"
"""A line that was drawn: ".....", ". . . . .", "……", "_ _ _"."""
_AT_HEAD = re.compile(rf"\A(?:(?:{_LONG}|…)\s*)+")
_AT_END = re.compile(rf"\s*(?:(?:{_LONG}|…)\s*)+\Z")
_AMID = re.compile(rf"\s*(?:{_LONG})\s*")
_ENDS = re.compile(rf"(?:{_LONG}|…)\s*\Z")
_QUESTION = re.compile(rf"\s*([^\W\d_][^:….·_]{{2,80}}?)\s*(?:{_LONG})\s*(.*)")
LONG = _LONG
"""A pattern of what parts two questions of one line as well."""


def without_dots(text: str) -> str:
    """What was typed, line by line: "………… Nguyễn Văn An ……" is "Nguyễn Văn An"; a line of dots alone is left out."""
    if not any(sign in text for sign in ".…_·"):
        return text
    lines = text.split("\n")
    bare = [_AMID.sub(" ", _AT_END.sub("", _AT_HEAD.sub("", line))) for line in lines]
    return "\n".join(new for new, line in zip(bare, lines, strict=True) if new.strip() or not line.strip())


def ends_dotted(text: str) -> bool:
    """Whether the dotted line goes on behind a text: then its answer ends there."""
    return _ENDS.search(text) is not None


def asked_by_dots(text: str) -> tuple[str, str] | None:
    """Label and answer where dots stand for the colon: "Họ và tên ......... Nguyễn Văn An"."""
    found = _QUESTION.fullmatch(text)
    return (found[1], found[2]) if found is not None else None
