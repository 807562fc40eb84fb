"""Which column a header names where its words do not tell: by what stands in the cells under it.

A union words a header as nobody did before; the cells still hold names of people, dates, one of the campaign's choices.
And a header may begin as one of ours and mean another thing ("Thời gian công tác" are years of service): cells tell
that too. A mandatory column found by its cells alone is told to a person (promise P11).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, BLOCK, FIELD, POSITION, SUMMARY, TITLE
from dossier.folding import fold
from parsers.cell_kinds import begins_with_person, is_choice, is_effect, is_gain, is_person, is_post, is_time
from parsers.column_holders import (
    FITS,
    FITS_NOT,
    SURE,
    Told,
    may_ask_another_time,
    with_names_and_posts,
    without_false_holder,
    without_false_time,
)
from parsers.columns import ColumnNames, telling_words
from parsers.header_languages import glosses
from parsers.header_likeness import asks_when, is_cost, names_one, speaks_of
from parsers.posts_and_people import asks_for_post, may_be_posts, people_under
from parsers.summary_table_total import is_total
from parsers.titles_under import are_titles, with_title
from parsers.wording import holds_value, is_ordinal, words_of

_BELIEVED = {FIELD: SURE, BLOCK: SURE, AUTHOR: SURE, APPLIED: 0.5}
"""The same where the cells are of another kind: "Ngày công nhận" holds dates and is none of application."""
_LONG = 40
"""Letters of a usual cell of the summary, at the least."""
_MOST_TEXTS = 40
_USUAL = {POSITION: 120, FIELD: 90, APPLIED: 90}
"""Letters of their cells, at the most."""
_SOME = 0.2
_LEADERS = re.compile(r"\s*[.…_]{3,}\Z")
"""The dots of a printed form behind what was written on them."""


@dataclass(frozen=True, slots=True)
class Settled:
    keys: tuple[str | None, ...]
    doubts: tuple[str, ...] = ()


def settled(columns: Sequence[Told], names: ColumnNames) -> Settled:
    """The key of every column, words and cells taken together; each key once."""
    told = [replace(one, texts=_telling(one.texts)) for one in columns]
    keys = [None if one.lent else one.key for one in told]
    fits = _with_people(told, [_fits(one.texts, names) for one in told])
    for key in (AUTHOR, FIELD, BLOCK, APPLIED):
        keys = without_false_holder(key, told, keys, fits)
    keys = _without_false_title(told, keys, fits)
    if not any(key is None and _may_be_title(told[at], fits[at]) for at, key in enumerate(keys)):
        keys = with_title(told, keys, fits)
    keys = with_names_and_posts(told, keys, fits)
    keys = without_false_time(told, keys, fits)
    for number, one in enumerate(told):
        if one.key is not None and one.share < SURE and _means_another(one, fits[number]):
            keys[number] = None
    doubts = [
        f"“{one.label}” may ask for another time"
        for one, key in zip(told, keys, strict=True)
        if may_ask_another_time(one, key)
    ]
    for key in (FIELD, BLOCK, APPLIED, AUTHOR, SUMMARY, TITLE, BENEFIT, POSITION):
        place = None if key in keys or key not in names.known else _best(key, told, keys, fits)
        if place is None:
            continue
        keys[place] = key
        if key in names.mandatory and not _is_said(key, told[place], names):
            doubts.append(f"the column “{told[place].label}” was told by what stands in it alone")
    for key in (POSITION, BENEFIT, FIELD, *sorted(names.mandatory)):
        place = None if key in keys or key not in names.known else _spoken_of(key, told, keys, fits)
        if place is not None:
            keys[place] = key
    return Settled(_with_lent(told, keys), tuple(doubts))


def _with_lent(told: Sequence[Told], keys: Sequence[str | None]) -> tuple[str | None, ...]:
    """What a merged header says stands where neither words nor cells have told another column."""
    return tuple(
        one.key if one.lent and key is None and one.key not in keys else key
        for one, key in zip(told, keys, strict=True)
    )


def _spoken_of(
    key: str, told: Sequence[Told], keys: Sequence[str | None], fits: Sequence[Mapping[str, float]]
) -> int | None:
    """The one free column whose header's nouns are those of such a column, and whose cells say nothing else.

    A mandatory column is told so only where no cell has a text: then nothing hangs on it but what is asked; a time
    of use may be told in any words.
    """
    free = (place for place, other in enumerate(keys) if other is None and _speaks_of(told[place], key))
    likely = [place for place in free if _may_be(key, told[place].label, told[place].texts, fits[place])]
    fitting = [place for place in likely if fits[place].get(key, 0.0) >= _SOME]
    chosen = fitting if len(likely) > 1 else likely
    return chosen[0] if len(chosen) == 1 else None


def _speaks_of(one: Told, key: str) -> bool:
    if key == TITLE and names_one(one.label):
        return True
    return glosses(one.gloss, key) or (asks_when(one.label) if key == APPLIED else speaks_of(one.label, key))


def _may_be(key: str, label: str, texts: Sequence[str], fits: Mapping[str, float]) -> bool:
    if key not in (POSITION, BENEFIT, FIELD, APPLIED) or not texts:
        return all(map(is_ordinal, texts))
    if any(fit >= FITS for other, fit in fits.items() if other not in (key, POSITION, BENEFIT, FIELD)):
        return False
    usual = sum(map(len, texts)) / len(texts)
    if key == POSITION:
        told = fits[POSITION] >= _SOME and usual <= _USUAL[key]
        return told or (asks_for_post(label) and may_be_posts(texts, fits))
    if key == APPLIED:  # "Ngay sau khi được duyệt" answers it, and tells no day
        return usual <= _USUAL[key]
    if key == FIELD:
        return usual <= _USUAL[key] and not any(map(holds_value, texts)) and any(map(str.isalpha, texts[0]))
    return True


def _without_false_title(
    told: Sequence[Told], keys: Sequence[str | None], fits: Sequence[Mapping[str, float]]
) -> list[str | None]:
    """ "Những điểm chính của sáng kiến" is no title where another column is headed "Tên …"."""
    held = next((number for number, key in enumerate(keys) if key == TITLE), None)
    if held is None or told[held].share >= SURE or _begins_as_title(told[held].label):
        return list(keys)
    named = [
        number
        for number, key in enumerate(keys)
        if number != held
        and (key is None or told[number].share < SURE)
        and _begins_as_title(told[number].label)
        and _may_be_title(told[number], fits[number])
    ]
    only = len(named) == 1
    return [None if only and number in (held, *named) else key for number, key in enumerate(keys)]


def is_of_names(texts: Sequence[str]) -> bool:
    """Whether most of the texts are names of people."""
    texts = _telling(texts)
    return bool(texts) and _share([is_person(text) for text in texts]) >= FITS


def is_no_part_of_names(texts: Sequence[str]) -> bool:
    """Whether the texts are neither names nor pieces of them: posts, shares, numbers."""
    pieces = [word for text in texts for word in text.split()]
    return not pieces or _share([word[0].isupper() and word.isalpha() for word in pieces]) < SURE


def _telling(texts: Sequence[str]) -> tuple[str, ...]:
    """Without numbers of columns and hints in brackets."""
    kept = [
        text
        for one in texts[: 2 * _MOST_TEXTS]
        if words_of(text := _LEADERS.sub("", one.strip())) and text[0] + text[-1] != "()" and not is_total(fold(text))
    ]
    words = [text for text in kept if not is_ordinal(text)]
    return tuple(words if len(words) * 2 >= len(kept) else kept)


def _fits(texts: Sequence[str], names: ColumnNames) -> dict[str, float]:
    """Share of the cells that look like those of a column."""
    texts = texts[:_MOST_TEXTS]
    if not texts:
        return {}
    fits = {key: _share([is_choice(text, choices) for text in texts]) for key, choices in names.choices.items()}
    fits[APPLIED] = _share([is_time(text) for text in texts])
    fits[AUTHOR] = _share([is_person(text) or begins_with_person(text) for text in texts])
    fits[POSITION] = _share([is_post(text) for text in texts])
    fits[BENEFIT] = _share([is_effect(text) for text in texts])
    return fits


def _with_people(told: Sequence[Told], fits: list[dict[str, float]]) -> list[dict[str, float]]:
    """With names that only their header tells for such, where no column holds any that tell themselves."""
    if any(fit.get(AUTHOR, 0.0) >= FITS for fit in fits):
        return fits
    shares = [people_under(one.label, one.texts, fit) if fit else None for one, fit in zip(told, fits, strict=True)]
    return [fit if share is None else {**fit, AUTHOR: share} for fit, share in zip(fits, shares, strict=True)]


def _share(told: Sequence[bool]) -> float:
    return sum(told) / len(told)


def _means_another(one: Told, fits: Mapping[str, float]) -> bool:
    """Whether its cells are of another kind than its header promises."""
    if not one.texts or one.key is None:
        return False
    others = (fit for key, fit in fits.items() if one.share < _BELIEVED.get(key, 0.0) and key != one.key)
    if max(others, default=0.0) >= FITS and fits.get(one.key, 0.0) < FITS:
        return True
    if one.key == POSITION and asks_for_post(one.label) and may_be_posts(one.texts, fits):
        return False
    return one.key in (APPLIED, POSITION) and fits.get(one.key, 0.0) < FITS_NOT


def _best(
    key: str, told: Sequence[Told], keys: Sequence[str | None], fits: Sequence[Mapping[str, float]]
) -> int | None:
    """The one free column that is most like it; None where none is, or two are."""
    free = [place for place, other in enumerate(keys) if other is None and told[place].texts and told[place].label]
    if key == SUMMARY:
        posts = {place for place in free if fits[place][POSITION] >= FITS and speaks_of(told[place].label, POSITION)}
        posts -= {place for place in posts if speaks_of(told[place].label, SUMMARY)}
        return _longest(told, keys, [place for place in free if place not in posts])
    if key == BENEFIT:
        likely = [place for place in free if _is_gained(told[place], fits[place])]
        return likely[0] if len(likely) == 1 else None
    if key == TITLE:
        likely = [place for place in free if _may_be_title(told[place], fits[place])]
        return likely[0] if len(likely) == 1 else None
    fitting = [place for place in free if fits[place].get(key, 0.0) >= FITS]
    spoken = [place for place in fitting if glosses(told[place].gloss, key) or speaks_of(told[place].label, key)]
    if key == APPLIED and not spoken and any(told[place].asks_when() for place in free):
        return None  # dates of something else, beside a column that asks for this one
    if key in (APPLIED, AUTHOR, POSITION):
        fitting = spoken or fitting
    if key == POSITION:
        others = [place for place in fitting if any(speaks_of(told[place].label, key) for key in (FIELD, BENEFIT))]
        fitting = [place for place in fitting if place in spoken or place not in others]
    place = max(fitting, key=lambda place: (fits[place][key], -place), default=None)
    if key == POSITION and place is not None and fits[place].get(AUTHOR, 0.0) >= FITS:
        return None
    return place


def _longest(told: Sequence[Told], keys: Sequence[str | None], free: Sequence[int]) -> int | None:
    if TITLE not in keys:  # "Nhan đề" is the title's, however long the titles are
        free = [
            place for place in free if speaks_of(told[place].label, SUMMARY) or not speaks_of(told[place].label, TITLE)
        ]
    lengths = {place: sum(map(len, told[place].texts)) / len(told[place].texts) for place in free}
    place = max(lengths, key=lambda place: lengths[place], default=None)
    if place is None or lengths[place] < _LONG:
        return None
    titles = [text for one, key in zip(told, keys, strict=True) if key == TITLE for text in one.texts]
    longer = not titles or lengths[place] * len(titles) > sum(map(len, titles))
    return place if longer or speaks_of(told[place].label, SUMMARY) else None


def _may_be_title(one: Told, fits: Mapping[str, float]) -> bool:
    """Words of a usual title under a header that names an initiative or a name of something."""
    return _begins_as_title(one.label) and are_titles(one, fits)


def _is_gained(one: Told, fits: Mapping[str, float]) -> bool:
    """Short texts that tell what there was more or less of: sums alone may be costs or a reward."""
    short = sum(map(len, one.texts)) <= len(one.texts) * _USUAL[POSITION]
    other = any(fit >= FITS for key, fit in fits.items() if key not in (BENEFIT, POSITION))
    other = other or (speaks_of(one.label, FIELD) and not speaks_of(one.label, BENEFIT))
    gains = _share([is_gain(text) for text in one.texts[:_MOST_TEXTS]])
    return short and not other and fits[BENEFIT] >= FITS and gains >= _SOME and not is_cost(one.label)


def _begins_as_title(label: str) -> bool:
    return speaks_of(label, TITLE)


def _is_said(key: str, one: Told, names: ColumnNames) -> bool:
    """Whether the header speaks of such a column, and not only of an initiative in general."""
    said = any(match.key == key for match in names.matches(one.label))
    return said or glosses(one.gloss, key) or _hints(key, one.label, names)


def _hints(key: str, label: str, names: ColumnNames) -> bool:
    if key == APPLIED:
        return asks_when(label)
    if key in (AUTHOR, TITLE):
        return speaks_of(label, key) or (key == TITLE and names_one(label))
    own = names.vocabulary.get(key, frozenset())
    return speaks_of(label, key) or not own.isdisjoint(telling_words(label))
