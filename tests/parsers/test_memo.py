"""Memos of the shapes that unions write, each as content made by hand."""

from datetime import date

import pytest
from support.campaigns import forms_campaign
from support.contents import BODY, LETTERHEAD, MEMO, SIGNATURE, content, grid
from support.interpreting import read_memo

from dossier.model import Kind, Memo
from parsers.content import Line
from parsers.document import interpret

ISSUER = "CĐCS BỆNH VIỆN MẮT SÔNG PHỐ"
PARENT = "CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI"
TITLE = "TỜ TRÌNH"
ABSTRACT = "Về việc giới thiệu sáng kiến tiêu biểu"
TO = "Kính gửi: Ban Thường vụ Công đoàn ngành Y tế Đồng Nai"
ADDRESSEE = "Ban Thường vụ Công đoàn ngành Y tế Đồng Nai"


def kinds(*blocks: object) -> tuple[Kind, ...]:
    return interpret(content(*blocks), forms_campaign()).kinds


def letterhead(left: str, right: str | None = None, number: str = "Số: 12/TTr-CĐCS", day: str = "14 tháng 4 năm 2021"):
    return grid(
        (left, right if right is not None else "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        (number, f"Biên Hòa, ngày {day}"),
        ruled=False,
    )


def memo(
    *, head=LETTERHEAD, title: str = TITLE, abstract: str = ABSTRACT, to: str = TO, body=BODY, signature=SIGNATURE
):
    return read_memo(*[block for block in (head, title, abstract, to, *body, signature) if block != ""])


def test_every_part_of_a_memo_is_found() -> None:
    assert read_memo(*MEMO) == Memo(
        issuer=ISSUER,
        parent=PARENT,
        number="12/TTr-CĐCS",
        place="Biên Hòa",
        date=date(2021, 4, 14),
        subject=ABSTRACT,
        addressee=ADDRESSEE,
        signer="Vương Thế Lữ",
        signer_title="CHỦ TỊCH",
        stated_count=2,
        missing=(),
    )


@pytest.mark.parametrize(
    ("left", "issuer", "parent"),
    [
        (f"{PARENT}\n{ISSUER}", ISSUER, PARENT),
        ("CÔNG ĐOÀN NGÀNH Y TẾ\nĐỒNG NAI\nCĐCS BỆNH VIỆN MẮT\nSÔNG PHỐ\n-------", ISSUER, PARENT),
        (
            "LĐLĐ TỈNH ĐỒNG NAI\nCÔNG ĐOÀN NGÀNH Y TẾ\nCĐCS TRƯỜNG TRUNG CẤP DƯỢC",
            "CĐCS TRƯỜNG TRUNG CẤP DƯỢC",
            "LĐLĐ TỈNH ĐỒNG NAI CÔNG ĐOÀN NGÀNH Y TẾ",
        ),
        (
            "CĐN Y TẾ ĐỒNG NAI\nCÔNG ĐOÀN CƠ SỞ\nCÔNG TY TNHH DƯỢC SÔNG PHỐ",
            "CÔNG ĐOÀN CƠ SỞ CÔNG TY TNHH DƯỢC SÔNG PHỐ",
            "CĐN Y TẾ ĐỒNG NAI",
        ),
        (
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nĐỒNG NAI\nCÔNG ĐOÀN BỆNH VIỆN MẮT",
            "CÔNG ĐOÀN BỆNH VIỆN MẮT",
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐỒNG NAI",
        ),
        (
            "CÔNG ĐOÀN NGÀNH Y TẾ\nBAN CHẤP HÀNH\nCĐCS TRẠM Y TẾ SÔNG PHỐ",
            "BAN CHẤP HÀNH CĐCS TRẠM Y TẾ SÔNG PHỐ",
            "CÔNG ĐOÀN NGÀNH Y TẾ",
        ),
        (
            "SỞ Y TẾ ĐỒNG NAI\nBỆNH VIỆN MẮT SÔNG PHỐ\nCÔNG ĐOÀN CƠ SỞ",
            "BỆNH VIỆN MẮT SÔNG PHỐ CÔNG ĐOÀN CƠ SỞ",
            "SỞ Y TẾ ĐỒNG NAI",
        ),
        ("CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI\nBỆNH VIỆN MẮT SÔNG PHỐ\n*****", "BỆNH VIỆN MẮT SÔNG PHỐ", PARENT),
        ("CĐCS TRẠM Y TẾ SÔNG PHỐ\nGRASSROOTS TRADE UNION", "CĐCS TRẠM Y TẾ SÔNG PHỐ", None),
        ("CĐCS TRẠM Y TẾ SÔNG PHỐ\nMẫu CĐ-05", "CĐCS TRẠM Y TẾ SÔNG PHỐ", None),
        ("CĐCS TRẠM Y TẾ SÔNG PHỐ\nĐC: Ấp 3, xã Sông Nhạn\nHotline: 0900 000 111", "CĐCS TRẠM Y TẾ SÔNG PHỐ", None),
        ("CĐCS: TRẠM Y TẾ SÔNG PHỐ", "CĐCS: TRẠM Y TẾ SÔNG PHỐ", None),
        ("HỎA TỐC\nCĐCS CÔNG TY TNHH\nSHING MARK", "CĐCS CÔNG TY TNHH SHING MARK", None),
        ("CĐCS CHI CỤC DÂN SỐ -\nKẾ HOẠCH HÓA GIA ĐÌNH", "CĐCS CHI CỤC DÂN SỐ - KẾ HOẠCH HÓA GIA ĐÌNH", None),
    ],
)
def test_the_issuer_is_its_own_lines_without_its_parents(left: str, issuer: str, parent: str | None) -> None:
    found = memo(head=letterhead(left))
    assert (found.issuer, found.parent) == (issuer, parent)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Số: 12/TTr-CĐCS", "12/TTr-CĐCS"),
        ("Số 05/TTr-CĐ", "05/TTr-CĐ"),
        ("Số:  07 / TTr - CĐCS", "07/TTr-CĐCS"),
        ("Số: 15-TTr/CĐCS", "15-TTr/CĐCS"),
        ("Số: 12/2021/TTr-CĐCS.", "12/2021/TTr-CĐCS"),
        ("12/TTr-CĐCS", "12/TTr-CĐCS"),
        ("Số: 21/CĐCS", "21/CĐCS"),
        ("Số: 8", "8"),
        ("Số: ……/TTr-CĐCS", None),
        ("Số:     /TTr", None),
        ("", None),
    ],
)
def test_a_number_is_as_written_and_a_blank_one_is_none(written: str, number: str | None) -> None:
    found = memo(head=letterhead(f"{PARENT}\n{ISSUER}", number=written))
    assert found.number == number
    assert ("number" in found.missing) == (number is None)
    assert found.issuer == ISSUER


