"""Text that a program prints over other text, as of cells too small for what stands in them, is for a person (P11)."""

from support.paper import Paper, pdf_file

from parsers.pdf import read_pdf

OVER = "page 1 has letters printed over each other"
LEFTS = [50, 150, 250]


def paper() -> Paper:
    page = Paper()
    page.table([["Tên sáng kiến", "Tóm tắt"], ["Xe đẩy thuốc", "Hàn thêm tầng"]], LEFTS, 100)
    return page


def doubts(page: Paper) -> tuple[str, ...]:
    return read_pdf(pdf_file(page)).doubts


def test_a_text_that_runs_over_its_neighbour_is_told() -> None:
    page = paper()
    page.text(110, 132, "dùng ở khoa Nội", size=10)
    assert doubts(page) == (OVER,)


def test_lines_that_lie_half_over_those_above_are_told() -> None:
    page = paper()
    page.text(153, 136, "dưới cho xe", size=10)
    assert doubts(page) == (OVER,)


def test_bold_that_is_drawn_twice_and_a_watermark_under_the_text_are_not() -> None:
    page = paper()
    page.text(152.3, 132, "Hàn thêm tầng", size=10)
    page.text(60, 90, "SAO Y", size=60)
    assert doubts(page) == ()


def test_close_lines_are_not() -> None:
    page = paper()
    for number in range(12):
        page.text(60, 300 + 8 * number, "Căn cứ Kế hoạch số 39", size=10)
    assert doubts(page) == ()
