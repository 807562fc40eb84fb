"""The figures of a run as tables: in the terminal, and in docs/accuracy.md."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.generator.accuracy import Accuracy, Tally

BEGIN, END = "<!-- figures of {part}: written by make accuracy -->", "<!-- end of figures of {part} -->"
_SCANS, _PHOTOS = "scan", "phone"


def bars(told: Accuracy) -> list[tuple[str, str, str, bool]]:
    """(what, figure, bar, reached) of every bar that the reading has to reach."""
    digital, scans, photos = (_share(told, kind) for kind in ("digital", _SCANS, _PHOTOS))
    handed = len(told.pictures_handed)
    return [
        ("fields of digital documents", f"{digital:.2%}", "99 %", digital >= 0.99),
        ("fields of scans", f"{scans:.2%}", "95 %", scans >= 0.95),
        ("fields of phone photos", f"{photos:.2%}", "90 %", photos >= 0.90),
        (
            "dossiers with pictures handed to a person",
            f"{handed} of {told.pictures}",
            "1 in 5",
            handed * 5 <= told.pictures,
        ),
        ("accepted wrongly", str(len(told.accepted_wrongly)), "0", not told.accepted_wrongly),
        ("refused wrongly", str(len(told.refused_wrongly)), "0", not told.refused_wrongly),
    ]


def _share(told: Accuracy, kind: str) -> float:
    tallies = [tally for made, tally in told.by_made.items() if _kind(made) == kind]
    fields = sum(tally.fields for tally in tallies)
    return sum(tally.right for tally in tallies) / fields if fields else 1.0


def _kind(made: str) -> str:
    return next((kind for kind in (_SCANS, _PHOTOS) if made.startswith(kind)), "digital")


def markdown(told: Accuracy, part: str) -> str:
    """Everything that docs/accuracy.md tells of one part."""
    lines = [BEGIN.format(part=part), "", f"{told.messages} dossiers, {told.pictures} of them with pictures.", ""]
    lines += ["| | | bar |", "|---|---|---|"]
    lines += [
        f"| {what} | {figure} | {bar}{'' if reached else ' — not reached'} |"
        for what, figure, bar, reached in bars(told)
    ]
    lines += ["", "| made as | documents | fields | right |", "|---|---|---|---|", *_rows(told.by_made)]
    lines += ["", "| shape of the mail | messages | judged | right |", "|---|---|---|---|", *_rows(told.by_mail)]
    lines += ["", "| story | messages | judged | right |", "|---|---|---|---|", *_rows(told.by_story)]
    besides = f"Digital dossiers handed to a person without need: {len(told.others_handed)}. "
    besides += f"Messages with a warning that the truth does not hold: {len(told.idle_warnings)}."
    lines += ["", besides, "", END.format(part=part)]
    return "\n".join(lines)


def _rows(tallies: Mapping[str, Tally]) -> Iterator[str]:
    for name, tally in sorted(tallies.items()):
        yield f"| {name} | {tally.things} | {tally.fields} | {tally.share:.2%} |"


def put(page: Path, told: Accuracy, part: str) -> None:
    """Write the figures between their two marks. Raises ValueError where the page has none."""
    text = page.read_text(encoding="utf-8")
    begin, end = BEGIN.format(part=part), END.format(part=part)
    if begin not in text or end not in text:
        raise ValueError(f"{page} has no place for the figures of {part}: {begin} … {end}")
    before, rest = text.split(begin, 1)
    page.write_text(before + markdown(told, part) + rest.split(end, 1)[1], encoding="utf-8")
