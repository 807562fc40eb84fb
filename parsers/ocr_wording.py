"""Words of every memo that Tesseract misreads by a mark or a letter, put right where nothing else can be meant."""

import re

from parsers.wording import letters_of, plain

_PHRASES = (
    "chủ tịch",
    "trưởng ban",
    "tờ trình",
    "thường vụ",
    "chấp hành",
    "công đoàn",
    "cộng hòa xã hội chủ nghĩa việt nam",
    "đồng nai",
)
"""In capitals; in running text the same letters may be other words ("công đoạn", "thương vụ")."""
_LONGEST_POSITION = 20
_SPELT = {plain(phrase): phrase.upper() for phrase in _PHRASES}
_FOUND = re.compile(rf"\b(?:{'|'.join(_SPELT)})\b")
_LABELS = {"kinh gui": "Kính gửi", "noi nhan": "Nơi nhận"}
_LABEL = re.compile(rf"(?:{'|'.join(_LABELS)})\b")
_POSITIONS = {
    "chutich": "CHỦ TỊCH",
    "hutich": "CHỦ TỊCH",
    "phochutich": "PHÓ CHỦ TỊCH",
    "hochutich": "PHÓ CHỦ TỊCH",
    "truongban": "TRƯỞNG BAN",
    "ruongban": "TRƯỞNG BAN",
}
"""Letters of a whole line in capitals: stamps take the first of them."""
_SYMBOLS = (
    (re.compile(r"(?<=/)(?:TI|T1|Tl|T\||1T|IT|lT)r(?=[-–\s]|$)"), "TTr"),
    (re.compile(r"(?<=TTr[-–])CĐ[ĐD](?=CS\b|\b)"), "CĐ"),
    (re.compile(r"\b(?<=BS\.)CK(?:H|IH|HI|TH|THI|Il|lI|ll|11|1I|I1)(?=\s)"), "CKII"),
)
"""(misread, meant): number symbols of memos, degrees of doctors."""


def mended(text: str) -> str:
    """The line with these spelt right; letter case and everything else stay."""
    if len(text) <= _LONGEST_POSITION and text.isupper() and (position := _POSITIONS.get(letters_of(text))):
        return position
    folded = plain(text)
    for found in _FOUND.finditer(folded):
        if text[found.start() : found.end()].isupper():
            text = text[: found.start()] + _SPELT[found.group()] + text[found.end() :]
    label = _LABEL.match(folded)
    if label is not None and not text[: label.end()].isupper():
        text = _LABELS[label.group()] + text[label.end() :]
    for misread, meant in _SYMBOLS:
        text = misread.sub(meant, text)
    return text
