"""The words that dossiers are made of: one lexicon seen while developing, six held out until they were read."""

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_WHOLE = 0.2


@dataclass(frozen=True, slots=True)
class Topic:
    """What an initiative is about; its texts may speak of {thing}, {place}, {who}, {n}, {m}, {money}, {material}."""

    things: tuple[str, ...]
    purposes: tuple[str, ...]
    field: str
    sentences: tuple[str, ...]
    benefits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lists that combine into thousands of different sentences."""

    families: tuple[str, ...]
    middles: tuple[str, ...]
    given: tuple[str, ...]
    degrees: tuple[str, ...]
    """Before a signer's name: "BS.CKII."."""
    positions: tuple[str, ...]
    departments: tuple[str, ...]
    topics: tuple[Topic, ...]
    materials: tuple[str, ...]
    people: tuple[str, ...]
    links: tuple[str, ...]
    """Beginnings of a second sentence: "Nhờ đó"."""
    outcomes: tuple[str, ...]
    inside: tuple[str, ...]
    """Forms of a time of application within the window; {d}, {dd}, {m}, {mm} are a day and a month of it."""
    outside: tuple[str, ...]
    unclear: tuple[str, ...]
    headers: dict[str, tuple[str, ...]]
    """Column key → how unions head that column."""
    unknown_columns: tuple[tuple[str, tuple[str, ...]], ...]
    """Columns that no campaign asks for, with what stands in them."""
    sections: tuple[str, ...]
    table_titles: tuple[tuple[str, ...], ...]
    """Each over one or two lines."""
    abstracts: tuple[tuple[str, ...], ...]
    addressees: tuple[str, ...]
    bodies: tuple[str, ...]
    """What the memo says; {count} is how many initiatives, {union} who says so."""
    grounds: tuple[str, ...]
    closings: tuple[str, ...]
    recipients: tuple[tuple[str, ...], ...]
    greetings: tuple[str, ...]
    """Own words of a mail that need not announce anything."""
    announcing: tuple[str, ...]
    thanks: tuple[str, ...]
    subjects: tuple[str, ...]
    memo_files: tuple[str, ...]
    """Names without suffix."""
    table_files: tuple[str, ...]
    both_files: tuple[str, ...]
    strangers: tuple[str, ...]
    """Unions of no roster."""
    numbers: tuple[str, ...] = ("{}", "{}", "{:02d}", "{}.")
    """How rows are numbered."""
    broken_titles: float = 0
    """Share of the titles that are broken by hand within their cell."""
    shares: float = 0
    """Share of the co-authors that are told with their percentages."""
    groups: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Keys of columns under a common header; here and below (): those of the code."""
    symbols: tuple[str, ...] = ()
    parents: tuple[tuple[str, ...], ...] = ()
    signing: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Lines of authority over the signer's position."""
    issuers: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """How co-authors are parted: see initiatives."""
    honorifics: tuple[str, ...] = ()
    """Before an author's name."""
    whole_names: tuple[str, ...] = ()
    """Of people whose names are built otherwise; some of all people bear one."""
    capitals: float = 0
    """Share of the rows whose authors are written in capitals."""
    days: tuple[str, ...] = ()
    """Forms of a memo's place and day; {place}, {d}, {dd}, {m}, {mm}, {y}."""
    places: tuple[str, ...] = ()
    """Where memos are written."""


@lru_cache(maxsize=7)
def lexicon(part: str) -> Lexicon:
    """That of a part, from its YAML file. Raises TypeError where a list is missing or unknown."""
    read = yaml.safe_load((Path(__file__).parent / f"{part}.yaml").read_text(encoding="utf-8"))
    read["topics"] = [Topic(**{key: _frozen(value) for key, value in topic.items()}) for topic in read["topics"]]
    return Lexicon(**{key: _frozen(value) for key, value in read.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return {key: _frozen(one) for key, one in value.items()} if isinstance(value, dict) else value


def person(rng: random.Random, words: Lexicon) -> str:
    """A name of three or four words; about one in eight has two."""
    if words.whole_names and rng.random() < _WHOLE:
        return rng.choice(words.whole_names)
    given = rng.choice(words.given)
    middle = rng.choice(words.middles)
    if rng.random() < 0.12:
        return f"{rng.choice(words.families)} {given}"
    if rng.random() < 0.3:
        middle = f"{middle} {rng.choice([name for name in words.given if name != given])}"
    return f"{rng.choice(words.families)} {middle} {given}"


def money(rng: random.Random) -> str:
    """A sum as people write it."""
    millions = rng.choice([3, 4.5, 8, 12, 27, 36, 64, 115, 240, 980])
    forms = [
        f"{int(millions * 1_000_000):,} đồng".replace(",", "."),
        f"{int(millions * 1_000_000):,}đ".replace(",", "."),
        f"{millions:g} triệu đồng".replace(".", ","),
        f"{millions:g} triệu/năm".replace(".", ","),
        f"{millions:g} triệu đồng/quý".replace(".", ","),
    ]
    if millions > 100:
        forms.append(f"{millions * 10 / 1000:.1f} tỷ đồng".replace(".", ","))
    return rng.choice(forms)


def filled(rng: random.Random, words: Lexicon, template: str, thing: str = "") -> str:
    """A template with its blanks filled."""
    n = rng.randint(2, 48)
    return template.format(
        thing=thing[:1].lower() + thing[1:] if thing else "",
        place=rng.choice(words.departments),
        who=rng.choice(words.people),
        n=n,
        nn=f"{n:02d}",
        m=n + rng.randint(3, 60),
        percent=rng.choice([7, 12, 18, 25, 33, 40, 55, 62, 85, 98]),
        money=money(rng),
        material=rng.choice(words.materials),
    )
