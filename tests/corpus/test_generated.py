"""A small sample of generated dossiers, read by the program; `make accuracy` makes thousands, pictures included."""

import io
import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from corpus.generator import word_library
from corpus.generator.accuracy import Accuracy, accuracy
from corpus.generator.build import build, write_truth
from corpus.generator.dossier import PLAIN, dossier
from corpus.generator.glyphs import alone
from corpus.generator.initiatives import initiatives
from corpus.generator.legacy_fonts import Encoding, encode
from corpus.generator.lexicon import lexicon
from corpus.generator.page import Paper
from corpus.generator.report import Told, bars, put
from corpus.generator.run import load_results
from corpus.generator.table_branches import BRANCHES_SHAPES
from corpus.generator.table_provinces import PROVINCES_SHAPES
from corpus.generator.table_shapes import draw
from corpus.generator.table_trades import TRADES_SHAPES
from corpus.generator.workbook import workbook
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from openpyxl import load_workbook
from support.archives import needs_libarchive

from dossier.folding import fold

_HOSO = Path(sys.executable).parent / "hoso"
_SEEDS = range(5_000, 5_060)

pytestmark = needs_libarchive


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Accuracy:
    """Sixty dossiers of Word files and workbooks, in every shape of mail."""
    return _read(tmp_path_factory.mktemp("generated"), "seen", _SEEDS)


