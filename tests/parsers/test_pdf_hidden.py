"""PDF files whose pages do not show what a program reads, or show what it does not: forms, layers, attachments."""

import zlib

import pytest
from support.attachments import attachment
from support.pdf_objects import FIRST_FREE, one_page, stream, words
from support.raw_mail import with_files

from dossier.model import Kind, Problem
from hoso.campaigns import example_campaign
from parsers.content import Line
from parsers.limits import ArchiveLimits
from parsers.pdf import UNSEEN, read_pdf
from parsers.pdf_catalog import SCRIPTED, is_cut_off
from parsers.pdf_embedded import embedded_files, wanted_files
from parsers.problem import UnreadableError
from parsers.reader import read_message

SEEN = words("Cong doan co so Benh vien da khoa", y=700)
TABLE = attachment("d01", 1)


def lines(content: bytes) -> list[str]:
    return [block.text for block in read_pdf(content).blocks if isinstance(block, Line)]


def with_notes(*notes: str, page: str = "", catalog: str = "") -> bytes:
    numbers = " ".join(f"{FIRST_FREE + place} 0 R" for place in range(len(notes)))
    return one_page(SEEN, page=f"/Annots [{numbers}] {page}", catalog=catalog, more=notes)


def field(value: str, rect: str = "72 640 400 660", more: str = "") -> str:
    return f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [{rect}] /V {value} {more} >>"


def test_values_of_form_fields_are_read_where_the_fields_stand() -> None:
    accented = "<feff" + "Nguyễn Thị Thu Hà".encode("utf-16-be").hex() + ">"
    assert lines(with_notes(field(accented), field("(123/QD)", "72 720 400 740"))) == [
        "123/QD",
        "Cong doan co so Benh vien da khoa",
        "Nguyễn Thị Thu Hà",
    ]


def test_a_long_value_is_broken_into_the_lines_of_its_field() -> None:
    text = " ".join(f"sangkien{number}" for number in range(30))
    found = lines(with_notes(field(f"({text})", "72 400 300 600")))
    assert len(found) > 4
    assert " ".join(found[1:]) == text


def test_text_put_on_a_page_is_read_and_what_is_hidden_is_not() -> None:
    free = "<< /Type /Annot /Subtype /FreeText /Rect [72 640 400 660] /Contents (Chu tich) /DA (/F1 9 Tf) >>"
    assert lines(with_notes(free, field("(an)", "72 600 400 620", "/F 2"))) == [
        "Cong doan co so Benh vien da khoa",
        "Chu tich",
    ]


@pytest.mark.parametrize(("turn", "rect"), [(90, "135 72 155 400"), (270, "440 442 460 770"), (180, "195 640 523 660")])
def test_fields_of_a_turned_page_stand_on_it_as_shown(turn: int, rect: str) -> None:
    content = read_pdf(one_page(page=f"/Rotate {turn} /Annots [{FIRST_FREE} 0 R]", more=[field("(Chu tich)", rect)]))
    (line,) = content.blocks
    assert isinstance(line, Line)
    assert line.text == "Chu tich"
    assert line.box is not None
    assert line.box.x1 - line.box.x0 > line.box.bottom - line.box.top
    assert 0 < line.box.x0 < line.box.x1 < (842 if turn != 180 else 595)


def test_a_value_that_the_page_itself_shows_is_read_once() -> None:
    assert lines(with_notes(field("(Cong doan co so Benh vien da khoa)", "60 690 500 720"))) == [
        "Cong doan co so Benh vien da khoa"
    ]


def test_a_scanned_form_that_was_filled_in_is_read_from_its_picture() -> None:
    scan = stream(b"\xff", "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    notes = f"/Annots [{FIRST_FREE} 0 R]"
    drawn, resources = "q 595 0 0 842 0 0 cm /Im Do Q", f"/XObject << /Im {FIRST_FREE + 1} 0 R >>"
    value = field("(Cong doan co so Benh vien da khoa tinh)")
    assert (
        read_pdf(one_page(drawn, page=notes, resources=resources, more=[value, scan])).unread == "page 1 is a picture"
    )


def test_a_watermark_hides_nothing() -> None:
    mark = f"0.95 g {words('BAN SAO', 60, 500, 150)} 0 g {SEEN}"
    text = "".join(words("Cong doan co so cam ket khong co khieu nai", y=600 - 14 * row) for row in range(12))
    assert read_pdf(one_page(mark + text)).unread == ""


def test_a_damaged_field_is_passed_over() -> None:
    assert lines(with_notes("<< /Subtype /Widget /Rect [1 2] >>", "null", field("12"), field("(x)", "0 0 0 0"))) == [
        "Cong doan co so Benh vien da khoa"
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        f"BT 3 Tr ET {words('Nguoi khac ky thay', y=600)}",
        f"1 g {words('Nguoi khac ky thay', y=600)}",
        f"/OC /L BDC {words('Nguoi khac ky thay', y=600)} EMC",
    ],
    ids=["invisible", "white", "layer"],
)
def test_text_that_nobody_sees_is_not_read(hidden: str) -> None:
    layers = f"/OCProperties << /OCGs [{FIRST_FREE} 0 R] /D << /OFF [{FIRST_FREE} 0 R] >> >>"
    resources = f"/Properties << /L {FIRST_FREE} 0 R >>"
    file = one_page(SEEN + hidden, catalog=layers, resources=resources, more=["<< /Type /OCG /Name (L) >>"])
    content = read_pdf(file)
    assert (content.blocks, content.unread) == ((), f"page 1 {UNSEEN}")


