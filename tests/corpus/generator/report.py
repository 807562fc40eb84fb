"""The figures of a run as tables: in the terminal, and in docs/accuracy.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.generator.accuracy import Accuracy, Tally

BEGIN, END = "<!-- figures of {part}: written by make accuracy -->", "<!-- end of figures of {part} -->"
_SCANS, _PHOTOS, _LONG, _DIGITAL = "scan", "phone", "long", "digital"
_SHARES = (
    ("fields of digital documents", _DIGITAL, 0.99),
    ("fields of long lists, counted apart", _LONG, 0.99),
    ("fields of scans", _SCANS, 0.95),
    ("fields of phone photos", _PHOTOS, 0.90),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Which run the figures are of."""

    part: str
    first: int
    """Seed of the first dossier."""
    on: date


def groups(told: Accuracy) -> list[tuple[str, str, dict[str, Tally]]]:
    """(title, what is counted, tallies by name)."""
    return [
        ("made as", "documents", told.by_made),
        ("layout of digital documents", "documents", told.by_layout),
        ("field of digital documents", "values", told.by_field),
        ("shape of the mail", "messages", told.by_mail),
        ("story", "messages", told.by_story),
    ]


def bars(told: Accuracy) -> list[tuple[str, str, str, bool]]:
    """(what, figure, bar, reached) of every bar that the reading has to reach."""
    lines = []
    for what, kind, bar in _SHARES:
        share = _share(told, kind)
        if share is not None:
            lines.append((what, f"{share:.2%}", f"{bar:.0%}".replace("%", " %"), share >= bar))
    handed = len(told.pictures_handed)
    if told.pictures:
        what = "dossiers with pictures handed to a person"
        lines.append((what, f"{handed} of {told.pictures}", "1 in 5", handed * 5 <= told.pictures))
    lines.append(("messages without an answer", str(len(told.not_answered)), "0", not told.not_answered))
    lines.append(("accepted wrongly", str(len(told.accepted_wrongly)), "0", not told.accepted_wrongly))
    lines.append(("refused wrongly", str(len(told.refused_wrongly)), "0", not told.refused_wrongly))
    return lines


def _share(told: Accuracy, kind: str) -> float | None:
    """None where there was none of the kind."""
    tallies = [tally for made, tally in told.by_made.items() if _kind(made) == kind]
    fields = sum(tally.fields for tally in tallies)
    return sum(tally.right for tally in tallies) / fields if fields else None


def _kind(made: str) -> str:
    return next((kind for kind in (_SCANS, _PHOTOS, _LONG) if made.startswith(kind)), _DIGITAL)


def markdown(told: Accuracy, run: Told) -> str:
    """Everything that docs/accuracy.md tells of one run. A bar that nothing was judged by is left out."""
    lines = [BEGIN.format(part=run.part), "", f"{told.messages} dossiers, {told.pictures} of them with pictures, "]
    lines[-1] += f"seeds from {run.first} on, {run.on:%d %B %Y}."
    lines += ["", "| | | bar |", "|---|---|---|"]
    lines += [
        f"| {what} | {figure} | {bar}{'' if reached else ' — not reached'} |"
        for what, figure, bar, reached in bars(told)
    ]
    for title, things, tallies in groups(told):
        lines += ["", f"| {title} | {things} | judged | right |", "|---|---|---|---|", *_rows(tallies)]
    besides = f"Digital dossiers handed to a person without need: {len(told.others_handed)}. "
    besides += f"Messages with a warning that the truth does not hold: {len(told.idle_warnings)}."
    lines += ["", besides, "", END.format(part=run.part)]
    return "\n".join(lines)


def _rows(tallies: Mapping[str, Tally]) -> Iterator[str]:
    for name, tally in sorted(tallies.items()):
        yield f"| {name} | {tally.things} | {tally.fields} | {tally.share:.2%} |"


def put(page: Path, told: Accuracy, run: Told) -> None:
    """Write the figures between their two marks. Raises ValueError where the page has none."""
    text = page.read_text(encoding="utf-8")
    begin, end = BEGIN.format(part=run.part), END.format(part=run.part)
    if begin not in text or end not in text:
        raise ValueError(f"{page} has no place for the figures of {run.part}: {begin} … {end}")
    before, rest = text.split(begin, 1)
    page.write_text(before + markdown(told, run) + rest.split(end, 1)[1], encoding="utf-8")