def _read(folder: Path, part: str, seeds: Sequence[int]) -> Accuracy:
    truths = build(folder, part, seeds, PLAIN)
    write_truth(folder, truths)
    command = [_HOSO, "inspect", "--json", *sorted((folder / "messages").iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110)
    (folder / "results.jsonl").write_text(done.stdout, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return accuracy(truths, load_results(folder / "results.jsonl"))


def test_generated_dossiers_are_judged_right(read: Accuracy) -> None:
    assert read.accepted_wrongly == []
    assert read.refused_wrongly == []
    assert [miss for tally in read.by_story.values() for miss in tally.misses] == []
    assert read.others_handed == []


def test_generated_documents_are_read_field_by_field(read: Accuracy) -> None:
    assert [what for what, _, _, reached in bars(read) if not reached] == []
    assert {made: tally.misses for made, tally in read.by_made.items() if tally.share < 0.99} == {}
    assert sum(tally.fields for tally in read.by_made.values()) > 1_000


def test_layouts_of_the_sixth_set_are_read(tmp_path: Path) -> None:
    """An example left over the rows, summaries under them, an address and another's stamp in the letterhead."""
    read = _read(tmp_path, "provinces", (6_069, 6_293))
    layouts = {"memo: address", "memo: arrived", "table: example left", "table: summary beneath"}
    assert layouts <= read.by_layout.keys()
    assert (read.accepted_wrongly, read.refused_wrongly, read.others_handed) == ([], [], [])
    assert {name: tally.misses for name, tally in read.by_made.items() if tally.misses} == {}


def test_layouts_of_the_seventh_set_are_read(tmp_path: Path) -> None:
    """A table headed in English alone, names in two columns, a firm beside its union, a foreign director."""
    read = _read(tmp_path, "trades", (8_018, 8_048))
    layouts = {"memo: beside the firm", "signed: with director", "table: in English", "table: name in two"}
    assert layouts <= read.by_layout.keys()
    assert (read.accepted_wrongly, read.refused_wrongly, read.others_handed) == ([], [], [])
    assert {name: tally.misses for name, tally in read.by_made.items() if tally.misses} == {}


def test_a_seed_makes_the_same_dossier_every_time() -> None:
    first, again = (dossier("seen", 77, PLAIN) for _ in range(2))
    assert [file.content for file in first.files] == [file.content for file in again.files]
    assert first.truth.as_json("x.eml") == again.truth.as_json("x.eml")


def test_the_words_held_out_are_others() -> None:
    seen, unseen = lexicon("seen"), lexicon("unseen")
    assert not set(seen.families) & set(unseen.families)
    assert not {thing for topic in seen.topics for thing in topic.things} & {
        thing for topic in unseen.topics for thing in topic.things
    }
    assert not set(seen.outside) & set(unseen.outside)


_HELD_OUT = ("unseen", "fresh", "sectors", "branches", "provinces", "trades")


@pytest.mark.parametrize("held_out", _HELD_OUT[2:])
def test_the_later_sets_head_their_columns_in_words_of_their_own(held_out: str) -> None:
    parts = {part: lexicon(part).headers for part in ("seen", *_HELD_OUT)}
    told = {part: {fold(text) for texts in heads.values() for text in texts} for part, heads in parts.items()}
    assert len(told.pop(held_out).difference(*told.values())) >= 40


_LATER_SHAPES = {"branches": BRANCHES_SHAPES, "provinces": PROVINCES_SHAPES, "trades": TRADES_SHAPES}


@pytest.mark.parametrize(("part", "shape"), [(part, shape) for part, more in _LATER_SHAPES.items() for shape in more])
def test_every_shape_of_the_later_sets_tells_as_many_rows_as_there_are_initiatives(part: str, shape: str) -> None:
    rng, words = random.Random(shape), lexicon(part)
    made = initiatives(rng, words, 5)
    drawing = draw(rng, words, made, union="Trạm Y tế", shape=shape, more=_LATER_SHAPES[part])
    assert [row["title"] for row in drawing.rows] == [" ".join(one.title.split()) for one in made]
    assert word_library.word_file(Paper(tuple(drawing.blocks), landscape=True))


def test_numbers_by_formula_keep_the_value_that_was_calculated_last() -> None:
    rng, words = random.Random(1), lexicon("provinces")
    made = initiatives(rng, words, 3)
    drawing = draw(rng, words, made, union="Trạm Y tế", shape="counted by formula", more=PROVINCES_SHAPES)
    content = workbook(drawing.blocks, rng, "Arial")
    formulas, values = (_first_columns(content, data_only=only) for only in (False, True))
    assert [str(value).startswith("=A") for value in formulas if value == 1 or str(value).startswith("=")] == [0, 1, 1]
    assert [value for value in values if isinstance(value, int)] == [1, 2, 3]


def _first_columns(content: bytes, *, data_only: bool) -> list[object]:
    book = load_workbook(io.BytesIO(content), data_only=data_only)
    return [one.value for page in book.worksheets for one in page["A"]]


def test_a_paper_printed_glyph_by_glyph_keeps_its_letters_and_loses_its_blanks() -> None:
    page = io.BytesIO()
    with PdfPages(page) as out:
        figure = Figure(figsize=(6, 2))
        figure.text(0.1, 0.5, "Tờ trình số 12", fontsize=14)
        out.savefig(figure)
    with pdfplumber.open(io.BytesIO(alone(page.getvalue()))) as document:
        chars = document.pages[0].chars
        assert "".join(char["text"] for char in chars) == "Tờtrìnhsố12"
        assert document.pages[0].extract_text() == "Tờ trình số 12"


@pytest.mark.parametrize(
    ("encoding", "text", "stored"),
    [
        (Encoding.TCVN3, "Uỷ ban nhân dân", "Uû ban nh©n d©n"),
        (Encoding.VNI, "BỘ GIAO THÔNG VẬN TẢI", "BOÄ GIAO THOÂNG VAÄN TAÛI"),
    ],
)
def test_legacy_fonts_are_written_as_the_fonts_of_the_time_did(encoding: Encoding, text: str, stored: str) -> None:
    assert encode(text, encoding) == stored


def test_figures_are_put_between_their_marks(tmp_path: Path, read: Accuracy) -> None:
    page = tmp_path / "accuracy.md"
    marks = "<!-- figures of seen: written by make accuracy -->\nyesterday\n<!-- end of figures of seen -->"
    page.write_text(f"# Head\n{marks}\nfoot\n", encoding="utf-8")
    put(page, read, Told("seen", 5_000, date(2021, 4, 20)))
    text = page.read_text(encoding="utf-8")
    (digital, *_) = bars(read)
    assert f"| fields of digital documents | {digital[1]} | 99 % |" in text
    assert "60 dossiers, 0 of them with pictures, seeds from 5000 on, 20 April 2021." in text
    assert "fields of scans" not in text
    assert "yesterday" not in text
    assert text.endswith("\nfoot\n")
    with pytest.raises(ValueError, match="no place for the figures of unseen"):
        put(page, read, Told("unseen", 5_000, date(2021, 4, 20)))


def test_a_run_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    kept = tmp_path / "results.jsonl"
    kept.write_text('{"file": "a.eml", "verdict": "late"}\n{"file": "b.eml", "ver', encoding="utf-8")
    assert set(load_results(kept)) == {"a.eml"}
    with kept.open("a", encoding="utf-8") as out:
        out.write('{"file": "b.eml", "verdict": "accepted"}\n')
    assert load_results(kept)["b.eml"]["verdict"] == "accepted"
