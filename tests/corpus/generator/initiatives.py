"""Invented initiatives: no two alike in thousands, and none of a real person."""

import random
from dataclasses import dataclass

from corpus.generator.lexicon import Lexicon, Topic, filled, person

LIMIT = 1_000
"""Characters that the portal takes (FORMS.md, "The programme")."""
_MONTHS = {2: "hai", 3: "ba", 4: "tư", 5: "năm"}
_ENGLISH = {2: "Feb", 3: "Mar", 4: "Apr", 5: "May"}
_BLOCKS = ("Hành chính sự nghiệp", "Doanh nghiệp")


@dataclass(frozen=True, slots=True)
class Initiative:
    """One row, before anyone decides which columns the table has. Lines within a cell are parted by line feeds."""

    author: str
    position: str
    title: str
    field: str
    block: str
    summary: str
    applied: str
    benefit: str

    def cell(self, key: str) -> str:
        return str(getattr(self, key))


def initiative(rng: random.Random, words: Lexicon, *, applied: str = "", long: bool = False) -> Initiative:
    """One that lacks nothing and was put into practice within the window, unless `applied` says otherwise."""
    topic = rng.choice(words.topics)
    thing = rng.choice(topic.things)
    authors, positions = _authors(rng, words)
    return Initiative(
        author="\n".join(authors),
        position="\n".join(positions),
        title=_title(rng, words, topic, thing),
        field=topic.field,
        block=rng.choice(_BLOCKS),
        summary=_summary(rng, words, topic, thing, long=long),
        applied=applied or inside(rng, words),
        benefit=filled(rng, words, rng.choice(topic.benefits)),
    )


def initiatives(rng: random.Random, words: Lexicon, count: int) -> list[Initiative]:
    """With titles that differ from each other."""
    made: list[Initiative] = []
    while len(made) < count:
        one = initiative(rng, words)
        if all(one.title != other.title for other in made):
            made.append(one)
    return made


def inside(rng: random.Random, words: Lexicon) -> str:
    """A time within February to May 2021, as people write it."""
    month = rng.randint(2, 5)
    day = rng.randint(1, 28)
    form = rng.choice(words.inside)
    words_ = {"mw": _MONTHS[month], "en": _ENGLISH[month]}
    return form.format(d=day, dd=f"{day:02d}", m=month, mm=f"{month:02d}", **words_)


def _authors(rng: random.Random, words: Lexicon) -> tuple[list[str], list[str]]:
    count = rng.choices([1, 2, 3], [80, 14, 6])[0]
    names = [person(rng, words) for _ in range(count)]
    if words.capitals and rng.random() < words.capitals:
        names = [name.upper() for name in names]
    if words.honorifics and rng.random() < 0.3:
        names = [f"{rng.choice(words.honorifics)}{name}" for name in names]
    if count > 1:
        mark = rng.choice(words.marks or ("", "- ", ";", ",", "1"))
        if words.marks:
            names = _marked(names, mark)
        elif mark == "- ":
            names = [f"- {name}" for name in names]
        elif mark == "1":
            names = [f"{number}. {name}" for number, name in enumerate(names, 1)]
        elif mark:
            names = [f"{name}{mark}" for name in names[:-1]] + names[-1:]
    places = rng.choice([1, count])
    if count > 1 and words.shares and rng.random() < words.shares:
        names = [f"{name.rstrip(';,')} ({100 // count}%)" for name in names]
    return names, [f"{rng.choice(words.positions)} {rng.choice(words.departments)}" for _ in range(places)]


def _marked(names: list[str], mark: str) -> list[str]:
    """Before each name where the mark ends with a blank, behind all but the last where it begins with one."""
    if mark.endswith(" "):
        return [f"{mark}{name}" for name in names]
    if mark == "a":
        return [f"{letter}) {name}" for letter, name in zip("abc", names, strict=False)]
    if mark.startswith("("):
        return [f"{names[0]} {mark}", *(f"{name} (cùng thực hiện)" for name in names[1:])]
    if mark == "*":
        return [f"{names[0]}*", *names[1:]]
    return [*(f"{name}{mark}" for name in names[:-1]), names[-1]]


def _title(rng: random.Random, words: Lexicon, topic: Topic, thing: str) -> str:
    purpose = filled(rng, words, rng.choice(topic.purposes))
    title = f"{thing} {purpose}".strip()
    if words.broken_titles and " " in title and rng.random() < words.broken_titles:
        parts = title.split(" ")
        cut = rng.randint(1, len(parts) - 1)
        title = f"{' '.join(parts[:cut])}\n{' '.join(parts[cut:])}"
    return title.upper() if rng.random() < 0.04 else title


def _summary(rng: random.Random, words: Lexicon, topic: Topic, thing: str, *, long: bool) -> str:
    """One to four sentences; `long`: over the portal's limit, else under it."""
    count = rng.choice([1, 2, 2, 3, 4])
    templates = rng.sample(topic.sentences, len(topic.sentences))
    text = ""
    while len(text) <= LIMIT + 40 if long else count:
        sentence = filled(rng, words, templates[count % len(templates)], thing)
        if rng.random() < 0.4:
            outcome = filled(rng, words, rng.choice(words.outcomes))
            sentence = f"{sentence} {rng.choice(words.links)}, {outcome}."
        if long or len(text) + len(sentence) < LIMIT - 10:
            text = f"{text} {sentence[:1].upper()}{sentence[1:]}".strip()
        count -= 1
    if " - " in text and rng.random() < 0.5:
        text = text.replace(". - ", ".\n- ")
    return text
