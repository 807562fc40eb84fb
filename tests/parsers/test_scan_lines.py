"""Words of a picture put together to lines."""

from hypothesis import given
from hypothesis import strategies as st

from parsers.content import Box
from parsers.ocr_engine import Word
from parsers.scan_lines import lines_of


def words(text: str, x: float, top: float, line: int, height: float = 20, confidence: float = 0.9) -> list[Word]:
    """A line of words of ten pixels a letter, half a letter apart."""
    found = []
    for word in text.split():
        found.append(Word(word, Box(x, top, x + 10 * len(word), top + height), confidence, 0, line))
        x += 10 * len(word) + 6
    return found


def texts(*rows: list[Word]) -> list[str]:
    return [line.text for line in lines_of([word for row in rows for word in row], 1, 2.0)]


def test_two_columns_that_were_read_as_one_line_are_parted() -> None:
    row = words("MOT HAI BA BON", 0, 100, 0) + words("NAM SAU BAY", 400, 100, 0)
    assert texts(row) == ["MOT HAI BA BON", "NAM SAU BAY"]


def test_an_ornament_and_a_mark_that_came_off_its_letter_are_no_text() -> None:
    title = words("TO TRINH", 100, 100, 0)
    ornament = words("zksksk", 110, 130, 1, confidence=0.12)
    mark, rule, speck = (
        words(text, 150, 160 + 30 * n, 2 + n, height=8, confidence=sure)
        for n, (text, sure) in enumerate((("u", 0.6), ("——", 0.7), ("5", 0.4)))
    )
    assert texts(title, ornament, mark, rule, speck) == ["TỜ TRÌNH"]
    assert texts(title, words("CĐbS", 110, 130, 1, confidence=0.1)) == ["TỜ TRÌNH", "CĐCS"]
    assert texts(title, words("2", 150, 300, 1, confidence=0.9)) == ["TỜ TRÌNH", "2"]


def test_a_justified_line_stays_one() -> None:
    row = [Word(f"tu{n}", Box(60 * n, 0, 60 * n + 30, 20), 0.9, 0, 0) for n in range(8)]
    assert len(texts(row)) == 1


def test_a_line_torn_in_two_is_put_together() -> None:
    left, right = words("MOT", 0, 100, 0), words("NHAT", 42, 104, 1, height=24)
    assert texts(left, right) == ["MOT NHAT"]


def test_columns_with_lines_of_their_own_are_read_row_by_row_from_left_to_right() -> None:
    left = [words("Gui cho:", 0, 100, 0), words("- Nhu tren;", 0, 140, 1)]
    right = [words("BEN PHAI", 400, 102, 2), words("MOT NHAT", 430, 143, 3)]
    assert texts(*left, *right) == ["Gui cho:", "BEN PHAI", "- Nhu tren;", "MOT NHAT"]


def test_places_are_points_and_confidence_is_that_of_the_letters() -> None:
    (line,) = lines_of(words("ab", 20, 40, 0, confidence=0.5) + words("abcdef", 50, 40, 0, confidence=0.9), 3, 2.0)
    assert line.page == 3
    assert line.box == Box(10, 20, 55, 30)
    assert line.confidence == 0.8


def test_dirt_is_left_out_and_a_sure_sign_is_not() -> None:
    dirt = [Word("'", Box(300, 0, 303, 5), 0.2, 0, 7)]
    number = [Word("1", Box(0, 0, 10, 20), 0.9, 0, 0)]
    assert texts(number, dirt) == ["1"]


def test_nothing_gives_nothing() -> None:
    assert lines_of([], 1, 2.0) == ()


sides = st.integers(0, 500)
boxes = st.tuples(sides, sides, st.integers(1, 90), st.integers(1, 60))


@given(st.lists(st.tuples(st.sampled_from(["Ủ", "ab", "1.", "-"]), boxes, st.integers(0, 4)), max_size=25))
def test_no_word_is_lost_or_doubled(found: list[tuple[str, tuple[int, int, int, int], int]]) -> None:
    given_words = [Word(text, Box(x, y, x + w, y + h), 0.9, 0, line) for text, (x, y, w, h), line in found]
    read = " ".join(line.text for line in lines_of(given_words, 1, 1.0)).split()
    assert sorted(read) == sorted(text for text, _, _ in found)
