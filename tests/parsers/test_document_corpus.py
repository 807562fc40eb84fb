"""The digital attachments of the corpus, read by the readers and compared as the customer's scorer compares."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support.attachments import attachments
from support.campaigns import forms_campaign

from dossier.model import Row
from hoso.campaigns import example_campaign
from parsers.content import Content
from parsers.document import Interpretation, interpret
from parsers.docx import read_docx
from parsers.pdf import read_pdf
from parsers.spreadsheet import read_spreadsheet

CORPUS = Path(__file__).parents[1] / "corpus"
READERS: dict[str, Callable[[bytes], Content]] = {".docx": read_docx, ".xlsx": read_spreadsheet, ".pdf": read_pdf}
LATER = {("d26", "Bang tong hop.docx")}
"""A file that is broken."""


def _scorer_fold() -> Callable[[object], str]:
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.fold


FOLD = _scorer_fold()
TRUTH = {entry["file"].split("-", 1)[0]: entry for entry in json.loads((CORPUS / "truth.json").read_text("utf8"))}
CASES = [
    (case, document["file"])
    for case, entry in TRUTH.items()
    for document in entry["documents"]
    if not document.get("ocr")
    and Path(document["file"]).suffix in READERS
    and (case, document["file"]) not in LATER
    and any(name == document["file"] for name, _ in attachments(case))
]


@pytest.mark.parametrize("campaign", [example_campaign(), forms_campaign()], ids=["shipped", "forms"])
@pytest.mark.parametrize(("case", "file"), CASES, ids=["/".join(case) for case in CASES])
def test_every_digital_document_of_the_corpus_is_read_as_it_is(case: str, file: str, campaign) -> None:
    wanted = next(document for document in TRUTH[case]["documents"] if document["file"] == file)
    data = next(data for name, data in attachments(case) if name == file)
    read = interpret(READERS[Path(file).suffix](data), campaign)
    assert sorted(read.kinds) == sorted(wanted["kinds"])
    assert read.doubts == ()
    assert _differences(wanted.get("memo") or {}, lambda key: getattr(read.memo, key)) == {}
    if wanted.get("rows") is not None:
        _compare_rows(wanted["rows"], read)


def _compare_rows(wanted: list[dict[str, str]], read: Interpretation) -> None:
    assert read.table is not None
    rows: tuple[Row, ...] = read.table.rows
    assert len(rows) == len(wanted)
    for row, expected in zip(rows, wanted, strict=True):
        assert _differences(expected, row.cells.get) == {}
        assert dict(row.extra) == {}


def _differences(wanted: dict[str, str], got: Callable[[str], object]) -> dict[str, object]:
    return {key: got(key) for key, text in wanted.items() if FOLD(text) != FOLD(got(key))}


def test_the_memos_speak_of_as_many_initiatives_as_their_tables_hold_except_where_they_differ() -> None:
    for case in ("d01", "d09", "d27", "d32"):
        memo, table = (interpret(read_docx(data), example_campaign()) for _, data in attachments(case)[:2])
        assert memo.memo is not None
        assert table.table is not None
        assert memo.memo.stated_count == len(table.table.rows)
    differing = interpret(read_docx(attachments("d58")[0][1]), example_campaign())
    assert differing.memo is not None
    assert differing.memo.stated_count == 5
