"""The fonts of TCVN3 and VNI by name, their tables, and what Vietnamese syllables are."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.legacy import MEMO, stored

from parsers.legacy_fonts import LegacyFont, legacy_font, legacy_font_in, may_need_fonts
from parsers.legacy_tables import TABLES, Encoding, to_unicode
from parsers.syllables import is_syllable

TCVN3, VNI = Encoding.TCVN3, Encoding.VNI
SMALL = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
PUNCTUATION = " 0123456789-/.,;:()"


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (".VnTime", LegacyFont(".VnTime", TCVN3)),
        (".VnTimeH", LegacyFont(".VnTimeH", TCVN3, capitals=True)),
        (".vntimeh", LegacyFont(".vntimeh", TCVN3, capitals=True)),
        ("ABCDEF+.VnArialH", LegacyFont(".VnArialH", TCVN3, capitals=True)),
        ("ABCDEF+.VnArialH-Bold", LegacyFont(".VnArialH-Bold", TCVN3, capitals=True)),
        (".VnArial Narrow,BoldItalic", LegacyFont(".VnArial Narrow,BoldItalic", TCVN3)),
        ("ABCDEF+VnTime", LegacyFont("VnTime", TCVN3)),
        ("VNI-Times", LegacyFont("VNI-Times", VNI)),
        ("GHIJKL+VNI-Helve-Bold", LegacyFont("VNI-Helve-Bold", VNI)),
        ("VNI Times", LegacyFont("VNI Times", VNI)),
        ("Times New Roman", None),
        ("Vnuni", None),
        ("VNtimes new roman", None),
        ("", None),
    ],
)
def test_legacy_fonts_are_known_by_name(name: str, font: LegacyFont | None) -> None:
    assert legacy_font(name) == font


def test_a_font_is_found_in_one_or_two_bytes_a_letter() -> None:
    assert legacy_font_in(b"\0VNI-Times\0") == "VNI-Times"
    assert legacy_font_in("..VnTime".encode("utf-16-le")) == ".VnTime"
    assert legacy_font_in(b"Times New Roman") is None


@pytest.mark.parametrize(
    ("xml", "needed"),
    [
        ("<w:t>Căn cứ Kế hoạch số 39/CĐN, Ý tế, àáâãèéêìíòóôõùúý</w:t>", False),
        ("<w:t>C¨n cø</w:t>", True),
        ('<w:rFonts w:ascii="VNI-Times"/><w:t>coâng taùc</w:t>', True),
        ("<w:t>ñoàng</w:t>", True),
    ],
)
def test_fonts_are_asked_for_only_where_something_speaks_of_them(xml: str, needed: bool) -> None:
    assert may_need_fonts(xml.encode()) is needed


def test_both_tables_have_every_letter_of_vietnamese_once() -> None:
    marked = {char for char in SMALL if not char.isascii()}
    assert set(TABLES[TCVN3].values()) == marked | set("ĂÂÊÔƠƯĐ")
    assert set(TABLES[VNI].values()) == marked | {char.upper() for char in marked}
    assert len(set(TABLES[TCVN3].values())) == len(TABLES[TCVN3])


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv (libc-bin) is not installed")
def test_the_table_of_tcvn3_is_that_of_the_standard() -> None:
    codes = "".join(TABLES[TCVN3]).encode("latin-1")
    told = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=True
    ).stdout.decode()
    assert unicodedata.normalize("NFC", told) == "".join(TABLES[TCVN3].values())


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (
            "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM Ñoäc laäp - Töï do - Haïnh phuùc",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        ),
        ("BOÄ GIAO THOÂNG VAÄN TAÛI", "BỘ GIAO THÔNG VẬN TẢI"),
        (
            "tyû leä, kî, nghæ, lòch, thaúng, saün saøng, chaën, Ñaø Naüng",
            "tỷ lệ, kỵ, nghỉ, lịch, thẳng, sẵn sàng, chặn, Đà Nẵng",
        ),
        ("UÛy ban, AÙnh, OÂn", "Ủy ban, Ánh, Ôn"),
    ],
)
def test_vni_is_read_by_its_letters_and_marks(text: str, drawn: str) -> None:
    assert to_unicode(text, VNI) == drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Uû ban nh©n d©n tØnh §ång Nai", "Uỷ ban nhân dân tỉnh Đồng Nai"),
        ("Tê TR×NH", "TỜ TRÌNH"),
        ("B¶NG TæNG HîP TãM T¾T S¸NG KIÕN", "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN"),
        ("Lý ThÞ Thanh TuyÒn, Y tÕ", "Lý Thị Thanh Tuyền, Y tế"),
        ("nhµ n\u2212íc, Th«ng t\u2212, b\u2219i, 5 \u2212 3", "nhà nước, Thông tư, bãi, 5 \u2212 3"),
        ("C\uf0abng \uf0aeo\uf0b5n", "Công đoàn"),
    ],
)
def test_tcvn3_is_read_as_its_fonts_draw_it(text: str, drawn: str) -> None:
    assert to_unicode(text, TCVN3) == drawn


def test_fonts_of_capitals_draw_capitals() -> None:
    assert to_unicode("b¸o c¸o tæng hîp", TCVN3, capitals=True) == "BÁO CÁO TỔNG HỢP"


@given(st.text(SMALL + SMALL.upper() + PUNCTUATION, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_vietnamese_text_goes_through_vni_and_comes_back(text: str) -> None:
    assert to_unicode(stored(text, VNI), VNI) == text


@given(st.text(SMALL + PUNCTUATION, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_small_letters_go_through_tcvn3_and_come_back(text: str) -> None:
    assert to_unicode(stored(text, TCVN3), TCVN3) == text
    assert to_unicode(stored(text, TCVN3), TCVN3, capitals=True) == text.upper()


@given(st.text(SMALL + SMALL.upper() + PUNCTUATION, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_through_tcvn3_differs_in_the_case_of_letters_at_most(text: str) -> None:
    assert to_unicode(stored(text, TCVN3), TCVN3).lower() == text.lower()


@given(st.text(max_size=60), st.sampled_from(Encoding))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_converted_to_nfc_and_plain_ascii_stays(text: str, encoding: Encoding) -> None:
    assert unicodedata.is_normalized("NFC", to_unicode(text, encoding))
    plain = text.encode("ascii", "ignore").decode()
    assert to_unicode(plain, encoding) == plain


def test_every_word_of_a_real_memo_is_a_syllable() -> None:
    words = [word.strip("“”;:,.0123456789/") for word in MEMO.split()]
    assert [word for word in words if word and not is_syllable(word)] == ["CĐN"]


RARE = "gìn giếng giềng già gì quyết quốc quần quạ quê quýt khuỷu ngoằn nghiêng khuya thuở xoong rượu hoà hòa uỷ ủy"
FOREIGN = "señora niño für Brücken größer été coração mañana français jäger cât nghà kà ceo ngê chôt ááh"


def test_rare_syllables_are_known() -> None:
    assert [word for word in RARE.split() if not is_syllable(word)] == []


def test_words_that_vietnamese_cannot_spell_are_no_syllables() -> None:
    assert [word for word in FOREIGN.split() if is_syllable(word)] == []
