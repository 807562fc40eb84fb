"""A Tờ trình: its facts, as people fill them in (FORMS.md, "The memo")."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.generator.lexicon import Lexicon, person

_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SYMBOLS = ("TTr-CĐCS", "TTr-CĐ", "TTr", "CĐCS", "TTr-BCH", "TTr-CĐBV", "TT-CĐCS")
_PLACES = ("Biên Hòa", "Đồng Nai", "Long Khánh", "Vĩnh Cửu", "Xuân Lộc", "Trảng Bom", "Tân Phú", "Nhơn Trạch", "Cẩm Mỹ")
_PARENTS = (
    ("CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI",),
    ("CĐN Y TẾ ĐỒNG NAI",),
    ("CÔNG ĐOÀN NGÀNH Y TẾ", "TỈNH ĐỒNG NAI"),
    ("LĐLĐ TỈNH ĐỒNG NAI",),
    ("LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐỒNG NAI",),
    ("LĐLĐ TỈNH ĐỒNG NAI", "CÔNG ĐOÀN NGÀNH Y TẾ"),
)
_SIGNING = (
    (("TM. BAN CHẤP HÀNH",), "CHỦ TỊCH"),
    (("TM. BAN CHẤP HÀNH",), "PHÓ CHỦ TỊCH"),
    (("TM. BCH CÔNG ĐOÀN",), "CHỦ TỊCH"),
    (("TM. BAN THƯỜNG VỤ",), "CHỦ TỊCH"),
    (("TM. BTV",), "PHÓ CHỦ TỊCH"),
    (("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH"),
    (("TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH"),
    (("TM. BAN CHẤP HÀNH",), "Q. CHỦ TỊCH"),
    (("TL. BAN CHẤP HÀNH",), "CHÁNH VĂN PHÒNG"),
    (("TM. BAN CHẤP HÀNH CĐCS",), "CHỦ TỊCH"),
    (("TM.BAN CHẤP HÀNH",), "CHỦ TỊCH"),
    (("TM. BAN CHẤP HÀNH",), "P. CHỦ TỊCH"),
    (("T/M BAN CHẤP HÀNH",), "CHỦ TỊCH"),
)
_ISSUERS = ("CĐCS {}", "CÔNG ĐOÀN CƠ SỞ|{}", "CĐCS {}", "CÔNG ĐOÀN {}", "BCH CÔNG ĐOÀN CƠ SỞ|{}", "CĐCS|{}")
_DAYS = (
    "{place}, ngày {d} tháng {m} năm {y}",
    "{place}, ngày {dd} tháng {m} năm {y}",
    "{place}, ngày {dd} tháng {mm} năm {y}",
    "{place} ngày {dd} tháng {m} năm {y}",
    "{place}, ngày {d}/{m}/{y}",
    "{place}, {dd}/{mm}/{y}",
)
_LONG_LINE = 26
"""Letters of an issuer's name that are still one line in its column."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the memo says; `truth` holds those of its fields that can be judged."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    """The whole line: "Số: 12/TTr-CĐCS"."""
    place_and_date: str
    type_name: str
    abstract: tuple[str, ...]
    addressee: tuple[str, ...]
    """The lines from "Kính gửi" on."""
    body: tuple[str, ...]
    authority: tuple[str, ...]
    title: str
    signer: str
    recipients: tuple[str, ...]
    other_signer: str = ""
    """Of the unit's head, where two sign."""
    clerk: str = ""
    """Who drew it up, where three sign."""
    abstract_above: bool = False
    """The abstract stands under the number, as in a letter."""
    truth: dict[str, str] = field(default_factory=dict)


