"""Shapes of tables that came with the seventh set of words: forms of factories and ports; see table_shapes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.generator.lexicon import person
from corpus.generator.page import Align, Block, Cell, Merged, Paragraph, Table, cell
from corpus.generator.table import SIZE, Column, Row, drawn_table, header, rows, total_row, wide_row, widths
from corpus.generator.table_shapes import Order, plain
from corpus.generator.table_trades_forms import TRADES_FORMS
from corpus.generator.table_trades_sheets import TRADES_SHEETS

_CENTRE = Align.CENTRE
_ENGLISH = {
    "no": "No.", "author": "Proposer", "position": "Section / Line", "title": "Kaizen theme", "field": "Category",
    "block": "Type of entity", "summary": "Description (before, after)", "applied": "Start date",
    "benefit": "Saving / Result",
}  # fmt: skip
_CHINESE = {
    "no": "序号", "author": "提案人", "position": "单位", "title": "提案名称", "field": "类别", "block": "性质",
    "summary": "内容摘要", "applied": "实施日期", "benefit": "效益",
}  # fmt: skip
_KOREAN = {
    "no": "순번", "author": "제안자", "position": "부서", "title": "개선 제목", "field": "분야", "block": "구분",
    "summary": "개선 내용", "applied": "적용일", "benefit": "효과",
}  # fmt: skip
_JAPANESE = {
    "no": "番号", "author": "提案者", "position": "職場", "title": "改善テーマ", "field": "分類", "block": "区分",
    "summary": "改善内容", "applied": "実施日", "benefit": "効果",
}  # fmt: skip
_COUNTED = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _head(text: str) -> Cell:
    return cell(text, bold=True, size=SIZE, align=_CENTRE)


def _numbered(order: Order) -> None:
    """The rows have numbers in the first column."""
    if order.one.columns[0].key != "no":
        order.one.columns.insert(0, Column("no", order.rng.choice(order.words.headers["no"])))


def _parted(
    order: Order, key: str, group: str, names: Sequence[str], part: Callable[[str], Sequence[str]]
) -> list[Block]:
    """One column as two under a common header; how it is read is not judged."""
    rng, one = order.rng, order.one
    place = next((at for at, column in enumerate(one.columns) if column.key == key), None)
    if place is None:
        return plain(order)
    labels, broad = header(rng, one)[0], widths(one, order.page)
    upper = (*labels[:place], _head(group), Merged.LEFT, *labels[place + 1 :])
    after = len(labels) - place - 1
    lower = (*[Merged.ABOVE] * place, *map(_head, names), *[Merged.ABOVE] * after)
    drawn: list[Row] = []
    for row, told in enumerate(rows(rng, one)):
        halves = (cell(text, size=SIZE) for text in part(one.text(row, one.columns[place], rng)))
        drawn.append((*told[:place], *halves, *told[place + 1 :]))
    half = max(broad[place] / 2, 2.0)
    one.columns = [column for column in one.columns if column.key != key]
    return [Table((upper, lower, *drawn), (*broad[:place], half, half, *broad[place + 1 :]), header_rows=2)]


def _before_and_after(order: Order) -> list[Block]:
    """What it was and what it is, side by side."""

    def part(text: str) -> tuple[str, str]:
        first, _, second = text.partition(". ")
        return (first, second) if second else ("Làm bằng tay", first)

    names = order.rng.choice((("Trước cải tiến", "Sau cải tiến"), ("Trước", "Sau"), ("Hiện trạng cũ", "Giải pháp mới")))
    return _parted(order, "summary", order.rng.choice(("Nội dung cải tiến", "Tóm tắt nội dung")), names, part)


def _from_and_to(order: Order) -> list[Block]:
    """When it began and until when."""
    last = order.rng.choice(("nay", "31/12/2021", ""))
    names = order.rng.choice((("Từ", "Đến"), ("Từ ngày", "Đến ngày"), ("Bắt đầu", "Kết thúc")))
    return _parted(order, "applied", "Thời gian áp dụng", names, lambda text: (text, last))


def _money_and_other(order: Order) -> list[Block]:
    """What can be counted in money, and what cannot."""
    return _parted(order, "benefit", "Hiệu quả", ("Bằng tiền", "Khác"), _in_money)


def _in_money(text: str) -> tuple[str, str]:
    return (text, "") if any(char.isdigit() for char in text) else ("", text)


def _name_in_two(order: Order) -> list[Block]:
    """As on a payroll: family and middle names in one cell, the given name in the next, one header over both."""
    rng, one = order.rng, order.one
    one.initiatives = [replace(each, author=person(rng, order.words)) for each in one.initiatives]
    place = next(at for at, column in enumerate(one.columns) if column.key == "author")
    labels, broad = header(rng, one)[0], widths(one, order.page - 1.6)
    below = rng.random() < 0.5
    upper: Row = (*labels[: place + 1], Merged.LEFT, *labels[place + 1 :])
    after = len(labels) - place - 1
    lower: Row = (*[Merged.ABOVE] * place, _head("Họ và lót"), _head("Tên"), *[Merged.ABOVE] * after)
    drawn: list[Row] = []
    for row, told in enumerate(rows(rng, one)):
        family, _, given = one.initiatives[row].author.rpartition(" ")
        names = (cell(text, size=SIZE) for text in (family, given))
        drawn.append((*told[:place], *names, *told[place + 1 :]))
    head: list[Row] = [upper, lower] if below else [upper]
    return [Table((*head, *drawn), (*broad[: place + 1], 1.6, *broad[place + 1 :]), header_rows=len(head))]


def _with_card_numbers(order: Order) -> list[Block]:
    """Every author's number in the firm under the name, in the same cell."""
    form = order.rng.choice(("(MSNV: {})", "MST {}", "({})", "Mã NV: {}"))
    one = order.one
    for row, told in enumerate(one.initiatives):
        number = form.format(f"{order.rng.randint(1, 29_999):05d}")
        one.initiatives[row] = replace(told, author=f"{told.author}\n{number}")
    return plain(order)


