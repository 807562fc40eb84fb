"""Headers are told by the campaign's data: FORMS.md's synonyms and the shipped campaign's."""

import pytest
from support.campaigns import forms_campaign
from support.contents import content, grid
from support.dossiers import campaign

from dossier.campaign import Column
from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.columns import ColumnNames, initiative_nouns
from parsers.document import interpret

BOTH = pytest.mark.parametrize(
    "names",
    [ColumnNames.of(example_campaign()), ColumnNames.of(forms_campaign())],
    ids=["shipped", "forms"],
)


@BOTH
@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("STT", "no"),
        ("TT", "no"),
        ("Số TT", "no"),
        ("Số thứ tự", "no"),
        ("Họ tên người có sáng kiến", "author"),
        ("HỌ VÀ TÊN", "author"),
        ("Tác giả / Nhóm tác giả", "author"),
        ("Họ và tên, chức vụ, đơn vị", "author"),
        ("Chủ nhiệm đề tài", "author"),
        ("Chức danh, nơi công tác", "position"),
        ("Chức vụ, đơn vị của tác giả", "position"),
        ("Khoa/Phòng", "position"),
        ("Tên sáng kiến", "title"),
        ("Tên đề tài, sáng kiến, giải pháp", "title"),
        ("Tên giải pháp (mô tả ngắn gọn)", "title"),
        ("Sáng kiến, cải tiến kỹ thuật", "title"),
        ("Lĩnh vực của sáng kiến", "field"),
        ("Nhóm lĩnh vực", "field"),
        ("Khối (doanh nghiệp/HCSN)", "block"),
        ("Tóm tắt nội dung sáng kiến", "summary"),
        ("Tóm tắt nội dung (nêu rõ tính mới, hiệu quả)", "summary"),
        ("Mô tả bản chất của sáng kiến", "summary"),
        ("Nội dung sáng kiến", "summary"),
        ("Hiệu quả của sáng kiến", "benefit"),
        ("Lợi ích mang lại (số tiền làm lợi nếu có)", "benefit"),
        ("Thành tiền", "benefit"),
        ("Thời gian áp dụng sáng kiến", "applied"),
        ("Thời điểm bắt đầu triển khai", "applied"),
        ("Ngày áp dụng", "applied"),
        ("Phạm vi áp dụng", "scope"),
        ("Quyết định công nhận sáng kiến", "recognised"),
        ("Điện thoại", "phone"),
        ("Ghi chú", "note"),
    ],
)
def test_a_header_names_the_column_that_its_first_words_speak_of(names: ColumnNames, header: str, key: str) -> None:
    assert names.matches(header)[0].key == key


SHIPPED = ColumnNames.of(example_campaign())


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("S.T.T", "no"),
        ("Cá nhân, tập thể có sáng kiến", "author"),
        ("Đoàn viên có sáng kiến", "author"),
        ("Người viết sáng kiến", "author"),
        ("Nhóm thực hiện", "author"),
        ("Chủ đề tài", "author"),
        ("Nơi làm việc", "position"),
        ("Chức danh nghề nghiệp, vị trí việc làm", "position"),
        ("Khoa", "position"),
        ("Tên của các sáng kiến", "title"),
        ("Tên mô hình, giải pháp", "title"),
        ("Tiêu đề", "title"),
        ("Loại sáng kiến", "field"),
        ("Nội dung lĩnh vực", "field"),
        ("Chủ đề", "field"),
        ("Khối đơn vị", "block"),
        ("Giới thiệu sáng kiến", "summary"),
        ("Nội dung của giải pháp", "summary"),
        ("Giải pháp thực hiện", "summary"),
        ("Cách làm", "summary"),
        ("Mô tả ngắn gọn sáng kiến", "summary"),
        ("Trình bày vắn tắt nội dung", "summary"),
        ("Sáng kiến thuộc nhóm", "field"),
        ("Đơn vị thuộc khối", "block"),
        ("Người nghĩ ra sáng kiến", "author"),
        ("Tháng, năm áp dụng", "applied"),
        ("Ngày/tháng/năm bắt đầu áp dụng", "applied"),
        ("Tháng năm thực hiện", "applied"),
        ("Ngày được đưa vào sử dụng", "applied"),
        ("Giai đoạn áp dụng", "applied"),
        ("Tác dụng của sáng kiến", "benefit"),
        ("Kinh phí tiết kiệm được", "benefit"),
    ],
)
def test_other_names_of_a_column_are_known_in_the_shipped_campaign(header: str, key: str) -> None:
    assert SHIPPED.matches(header)[0].key == key


