"""The digest as a page and as plain text: the same words, received text escaped in the one and on one line in both."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from dossier.digest import URGENT, Digest

LOCALES = ("vi", "en")
_LONGEST = 300
"""Characters of one received text: an error or an address may be of any length."""
_PAGE = 90_000
"""Bytes of the page: Gmail cuts off what is over 102 KB, and with it the head of the history."""
_LENGTHS = (50, 25, 12, 6, 3)
"""Entries of a list, the longest that fits."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RenderedDigest:
    html: str
    """A whole document that asks for nothing else, but its chart where that is a part of the mail."""
    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Where the page finds its chart, and how high it is when it is `width` pixels wide."""

    src: str
    height: int
    width: ClassVar[int] = 480


def render_digest(digest: Digest, locale: str, *, chart: Chart | None = None, register: str = "") -> RenderedDigest:
    """`locale` is one of LOCALES; times are shown in the campaign's zone. Raises ValueError for another locale.

    `register` is the name of the file that goes along.
    Lists are made shorter until the page is small enough for every mail program.
    """
    environment = _environment(locale, ZoneInfo(digest.zone))
    for most in _LENGTHS:
        shown = {
            "digest": digest,
            "locale": locale,
            "urgent": URGENT,
            "most": most,
            "chart": chart,
            "register": register,
        }
        html = environment.get_template("body.html").render(shown)
        if len(html.encode("utf-8", "replace")) - (len(chart.src) if chart else 0) <= _PAGE:
            break
    text = environment.get_template("body.txt").render(shown)
    words = _module(environment, locale)
    day = digest.until.astimezone(ZoneInfo(digest.zone)).strftime("%d/%m/%Y")
    return RenderedDigest(html, text.strip() + "\n", str(words.subject(digest, day)))


def digest_words(locale: str) -> Mapping[str, Any]:
    """Our own words for the chart and the register: "chart", "register" and "states" of findings by their codes."""
    module = _module(_environment(locale, ZoneInfo("UTC")), locale)
    return {name: getattr(module, name) for name in ("chart", "register", "states")}


@lru_cache(maxsize=16)  # compiling the templates takes longer than all the rest of a digest
def _environment(locale: str, zone: ZoneInfo) -> Environment:
    if locale not in LOCALES:
        raise ValueError(f"there is no digest in {locale!r}; there are: {', '.join(LOCALES)}")
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"at": _shown(zone), "line": _line}
    return environment


def _module(environment: Environment, locale: str) -> Any:
    return environment.get_template(f"{locale}/words.txt").module


def _source(name: str) -> str | None:
    found = resources.files("templates").joinpath("digest", *name.split("/"))
    return found.read_text("utf-8") if found.is_file() else None


def _shown(zone: ZoneInfo) -> Callable[[datetime], str]:
    return lambda at: at.astimezone(zone).strftime("%H:%M, %d/%m/%Y")


def _line(text: str) -> str:
    """One line without control characters and marks that turn the direction of text, not too long."""
    one = " ".join(_UNSEEN.sub(" ", text).split())
    return one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…"
