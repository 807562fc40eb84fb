"""The answers of forms while they are read: which label each belongs to, and which column that is."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossier.campaign import APPLIED, AUTHOR, BLOCK, FIELD, NO, POSITION, SUMMARY
from dossier.model import Row
from parsers.co_authors import names_apart
from parsers.column_holders import SURE, Told
from parsers.column_values import settled
from parsers.columns import ColumnNames, Match
from parsers.dotted_lines import without_dots
from parsers.wording import join_lines

_HEADING = 30
"""Most letters of what stands over the answers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what answers it."""

    label: str
    """'' where the value is more of the one before it."""
    value: str
    match: Match | None = None
    """The campaign's column that the label names."""

    @property
    def is_title(self) -> bool:
        """Whether it stands over the form and asks for nothing: "TỔNG HỢP TÓM TẮT SÁNG KIẾN", "Sáng kiến thứ 1"."""
        asks = self.match is not None and self.match.leads and not self.label[-1:].isdigit()
        return not asks and not self.value.strip()


SHORT_ANSWERS = (AUTHOR, POSITION, FIELD, BLOCK, APPLIED)
"""Column keys whose answers hold no sentences."""
_QUESTION = re.compile(
    r"(?:\A|\s)[-+•]?\s*[A-ZĐÀ-Ỹ][^\W\d_]*(?:[ ,/]+[^\W\d_]+){1,5}\s*(?:\([^()]*\)\s*)?:\s+"
    r"(?!\d|[Tt]h(?:á|g)|[Nn]gày|[Qq]uý)"
)
"""Two to six words and a colon, amid a text or on a line of its own; "Chính thức: 04/2021" is a time."""

_REST = re.compile(r"([^\W\d_][^:\n]{2,60}?)\s*:\s*")
_SEVERAL = 2
BREAK = Pair("", "")
"""Between two forms."""


@dataclass(slots=True)
class Form:
    """One initiative's form while it is read."""

    place: str
    cells: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    labels: dict[str, Pair] = field(default_factory=dict)
    """By column key, the pair that answers it."""
    last: tuple[dict[str, str], str] | None = None
    """Where the last value went."""
    first: str = ""
    """Its first label with an answer."""
    over: set[str] = field(default_factory=set)
    """Column keys whose label has no answer and stands over the first one that has: perhaps a heading."""

    def put(self, pair: Pair) -> None:
        if not self.first and pair.value.strip():
            self.first = pair.label
        key = None if pair.match is None else pair.match.key
        if not pair.label:
            if self.last is not None:
                texts, name = self.last
                texts[name] = f"{texts[name]}\n{without_dots(pair.value)}"
        elif pair.match is None or key is None:
            self._keep(pair)
        elif key not in self.labels:
            self._answer(pair, key)
        elif self._is_closer(pair, before := self.labels[key]):
            self._keep(before)
            self._answer(pair, key)
        else:
            self._keep(pair)

    def _is_closer(self, pair: Pair, before: Pair) -> bool:
        """Whether it answers better than the pair before; the heading of the next form is no answer to anything."""
        if before.match is None or pair.match is None or (pair.is_title and before.value.strip()):
            return False
        heading = before.is_title or before.match.key in self.over
        return before.match.share < pair.match.share or (heading and bool(pair.value.strip()))

    def _answer(self, pair: Pair, key: str) -> None:
        self.over.discard(key)
        if not self.first:
            self.over.add(key)
        self.labels[key] = pair
        self.cells[key] = without_dots(pair.value)
        self.last = self.cells, key

    def _keep(self, pair: Pair) -> None:
        count = 1
        while (name := pair.label if count == 1 else f"{pair.label} ({count})") in self.extra:
            count += 1
        self.extra[name] = without_dots(pair.value)
        self.last = self.extra, name

    def rename(self, final: Mapping[str, str | None]) -> None:
        """Give the answers of these labels their key, or none."""
        for key, pair in list(self.labels.items()):
            if pair.label in final and final[pair.label] != key:
                del self.labels[key]
                self.extra[pair.label] = self.cells.pop(key)
        for label, new in final.items():
            if new is not None and new not in self.labels and label in self.extra:
                self.labels[new] = Pair(label, "")
                self.cells[new] = self.extra.pop(label)

    def row(self, columns: Mapping[str, str]) -> Row:
        texts = {key: self.cells.get(key, "") for key in columns}
        cells = {key: (names_apart if key == AUTHOR else join_lines)(text) for key, text in texts.items()}
        extra = {label: joined for label, text in self.extra.items() if (joined := join_lines(text))}
        return Row(cells, extra, self.place)

    @property
    def filled(self) -> bool:
        return any(text.strip() for key, text in self.cells.items() if key != NO)

    def answers(self, pair: Pair) -> bool:
        """Whether this very label was answered here, or began it: then another form begins."""
        if pair.label and pair.label == self.first:
            return True
        before = None if pair.match is None else self.labels.get(pair.match.key)
        return before is not None and before.label == pair.label

    def asks(self, pair: Pair) -> bool:
        """Whether it asks the same, or for the same column: then a heading parts two forms, else two parts of one.

        What only speaks of the column ("CBCNV có sáng kiến") asks for another one than what begins with its name.
        """
        before = None if pair.match is None else self.labels.get(pair.match.key)
        led = before is not None and before.match is not None and before.match.leads
        known = before is not None and pair.match is not None and (led or not pair.match.leads)
        return known or pair.label in self.extra or not pair.label


