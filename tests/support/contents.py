"""Content as a reader would give it, written by hand."""

from collections.abc import Sequence

from parsers.content import Box, Cell, Content, Grid, Line, Origin

HEADER = (
    "STT",
    "Họ và tên tác giả",
    "Chức vụ, đơn vị công tác",
    "Tên sáng kiến",
    "Lĩnh vực",
    "Tóm tắt nội dung sáng kiến",
    "Thời gian áp dụng",
    "Hiệu quả, giá trị làm lợi",
)
ROWS = (
    (
        "1",
        "Lâm Thị Ngọc Hân",
        "Điều dưỡng khoa Nhi",
        "Xe đẩy thuốc hai tầng",
        "Tạo ra sản phẩm mới",
        "Hàn thêm tầng dưới cho xe đẩy thuốc cũ.",
        "Tháng 3/2021",
        "Tiết kiệm 9.000.000 đồng",
    ),
    (
        "2",
        "Tạ Quang Hiển",
        "Bác sĩ khoa Ngoại",
        "Bảng kiểm trước mổ dán tại phòng",
        "Cải cách hành chính",
        "In bảng kiểm khổ lớn, ký trước khi rạch da.",
        "01/3/2021",
        "Không tính được bằng tiền",
    ),
)
ABOVE, LEFT = "^", "<"
"""In place of a cell's text: merged with the cell above, or to the left."""


def grid(*rows: Sequence[str], page: int | None = None, sheet: str | None = None, ruled: bool = True) -> Grid:
    """A grid; short rows are filled up with empty cells."""
    width = max(map(len, rows))
    cells: list[list[Cell]] = []
    for row in rows:
        new: list[Cell] = []
        for place, text in enumerate([*row, *[""] * (width - len(row))]):
            if text == ABOVE:
                new.append(Cell(cells[-1][place].text, Origin.ABOVE))
            elif text == LEFT:
                new.append(Cell(new[-1].text, Origin.LEFT))
            else:
                new.append(Cell(text))
        cells.append(new)
    return Grid(tuple(map(tuple, cells)), page=page, sheet=sheet, ruled=ruled)


def content(*blocks: Line | Grid | str, read_by: str = "docx") -> Content:
    """Strings become lines, cut at their line feeds."""
    made: list[Line | Grid] = []
    for block in blocks:
        if isinstance(block, str):
            made.extend(Line(text) for text in block.split("\n"))
        else:
            made.append(block)
    return Content(tuple(made), read_by)


def printed(text: str, x0: float, top: float, *, width: float | None = None, page: int = 1) -> Line:
    """A line of a PDF, 12 points high; about 6 points wide for each character."""
    return Line(text, page, Box(x0, top, x0 + (width if width is not None else 6 * len(text)), top + 12))


TITLE_LINE = "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN"
LETTERHEAD = grid(
    (
        "CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI\nCĐCS BỆNH VIỆN MẮT SÔNG PHỐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    ),
    ("Số: 12/TTr-CĐCS", "Biên Hòa, ngày 14 tháng 4 năm 2021"),
    ruled=False,
)
SIGNATURE = grid(
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VP.",
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nVương Thế Lữ",
    ),
    ruled=False,
)
BODY = (
    "Căn cứ Kế hoạch số 39/CĐN ngày 16 tháng 3 năm 2021 về Chương trình “75 nghìn sáng kiến, vượt khó, phát triển”;",
    "Ban Chấp hành Công đoàn cơ sở đã xét chọn 02 sáng kiến (có bảng tổng hợp tóm tắt kèm theo).",
)
MEMO = (
    LETTERHEAD,
    "TỜ TRÌNH",
    "Về việc giới thiệu sáng kiến tiêu biểu",
    "Kính gửi: Ban Thường vụ Công đoàn ngành Y tế Đồng Nai",
    *BODY,
    SIGNATURE,
)
