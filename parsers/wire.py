"""What passes between the service and the process that reads: frames over pipes, JSON checked on arrival, no pickle."""

import fcntl
import os
import select
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from dossier.campaign import Campaign
from dossier.model import Submission
from parsers.copies import Copy
from parsers.limits import ProcessLimits, ReadingLimits
from parsers.pace import SECONDS
from parsers.views import View

_HEAD = struct.Struct(">BI")
_CHUNK = 1 << 20
_PIPE_SIZE = getattr(fcntl, "F_SETPIPE_SZ", 0)


class Tag(IntEnum):
    """What a frame holds."""

    START = 1
    """To the reading process: Start."""
    READ = 2
    """To it: Order; a CONTENT follows."""
    CONTENT = 3
    """To it: the raw message."""
    READY = 4
    """From it: tuple[Hold, ...]."""
    OPENING = 5
    """From it: the part that is opened next, UTF-8."""
    DONE = 6
    """From it: Done."""
    FAILED = 7
    """From it: what went wrong, UTF-8."""
    CONVERT = 8
    """From it: a WordKind, UTF-8; a CONTENT with the document follows."""
    CONVERTED = 9
    """To it: a Form, UTF-8; a CONTENT with the result follows."""
    UNCONVERTED = 10
    """To it: why not, UTF-8."""
    PAGE = 11
    """From it: a page was read from its picture, and it goes on."""


class WireError(Exception):
    """The other side broke off or sent what it may not."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One limit, and whether it holds on this machine."""

    name: str
    held: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Start:
    campaigns: tuple[Campaign, ...]
    process: ProcessLimits
    reading: ReadingLimits
    trust_roots: tuple[str, ...] = ()
    """Certificates (PEM) that those of digital signatures should lead to."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to read the message that follows: see `reader.read_message`."""

    skip: Mapping[str, str]
    only: tuple[str, ...] | None = None
    view: bool = False
    """The pages of its files are wanted as pictures."""
    copy: bool = False
    """Its files are wanted as they are, and nothing is read in them."""
    picture_seconds: float = SECONDS
    """For the pictures of all its files."""


@dataclass(frozen=True, slots=True)
class Done:
    submission: Submission
    memory: int
    """Bytes that the process holds now."""
    views: tuple[View, ...] = ()
    copies: tuple[Copy, ...] = ()


START: TypeAdapter[Start] = TypeAdapter(Start)
ORDER: TypeAdapter[Order] = TypeAdapter(Order)
HOLDS: TypeAdapter[tuple[Hold, ...]] = TypeAdapter(tuple[Hold, ...])
DONE: TypeAdapter[Done] = TypeAdapter(Done)


def dump_done(done: Done) -> bytes:
    """JSON; lone surrogates and NUL, which a text of a file may hold and no database takes, become U+FFFD."""
    try:
        data = DONE.dump_json(done)
    except PydanticSerializationError:
        data = b""
    if data and b"\\u0000" not in data:
        return data
    scrubbed: bytes = TypeAdapter(Any).dump_json(_scrubbed(DONE.dump_python(done)))
    return scrubbed


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_scrubbed(key): _scrubbed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_scrubbed(item) for item in value]
    return value


class Channel:
    """Frames over two pipes; every wait has an end where a deadline (time.monotonic) is given."""

    def __init__(self, source: int, target: int) -> None:
        self._source = source
        self._target = target
        for descriptor in (source, target):
            os.set_blocking(descriptor, False)
            if _PIPE_SIZE:
                _widen(descriptor)

    def send(self, tag: Tag, payload: bytes, deadline: float | None = None) -> None:
        """Raises WireError where the other side is gone, TimeoutError at the deadline."""
        for piece in (_HEAD.pack(tag, len(payload)), payload):
            view = memoryview(piece)
            while view:
                _wait(self._target, select.POLLOUT, deadline)
                try:
                    view = view[os.write(self._target, view) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise WireError("the other side is gone") from error

    def receive(self, limit: int, deadline: float | None = None) -> tuple[Tag, bytes]:
        """Raises WireError for the end of the pipe and for a frame above `limit`, TimeoutError at the deadline."""
        tag, length = _HEAD.unpack(self._exactly(_HEAD.size, deadline))
        if length > limit:
            raise WireError(f"a frame of {length} bytes, above the limit of {limit}")
        try:
            return Tag(tag), self._exactly(length, deadline)
        except ValueError as error:
            raise WireError(f"an unknown frame: {tag}") from error

    def close(self) -> None:
        os.close(self._source)
        os.close(self._target)

    def _exactly(self, length: int, deadline: float | None) -> bytes:
        found = bytearray()
        while len(found) < length:
            _wait(self._source, select.POLLIN, deadline)
            try:
                piece = os.read(self._source, min(length - len(found), _CHUNK))
            except BlockingIOError:
                continue
            except OSError as error:
                raise WireError("the other side is gone") from error
            if not piece:
                raise WireError("the other side is gone")
            found += piece
        return bytes(found)


def _wait(descriptor: int, event: int, deadline: float | None) -> None:
    poller = select.poll()
    poller.register(descriptor, event)
    left = None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000
    if not poller.poll(left):
        raise TimeoutError("no answer in time")


def _widen(descriptor: int) -> None:
    try:
        fcntl.fcntl(descriptor, _PIPE_SIZE, _CHUNK)
    except OSError:  # above what this user may ask for: slower, not wrong
        return
