"""The form of law by which authors ask that their initiative be recognised, alone and beside a summary table."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from support.applications import BENEFIT, SUMMARY, application, write
from support.dossier_mail import IN_TIME, mail, memo, table

from dossier.assessment import JudgingContext, judge_alone
from dossier.campaign import APPLIED, AUTHOR, FIELD, POSITION, TITLE
from dossier.campaign import BENEFIT as WORTH
from dossier.campaign import SUMMARY as TOLD
from dossier.deadline import Receipt
from dossier.model import Kind, Verdict
from hoso.campaigns import example_campaign
from parsers.application import NO_AUTHOR
from parsers.content import Content, Line
from parsers.document import MORE_APPLIED, Interpretation, interpret
from parsers.docx import read_docx
from parsers.pdf import read_pdf
from parsers.reader import read_message

ONE = ("Xe đẩy thuốc có ngăn màu theo ca trực", ("Lý Thị Hoa Mẫu",))
TWO = ("Đồng hồ báo áp suất oxy đặt tại quầy trực", ("Phan Minh Họa", "Tạ Thị Thí Điểm"))
READ = {
    TITLE: ONE[0],
    AUTHOR: ONE[1][0],
    POSITION: "Điều dưỡng, Khoa Nội",
    FIELD: "Y tế",
    APPLIED: "15/3/2021",
    TOLD: SUMMARY,
    WORTH: BENEFIT,
}


def cells(told: Interpretation) -> list[dict[str, str]]:
    assert told.table is not None
    return [dict(row.cells) for row in told.table.rows]


def test_an_application_tells_one_initiative_by_its_table_of_persons_and_its_sentences() -> None:
    told = interpret(read_docx(application(*ONE)), example_campaign())
    assert (told.kinds, told.description, told.doubts) == ((Kind.SUMMARY_TABLE,), True, ())
    assert cells(told) == [READ]
    [row] = told.table.rows if told.table else ()
    assert row.extra["Những thông tin cần được bảo mật"] == "Không"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application, and a summary table with an application behind it, as LibreOffice prints them."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("printed")
    (folder / "don.docx").write_bytes(application(*TWO))
    both = Document(io.BytesIO(table("BVDN")))
    both.add_page_break()
    write(both, *ONE)
    both.save(str(folder / "bang.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / name) for name in ("don.docx", "bang.docx")]
    subprocess.run([*asked, *files], check=True, capture_output=True, timeout=180)
    return folder


def test_it_is_read_where_a_printer_broke_its_lines(printed: Path) -> None:
    told = interpret(read_pdf((printed / "don.pdf").read_bytes()), example_campaign())
    assert (told.kinds, told.doubts) == ((Kind.SUMMARY_TABLE,), ())
    assert cells(told) == [{**READ, TITLE: TWO[0], AUTHOR: "\n".join(TWO[1])}]


def test_its_persons_are_no_rows_of_the_summary_table_before_it(printed: Path) -> None:
    for content in (read_pdf((printed / "bang.pdf").read_bytes()), read_docx((printed / "bang.docx").read_bytes())):
        told = interpret(content, example_campaign())
        assert (told.kinds, told.doubts, told.description) == ((Kind.SUMMARY_TABLE,), (), False)
        assert [row[TITLE] for row in cells(told)] == [ONE[0], TWO[0]]


def test_one_that_the_table_in_its_file_does_not_hold_is_told() -> None:
    for title, author, doubts in (
        ("Bảng nhận diện chất thải bằng hình", "Lý Thị Hoa Mẫu", ()),
        ("Bảng nhận diện chất thải bằng hình", "Đoàn Thị Ví Dụ", (MORE_APPLIED,)),
    ):
        file, saved = Document(io.BytesIO(table("BVDN"))), io.BytesIO()
        write(file, title, (author,))
        file.save(saved)
        assert interpret(read_docx(saved.getvalue()), example_campaign()).doubts == doubts


def test_several_in_one_file_are_several_initiatives() -> None:
    file, saved = Document(), io.BytesIO()
    for title, authors in (ONE, TWO):
        write(file, title, authors)
    file.save(saved)
    told = interpret(read_docx(saved.getvalue()), example_campaign())
    assert [row[AUTHOR] for row in cells(told)] == ["Lý Thị Hoa Mẫu", "Phan Minh Họa\nTạ Thị Thí Điểm"]
    assert told.doubts == ()


@pytest.mark.parametrize(
    "asked",
    [
        "Là tác giả đề nghị xét công nhận sáng kiến: “Xe đẩy: ba ngăn màu”",
        "- Là đồng tác giả đề nghị công nhận sáng kiến: “Xe đẩy: ba ngăn màu”",
        "Là các tác giả yêu cầu xét, công nhận sáng kiến “Xe đẩy: ba ngăn màu”",
        "Là nhóm tác giả (đồng tác giả) đề nghị xét công nhận sáng kiến (2): ……\n“Xe đẩy: ba ngăn màu” ……",
    ],
)
def test_its_title_is_what_follows_the_question(asked: str) -> None:
    lines = ("ĐƠN ĐỀ NGHỊ", "XÉT CÔNG NHẬN SÁNG KIẾN", "Tôi ghi tên dưới đây:", *asked.split("\n"))
    lines = (*lines, "Lĩnh vực áp dụng:", "Y tế", "Mô tả về bản chất của sáng kiến: Chia ngăn", "theo màu.")
    told = interpret(Content(tuple(map(Line, lines)), "docx"), example_campaign())
    assert cells(told) == [{TITLE: "“Xe đẩy: ba ngăn màu”", FIELD: "Y tế", TOLD: "Chia ngăn theo màu."}]
    assert told.doubts == (NO_AUTHOR,), "nobody is named: a person looks"


def test_beside_a_summary_table_it_is_an_extra_and_nobody_has_to_look() -> None:
    sent = mail("BVDN", {"T.docx": memo("BVDN"), "B.docx": table("BVDN"), "D.docx": application(*ONE)})
    submission = read_message(sent, (example_campaign(),))
    told = judge_alone(submission, Receipt(IN_TIME), example_campaign(), JudgingContext())
    assert (told.verdict, told.findings) == (Verdict.ACCEPTED, ())
    assert len(submission.documents) == 3


@pytest.mark.parametrize(
    "lines",
    [
        ("ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN", "Kính gửi: Hội đồng", "Tôi xin cam đoan."),
        ("ĐƠN XIN NGHỈ PHÉP", "Là tác giả đề nghị xét công nhận sáng kiến: Xe đẩy"),
        ("Đơn này là để", "Là tác giả đề nghị xét công nhận sáng kiến: Xe đẩy"),
    ],
)
def test_what_names_no_initiative_or_bears_another_title_is_none(lines: tuple[str, ...]) -> None:
    assert interpret(Content(tuple(map(Line, lines)), "docx"), example_campaign()).table is None


def test_one_form_under_a_title_of_its_own_is_a_description_too() -> None:
    lines = ("BÁO CÁO MÔ TẢ SÁNG KIẾN", f"1. Tên sáng kiến: {ONE[0]}", f"2. Tác giả: {ONE[1][0]}", "3. Lĩnh vực: Y tế")
    lines = (*lines, "4. Thời gian áp dụng: Tháng 3/2021", f"5. Tóm tắt nội dung: {SUMMARY}")
    report = interpret(Content(tuple(map(Line, lines)), "docx"), example_campaign())
    assert (cells(report)[0][TITLE], report.description) == (ONE[0], True)
    headed = ("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", *lines[1:])
    assert not interpret(Content(tuple(map(Line, headed)), "docx"), example_campaign()).description