@pytest.mark.parametrize("head", ["CÔNG VĂN ĐẾN", "ĐẾN"])
def test_the_stamp_of_an_arrival_tells_nothing_of_the_memo(head: str) -> None:
    stamp = grid((f"{head}\nSố: 598\nNgày: 02/3/2021\nChuyển: ............",))
    found = memo(head=stamp, title=LETTERHEAD, abstract=TITLE, to=ABSTRACT, body=(TO, *BODY))
    assert (found.number, found.date, found.issuer) == ("12/TTr-CĐCS", date(2021, 4, 14), ISSUER)
    blank = letterhead(f"{PARENT}\n{ISSUER}", number="Số: ……/TTr-CĐCS")
    assert memo(head=stamp, title=blank, abstract=TITLE, to=ABSTRACT, body=(TO, *BODY)).number is None


def test_the_number_of_the_plan_in_the_body_is_not_the_memos() -> None:
    body = ("Căn cứ Kế hoạch", "Số: 39/CĐN ngày 16/3/2021;", "CĐCS xét chọn 02 sáng kiến.")
    assert memo(head=letterhead(f"{PARENT}\n{ISSUER}", number=""), body=body).number is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("14 tháng 4 năm 2021", date(2021, 4, 14)),
        ("05 tháng 04 năm 2021", date(2021, 4, 5)),
        ("14/4/2021", date(2021, 4, 14)),
        ("14 tháng 4 năm\n2021", date(2021, 4, 14)),
        ("…… tháng 4 năm 2021", None),
        ("     tháng     năm 2021", None),
        ("31 tháng 02 năm 2021", None),
    ],
)
def test_a_blank_or_impossible_day_gives_no_date_and_the_place_stays(written: str, day: date | None) -> None:
    found = memo(head=letterhead(f"{PARENT}\n{ISSUER}", day=written))
    assert found.place == "Biên Hòa"
    assert found.date == day
    assert ("date" in found.missing) == (day is None)


