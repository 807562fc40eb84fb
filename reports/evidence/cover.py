"""The cover of the evidence, for a person: what came, when, what was judged and why; what was received is escaped."""

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from dossier.campaign import Campaign

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def cover(record: Mapping[str, Any], campaign: Campaign, head: str, made_at: datetime) -> str:
    """One HTML page in Vietnamese: no script, nothing from outside. `record` is the bundle's dossier.json."""
    zone = ZoneInfo(campaign.zone)
    environment = Environment(
        loader=FunctionLoader(_shipped),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    environment.filters["moment"] = lambda text: _moment(text, zone)
    environment.filters["day"] = lambda text: f"{date.fromisoformat(text):%d/%m/%Y}" if text else "–"
    style = _shipped("evidence/style.css")
    rules = (
        f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
    )
    last = record["revisions"][-1] if record["revisions"] else None
    return environment.get_template("evidence/cover.html").render(
        record=record,
        campaign=campaign,
        last=last,
        head=head,
        made_at=made_at.isoformat(),
        style=Markup(style),  # noqa: S704 - our own file
        rules=rules,
    )


def _moment(text: str | None, zone: ZoneInfo) -> str:
    """To the second, in the campaign's zone."""
    return f"{datetime.fromisoformat(text).astimezone(zone):%H:%M:%S ngày %d/%m/%Y}" if text else "–"


def _seen(value: object) -> object:
    """Characters that nobody sees, or that turn the direction of text, are shown for what they are."""
    if value is None:
        return "–"
    return _HIDDEN.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _shipped(name: str) -> str:
    return resources.files("templates").joinpath(*name.split("/")).read_text("utf-8")
