"""LetterFacts become a Letter: pure, the same facts and templates give the same words."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from dossier.findings import LATE
from dossier.letter import Attachment, Letter, LetterFacts
from notifier.cleaning import message_id, one_line, references
from notifier.points import Point
from notifier.templates import LetterTemplateError, Templates
from notifier.view import LetterView, view_of

_SENTENCES = "sentences.txt"
_WIDTH = 72
_SUBJECT_LIMIT = 160
_HANGING = re.compile(r"\s*(?:[-–•]|\d+[.)])\s+|\s+")


@dataclass(frozen=True, slots=True)
class Worded:
    """A point in the words of a locale."""

    what: str
    """Is wrong."""
    rows: tuple[str, ...]
    mend: str
    is_owed: bool
    """The sender is asked to send something, so it is said until when."""


def render(
    facts: LetterFacts,
    templates: Templates,
    locale: str = "vi",
    attachments: tuple[Attachment, ...] = (),
    *,
    every_sentence: bool = False,
) -> Letter:
    """The letter in the words of `locale`; `attachments` go along (the first is named as the blank form).

    With `every_sentence` those are tried, too, that this letter does not say: for checking templates.
    Raises LetterTemplateError where a template is missing or broken.
    """
    view = view_of(facts, attachments[0].file if attachments else "")
    context = _context(view, templates, locale, every_sentence=every_sentence)
    folder = facts.kind.value
    subject = templates.render(locale, f"{folder}/subject.txt", context)
    text = templates.render(locale, f"{folder}/body.txt", context)
    answered = message_id(facts.original_message_id)
    return Letter(
        kind=facts.kind,
        recipient=facts.recipient,
        subject=one_line(subject, _SUBJECT_LIMIT),
        text=wrapped(text),
        html=templates.render(locale, f"{folder}/body.html", context),
        attachments=attachments,
        in_reply_to=answered,
        references=references(facts.original_references, answered),
    )


def _context(view: LetterView, templates: Templates, locale: str, *, every_sentence: bool) -> Mapping[str, object]:
    """`letter`, `say` (the locale's sentences by name) and the points with their words, the same for text and HTML."""
    base: dict[str, object] = {"letter": view, "locale": locale}
    worded = {
        group: tuple(_worded(point, base, templates, locale) for point in points)
        for group, points in (
            ("deficiencies", view.deficiencies),
            ("reviews", view.reviews),
            ("warnings", view.warnings),
        )
    }
    base |= worded
    say = templates.blocks(locale, _SENTENCES, base)
    return {**base, "say": dict(say) if every_sentence else say}


def _worded(point: Point, base: Mapping[str, object], templates: Templates, locale: str) -> Worded:
    name = f"findings/{point.code}.txt"
    said = [templates.blocks(locale, name, {**base, "point": point, "row": row}) for row in point.rows]
    if lost := {"what", "mend"} - said[0].keys():
        raise LetterTemplateError(name, None, f"has no block {' and no block '.join(sorted(lost))}")
    rows = tuple(one["row"] for one in said if one.get("row"))
    if point.more and rows:
        rows = (*rows, f"… (+{point.more})")
    return Worded(said[0]["what"], rows, said[0]["mend"], point.code != LATE)


def wrapped(text: str, width: int = _WIDTH) -> str:
    """Lines of at most `width` characters, the lines of a list item indented under its words; addresses of pages stay
    whole; never more than one empty line together."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        bare = line.rstrip()
        if not bare:
            if lines and lines[-1]:
                lines.append("")
            continue
        start = _HANGING.match(bare)
        indent = " " * len(start[0]) if start else ""
        lines.extend(
            textwrap.wrap(bare, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        )
    return "\n".join(lines) + "\n"