def test_marks_beside_a_date_and_a_motto_that_lost_a_letter_are_a_scans() -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n__ Độc lập - Tự do - Hạnh"
    lines = (f"{PARENT}\n{ISSUER}", f"{motto}\nhúc"), ("Số:185/TTr-CĐCS", "` Biên Hòa, 27/03/2021 _")
    found = memo(head=grid(*lines, ruled=False))
    assert (found.place, found.date, found.issuer) == ("Biên Hòa", date(2021, 3, 27), ISSUER)


@pytest.mark.parametrize("title", ["TỜ TRÌNH", "T Ờ   T R Ì N H", "TỜ  TRÌNH:", "Tờ trình", "TỜ\u00a0TRÌNH"])
def test_the_type_name_stands_on_a_line_of_its_own_however_it_is_spaced(title: str) -> None:
    assert memo(title=title).subject == ABSTRACT


def test_the_type_name_may_stand_in_a_cell_of_the_letterhead() -> None:
    head = grid(
        (
            f"{PARENT}\n{ISSUER}\nSố: 12/TTr-CĐCS",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBiên Hòa, ngày 14 tháng 4 năm 2021",
        ),
        (f"{TITLE}\n{ABSTRACT}", "<"),
        ruled=False,
    )
    found = memo(head=head, title="", abstract="")
    assert (found.issuer, found.subject, found.addressee) == (ISSUER, ABSTRACT, ADDRESSEE)


@pytest.mark.parametrize(
    ("abstract", "subject"),
    [
        ("V/v đề nghị xét chọn\nsáng kiến năm 2021", "V/v đề nghị xét chọn sáng kiến năm 2021"),
        ("Đề nghị xét chọn sáng kiến\n--------", "Đề nghị xét chọn sáng kiến"),
        ("(V/v xét chọn sáng kiến)", "(V/v xét chọn sáng kiến)"),
        ("", None),
    ],
)
def test_the_abstract_is_what_stands_under_the_type_name(abstract: str, subject: str | None) -> None:
    found = memo(abstract=abstract)
    assert found.subject == subject
    assert found.addressee == ADDRESSEE


def test_an_abstract_on_the_line_of_the_type_name_belongs_to_it() -> None:
    found = memo(title="TỜ TRÌNH Về việc giới thiệu sáng kiến", abstract="tiêu biểu năm 2021")
    assert found.subject == "Về việc giới thiệu sáng kiến tiêu biểu năm 2021"


def test_an_abstract_may_stand_under_the_number() -> None:
    number = "Số: 12/TTr-CĐCS\nV/v xét chọn\nsáng kiến\n***"
    found = memo(head=letterhead(f"{PARENT}\n{ISSUER}", number=number), abstract="")
    assert found.subject == "V/v xét chọn sáng kiến"
    assert (found.issuer, found.number, found.place) == (ISSUER, "12/TTr-CĐCS", "Biên Hòa")


@pytest.mark.parametrize(
    ("to", "addressee"),
    [
        (TO, ADDRESSEE),
        (f"Kính gửi:\n- {ADDRESSEE};\n- Thường trực Hội đồng xét chọn.", f"{ADDRESSEE}; Thường trực Hội đồng xét chọn"),
        ("Kính gửi: Ban Thường vụ Công đoàn ngành Y tế\nĐồng Nai.", ADDRESSEE),
        ("Kính gửi: Ban Thường vụ\nCông đoàn ngành Y tế Đồng Nai", ADDRESSEE),
        ("KÍNH GỬI : BAN THƯỜNG VỤ CÔNG ĐOÀN NGÀNH", "BAN THƯỜNG VỤ CÔNG ĐOÀN NGÀNH"),
        (
            "Kính gửi: Ban Thường vụ Công đoàn ngành Y tế và Hội đồng\nxét chọn sáng kiến",
            "Ban Thường vụ Công đoàn ngành Y tế và Hội đồng xét chọn sáng kiến",
        ),
        ("", None),
    ],
)
def test_the_addressee_is_what_follows_kinh_gui(to: str, addressee: str | None) -> None:
    found = memo(to=to)
    assert found.addressee == addressee
    assert found.subject == ABSTRACT
    assert found.stated_count == 2


