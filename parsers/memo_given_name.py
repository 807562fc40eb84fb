"""Signers whose name does not look like one on its line: a given name alone ("Út"), a last word on the next line.

Any word of a form might be such a name, so it has to be all that stands under a position, in its column.
"""

from collections.abc import Sequence

from parsers.memo_layout import Segment, Side
from parsers.syllables import is_syllable
from parsers.wording import letters_of

_LONGEST = 8
"""Letters of a Vietnamese syllable: "Nghiêng" has seven."""
_NO_NAMES = frozenset(("luu", "ky", "da", "dau", "ten", "so", "ngay", "nam", "trang"))
"""Words of a form that may be left of a line under a stamp: "Ký", "(Đã …"."""


def given_name_alone(below: Sequence[Segment]) -> str | None:
    """The one word under a position; None where more stands there, or no word that may be a name.

    `below`: the lines of its column. What is in brackets ("(Đã ký)") is how it was signed.
    """
    left = [line.text.strip() for line in below if letters_of(line.text) and not line.text.lstrip().startswith("(")]
    return left[0] if len(left) == 1 and _may_be_name(left[0]) else None


def rest_of_name(below: Sequence[Segment], side: Side) -> str:
    """A last word that a narrow column has put under the others; '' for none. `side`: of the line above.

    Of a signature to the right, a long line reaches the middle of the page, and its last word does not.
    """
    if not below or (below[0].side is not side and side is not Side.WHOLE) or below[0].side is Side.WHOLE:
        return ""
    if side is Side.WHOLE and below[0].side is not Side.RIGHT:
        return ""
    text = below[0].text.strip()
    return text if text.isalpha() and text.istitle() and len(text) <= _LONGEST else ""


def _may_be_name(text: str) -> bool:
    known = letters_of(text) in _NO_NAMES
    return text.isalpha() and text.istitle() and len(text) <= _LONGEST and is_syllable(text.lower()) and not known
