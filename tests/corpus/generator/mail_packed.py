"""Mail whose files came in a RAR, a 7z or Outlook's winmail.dat (FORMS.md, "Mail"); of the part "seen" alone.

Other parts were drawn from their shapes before these came: with more to choose from, their dossiers would be others.
"""

from collections.abc import Callable
from email.message import Message

from corpus.generator.draft import Draft
from corpus.generator.mail_shapes import SHAPES, Attached, mixed_with, own_words, text_part
from support.archives import rar4, rar5, seven_zip, tnef

_FOLDERS = ("", "Ho so/", "Hồ sơ CĐCS/bản mềm/")


def rar(draft: Draft, files: list[Attached]) -> Message:
    """RAR 4 or RAR 5, stored: nothing free packs otherwise."""
    pack = draft.rng.choice((rar4, rar5))
    packed = pack(*_entries(draft, files))
    media_type = draft.rng.choice(("application/x-rar-compressed", "application/vnd.rar", "application/octet-stream"))
    name = draft.rng.choice(("Ho so.rar", "Hồ sơ sáng kiến.rar"))
    return mixed_with(text_part(own_words(draft)), [Attached(name, packed, media_type)])


def seven(draft: Draft, files: list[Attached]) -> Message:
    """By the system's libarchive."""
    packed = seven_zip(*_entries(draft, files), method=draft.rng.choice(("lzma1", "deflate", "bzip2")))
    return mixed_with(text_part(own_words(draft)), [Attached("HS.7z", packed, "application/x-7z-compressed")])


def winmail(draft: Draft, files: list[Attached]) -> Message:
    """As Outlook sends rich text to others: short names of old, long ones beside them; sometimes a message within."""
    named = [(f"FILE{number}~1.DAT", file.name, file.content) for number, file in enumerate(files, 1)]
    split = len(named) > 1 and draft.rng.random() < 0.3
    packed = tnef(*named[:1], embedded=tnef(*named[1:])) if split else tnef(*named)
    outer = [Attached("winmail.dat", packed, draft.rng.choice(("application/ms-tnef", "application/octet-stream")))]
    return mixed_with(text_part(own_words(draft)), outer)


def _entries(draft: Draft, files: list[Attached]) -> list[tuple[str, bytes]]:
    folder = draft.rng.choice(_FOLDERS)
    return [(folder + file.name, file.content) for file in files]


PACKED_SHAPES: dict[str, Callable[[Draft, list[Attached]], Message]] = {
    **SHAPES,
    "rar": rar,
    "7z": seven,
    "winmail.dat": winmail,
}
