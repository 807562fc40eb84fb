"""How figures of the plan's targets are written in Vietnamese, in tables and on charts."""

from collections.abc import Mapping

from dossier.breakdown import Amount
from dossier.targets import SHARES, Measure, Standing, State, Target

STATES: Mapping[State, str] = {
    State.REACHED: "Đạt",
    State.OPEN: "Chưa đạt",
    State.MISSED: "Không đạt (đã hết thời hạn)",
    State.BEYOND: "Vượt mức trên của kế hoạch",
}
SOURCES: Mapping[Measure, str] = {
    Measure.TAKING_PART: "Hồ sơ của CĐCS trong sổ theo dõi",
    Measure.INITIATIVES_PER_UNION: "Sáng kiến trong bảng tổng hợp đang có hiệu lực của các hồ sơ",
    Measure.INITIATIVES: "Sáng kiến trong bảng tổng hợp đang có hiệu lực của các hồ sơ",
    Measure.PROPOSALS: "Danh sách đề nghị gửi cấp trên",
    Measure.RECORDED: "Cán bộ ghi nhận (số là số của bản ghi trong nhật ký)",
}
NO_BASE = "chưa có đơn vị nào"
"""A share of nothing is no share."""
_PER: Mapping[str, str] = {
    "": "một lần, hoặc không nêu thời gian",
    "year": "mỗi năm",
    "quarter": "mỗi quý",
    "month": "mỗi tháng",
    "week": "mỗi tuần",
    "day": "mỗi ngày",
}
BLOCKS: Mapping[str, str] = {
    "administrative": "hành chính sự nghiệp",
    "enterprise": "doanh nghiệp",
    "": "không rõ",
}
"""Blocks as the roster writes them; others are shown as they are."""


def asked(target: Target) -> str:
    """ "100%", "trên 100", "1–2"."""
    unit = "%" if target.measure in SHARES else ""
    if target.most is not None and target.most != target.least:
        return f"{number(target.least)}–{number(target.most)}{unit}"
    return f"{'trên ' if target.exceed else ''}{number(target.least)}{unit}"


def stands(standing: Standing) -> str:
    """ "33/34 (97%)", "64/34 = 1,88", "64"; where there is nothing yet that it is a share of, that."""
    if standing.base == 0:
        return NO_BASE
    if standing.per_cent is not None:
        return f"{standing.value}/{standing.base} ({standing.per_cent}%)"
    if standing.hundredths is not None:
        whole, part = divmod(standing.hundredths, 100)
        return f"{number(standing.value)}/{standing.base} = {number(whole)},{part:02d}"
    return number(standing.value)


def per(amount: Amount) -> str:
    return _PER.get(amount.per, f"mỗi {amount.per}")


def number(value: int) -> str:
    """With the points of Vietnamese: 1.200.000."""
    return f"{value:,}".replace(",", ".")


def millions(value: int) -> str:
    """Đồng as millions with at most one place, rounded down: "1.250,5 triệu"."""
    tenths = value // 100_000
    whole, part = divmod(tenths, 10)
    return f"{number(whole)},{part} triệu" if part else f"{number(whole)} triệu"
