"""How much of what was generated is read right: for each kind of file, layout and field, each shape of mail and story.

A field is right where the corpus' own scorer calls it the same (`score.same`, `score.WARNINGS`).
"""

import importlib.util
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

Json = Mapping[str, Any]
_HANDED = frozenset(("low-confidence", "not-read"))
_JUDGED = ("union", "verdict", "complete", "in_time", "reply")


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", Path(__file__).parents[1] / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(slots=True)
class Tally:
    """Of one kind of document or message."""

    things: int = 0
    fields: int = 0
    right: int = 0
    handed: int = 0
    """Messages put before a person that needed none; for documents, those whose message was."""
    misses: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.fields if self.fields else 1.0


@dataclass(slots=True)
class Accuracy:
    """Of a whole run."""

    messages: int = 0
    pictures: int = 0
    """Messages with a document that only OCR can read."""
    by_made: dict[str, Tally] = field(default_factory=dict)
    by_layout: dict[str, Tally] = field(default_factory=dict)
    """Of digital documents alone, as are those of fields."""
    by_field: dict[str, Tally] = field(default_factory=dict)
    by_mail: dict[str, Tally] = field(default_factory=dict)
    by_story: dict[str, Tally] = field(default_factory=dict)
    not_answered: list[str] = field(default_factory=list)
    """The program said nothing at all of these messages."""
    accepted_wrongly: list[str] = field(default_factory=list)
    refused_wrongly: list[str] = field(default_factory=list)
    pictures_handed: list[str] = field(default_factory=list)
    others_handed: list[str] = field(default_factory=list)
    """Put before a person with low-confidence or not-read, though all of it is digital and nothing is wrong with it."""
    idle_warnings: list[str] = field(default_factory=list)
    """Warnings that the truth does not hold: the scorer allows them, and each is one too many."""


def accuracy(truths: Iterable[Json], results: Mapping[str, Json]) -> Accuracy:
    """`results`: by the message's file name, what `hoso inspect --json` printed."""
    told = Accuracy()
    for truth in truths:
        got = results.get(truth["file"], {})
        told.messages += 1
        if not got.get("verdict"):
            told.not_answered.append(truth["file"])
        handed = _handed(truth, got)
        _wrongs(told, truth, got, handed=handed)
        judged = {truth["mail"] or "none": told.by_mail, truth["story"]: told.by_story}
        for name, tallies in judged.items():
            _message(tallies.setdefault(name, Tally()), truth, got, handed=handed)
        found = {_base(document.get("file")): document for document in got.get("documents") or []}
        for want in truth["documents"]:
            _document(told, truth["file"], want, found.get(_base(want["file"]), {}), handed=handed)
    return told


def _base(name: object) -> str:
    return str(scorer().base(name))


def _handed(truth: Json, got: Json) -> bool:
    codes = {finding["code"] for finding in got.get("findings") or []}
    return truth["verdict"] != "review" and got.get("verdict") == "review" and bool(codes & _HANDED)


def _wrongs(told: Accuracy, truth: Json, got: Json, *, handed: bool) -> None:
    """As the scorer counts them."""
    name = truth["file"]
    found = {_base(document.get("file")): document for document in got.get("documents") or []}
    unread = [
        want["file"]
        for want in truth["documents"]
        if want["kinds"] != ["other"]
        and sorted(found.get(_base(want["file"]), {}).get("kinds") or []) != sorted(want["kinds"])
    ]
    if got.get("verdict") == "accepted" and (truth["verdict"] != "accepted" or unread):
        told.accepted_wrongly.append(name)
    if got.get("verdict") in ("deficient", "late") and truth["verdict"] == "accepted":
        told.refused_wrongly.append(name)
    with_picture = any(document.get("ocr") for document in truth["documents"])
    told.pictures += with_picture
    if handed:
        (told.pictures_handed if with_picture else told.others_handed).append(name)
    codes = {finding["code"] for finding in got.get("findings") or []}
    idle = sorted(codes & scorer().WARNINGS - set(truth["findings"]))
    if idle:
        told.idle_warnings.append(f"{name}: {', '.join(idle)}")


def _message(tally: Tally, truth: Json, got: Json, *, handed: bool) -> None:
    """What is judged of a message; one that was handed to a person is not judged further."""
    tally.things += 1
    tally.handed += handed
    codes = {finding["code"] for finding in got.get("findings") or []}
    extra = codes & scorer().WARNINGS - set(truth["findings"])
    for key in _JUDGED:
        aside = key == "union" and truth["verdict"] in ("ignored", "correspondence")
        if not aside and not (handed and key != "union"):
            _count(tally, got.get(key) == truth[key], f"{truth['file']}: {key} {got.get(key)!r} for {truth[key]!r}")
    if not handed:
        right = codes - extra == set(truth["findings"])
        _count(tally, right, f"{truth['file']}: findings {sorted(codes)} for {truth['findings']}")


def _document(told: Accuracy, name: str, want: Json, got: Json, *, handed: bool) -> None:
    """Every field counts for the way the file was made; in a digital one for its layout and its own name as well."""
    ocr = bool(want.get("ocr"))
    same: Callable[[object, object, bool], bool] = scorer().same
    tallies = [told.by_made.setdefault(want["made"], Tally())]
    if not ocr:
        tallies += [told.by_layout.setdefault(layout, Tally()) for layout in want["layouts"]]
    for tally in tallies:
        tally.things += 1
        tally.handed += handed
    kinds = got.get("kinds") or (["other"] if want["kinds"] == ["other"] else [])
    where = f"{name}: {want['file']}"
    fields = [("kind", "kind", sorted(want["kinds"]), sorted(kinds), sorted(want["kinds"]) == sorted(kinds))]
    fields += [
        (field, place, wanted, have, same(wanted, have, ocr)) for field, place, wanted, have in _fields(want, got)
    ]
    for field_, place, wanted, have, right in fields:
        of_field = [] if ocr else [told.by_field.setdefault(field_, Tally())]
        for tally in (*tallies, *of_field):
            _count(tally, right, f"{where} {place}: {str(have)[:70]!r} for {str(wanted)[:70]!r}")
        for tally in of_field:
            tally.things += 1


def _fields(want: Json, got: Json) -> Iterator[tuple[str, str, str, object]]:
    """(field, where, what it should be, what was read)."""
    for key, value in (want.get("memo") or {}).items():
        yield f"memo: {key}", key, value, (got.get("memo") or {}).get(key)
    if want.get("rows") is None:
        return
    rows = got.get("rows") or []
    yield "rows", "rows", str(len(want["rows"])), str(len(rows))
    for number, row in enumerate(want["rows"]):
        have = rows[number] if number < len(rows) else {}
        for key, value in row.items():
            yield f"table: {key}", f"row {number + 1} {key}", value, have.get(key)


def _count(tally: Tally, right: bool, miss: str) -> None:
    tally.fields += 1
    tally.right += right
    if not right:
        tally.misses.append(miss)