def facts(rng: random.Random, words: Lexicon, union: str, day: date, count: int | None) -> Facts:
    """A memo of the union for `count` initiatives; None: it names no number."""
    issuer = issuer_lines(rng, union, words.issuers or _ISSUERS)
    number, number_truth = _number(rng, words.symbols or _SYMBOLS)
    place_and_date, place, day_truth = _place_and_date(rng, words, day)
    abstract = rng.choice(words.abstracts)
    addressee, addressee_truth = _addressee(rng, words)
    authority, title = rng.choice(words.signing or _SIGNING)
    degree = rng.choice(words.degrees) if rng.random() < 0.3 else ""
    signer = degree + person(rng, words)
    truth = {
        "issuer": " ".join(issuer),
        "number": number_truth,
        "place": place,
        "date": day_truth,
        "subject": " ".join(abstract),
        "addressee": addressee_truth,
        "signer": signer,
        "signer_title": title,
    }
    return Facts(
        parent=rng.choice(words.parents or _PARENTS),
        issuer=issuer,
        number=number,
        place_and_date=place_and_date,
        type_name=rng.choices(["TỜ TRÌNH", "T Ờ  T R Ì N H", "Tờ trình", "TỜ  TRÌNH"], [76, 8, 10, 6])[0],
        abstract=abstract,
        addressee=addressee,
        body=_body(rng, words, union, count),
        authority=authority,
        title=title,
        signer=signer,
        recipients=rng.choice(words.recipients),
        other_signer=person(rng, words),
        clerk=f"{words.families[0]} {words.middles[1]} {words.given[2]}",
        abstract_above=abstract[0].lower().startswith(("v/v", "về việc")) and rng.random() < 0.06,
        truth={key: value for key, value in truth.items() if value},
    )


def issuer_lines(rng: random.Random, union: str, forms: Sequence[str]) -> tuple[str, ...]:
    """How a union writes its own name, over one, two or three lines."""
    name = union.upper()
    form = rng.choice(forms)
    lines: list[str] = []
    for line in form.format(name).split("|"):
        if len(line) > _LONG_LINE and rng.random() < 0.5:
            words = line.split(" ")
            cut = rng.randint(2, len(words) - 2) if len(words) > 4 else len(words)
            lines += filter(None, [" ".join(words[:cut]), " ".join(words[cut:])])
        else:
            lines.append(line)
    return tuple(lines)


def _number(rng: random.Random, symbols: Sequence[str]) -> tuple[str, str]:
    """The line and what is read from it: a blank to be filled in by hand tells nothing."""
    symbol = rng.choice(symbols)
    if rng.random() < 0.1:
        return rng.choice((f"Số:      /{symbol}", f"Số: ……/{symbol}", f"Số:.../{symbol}", "Số: ........")), ""
    number = f"{rng.randint(1, 190):02d}/{symbol}"
    return rng.choice(("Số: {}", "Số: {}", "Số {}", "Số:{}")).format(number), number


def _place_and_date(rng: random.Random, words: Lexicon, day: date) -> tuple[str, str, str]:
    place = rng.choice(words.places or _PLACES)
    blank = rng.random()
    if blank < 0.06:
        return f"{place}, ngày      tháng {day.month} năm {day.year}", place, ""
    if blank < 0.1:
        return f"{place}, ngày … tháng … năm {day.year}", place, ""
    form = rng.choice(words.days or _DAYS)
    line = form.format(place=place, d=day.day, dd=f"{day.day:02d}", m=day.month, mm=f"{day.month:02d}", y=day.year)
    return line, place, day.isoformat()


def _addressee(rng: random.Random, words: Lexicon) -> tuple[tuple[str, ...], str]:
    """Several bodies have no one right wording: they are not judged."""
    kind = rng.choices(["one", "broken", "several", "below"], [76, 8, 10, 6])[0]
    first, second = rng.sample(words.addressees, 2)
    sign = rng.choice((":", ":", ": ", " :"))
    if kind == "one":
        return (f"Kính gửi{sign} {first}{rng.choice(('', '', '.'))}",), first
    if kind == "broken":
        head, tail = first.split(" ngành ", 1)
        return (f"Kính gửi: {head}", f"ngành {tail}"), first
    if kind == "below":
        return ("Kính gửi:", f"- {first}"), first
    return ("Kính gửi:", f"- {first};", f"- {second}."), ""


def _body(rng: random.Random, words: Lexicon, union: str, count: int | None) -> tuple[str, ...]:
    grounds = rng.sample(words.grounds, rng.randint(1, 2))
    counting = [text for text in words.bodies if "{count}" in text]
    plain = [text for text in words.bodies if "{count}" not in text]
    text = rng.choice(plain if count is None else counting)
    body = text.format(union=f"Công đoàn cơ sở {union}", count=_counted(rng, count or 0))
    return (*grounds, f"{body[:1].upper()}{body[1:]}", *rng.sample(words.closings, rng.randint(1, 2)))


def _counted(rng: random.Random, count: int) -> str:
    forms = [f"{count:02d}", str(count)]
    if count < len(_WORDS):
        forms += [f"{count:02d} ({_WORDS[count]})", _WORDS[count], f"{count} ({_WORDS[count]})"]
    return rng.choice(forms)