@pytest.mark.parametrize(
    ("block", "signer", "title"),
    [
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\n\nVương Thế Lữ", "Vương Thế Lữ", "CHỦ TỊCH"),
        (
            "TM. BCH CĐCS\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nBS.CKII Vương Thế Lữ",
            "BS.CKII Vương Thế Lữ",
            "PHÓ CHỦ TỊCH",
        ),
        ("TM. BAN CHẤP HÀNH\nCÔNG ĐOÀN CƠ SỞ\nCHỦ TỊCH\nVƯƠNG THẾ LỮ", "VƯƠNG THẾ LỮ", "CHỦ TỊCH"),
        ("T/M BAN CHẤP HÀNH\nPhó Chủ tịch\n(Ký tên, đóng dấu)\nVương Thế Lữ", "Vương Thế Lữ", "Phó Chủ tịch"),
        ("TM. BAN THƯỜNG VỤ\nQ. CHỦ TỊCH\nVương Thế Lữ", "Vương Thế Lữ", "Q. CHỦ TỊCH"),
        ("TM. BAN CHẤP HÀNH CHỦ TỊCH\nVương Thế Lữ", "Vương Thế Lữ", "CHỦ TỊCH"),
        ("TUQ. BAN CHẤP HÀNH\nỦY VIÊN\nVương Thế Lữ", "Vương Thế Lữ", "ỦY VIÊN"),
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH", None, "CHỦ TỊCH"),
        ("CHỦ TỊCH\nVương Thế Lữ", "Vương Thế Lữ", "CHỦ TỊCH"),
        ("ĐẠI DIỆN BAN CHẤP HÀNH\nCHỦ TỊCH\nNhà báo Vương Thế Lữ", "Nhà báo Vương Thế Lữ", "CHỦ TỊCH"),
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nK'Tiếu", "K'Tiếu", "CHỦ TỊCH"),
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nLuật sư Vương Lữ", "Luật sư Vương Lữ", "CHỦ TỊCH"),
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n(Đã ký)\nÚt", "Út", "CHỦ TỊCH"),
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nKý", None, "CHỦ TỊCH"),
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nÚt\nMười", None, "CHỦ TỊCH"),
    ],
)
@pytest.mark.parametrize("layout", ["table", "lines", "tabs"])
def test_the_signer_stands_under_authority_and_position(block: str, signer, title, layout: str) -> None:
    left = ["Nơi nhận:", "- Như trên;", "- Lưu: VP."]
    lines = [line for line in block.split("\n") if line]
    if layout == "table":
        signature = [grid(("\n".join(left), block), ruled=False)]
    elif layout == "lines":
        signature = [*lines, *left]
    else:
        pairs = [f"{left[place] if place < 3 else ''}\t{line}".strip() for place, line in enumerate(lines)]
        signature = [*pairs, *left[len(lines) :]]
    found = read_memo(LETTERHEAD, TITLE, ABSTRACT, TO, *BODY, *signature)
    assert (found.signer, found.signer_title) == (signer, title)
    assert ("authority" in found.missing) == block.startswith("CHỦ")


def test_a_signer_whose_family_name_is_that_of_a_filing_note_is_the_signer() -> None:
    block = "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nLưu Văn Nguyệt"
    for left in ("Nơi nhận:\n- Như trên;\n- Lưu: VP.", "Nơi nhận:\nNhư trên;\nLưu VT."):
        assert memo(signature=grid((left, block), ruled=False)).signer == "Lưu Văn Nguyệt"


def test_the_unions_signature_is_taken_where_the_head_of_the_unit_signs_beside_it() -> None:
    beside = grid(("TM. BAN GIÁM ĐỐC\nGIÁM ĐỐC\nLâm Thị Hân", "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nVương Thế Lữ"), ruled=False)
    found = memo(signature=beside)
    assert (found.signer, found.signer_title) == ("Vương Thế Lữ", "CHỦ TỊCH")


