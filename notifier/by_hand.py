"""A person's own words as a letter: the text as written, the same as HTML with nothing in it but paragraphs."""

from collections.abc import Iterable
from html import escape

from dossier.folding import nfc
from dossier.letter import Letter, LetterKind
from notifier.cleaning import message_id, one_line, references
from notifier.letters import wrapped

_SUBJECT_LIMIT = 160
_LINE_LIMIT = 2000


def by_hand(
    recipient: str, subject: str, text: str, answered: str | None = None, earlier: Iterable[str] = ()
) -> Letter:
    """`answered`, `earlier`: Message-ID and References of the message that it answers, as they were received."""
    lines = [_line(line) for line in nfc(text).splitlines()]
    checked = message_id(answered)
    return Letter(
        kind=LetterKind.BY_HAND,
        recipient=recipient,
        subject=one_line(subject, _SUBJECT_LIMIT),
        text=wrapped("\n".join(lines)),
        html=_html(lines),
        attachments=(),
        in_reply_to=checked,
        references=references(tuple(earlier), checked),
    )


def _line(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    cleaned = one_line(line, _LINE_LIMIT)
    return " " * indent + cleaned if cleaned else ""


def _html(lines: list[str]) -> str:
    """Paragraphs are parted by empty lines; what is written is never markup."""
    paragraphs = "\n".join(lines).strip("\n").split("\n\n")
    told = "\n".join(
        f"<p>{'<br>'.join(escape(line) for line in one.split(chr(10)) if line)}</p>"
        for one in paragraphs
        if one.strip()
    )
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"></head>'
        '<body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5; max-width: 640px">\n'
        f"{told}\n</body></html>\n"
    )
