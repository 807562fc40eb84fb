"""Which letter answers a message, if any. A person may still send what was held back, save to a machine."""

from collections.abc import Mapping

from dossier.assessment import reply_of
from dossier.findings import CAMPAIGN_UNCLEAR
from dossier.letter import LetterKind
from dossier.model import Assessment, Reply, Verdict

_LETTERS: Mapping[tuple[Reply, bool], LetterKind] = {
    (Reply.ACKNOWLEDGEMENT, True): LetterKind.ACKNOWLEDGEMENT,
    (Reply.DEFICIENCY, True): LetterKind.DEFICIENCY,
    (Reply.ACKNOWLEDGEMENT, False): LetterKind.UNVERIFIED_ACKNOWLEDGEMENT,
    (Reply.DEFICIENCY, False): LetterKind.UNVERIFIED_DEFICIENCY,
}


def letter_kind(message: Assessment, dossier: Assessment | None = None) -> LetterKind | None:
    """The letter that goes out by itself; None for none.

    `message` is judged alone and says whether an answer may go out and to whom; `dossier`, where the message joined
    one, says what the letter tells: what is still missing from the whole, not from this message. Where more than one
    campaign could be meant, no letter can say which documents and which deadline: a person answers.
    """
    if message.reply is Reply.NONE or _unclear(message):
        return None
    told = dossier.reply if dossier is not None and message.known_sender else message.reply
    return _LETTERS[(told, message.known_sender)]


_PERHAPS_PASSED_ON = frozenset({"Auto-Submitted", "automatic answer header", "List header", "Precedence"})
"""Marks of a machine that rules which pass a person's mail on set as well (FAULTS.md 5); the others are certain."""


def letter_by_hand(message: Assessment, dossier: Assessment | None = None) -> LetterKind | None:
    """The letter that a person may send where none went out by itself; None for a certain machine and for no dossier.

    Where more than one campaign could be meant there is none either, as above.
    """
    certain = bool(set(message.automatic) - _PERHAPS_PASSED_ON)
    if certain or message.verdict in (Verdict.IGNORED, Verdict.CORRESPONDENCE) or _unclear(message):
        return None
    told = dossier if dossier is not None and message.known_sender else message
    return _LETTERS[(reply_of(told.findings), message.known_sender)]


def _unclear(message: Assessment) -> bool:
    return any(one.code == CAMPAIGN_UNCLEAR for one in message.findings)
