"""Text of legacy fonts is told where nothing names the font."""

import pytest

from parsers.content import Cell, Grid, Line
from parsers.legacy_fonts import is_legacy_font, legacy_doubt, legacy_font_in

TCVN3 = "C¨n cø KÕ ho¹ch sè 39/C§N ngµy 16 th¸ng 3 n¨m 2021 cña Ban Th­êng vô C«ng ®oµn ngµnh Y tÕ"
VNI = "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM Ñoäc laäp - Töï do - Haïnh phuùc"

GERMAN = (
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und "
    "sollen einander im Geist der Brüderlichkeit begegnen: für Bäume, Häuser, Brücken, Öfen, Straßen, Größe, Übung; "
    "und niemand darf wegen seiner Herkunft oder Sprache anders behandelt werden, auch nicht vorübergehend."
)


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_a_text_that_only_a_legacy_font_makes_vietnamese_is_a_doubt(text: str) -> None:
    assert legacy_doubt(set(), [Line(text)]) == ("text of a legacy font: not converted",)
    assert legacy_doubt(set(), [Grid(((Cell(text),),))])


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Kế hoạch số 39/CĐN ngày 16 tháng 3 năm 2021; 37°C ± 2 µm · § 5 ¼ ½ ¾ ® © « » ¹ ² ³ m² Ä.",
        GERMAN,
        "La señora compañera se ruborizó mañana por la niña pequeña",
        "TO TRINH",
        "",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert legacy_doubt(set(), [Line(text)]) == ()


@pytest.mark.parametrize(
    ("name", "legacy"),
    [
        (".VnTime", True),
        ("ABCDEF+.VnArialH", True),
        ("VNI-Times", True),
        ("VNI Times", True),
        ("Times New Roman", False),
        ("Vnuni", False),
    ],
)
def test_legacy_fonts_are_known_by_name(name: str, legacy: bool) -> None:
    assert is_legacy_font(name) is legacy


def test_a_font_is_found_in_one_or_two_bytes_a_letter() -> None:
    assert legacy_font_in(b"\0VNI-Times\0") == "VNI-Times"
    assert legacy_font_in("..VnTime".encode("utf-16-le")) == ".VnTime"
    assert legacy_font_in(b"Times New Roman") is None
