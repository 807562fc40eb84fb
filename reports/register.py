"""The register as XLSX: a sheet for print, each union a row; what was received is text in it and never a formula."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dossier.register import RegisterRow
from dossier.validity import Part, Validity
from reports.printed import Column, Page, Value, workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS: Mapping[str, float] = {
    "no": 5,
    "union": 11,
    "name": 34,
    "code": 12,
    "arrival": 10,
    "verdict": 20,
    "received": 18,
    "complete": 9,
    "in_time": 9,
    "paper": 9,
    "no_complaint": 11,
    "no_dispute": 11,
    "valid": 9,
    "initiatives": 9,
    "findings": 44,
    "contact": 34,
}
_LEFT = frozenset({"name", "verdict", "findings", "contact"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the table."""

    organisation: str
    campaign: str
    at: datetime
    zone: ZoneInfo


def register_xlsx(rows: Iterable[RegisterRow], heading: Heading, words: Mapping[str, Any]) -> bytes:
    """`words`: "register" and "states" of `notifier.digest.digest_words`. Memory grows with the rows."""
    own: Mapping[str, Any] = words["register"]
    columns = tuple(Column(own["columns"][key], width, centred=key not in _LEFT) for key, width in _WIDTHS.items())
    page = Page(
        name=own["sheet"],
        title=own["title"].upper(),
        under=(heading.campaign, f"{own['as_of']} {_moment(heading.at, heading.zone)}"),
        above=((heading.organisation, ""),),
        columns=columns,
    )
    made = (_row(number, one, heading.zone, words) for number, one in enumerate(rows, 1))
    return workbook(((page, made),), creator=heading.organisation)


def _row(number: int, one: RegisterRow, zone: ZoneInfo, words: Mapping[str, Any]) -> Sequence[Value]:
    own, states = words["register"], words["states"]
    told = "ruled" if one.ruled else one.verdict.value if one.verdict is not None else ""
    values: dict[str, Value] = {
        "no": number,
        "union": one.union,
        "name": one.name,
        "code": one.code,
        "arrival": one.arrival,
        "verdict": own["verdicts"].get(told, told),
        "received": _moment(one.received_at, zone) if one.received_at is not None else None,
        "complete": _said(one.complete, own) if one.code else None,
        "in_time": _said(one.in_time, own) if one.code else None,
        "paper": _part(one.validity, Part.PAPER, own),
        "no_complaint": _part(one.validity, Part.NO_COMPLAINT, own),
        "no_dispute": _part(one.validity, Part.NO_DISPUTE, own),
        "valid": _said(one.validity.valid, own) if one.validity is not None else None,
        "initiatives": one.initiatives,
        "findings": "; ".join(str(states.get(code, code)) for code in one.findings),
        "contact": ", ".join(one.addresses),
    }
    return [values[key] for key in _WIDTHS]


def _part(validity: Validity | None, part: Part, own: Mapping[str, Any]) -> str | None:
    return _said(validity.part(part).holds, own) if validity is not None else None


def _said(value: bool | None, own: Mapping[str, Any]) -> str:
    """None: a person has to decide."""
    return str(own["open"] if value is None else own["yes"] if value else own["no"])


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M:%S %d/%m/%Y")