def _in_english(order: Order) -> list[Block]:
    """The form of a foreign firm: nothing but the cells is Vietnamese."""
    order.one.columns = [replace(one, header=_ENGLISH.get(one.key, one.header)) for one in order.one.columns]
    return plain(order)


def _two_scripts(order: Order) -> list[Block]:
    """Every header in the owners' language as well."""
    told = order.rng.choice((_CHINESE, _KOREAN, _JAPANESE))
    form = order.rng.choice(("{0}\n{1}", "{1}\n{0}", "{1} ({0})", "{1} / {0}"))
    order.one.columns = [
        replace(one, header=form.format(told[one.key], one.header)) if one.key else one for one in order.one.columns
    ]
    return plain(order)


def _pictures_in_cells(order: Order) -> list[Block]:
    """A photo before and one after, each in a column of its own behind the summary."""
    rng, one = order.rng, order.one
    one.columns = [column for column in one.columns if column.key not in ("", "block")]
    place = next((at for at, column in enumerate(one.columns) if column.key == "summary"), len(one.columns) - 1) + 1
    labels, broad = header(rng, one)[0], widths(one, order.page - 4.6)
    photo = Cell((Paragraph("", _CENTRE, picture=True),))
    head: Row = (*labels[:place], _head("Ảnh trước"), _head("Ảnh sau"), *labels[place:])
    drawn = [(*told[:place], photo, photo, *told[place:]) for told in rows(rng, one)]
    return [Table((head, *drawn), (*broad[:place], 2.3, 2.3, *broad[place:]), header_rows=1)]


def _controlled_document(order: Order) -> list[Block]:
    """Over it the box of a firm whose papers are controlled: whose, which, since when."""
    right = "Mã số: BM-CĐ-07\nLần ban hành: 02\nNgày hiệu lực: 01/01/2020\nTrang: 1/1"
    texts = ("CÔNG TY TNHH\nKWANG JIN VINA", "BIỂU MẪU\nĐỀ XUẤT CẢI TIẾN", right)
    box = Table((tuple(cell(text, size=11, align=_CENTRE) for text in texts),), (6.0, 11.0, 7.0))
    return [box, Paragraph(""), *plain(order)]


def _approval_boxes(order: Order) -> list[Block]:
    """Over it, to the right, who drew it up, who saw it, who agreed."""
    names = order.rng.choice(
        (("Lập", "Kiểm tra", "Phê duyệt"), ("Prepared", "Checked", "Approved"), ("作成", "確認", "承認"))
    )
    signed = ("Lẹ", "Yến", "KIM M.J.")
    dates = ("12/4", "12/4", "13/4")
    lines = tuple(tuple(cell(text, size=9, align=_CENTRE) for text in line) for line in (names, signed, dates))
    return [Table(lines, (2.4, 2.4, 2.4)), Paragraph(""), *plain(order)]


