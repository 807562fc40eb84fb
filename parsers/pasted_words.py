"""Words that a person types or pastes to search for: out of an old document they may come in the codes of its font."""

from parsers.legacy_fonts import has_look_alikes, has_unicode_vietnamese
from parsers.legacy_tables import Encoding, to_unicode, words_of
from parsers.syllables import is_syllable


def as_unicode(text: str) -> str:
    """The text; as one of the old encodings reads it where every word is Vietnamese then, and was not before.

    "BÖnh viÖn" (TCVN3) is "Bệnh viện". Raises nothing.
    """
    if not has_look_alikes(text) or has_unicode_vietnamese(text) or all(map(is_syllable, words_of(text))):
        return text
    for encoding in Encoding:
        read = to_unicode(text, encoding)
        if read != text and all(map(is_syllable, words_of(read))):
            return read
    return text
