"""Old encodings told by fonts and by the text itself; other languages are never touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.legacy import MEMO, stored

from parsers.content import Cell, Grid, Line
from parsers.legacy_fonts import LegacyFont
from parsers.legacy_tables import Encoding
from parsers.legacy_text import Converter, settled, spoken_encoding

TIME = LegacyFont(".VnTime", Encoding.TCVN3)
TIMES = LegacyFont("VNI-Times", Encoding.VNI)
BOTH = pytest.mark.parametrize("encoding", list(Encoding))

SPANISH = (
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y "
    "conciencia, deben comportarse fraternalmente los unos con los otros. El niño, la señora, mañana, año, "
    "montaña, corazón, también, según, está, aquí, así, más, qué, cómo, dónde, cuándo, público, médico, difícil, "
    "útil, árbol, café, bebé, pingüino."
)
FRENCH = (
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de "
    "conscience et doivent agir les uns envers les autres dans un esprit de fraternité. Où est le garçon ? À la "
    "forêt, près du château; l’été, l’hôtel, la crêpe, le maïs, déjà, là-bas, « Noël », français, œuvre, cœur, "
    "ça, dû, âge, île, aiguë."
)
GERMAN = (
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und "
    "sollen einander im Geist der Brüderlichkeit begegnen: für Bäume, Häuser, Brücken, Öfen, Straßen, Größe, Übung; "
    "und niemand darf wegen seiner Herkunft oder Sprache anders behandelt werden, auch nicht vorübergehend."
)
PORTUGUESE = "Não há razão; a coração, ações, você está à mão, pão, irmãos, português, é, avó, avô, três, lã, põe, mãe."
DANISH = (
    "Alle mennesker er født frie og lige i værdighed og rettigheder. De er udstyret med fornuft og samvittighed, og de "
    "bør handle mod hverandre i en broderskabets ånd: på øen er der én gård, kærlighed, blåbær, hår, sø, dør og får."
)
UNICODE = "Căn cứ Kế hoạch số 39/CĐN ngày 16; 37°C ± 2 µm · § 5 ¼ ½ ¾ ® © « » ¹ ² ³ m² Ä, công tác, có, là, và, để."
OTHERS = [SPANISH, FRENCH, GERMAN, PORTUGUESE, DANISH, UNICODE, "TO TRINH", "", "12/3/2021 - 37"]


def _lines(*texts: str) -> list[Line | Grid]:
    return [Line(text) for text in texts]


def _texts(blocks: tuple[Line | Grid, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]


@BOTH
def test_text_that_no_font_names_is_converted_where_it_leaves_no_doubt(encoding: Encoding) -> None:
    converter = Converter()
    blocks, doubts = settled(_lines(stored(MEMO, encoding)), converter)
    assert _texts(blocks) == [MEMO]
    assert doubts == ()
    assert converter.told() == (f"{encoding} by the text alone",)
    (line,) = blocks
    assert isinstance(line, Line)
    assert line.original == stored(MEMO, encoding)


@BOTH
def test_cells_are_converted_each_for_itself_and_short_ones_with_the_rest(encoding: Encoding) -> None:
    cells = ["Tên sáng kiến", "có", "CĐCS", "Covid-19", "15.000.000 đồng"]
    rows = (tuple(Cell(stored(text, encoding)) for text in cells), (Cell(stored(MEMO, encoding)),) * 5)
    (grid,), _ = settled([Grid(rows)], Converter())
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[0]] == cells


@BOTH
def test_unicode_beside_text_of_a_legacy_font_stays(encoding: Encoding) -> None:
    lines = [MEMO, stored(MEMO, encoding), "Công tác ở Sở, có là", "Độc lập - Tự do", "công"]
    blocks, doubts = settled(_lines(*lines), Converter())
    assert _texts(blocks) == [MEMO, MEMO, "Công tác ở Sở, có là", "Độc lập - Tự do", "công"]
    assert doubts == ()


@BOTH
def test_a_line_half_in_unicode_is_converted_word_by_word(encoding: Encoding) -> None:
    half = f"Đơn vị: {stored('thẩm định kỹ thuật', encoding)}"
    blocks, _ = settled(_lines(stored(MEMO, encoding), half), Converter())
    assert _texts(blocks)[1] == "Đơn vị: thẩm định kỹ thuật"


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_stay_as_they_are_and_are_no_doubt(text: str) -> None:
    converter = Converter()
    for blocks in (_lines(text), _lines(*text.split(". ")), [Grid((tuple(Cell(word) for word in text.split()),))]):
        assert settled(blocks, converter) == (tuple(blocks), ())
    assert converter.told() == ()


@BOTH
@pytest.mark.parametrize("text", [SPANISH, GERMAN, DANISH])
def test_other_languages_stay_though_the_rest_of_the_document_is_converted(text: str, encoding: Encoding) -> None:
    blocks, _ = settled(_lines(stored(MEMO, encoding), text), Converter())
    assert _texts(blocks) == [MEMO, text]


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_speak_for_no_encoding(text: str) -> None:
    assert spoken_encoding([text]) is None


@given(st.lists(st.sampled_from([word for text in OTHERS for word in text.split()]), max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_mixture_of_words_of_other_languages_is_converted(words: list[str]) -> None:
    blocks = _lines(" ".join(words))
    converter = Converter()
    found, _ = settled(blocks, converter)
    assert _texts(found) == _texts(tuple(blocks))


@given(st.lists(st.text(max_size=40), max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_lines_at_all_are_settled_and_never_raise(texts: list[str]) -> None:
    blocks, _ = settled(_lines(*texts), Converter())
    assert len(blocks) == len(texts)


def test_a_font_decides_where_the_text_could_be_either() -> None:
    assert Converter().drawn("c«ng", TIME) == "công"
    assert Converter().drawn("có", TIME) == "cú"
    assert Converter().drawn("coâng taùc", TIMES) == "công tác"


def test_unicode_in_a_legacy_font_stays_unicode() -> None:
    converter = Converter()
    assert converter.drawn("Độc lập - Tự do - Hạnh phúc", TIME) == "Độc lập - Tự do - Hạnh phúc"
    assert converter.drawn("có", TIME) == "có", "the text before it was Unicode, too"
    assert converter.drawn("công", TIMES, around="công việc ở Sở") == "công"
    assert converter.told() == ()


def test_what_is_no_vietnamese_after_conversion_is_a_doubt() -> None:
    converter = Converter()
    for word in ("§xy", "wé®", "¸¸¸", "kÕkÕ", "zµz"):
        converter.drawn(word, TIME)
    assert converter.doubts() == ("5 words of legacy fonts are no Vietnamese after conversion",)


def test_text_that_looks_like_an_old_encoding_and_is_none_that_is_known_is_a_doubt() -> None:
    text = "Cäüng hoìa xaî häüi chuí nghéa Viãût Nam Âäüc láûp Tæû do Haûnh phuïc thaïng nàm"
    blocks, doubts = settled(_lines(text), Converter())
    assert _texts(blocks) == [text]
    assert doubts == ("text of a legacy font: not converted",)


def test_soft_hyphens_print_nothing_but_in_tcvn3() -> None:
    blocks, _ = settled(_lines("Tr\u00ad\u00ebng"), Converter())
    assert _texts(blocks) == ["Tr\u00ebng"]
    assert Converter().drawn("Tr­\u00ebng ban", TIME) == "Trưởng ban"