def _from_a_program(order: Order) -> list[Block]:
    """As a program for the staff prints it: who, when and which report over it, how many records under it."""
    count = len(order.one.initiatives)
    above = ("Mã báo cáo: HR_KZ_05        Người in: congdoan01", "Ngày in: 12/04/2021 08:15:22        Trang 1/1")
    below = (f"Tổng số bản ghi: {count}", "*** Hết báo cáo ***")
    return [
        *(Paragraph(line, size=9) for line in above),
        *plain(order),
        *(Paragraph(line, size=9, italic=True) for line in below),
    ]


def _noted_rows(order: Order) -> list[Block]:
    """A remark under one row or two, over the whole width."""
    rng, one = order.rng, order.one
    _numbered(order)
    said = (
        "Ghi chú: đã được công ty thưởng 300.000đ.",
        "(Phiếu này gửi bổ sung ngày 12/4)",
        "* Đã quay video kèm theo",
    )
    drawn: list[Row] = []
    for place, row in enumerate(rows(rng, one)):
        noted = place % 2 == 0 and place < 3
        drawn += [row, *([wide_row(rng.choice(said), len(one.columns), bold=False)] if noted else [])]
    return [drawn_table(one, [*header(rng, one), *drawn], 1, page=order.page)]


def _sum_in_words(order: Order) -> list[Block]:
    """The total, and under it the same in words."""
    rng, one = order.rng, order.one
    count = len(one.initiatives)
    words = _COUNTED[count] if count < len(_COUNTED) else f"{count}"
    last = wide_row(f"Bằng chữ: {words} sáng kiến.", len(one.columns), bold=False)
    return [drawn_table(one, [*header(rng, one), *rows(rng, one), total_row(rng, one, count), last], page=order.page)]


def _by_label_rows(order: Order) -> list[Block]:
    """One table for all: the number merged down over the lines of its initiative, a label and what is said on each."""
    rng, one = order.rng, order.one
    asked = [column for column in one.columns if column.key not in ("no", "")]
    heads = rng.choice(
        (("STT", "Nội dung", "Chi tiết"), ("No.", "Hạng mục", "Diễn giải"), ("TT", "Tiêu chí", "Kê khai"))
    )
    drawn: list[Row] = [tuple(map(_head, heads))]
    for row in range(len(one.initiatives)):
        for line, column in enumerate(asked):
            first = cell(one.numbers[row], size=SIZE, align=_CENTRE) if line == 0 else Merged.ABOVE
            label = cell(" ".join(column.header.split()), size=SIZE)
            drawn.append((first, label, cell(one.text(row, column, rng), size=SIZE)))
    numbered = [column for column in one.columns if column.key == "no"]
    one.columns = [*(numbered or [Column("no", heads[0])]), *asked]
    return [Table(tuple(drawn), (1.4, 5.4, order.page - 7.0), header_rows=1)]


def _units_row(order: Order) -> list[Block]:
    """Under the header a row with what each column is counted in, most of it empty."""
    one = order.one
    told = {"no": "", "applied": "(ngày)", "benefit": "(đ/năm)", "summary": "(lời văn)"}
    units = tuple(cell(told.get(column.key, ""), italic=True, size=9, align=_CENTRE) for column in one.columns)
    return [drawn_table(one, [*header(order.rng, one), units, *rows(order.rng, one)], page=order.page)]


TRADES_SHAPES: dict[str, Callable[[Order], list[Block]]] = {
    "before and after": _before_and_after,
    "from and to": _from_and_to,
    "money and other": _money_and_other,
    "name in two": _name_in_two,
    "card numbers": _with_card_numbers,
    "in English": _in_english,
    "two scripts": _two_scripts,
    "pictures in cells": _pictures_in_cells,
    "controlled document": _controlled_document,
    "approval boxes": _approval_boxes,
    "from a program": _from_a_program,
    "noted rows": _noted_rows,
    "sum in words": _sum_in_words,
    "label rows": _by_label_rows,
    "units row": _units_row,
    **TRADES_FORMS,
    **TRADES_SHEETS,
}
TRADES_ON_PAPER_ONLY: Sequence[str] = tuple(TRADES_FORMS)
"""No sheet has them."""