def settle_forms(forms: Sequence[Form], names: ColumnNames) -> tuple[str, ...]:
    """Labels told by what answers them in all forms together; what is in doubt is returned."""
    _without_rest_of_label(forms)
    keys = {pair.label: (key, pair) for form in forms for key, pair in form.labels.items()}
    texts: dict[str, list[str]] = {label: [] for label in keys}
    for form in forms:
        for key, pair in form.labels.items():
            texts[pair.label].append(form.cells[key])
        for label, text in form.extra.items():
            texts.setdefault(label, []).append(text)
    told: list[Told] = []
    over = _headings(forms, keys, texts)
    for label, answers in texts.items():
        if label in over:
            continue
        held = keys.get(label)
        blank = held is not None and held[1].is_title and not any(map(str.strip, answers))
        if blank or (held is not None and held[0] == SUMMARY and _heads_all(answers)):
            over.append(label)
            continue
        match = None if held is None else held[1].match
        share = match.share if match is not None else 0.0
        told.append(Told(label, tuple(filter(str.strip, answers)), held and held[0], share))
    found = settled(told, names)
    changed = {one.label: key for one, key in zip(told, found.keys, strict=True) if key != one.key and (key or one.key)}
    for form in forms:
        form.rename({**dict.fromkeys(over), **changed})
    return (*found.doubts, *run_together([form for form in forms if form.filled]))


def run_together(forms: Sequence[Form]) -> tuple[str, ...]:
    """Short answers that hold a question of their own, "Lâm Thị Hân Tổ công tác: Tổ điện": it was not told apart."""
    return tuple(
        f"form {number}: the answer for {key} may hold another question"
        for number, form in enumerate(forms, 1)
        for key in SHORT_ANSWERS
        if any(_QUESTION.search(line) for line in form.cells.get(key, "").split("\n"))
    )


def _headings(
    forms: Sequence[Form], keys: Mapping[str, tuple[str, Pair]], texts: Mapping[str, Sequence[str]]
) -> list[str]:
    """Labels that nothing answers, over the first answer of one of several forms: "của đoàn viên công đoàn"."""
    asked = Counter(label for form in forms for label in (*form.extra, *(pair.label for pair in form.labels.values())))
    over = {form.labels[key].label for form in forms for key in form.over & form.labels.keys()}
    several = sum(form.filled for form in forms) > 1
    return [
        label
        for label in texts
        if label in over
        and several
        and asked[label] == 1
        and not any(map(str.strip, texts[label]))
        and (match := keys[label][1].match) is not None
        and match.share < SURE
    ]


def _without_rest_of_label(forms: Sequence[Form]) -> None:
    """ "Mô tả: vấn đề, cách giải quyết: …" asks with a colon within: the same small words begin every answer."""
    for key in {key for form in forms for key in form.labels}:
        answers = [text for form in forms if (text := form.cells.get(key, "").strip())]
        heads = {found[1] if (found := _REST.match(text)) and text[0].islower() else "" for text in answers}
        if len(answers) < _SEVERAL or len(heads) != 1 or not (rest := heads.pop()):
            continue
        for form in forms:
            if key in form.labels and form.cells[key].strip():
                pair = form.labels[key]
                form.labels[key] = replace(pair, label=f"{pair.label}: {rest}")
                form.cells[key] = _REST.sub("", form.cells[key].strip(), count=1)


def _heads_all(answers: Sequence[str]) -> bool:
    """Whether all forms have the same short words there: "Nội dung | Thông tin", "Nội dung | Sáng kiến 1"."""
    words = {answer.strip().rstrip("0123456789") for answer in answers}
    return len(answers) > 1 and len(words) == 1 and len(answers[0].strip()) <= _HEADING


def unasked(forms: Sequence[Form], mandatory: Collection[str]) -> tuple[str, ...]:
    """Forms that do not ask what others of the file ask, or ask in words nobody knew: our reading, not the sender's."""
    doubts = []
    for number, form in enumerate(forms, 1):
        lacking = [key for key in mandatory if not form.cells.get(key, "").strip()]
        if any(key not in form.labels for key in lacking):
            doubts.append(f"form {number} does not ask what the other forms ask")
        elif lacking and any(text.strip() for text in form.extra.values()):
            doubts.append(f"form {number} has an answer to a question that is not known, and lacks one that is")
    return tuple(doubts)
