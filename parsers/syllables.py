"""Whether a word is written as Vietnamese syllables are: which beginnings, endings and tones go together.

A closed set, which text in other languages and text read in the wrong encoding hardly ever falls into. It holds what
the spelling allows, not what a dictionary lists.
"""

import re
import unicodedata

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay  ă ăc ăm ăn ăng ăp ăt  â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu  i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oc oi om on ong op ot oong ooc  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung uôc uôi uôm uôn uông uôt up ut  ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    uân uâng uât uây uê uêch uên uênh uơ uy uya uych uyên uyêt uynh uyt uyp uyn uyu
"""
_AFTER_Q = """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăt ân ât ây âng e en eo et ê ên ênh êt
    i ôc ơ y yên yêt ynh yt ych
"""
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_NOT_BEFORE_FRONT = frozenset({"c", "g", "ng"})
_FRONT = "eêiy"
_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_ONSET = re.compile(f"({'|'.join(sorted(_ONSETS.split(), key=len, reverse=True))})?(.+)")
_KNOWN_RHYMES = frozenset(_RHYMES.split())
_KNOWN_AFTER_Q = frozenset(_AFTER_Q.split())


def is_syllable(word: str) -> bool:
    """Whether Vietnamese could spell a syllable so, its tone mark anywhere, its capitals first or all over.

    "thÈm" is none: in TCVN3 it is "thẩm".
    """
    if not (word[1:].islower() or word.isupper() or len(word) == 1):
        return False
    bare, tones = _without_tone(word)
    if len(tones) > 1:
        return False
    split = _ONSET.fullmatch(bare)
    if split is None:
        return False
    onset, rhyme = split[1] or "", split[2]
    if onset == "gi" and _fits("", f"i{rhyme}", tones):  # "giêng" is gi and iêng, "giá" is gi and a
        return True
    return _fits(onset, rhyme, tones) or (bare == "gi" and bool(tones))


def _fits(onset: str, rhyme: str, tones: str) -> bool:
    if rhyme not in (_KNOWN_AFTER_Q if onset == "qu" else _KNOWN_RHYMES):
        return False
    if _STOPPED.search(rhyme) and tones not in ("'", "."):
        return False
    if onset == "g" and rhyme.startswith("i"):  # "gì", "gìn"
        return True
    return onset not in (_NOT_BEFORE_FRONT if rhyme[0] in _FRONT else _BEFORE_FRONT)


def _without_tone(word: str) -> tuple[str, str]:
    """The letters in lower case without their tone, and the tones that stood on them."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tones.append(_TONES[char])
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), "".join(tones)
