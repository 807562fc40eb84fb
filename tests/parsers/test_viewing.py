"""Pages are drawn inside the sandbox, where asked for; a page that cannot be drawn costs no reading."""

import base64
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image
from support.attachments import MESSAGES, attachment
from support.drawn import drawn, pdf_of
from support.ocr import needs_ocr
from support.raw_mail import with_files
from support.scanner import Colour

from hoso.campaigns import example_campaign
from parsers.conversion import INSTALL
from parsers.docx import read_docx
from parsers.identify import DOCX, Identity, Opener
from parsers.limits import Limits
from parsers.office_programs import installed
from parsers.sandbox import Sandbox
from parsers.viewing import SUFFIX, Viewer, pages_of
from parsers.views import PageImage

PDF = Identity("application/pdf", Opener.PDF)
CAMPAIGNS = (example_campaign(),)


def picture(page: PageImage) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(page.webp)))


def jpeg(page: Colour) -> bytes:
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(CAMPAIGNS, Limits(part_seconds=60, message_seconds=120)) as opened:
        yield opened


def test_each_page_of_a_pdf_comes_as_a_picture_of_its_own_shape(sandbox: Sandbox) -> None:
    [path] = MESSAGES.glob("d02-*.eml")
    submission, views = sandbox.view(path.read_bytes())
    assert [view.part for view in views] == [one.part for one in submission.documents]
    memo, table = views
    assert [(page.number, page.as_read) for page in memo.pages] == [(1, False)]
    assert len(table.pages) == submission.documents[1].pages == 2
    for page in (*memo.pages, *table.pages):
        width, height = picture(page).size
        assert width / height == pytest.approx(page.width / page.height, rel=0.01)
        assert max(width, height) <= 1500
    assert memo.content is not None
    assert any("TỜ TRÌNH" in getattr(block, "text", "") for block in memo.content.blocks)


def test_reading_with_pictures_reads_the_same(sandbox: Sandbox) -> None:
    [path] = MESSAGES.glob("d04-*.eml")
    assert sandbox.view(path.read_bytes())[0] == sandbox.read(path.read_bytes())


def test_a_broken_pdf_is_shown_without_pages_and_keeps_the_others(sandbox: Sandbox) -> None:
    broken = attachment("d02")[:4000]
    submission, views = sandbox.view(with_files(("a.pdf", broken), ("b.pdf", attachment("d02"))))
    assert submission.documents[0].problem is not None
    assert [len(view.pages) for view in views][-1] == 1


def test_a_step_that_is_left_out_says_why() -> None:
    viewer = Viewer(lambda part: None, {"2" + SUFFIX: "out of memory"}, None)
    viewer.show("2", PDF, attachment("d02"), None)
    viewer.show("3", PDF, attachment("d02"), None)
    without, with_page = viewer.found()
    assert (without.pages, without.note) == ((), "out of memory")
    assert len(with_page.pages) == 1
    last = Viewer(lambda part: None, {}, only=("3",))
    last.show("3", PDF, attachment("d02"), None)
    assert "used up" in last.found()[0].note


def test_pages_beyond_the_most_are_told_and_not_drawn() -> None:
    viewer = Viewer(lambda part: None, {}, None)
    viewer.show("2", PDF, pdf_of(*[attachment("d02")] * 42), None)
    [view] = viewer.found()
    assert len(view.pages) == 40
    assert "not shown" in view.note


@needs_ocr
def test_a_scan_is_shown_upright_as_it_was_read() -> None:
    words = ["Cong", "doan", "co", "so", "benh", "vien", "xin", "gui", "to", "trinh", "nay"]
    lines = [(60, 60 + 30 * place, " ".join((words[place:] + words[:place])[: 8 + place % 3])) for place in range(11)]
    page = drawn(lines)
    [upright] = pages_of(Opener.PICTURE, jpeg(page), None)
    [lying] = pages_of(Opener.PICTURE, jpeg(page.swapaxes(0, 1)[::-1].copy()), None)
    assert upright.as_read
    assert upright.height > upright.width
    assert lying.height > lying.width
    assert replace(lying, webp="", width=0, height=0) == replace(upright, webp="", width=0, height=0)


@pytest.mark.skipif(installed().office is None, reason=INSTALL)
def test_word_files_and_workbooks_are_shown_as_they_are_laid_out(sandbox: Sandbox) -> None:
    _, (memo, sheet) = sandbox.view(with_files(("a.docx", attachment("d01")), ("b.xlsx", attachment("d05", 1))))
    assert [len(view.pages) > 0 for view in (memo, sheet)] == [True, True]
    assert memo.printed is not None
    assert any(getattr(block, "text", "") == "TỜ TRÌNH" and block.box for block in memo.printed.blocks)  # type: ignore[union-attr]
    assert memo.note == ""


def test_without_a_program_that_lays_it_out_a_word_file_is_shown_as_its_text() -> None:
    viewer = Viewer(lambda part: None, {}, None)
    viewer.show("2", Identity(DOCX, Opener.DOCX), attachment("d01"), read_docx(attachment("d01")))
    [view] = viewer.found()
    assert (view.pages, view.printed) == ((), None)
    assert view.note.startswith("shown as its text")
