"""The process that reads mail: started by `sandbox`, limited, without secrets; it knows two pipes and nothing else."""

import logging
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.model import Problem
from parsers.confinement import Gauge, allow_cpu, confine
from parsers.content import Content
from parsers.conversion import Converted, Form, PageKind, WordKind
from parsers.copies import Copier
from parsers.identify import Identity
from parsers.pace import Pace
from parsers.problem import UnreadableError
from parsers.reader import read_message
from parsers.views import View
from parsers.wire import HOLDS, ORDER, START, Channel, Done, Order, Start, Tag, WireError, dump_done

if TYPE_CHECKING:
    from parsers.viewing import Viewer

_MAX_ORDER = 64 << 20
_MAX_CONTENT = 1 << 31


def main() -> None:
    """Serves messages until the pipe ends. Standard input and output are the wire; what libraries print is lost."""
    channel = Channel(os.dup(0), os.dup(1))
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(silence, descriptor)
    _, payload = channel.receive(_MAX_ORDER)
    start = START.validate_json(payload)
    gauge = Gauge()
    holds = confine(start.process, gauge)
    channel.send(Tag.READY, HOLDS.dump_json(holds))
    os.dup2(silence, 2)
    logging.disable()  # nobody hears it, and what libraries write quotes the mail (P12)
    try:
        while True:
            _serve(channel, start, gauge)
    except WireError:  # the service is gone
        return


def _serve(channel: Channel, start: Start, gauge: Gauge) -> None:
    _, payload = channel.receive(_MAX_ORDER)
    order = ORDER.validate_json(payload)
    _, content = channel.receive(_MAX_CONTENT)
    allow_cpu(start.process.cpu_seconds)

    def opening(part: str) -> None:
        channel.send(Tag.OPENING, part.encode("utf-8", "replace"))

    def convert(kind: WordKind | PageKind, document: bytes) -> Converted:
        return _converted(channel, kind, document)

    views, copier = _viewer(order, opening, convert), Copier()
    try:
        submission = read_message(
            content,
            start.campaigns,
            skip=order.skip,
            only=order.only,
            progress=opening,
            limits=start.reading,
            trust_roots=start.trust_roots,
            convert=convert,
            show=views.show,
            keep=copier.keep if order.copy else None,
            pace=Pace(order.picture_seconds, lambda: channel.send(Tag.PAGE, b"")),
        )
        answer = dump_done(Done(submission, gauge.memory_held(), views.found(), tuple(copier.copies.values())))
    except WireError:
        raise
    except Exception as error:  # noqa: BLE001 - the boundary of one message: whatever fails, the next one is read
        channel.send(Tag.FAILED, _place_of(error).encode())
    else:
        channel.send(Tag.DONE, answer)


class _NoViews:
    """Where nobody asked for pictures."""

    def show(self, part: str, identity: Identity, file: bytes, content: Content | None) -> None:
        """Nothing is shown."""

    def found(self) -> tuple[View, ...]:
        return ()


def _viewer(
    order: Order, opening: Callable[[str], None], convert: Callable[[WordKind | PageKind, bytes], Converted]
) -> "Viewer | _NoViews":
    if not order.view:
        return _NoViews()
    from parsers.viewing import Viewer  # noqa: PLC0415 - draws pictures, and loads what it takes

    return Viewer(opening, order.skip, order.only, convert)


def _converted(channel: Channel, kind: WordKind | PageKind, document: bytes) -> Converted:
    """No program is started here: the service is asked. Raises UnreadableError as a Convert does."""
    channel.send(Tag.CONVERT, kind.encode())
    channel.send(Tag.CONTENT, document)
    tag, payload = channel.receive(_MAX_ORDER)
    if tag is not Tag.CONVERTED:
        raise UnreadableError(Problem.NOT_READ, payload.decode("utf-8", "replace"))
    _, content = channel.receive(_MAX_CONTENT)
    return Converted(Form(payload.decode()), content)


def _place_of(error: Exception) -> str:
    """Kind and place of a failure; never its text, which may quote the mail (P12)."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