@pytest.mark.parametrize(
    "header",
    [
        "Ngày, tháng, năm sinh", "Năm sinh", "Ngày vào ngành", "Năm vào công đoàn", "Ngày ký", "Năm học",
        "Khả năng áp dụng", "Đối tượng áp dụng", "Nơi áp dụng", "Ngày nhận hồ sơ", "Hội đồng khoa học",
        "Khoa học và công nghệ", "Người kiểm tra", "Người duyệt", "Kinh phí thực hiện", "Trình độ chuyên môn",
        "Giới tính", "Tỷ lệ đóng góp", "Tài liệu kèm",
    ],
)  # fmt: skip
def test_a_header_that_only_shares_words_with_a_mandatory_column_or_the_position_is_neither(header: str) -> None:
    keys = {match.key for match in SHIPPED.matches(header)}
    assert not keys & {*SHIPPED.mandatory, "position"}


@BOTH
@pytest.mark.parametrize("header", ["", "   ", "(1)", "Minh chứng", "Đơn", "TTYT Tân Phú và các trạm", "a " * 30])
def test_a_header_that_nobody_named_is_no_column(names: ColumnNames, header: str) -> None:
    assert names.matches(header) == ()


@BOTH
def test_two_headers_that_want_one_column_are_parted_as_both_lose_least(names: ColumnNames) -> None:
    headers = {0: ("Tên sáng kiến",), 1: ("Mô tả sáng kiến",), 2: ("Mô tả hiệu quả",)}
    assigned = names.assign(headers)
    assert {place: match.key for place, match in assigned.items()} == {0: "title", 1: "summary", 2: "benefit"}


@BOTH
def test_the_closer_of_two_headers_gets_the_column_and_the_other_none(names: ColumnNames) -> None:
    assigned = names.assign({0: ("Thời gian công tác",), 1: ("Thời gian áp dụng",)})
    assert {place: match.key for place, match in assigned.items()} == {1: "applied"}


def test_equally_close_matches_are_decided_by_rank() -> None:
    columns = (Column("second", "B", ("ket qua",), rank=2), Column("first", "A", ("kinh phi", "ket qua"), rank=1))
    names = ColumnNames.of(campaign(columns=columns))
    assert names.matches("Kết quả")[0].key == "first"


def test_what_an_initiative_is_called_comes_from_the_campaign() -> None:
    assert initiative_nouns(forms_campaign()) == ("giai phap", "sang kien", "cai tien", "y tuong", "de tai")
    assert initiative_nouns(campaign(columns=())) == ("sang kien",)


def test_another_programme_has_other_columns_and_titles() -> None:
    columns = (
        Column("title", "Tên mô hình", ("ten mo hinh",), mandatory=True, rank=1),
        Column("leader", "Phụ trách", ("phu trach",), mandatory=True, rank=2),
        Column("cost", "Kinh phí", ("kinh phi",), mandatory=True, rank=3),
    )
    other = campaign(columns=columns)
    table = content(grid(("Kinh phí", "Phụ trách", "Tên mô hình"), ("5 triệu", "Ninh Văn Đạt", "Bếp ăn xanh")))
    read = interpret(table, other)
    assert read.kinds == (Kind.SUMMARY_TABLE,)
    assert read.table is not None
    assert dict(read.table.rows[0].cells) == {"cost": "5 triệu", "leader": "Ninh Văn Đạt", "title": "Bếp ăn xanh"}
    assert interpret(table, forms_campaign()).kinds == (Kind.OTHER,)
