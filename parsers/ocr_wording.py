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
_MISREAD_LABELS = (
    (re.compile(r"k\w{1,2}h\s?g\w{1,4}(?=\s?:)"), "Kính gửi"),
    (re.compile(r"n\wi\s?nh?\wn(?=\s?:)"), "Nơi nhận"),
    (re.compile(r"v[il1|w/]{1,2}[vw](?=\s)|v/(?=\s+de nghi\b)"), "V/v"),
)
_WHOLE_LINES = {"totrinh": ("TỜ TRÌNH", 1), "cdcs": ("CĐCS", 0)}
"""In capitals on a line of their own: one letter may be misread, and so many may be missing or too many."""
_ALIKE = str.maketrans({"§": "S", "$": "S", "0": "O"})
_DIRT_BEFORE = re.compile(r"\A(?:(?:(?:[^\w\s(\[“\"'+/-]|_)+\s+)+|[„‚,.;:~^|`]+)(?=\w)")
_DIRT_BEHIND = re.compile(r"(?<=[^\W\d_]{2})(?:\s*(?:[^\w\s)\]”\"'+/%-]|_))+\Z")
"""Around a line in capitals: specks, and what is left of a line drawn under it."""
_LEADER = re.compile(r"\A_+(?=[^\W_]{2})")
"""A line that is drawn beside the first letter."""
_APART = (
    "công đoàn", "cơ sở", "bệnh viện", "trung tâm", "đa khoa", "thành phố", "chi cục", "văn phòng", "cđcs",
    "y tế huyện", "y tế",
)  # fmt: skip
_RUN_TOGETHER = {plain(phrase).replace(" ", ""): phrase.upper() for phrase in _APART}
_TOGETHER = re.compile("|".join(_RUN_TOGETHER))
"""In capitals; no other words of the language hold these letters without a blank."""
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
    text = _LEADER.sub("", text)
    if (whole := _whole_line(text)) is not None:
        return whole
    if text.isupper() and len(letters_of(text)) > 1:
        text = _DIRT_BEHIND.sub("", _DIRT_BEFORE.sub("", text))
    text = _parted(text)
    folded = plain(text)
    for phrase in _FOUND.finditer(folded):
        if text[phrase.start() : phrase.end()].isupper():
            text = text[: phrase.start()] + _SPELT[phrase.group()] + text[phrase.end() :]
    label = _LABEL.match(folded)
    if label is not None and not text[: label.end()].isupper():
        text = _LABELS[label.group()] + text[label.end() :]
    for pattern, meant in _MISREAD_LABELS:
        found = pattern.match(plain(text))
        if found is not None:
            text = meant + text[found.end() :]
    for misread, meant in _SYMBOLS:
        text = misread.sub(meant, text)
    return text


def _parted(text: str) -> str:
    """With the blanks that Tesseract left out between words in capitals: "CÔNGĐOÀNCOSỞ"."""
    parts, end, folded = [], 0, plain(text)
    for found in _TOGETHER.finditer(folded):
        before, behind = folded[: found.start()][-1:].isalpha(), folded[found.end() :][:1].isalpha()
        alone = found.group() == "cdcs" and (before or not behind)
        if text[found.start() : found.end()].isupper() and not alone:
            spelt = _RUN_TOGETHER[found.group()]
            parts += [
                text[end : found.start()],
                " " * before,
                spelt,
                " " * (behind and not _TOGETHER.match(folded, found.end())),
            ]
            end = found.end()
    return "".join((*parts, text[end:]))


def _whole_line(text: str) -> str | None:
    """What a short line in capitals can mean alone."""
    letters = letters_of(text.translate(_ALIKE))
    capitals = sum(map(str.isupper, text.translate(_ALIKE)))
    for meant, (spelt, longer) in _WHOLE_LINES.items():
        near = abs(len(letters) - len(meant)) <= longer and capitals >= len(meant) - 1
        if near and _differ_by_one(letters, meant):
            return spelt
    return None


def _differ_by_one(one: str, other: str) -> bool:
    """By one letter at most: another one, one too many, one missing."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    start = next((place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return longer[start + 1 :] == shorter[start + (len(shorter) == len(longer)) :]
