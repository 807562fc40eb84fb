"""The page as HTML: one file, nothing from outside, no script but its own; all that was received is escaped."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from hoso.reading_page.model import MessageShown

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_FOLDER = "inspection"


def page(title: str, messages: Iterable[MessageShown]) -> Iterator[str]:
    """Piece by piece: memory holds one message at a time."""
    environment = _environment()
    style, script = _shipped("style.css"), _shipped("script.js")
    rules = f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}"
    yield environment.get_template("head.html").render(title=title, style=style, rules=rules)
    for message in messages:
        yield environment.get_template("message.html").render(message=message)
    yield environment.get_template("foot.html").render(script=script)


def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_shipped),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )


def _seen(value: object) -> object:
    """Characters that nobody sees, or that turn the direction of text, are shown for what they are."""
    return _HIDDEN.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _shipped(name: str) -> str:
    return resources.files("templates").joinpath(_FOLDER, name).read_text("utf-8")


def _hash(text: str) -> str:
    """As a Content-Security-Policy names what may run (CSP level 2, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
