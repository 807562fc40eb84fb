"""What one form of a file lost is told by the others: the rest of a question, a question glued to an answer."""

from collections import Counter
from collections.abc import Sequence

from parsers.form_answers import Form


def with_whole_labels(forms: Sequence[Form]) -> None:
    """A question that the page's end cut, "Tên phần việc, giải", is the one that other forms ask whole."""
    asked = Counter(label for form in forms for label in form.extra)
    known = Counter((key, pair.label) for form in forms for key, pair in form.labels.items())
    for form in forms:
        for label in [label for label in form.extra if asked[label] == 1]:
            whole = [one for one in asked if one.startswith(f"{label} ") and one not in form.extra and asked[one] > 1]
            held = [one for one, count in known.items() if one[1].startswith(f"{label} ") and count > 1]
            if len(whole) == 1 and not held:
                form.extra = {whole[0] if one == label else one: text for one, text in form.extra.items()}
            elif len(held) == 1 and not whole and held[0][0] not in form.labels:
                form.rename({label: held[0][0]})


def with_questions_within(forms: Sequence[Form]) -> None:
    """An answer is cut where a question stands in it that other forms ask and this one does not: "… khoNhóm: Y tế"."""
    asked = Counter(label for form in forms for label in (*form.extra, *(one.label for one in form.labels.values())))
    keys = {pair.label: key for form in forms for key, pair in form.labels.items()}
    for form in forms:
        own = {*form.extra, *(pair.label for pair in form.labels.values())}
        for label in [label for label, count in asked.items() if count > 1 and label and label not in own]:
            for texts in (form.cells, form.extra):
                name = next((name for name, text in texts.items() if f"{label}:" in text), None)
                if name is not None and label not in form.extra:
                    texts[name], _, form.extra[label] = texts[name].partition(f"{label}:")
                    texts[name] = texts[name].rstrip(" \t\n;,-–")
            if label in form.extra and label in keys:
                form.rename({label: keys[label]})
