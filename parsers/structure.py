"""Bytes → tree of MIME parts (RFC 2045, 2046), bounded: no message nests, multiplies or swells beyond these limits.

The standard library's parser with its compat32 policy, which raised on none of 166 real messages where the modern one
raised on two; it asks its message class for the type of each part, and here the class answers within limits.
"""

import re
from dataclasses import dataclass, field
from email.errors import (
    CloseBoundaryNotFoundDefect,
    MissingHeaderBodySeparatorDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32, compat32
from typing import Any, cast

from typing_extensions import override

MAX_DEPTH = 25
"""A forward of a forward of a forward nests some ten deep."""
MAX_PARTS = 300
MAX_HEAD = 512 << 10
"""Bytes of the message's own headers; mail servers take 64 KiB to 256 KiB."""
MAX_HEADERS = 1_000
"""Of one part."""
MAX_VALUE = 64 << 10
MAX_MIME_VALUE = 8 << 10
"""Content-Type and Content-Disposition are split with a cost that grows with the square of their length."""

_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")
_PREFACE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]{0,80}\r?\n){0,80}(?=[!-9;-~]{1,80}:)")
"""What programs that save a mail as a file put before its first header: a byte order mark, empty lines."""
_WORD = re.compile(r"[\w-]+")
_NEXT_HEADER = re.compile(rb"\n(?![ \t])")
_DEFECTS = {
    CloseBoundaryNotFoundDefect: "a multipart has no closing boundary: the message may be cut off",
    NoBoundaryInMultipartDefect: "a multipart names no boundary",
    StartBoundaryNotFoundDefect: "a multipart's boundary was not found",
    MissingHeaderBodySeparatorDefect: "no blank line between the headers and the body",
}
"""Told to people; what else the standard library minds of mail is harmless."""


@dataclass(slots=True)
class Tally:
    """What the limits held back while one message was parsed."""

    parts: int = 0
    parts_dropped: int = 0
    headers_dropped: int = 0
    too_deep: int = 0
    defects: dict[str, None] = field(default_factory=dict)

    def problems(self) -> tuple[str, ...]:
        """In English, for people; empty for an ordinary message."""
        found = []
        if self.too_deep:
            found.append(f"nested more than {MAX_DEPTH} deep: what lies deeper was not opened")
        if self.parts_dropped:
            found.append(f"more than {MAX_PARTS} parts: {self.parts_dropped} were not opened")
        if self.headers_dropped:
            found.append("too many or too long headers: some were not read")
        return (*found, *self.defects)

    @property
    def cut(self) -> bool:
        """Some part of the message was never looked at."""
        return bool(self.too_deep or self.parts_dropped)


class BoundedMessage(Message):
    """A part that takes only so many headers and parts, and beyond MAX_DEPTH calls itself a leaf."""

    def __init__(self, policy: Compat32 = compat32) -> None:
        super().__init__(policy)
        self.tally = Tally()
        self.depth = 0
        self._headers_seen = 0
        self._decoded: bytes | None = None

    @override
    def set_raw(self, name: str, value: str) -> None:
        """Store a header as the parser found it, cut to its limit."""
        self._headers_seen += 1
        limit = MAX_MIME_VALUE if name.lower().startswith("content-") else MAX_VALUE
        if self._headers_seen > MAX_HEADERS or len(value) > limit:
            self.tally.headers_dropped += 1
        if self._headers_seen <= MAX_HEADERS:
            super().set_raw(name, value[:limit])

    @override
    def attach(self, payload: Any) -> None:
        """Take a part in; beyond MAX_PARTS it is only counted."""
        payload.tally = self.tally
        payload.depth = self.depth + 1
        self.tally.parts += 1
        if self.tally.parts > MAX_PARTS:
            self.tally.parts_dropped += 1
        else:
            super().attach(payload)

    @property
    def is_closed(self) -> bool:
        """A container that lies so deep that it is not looked into."""
        return self.depth >= MAX_DEPTH and super().get_content_type().startswith(("multipart/", "message/"))

    @override
    def get_content_type(self) -> str:
        """Lower case; a container that lies too deep is not told to be one."""
        return "application/octet-stream" if self.is_closed else super().get_content_type()

    def decoded(self) -> bytes:
        """A leaf's content without its transfer encoding (RFC 2045, 6); b'' for a container. Kept once made."""
        if self._decoded is None:
            encodings = self.get_all("content-transfer-encoding", [])
            word = _WORD.search(str(encodings[0])) if encodings else None
            if word and word.group() != str(encodings[0]):  # a comment or a parameter behind it
                self.replace_header("content-transfer-encoding", word.group())
            payload = self.get_payload(decode=True)
            self._decoded = payload if isinstance(payload, bytes) else b""
        return self._decoded

    @override
    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]


def parse(content: bytes) -> tuple[BoundedMessage, tuple[str, ...]]:
    """The tree of parts and what is wrong with it; raises nothing for any bytes (FAULTS.md 26-28)."""
    preface = _PREFACE.match(content)
    content, cut = _with_bounded_head(content[preface.end() :] if preface else content)
    root = cast(BoundedMessage, BytesParser(BoundedMessage, policy=compat32).parsebytes(content))
    for part in walk(root):
        root.tally.too_deep += part.is_closed
        for defect in part.defects:
            known = _DEFECTS.get(type(defect))
            if known and (part is root or not isinstance(defect, MissingHeaderBodySeparatorDefect)):
                root.tally.defects[known] = None
    problems = root.tally.problems()
    return root, (f"headers of more than {MAX_HEAD} bytes: the rest was not read", *problems) if cut else problems


def walk(part: BoundedMessage) -> list[BoundedMessage]:
    """The part and every part within it, in order; bounded by MAX_PARTS and MAX_DEPTH."""
    found = [part]
    for child in children(part):
        found.extend(walk(child))
    return found


def children(part: BoundedMessage) -> list[BoundedMessage]:
    """The parts of a multipart, or the message in a message/*; empty for a leaf."""
    held = part.get_payload() if part.is_multipart() else []
    return [child for child in held if isinstance(child, BoundedMessage)]


def _with_bounded_head(content: bytes) -> tuple[bytes, bool]:
    end = _BLANK_LINE.search(content)
    if (end.start() if end else len(content)) <= MAX_HEAD:
        return content, False
    ends = [found.start() for found in _NEXT_HEADER.finditer(content, 0, MAX_HEAD)]
    head = content[: ends[-1]] if ends else b""
    return head + b"\r\n\r\n" + (content[end.end() :] if end else b""), True
