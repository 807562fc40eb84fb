"""The digest as a page and as plain text: the same words, received text escaped in the one and on one line in both."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from dossier.digest import URGENT, Digest

LOCALES = ("vi", "en")
_LONGEST = 300
"""Characters of one received text: an error or an address may be of any length."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RenderedDigest:
    html: str
    """A whole document that asks for nothing else."""
    text: str


def render_digest(digest: Digest, locale: str) -> RenderedDigest:
    """`locale` is one of LOCALES; times are shown in the campaign's zone. Raises ValueError for another locale."""
    if locale not in LOCALES:
        raise ValueError(f"there is no digest in {locale!r}; there are: {', '.join(LOCALES)}")
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"at": _shown(ZoneInfo(digest.zone)), "line": _line}
    html, text = (
        environment.get_template(name).render(digest=digest, locale=locale, urgent=URGENT)
        for name in ("body.html", "body.txt")
    )
    return RenderedDigest(html, text.strip() + "\n")


def _source(name: str) -> str | None:
    found = resources.files("templates").joinpath("digest", *name.split("/"))
    return found.read_text("utf-8") if found.is_file() else None


def _shown(zone: ZoneInfo) -> Callable[[datetime], str]:
    return lambda at: at.astimezone(zone).strftime("%H:%M, %d/%m/%Y")


def _line(text: str) -> str:
    """One line without control characters and marks that turn the direction of text, not too long."""
    one = " ".join(_UNSEEN.sub(" ", text).split())
    return one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…"
