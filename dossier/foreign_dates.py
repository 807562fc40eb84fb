"""Dates as the forms of foreign firms write them, told in numbers: "14-Apr-21", "Mar 5, 2021", "2021年3月15日"."""

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>[Jj]an(?:uary)?|JAN|[Ff]eb(?:ruary)?|FEB|[Mm]ar(?:ch)?|MAR|[Aa]pr(?:il)?|APR|May|MAY|"
    r"[Jj]une?|JUN|[Jj]uly?|JUL|[Aa]ug(?:ust)?|AUG|[Ss]ept?(?:ember)?|SEPT?|[Oo]ct(?:ober)?|OCT|[Nn]ov(?:ember)?|NOV|"
    r"[Dd]ec(?:ember)?|DEC)(?![^\W\d_])\.?"
)
"""A capital in May: "may" is a Vietnamese word, and so is "máy", which is not spelt with these letters."""
_BETWEEN = r"\s?[-/.,' ]?\s?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY_FIRST = re.compile(
    rf"(?<![\d/.-])(?P<day>\d{{1,2}}){_ORDINAL}{_BETWEEN}"
    rf"{_MONTH}{_BETWEEN}(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W_]){_MONTH}{_BETWEEN}(?:(?P<day>\d{{1,2}}){_ORDINAL}(?:,\s?|\s)(?=(?:19|20)\d\d))?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日일号])?"
)
_LONGEST = 500


def in_numbers(text: str) -> str:
    """A text whose English, Chinese, Japanese and Korean dates are in numbers, the rest as it was."""
    if len(text) > _LONGEST or not any(char.isdigit() for char in text):
        return text
    for form in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST):
        text = form.sub(_numbers, text)
    return text


def _numbers(found: re.Match[str]) -> str:
    day, month, year = found["day"], found["month"], found["year"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return f"{day}/{number}/{year}" if day else f"{number}/{year}"