def test_hidden_text_over_other_text_is_not_read() -> None:
    over = f"BT 3 Tr ET {words('Nguoi khac ky thay cho chu tich', y=698)}"
    assert read_pdf(one_page(SEEN + over)).unread == f"page 1 {UNSEEN}"


def test_white_text_on_a_dark_cell_is_read() -> None:
    drawn = f"0 0 0.4 rg 60 690 300 30 re f 1 g {words('Ho va ten', y=700)} 0 g {words('Chu tich', y=600)}"
    assert lines(one_page(drawn)) == ["Ho va ten", "Chu tich"]


def test_what_lies_outside_of_the_part_that_is_shown_is_not_read() -> None:
    page = "/MediaBox [0 0 1190 842] /CropBox [595 0 1190 842]"
    content = read_pdf(one_page(SEEN + words("Chu tich", x=700, y=800), page=page))
    (line,) = content.blocks
    assert isinstance(line, Line)
    assert line.text == "Chu tich"
    assert line.box is not None
    assert line.box.x0 == pytest.approx(105, abs=1)


def test_a_page_printed_upside_down_is_told() -> None:
    drawn = "".join(f"BT /F1 12 Tf -1 0 0 -1 500 {y} Tm (Cong doan co so) Tj ET " for y in (100, 130))
    assert read_pdf(one_page(drawn)).unread == "page 1 is printed upside down"


def test_what_follows_the_end_of_a_file_does_no_harm_and_a_lost_end_is_told() -> None:
    file = one_page(SEEN)
    assert read_pdf(file + b"\0" * 5000 + b"<html>footer</html>").doubts == ()
    assert is_cut_off(file[:-8])
    assert is_cut_off(file + b"\n9 0 obj\n<< /Length 5")


def test_a_form_that_needs_another_program_is_not_read() -> None:
    form = f"/AcroForm << /Fields [] /XFA {FIRST_FREE} 0 R >>"
    live = one_page(words("Please wait..."), catalog=form, more=[stream(b"")])
    assert read_pdf(live).unread == SCRIPTED


def holding(data: bytes, name: str, *, pinned: bool = False, entries: str = "") -> bytes:
    """A PDF with a file in it, attached to itself or pinned to its page."""
    specification = f"<< /Type /Filespec /F ({name}) /EF << /F {FIRST_FREE + 1} 0 R >> >>"
    file = stream(data, f"/Type /EmbeddedFile {entries}")
    if pinned:
        note = f"<< /Type /Annot /Subtype /FileAttachment /Rect [1 1 9 9] /FS {FIRST_FREE} 0 R >>"
        return one_page(SEEN, page=f"/Annots [{FIRST_FREE + 2} 0 R]", more=[specification, file, note])
    names = f"/Names << /EmbeddedFiles << /Kids [<< /Names [({name}) {FIRST_FREE} 0 R] >>] >> >>"
    return one_page(SEEN, catalog=names, more=[specification, file])


@pytest.mark.parametrize("pinned", [True, False])
def test_a_table_that_lies_in_a_pdf_is_read(pinned: bool) -> None:
    file = holding(TABLE, "Bang.docx", pinned=pinned)
    assert read_pdf(file).holds_files
    cover, table = read_message(with_files(("Ho so.pdf", file)), (example_campaign(),)).documents
    assert (cover.file, cover.kinds) == ("Ho so.pdf", (Kind.OTHER,))
    assert (table.file, table.kinds, table.containers) == ("Bang.docx", (Kind.SUMMARY_TABLE,), ("Ho so.pdf",))


def test_files_for_programs_in_a_pdf_are_left_alone() -> None:
    assert wanted_files(holding(b"<?xml version='1.0'?><a/>", "invoice.xml"), ArchiveLimits(), nested=False) == ()
    assert not read_pdf(one_page(SEEN)).holds_files


def test_a_file_in_a_pdf_is_limited_like_an_archive() -> None:
    bomb = holding(zlib.compress(bytes(40 << 20), 9), "a.docx", entries="/Filter /FlateDecode")
    with pytest.raises(UnreadableError) as raised:
        embedded_files(bomb, ArchiveLimits())
    assert raised.value.problem is Problem.NOT_READ
    with pytest.raises(UnreadableError):
        wanted_files(holding(TABLE, "a.docx"), ArchiveLimits(), nested=True)


def test_a_damaged_file_in_a_pdf_is_told() -> None:
    (entry,) = embedded_files(holding(b"no zlib", "a.docx", entries="/Filter /FlateDecode"), ArchiveLimits())
    assert (entry.name, entry.problem) == ("a.docx", Problem.CORRUPT)
