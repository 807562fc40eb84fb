"""Numbers of a workbook as its cells show them (ECMA-376, part 1, 18.8.30), in Vietnamese notation: 1.200.000,5.

Only what people use in tables of text: grouping, decimals, padding with zeros, percent, words around the number, dates.
Anything else is shown plainly.
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    17: "mmm-yy",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    43: "#,##0.00",
}
"""Number of a format → its code, where it says more than "General" or a whole date (18.8.30)."""

_ASIDES = re.compile(r"\[[^\]]*\]|_.|\*.")
_PIECES = re.compile(r'"([^"]*)"|\\(.)|([#0?][#0?,.]*)|(%)|(.)')
_FIRST_WORDS = re.compile(r'\s*"\s*([^\W\d_][^"]{0,20}?)\s*"\s*[my]', re.IGNORECASE)
_PLAIN_SIGNS = frozenset(" -+()/:.,đ₫$")
_LARGEST_WHOLE = 10**15


def shown(value: Value, code: str = "") -> str:
    """What a cell of that format code shows; '' is the code "General"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return _moment(value, code)
    return _formatted(value, code) or _plain(value)


def _plain(number: float) -> str:
    if number == int(number) and abs(number) < _LARGEST_WHOLE:
        return str(int(number))
    return f"{number:.15g}"


def _moment(value: dt.date | dt.time | dt.timedelta, code: str) -> str:
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    letters = _date_letters(code)
    if letters and "d" not in letters:
        return _worded(code) + (value.strftime("%m/%Y") if "m" in letters else value.strftime("%Y"))
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        return value.strftime("%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y")


def _worded(code: str) -> str:
    """Words that the format of a month begins with: "Tháng " of `"Tháng "mm/yyyy`; "" for none."""
    found = _FIRST_WORDS.match(_ASIDES.sub("", code))
    return "" if found is None else f"{found[1]} "


def _date_letters(code: str) -> str:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.split(";", 1)[0]).lower()
    return "".join(letter for letter in bare if letter in "dmy") if "y" in bare else ""


def _formatted(number: float, code: str) -> str | None:
    """None where the code says nothing that we know."""
    section = _ASIDES.sub("", code.split(";", 1)[0])
    pattern, percent, around = "", False, ["", ""]
    for quoted, escaped, digits, sign, other in _PIECES.findall(section):
        if digits and not pattern:
            pattern = digits
        elif digits or (other and other not in _PLAIN_SIGNS):
            return None
        else:
            percent = percent or bool(sign)
            around[bool(pattern)] += quoted or escaped or sign or other
    if not pattern or not -_LARGEST_WHOLE < number < _LARGEST_WHOLE:
        return None
    text = _digits(abs(number) * (100 if percent else 1), pattern)
    return f"{'-' if number < 0 else ''}{around[0]}{text}{around[1]}".strip()


def _digits(number: float, pattern: str) -> str:
    whole_pattern, _, decimals = pattern.partition(".")
    places = Decimal(1).scaleb(-len(decimals))
    rounded = Decimal(repr(number)).quantize(places, rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    whole = whole.rjust(whole_pattern.count("0"), "0")
    if "," in whole_pattern:
        whole = f"{int(whole):,}".replace(",", ".")
    optional = len(decimals) - decimals.count("0")
    if optional:
        fraction = fraction[: decimals.count("0")] + fraction[decimals.count("0") :].rstrip("0")
    return f"{whole},{fraction}" if fraction else whole