def test_place_and_date_may_stand_over_the_signature() -> None:
    head = grid((f"{PARENT}\n{ISSUER}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ruled=False)
    found = read_memo(head, TITLE, ABSTRACT, TO, *BODY, "Biên Hòa, ngày 14 tháng 4 năm 2021", SIGNATURE)
    assert (found.place, found.date) == ("Biên Hòa", date(2021, 4, 14))


@pytest.mark.parametrize("cut", ["ngày 14 tháng 4 năm|2021", "ngày 14 tháng|4 năm 2021", "ngày 14|tháng 4 năm 2021"])
def test_a_date_that_a_narrow_column_broke_is_one_and_no_part_of_the_issuer(cut: str) -> None:
    number = "Số: 12/TTr-CĐCS\nBiên Hòa, " + cut.replace("|", "\n")
    head = grid((f"{PARENT}\n{ISSUER}\n{number}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ruled=False)
    found = memo(head=head)
    assert (found.issuer, found.place, found.date) == (ISSUER, "Biên Hòa", date(2021, 4, 14))


def test_missing_parts_are_named() -> None:
    found = read_memo(TITLE, ABSTRACT, TO, *BODY)
    assert found.missing == ("national-title", "number", "date", "authority", "signer")


def test_a_bare_type_name_is_doubtful() -> None:
    found = interpret(content("TỜ TRÌNH", "Xe đẩy thuốc hai tầng"), forms_campaign())
    assert found.kinds == (Kind.MEMO,)
    assert len(found.doubts) == 1


def test_a_type_name_read_badly_from_a_picture_is_doubtful() -> None:
    found = interpret(content(LETTERHEAD, Line("TỜ TRÌNH", confidence=0.4), TO, *BODY, SIGNATURE), forms_campaign())
    assert found.kinds == (Kind.MEMO,)
    assert len(found.doubts) == 1


@pytest.mark.parametrize(
    "blocks",
    [
        ("BẢNG KÊ", "(Kèm theo Tờ trình số 12/TTr-CĐCS)"),
        ("DANH SÁCH", "(Kèm theo", "TỜ TRÌNH", "số 12/TTr-CĐCS)"),
        (LETTERHEAD, "KẾ HOẠCH", "Triển khai Chương trình", "Hồ sơ gồm:", "TỜ TRÌNH", "Bảng tổng hợp"),
        (LETTERHEAD, "BÁO CÁO", "Kết quả phong trào", TO, "Theo Tờ trình của CĐCS."),
        ("Kính gửi Công đoàn ngành,", "CĐCS xin gửi Tờ trình và Bảng tổng hợp sáng kiến.", "Trân trọng./."),
        ("HỒ SƠ GỒM", "1. TỜ TRÌNH", "2. BẢNG TỔNG HỢP", "- Tờ trình"),
        (*(f"Dòng thứ {place}" for place in range(60)), "TỜ TRÌNH", "Nội dung"),
        ("Quý vị xem Tờ trình sau:", "Tờ trình", "rồi cho ý kiến."),
        (),
    ],
)
def test_a_document_that_only_speaks_of_a_memo_is_none(blocks) -> None:
    found = interpret(content(*blocks), forms_campaign())
    assert found.memo is None


def test_a_memo_may_come_behind_the_table_in_one_file() -> None:
    many = [("1", "Lâm Thị Hân", "Xe đẩy", "Hàn thêm tầng", "3/2021")] * 30
    table = grid(("STT", "Tác giả", "Tên sáng kiến", "Tóm tắt", "Thời gian áp dụng"), *many)
    assert kinds("BẢNG TỔNG HỢP SÁNG KIẾN", table, *MEMO) == (Kind.MEMO, Kind.SUMMARY_TABLE)


def test_a_signature_among_three_columns_is_that_of_the_union() -> None:
    union = "T.M BAN CHẤP HÀNH CÔNG ĐOÀN\nCƠ SỞ\nPHÓ CHỦ TỊCH PHỤ\nTRÁCH\n\nBác sĩ Điểu Thị Hồng Yên"
    signed = grid(("NGƯỜI LẬP\n\nLê Thị Lan", "THỦ TRƯỞNG ĐƠN VỊ\n\nTrần Văn Bình", union), ruled=False)
    lines = (ISSUER, TITLE, ABSTRACT, TO, "Kính trình.", "Biên Hòa, ngày 12 tháng 4 năm 2021")
    memo = read_memo(*lines, signed)
    assert (memo.signer, memo.signer_title) == ("Bác sĩ Điểu Thị Hồng Yên", "PHÓ CHỦ TỊCH PHỤ TRÁCH")
    assert (memo.place, memo.date) == ("Biên Hòa", date(2021, 4, 12))
