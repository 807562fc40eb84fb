"""What the service says of itself: structlog, plain or one JSON object a line, in UTC (P12).

Secrets, email addresses and Message-IDs never reach a line, whoever logs and whatever library raised: unions go by
their code and messages by their digest. Lines of the standard library's `logging` pass through the same sieve.
"""

import logging
import logging.handlers
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

import structlog
from pydantic import BaseModel
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from structlog.typing import EventDict, Processor, WrappedLogger

from hoso.secret import Secret
from hoso.settings import Logs, Settings

_ADDRESS = re.compile(r"<?[^\s<>@\"'=:,;()\[\]]+@[^\s<>@\"'=:,;()\[\]]+>?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SECRET_KEY = re.compile(r"password|secret|token|credential|authorization", re.IGNORECASE)
_TALKATIVE = ("apscheduler", "alembic", "pymap", "mail.log", "asyncio", "imapclient", "pdfminer", "PIL", "mailparser")
"""Libraries whose everyday lines say nothing to an administrator."""


def configure(logs: Logs, secrets: Collection[str], stream: TextIO) -> None:
    """Send every line of the program to `stream`, or to the file that the settings name. Raises OSError."""
    handler: logging.Handler = (
        logging.handlers.WatchedFileHandler(logs.file, encoding="utf-8")
        if logs.file is not None
        else logging.StreamHandler(stream)
    )
    shared = _processors(secrets)
    colours = logs.file is None and stream.isatty()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(logs, colours)],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, structlog.stdlib.ProcessorFormatter):
            root.removeHandler(old)
            old.close()
    root.addHandler(handler)
    root.setLevel(logs.level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG if logs.level == "debug" else logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def secrets_of(settings: Settings) -> frozenset[str]:
    """Every secret of the settings, in each form that it may take in an error's text."""
    found = {text for secret in _secrets_in(settings) for text in (secret, _password_of(secret)) if text}
    return frozenset(
        form for text in found for form in (text, quote(text, safe=""), quote_plus(text), repr(text)[1:-1])
    )


def _secrets_in(model: BaseModel) -> list[str]:
    found: list[str] = []
    for _, value in model:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Secret):
                found.append(item.get_secret_value())
            elif isinstance(item, BaseModel):
                found += _secrets_in(item)
    return found


def _password_of(secret: str) -> str | None:
    """Of a database url: libraries print it apart from the rest."""
    try:
        return make_url(secret).password
    except ArgumentError:
        return None


def _processors(secrets: Collection[str]) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,  # a text from here on, without local variables: the sieve sees all of it
        sieve(secrets),
    ]


def _renderer(logs: Logs, colours: bool) -> Processor:
    if logs.json_lines:
        return structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)
    return structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)


def sieve(secrets: Collection[str]) -> Processor:
    """A processor that lets no secret and no address through, in no key and at no depth."""
    longest_first = sorted((secret for secret in secrets if secret), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def clean(text: str) -> str:
        if pattern is not None:
            text = pattern.sub("<secret>", text)
        return _CONTROLS.sub("\ufffd", _ADDRESS.sub("<address>", text))

    def process(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {
            key: value if key in ("_record", "_from_structlog") else _cleaned(value, clean, key)
            for key, value in event.items()
        }

    return process


def _cleaned(value: Any, clean: Callable[[str], str], key: str = "") -> Any:
    if _SECRET_KEY.search(key):
        return "<secret>"
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        text = clean(value)
        return text if key in ("exception", "stack") else " ".join(text.split("\n"))
    if isinstance(value, Mapping):
        return {clean(str(name)): _cleaned(item, clean, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cleaned(item, clean) for item in value]
    return clean(value.isoformat() if isinstance(value, date) else str(value))
