"""The plan's targets as a workbook: how each stands, the rows it was counted from, fields, blocks and benefit."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dossier.breakdown import Breakdown, Split
from dossier.campaign import Campaign
from dossier.targets import Standing
from reports import target_words as words
from reports.printed import Column, Page, Value, workbook

Rows = Iterator[Sequence[Value]]
_TARGETS = (
    Column("STT", 6, centred=True),
    Column("Chỉ tiêu", 30),
    Column("Kế hoạch nêu", 58),
    Column("Mức phấn đấu", 11, centred=True),
    Column("Thời hạn", 12, centred=True),
    Column("Đã thực hiện", 15, centred=True),
    Column("Kết quả", 13, centred=True),
)
_ROWS = (
    Column("Chỉ tiêu", 36),
    Column("Mã đơn vị", 12, centred=True),
    Column("Công đoàn cơ sở", 42),
    Column("Tình trạng", 20, centred=True),
    Column("Căn cứ", 20, centred=True),
    Column("Số lượng", 10, number="#,##0"),
)
_SPLIT = (Column("Phân loại", 22), Column("Nội dung", 80), Column("Số sáng kiến", 16, number="#,##0"))
_WORTH = (
    Column("Nội dung", 46),
    Column("Số sáng kiến", 12, number="#,##0"),
    Column("Tổng mức thấp (đồng)", 22, number="#,##0"),
    Column("Tổng mức cao (đồng)", 22, number="#,##0"),
    Column("Ghi chú", 44),
)


def targets_workbook(campaign: Campaign, told: Sequence[Standing], parts: Breakdown, at: datetime) -> bytes:
    """XLSX of four sheets, each to be printed on A4; at: the moment of the figures."""
    local = at.astimezone(ZoneInfo(campaign.zone))
    under = (
        f"{campaign.name} (Kế hoạch số {campaign.plan_number} ngày {campaign.plan_date:%d/%m/%Y})",
        f"Số liệu tính đến {local:%H giờ %M phút, ngày %d/%m/%Y}",
    )
    above = ((campaign.parent_organisation.upper(), ""), (campaign.organisation.upper(), ""))
    pages = (
        (Page("Chỉ tiêu", "TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU", under, above, _TARGETS), _target_rows(told)),
        (Page("Căn cứ", "CĂN CỨ CỦA TỪNG SỐ LIỆU", under, above, _ROWS), _source_rows(campaign, told)),
        (Page("Lĩnh vực, khối", "SÁNG KIẾN THEO LĨNH VỰC VÀ KHỐI", under, above, _SPLIT), _split_rows(parts)),
        (Page("Giá trị làm lợi", "GIÁ TRỊ LÀM LỢI NÊU TRONG BẢNG TỔNG HỢP", under, above, _WORTH), _worth_rows(parts)),
    )
    return workbook(pages, campaign.organisation)


def _target_rows(told: Sequence[Standing]) -> Rows:
    for place, one in enumerate(told, 1):
        by = one.target.by
        accepted = f" (trong hồ sơ đủ, đúng hạn: {words.number(one.accepted)})" if one.accepted is not None else ""
        yield (
            place,
            one.target.label,
            f"“{one.target.quote}”",
            words.asked(one.target),
            f"{by:%d/%m/%Y}" if by else None,
            words.stands(one) + accepted,
            words.STATES[one.state],
        )


def _source_rows(campaign: Campaign, told: Sequence[Standing]) -> Rows:
    names = {union.code: union.name for union in campaign.roster.unions}
    for one in told:
        label, source = one.target.label, words.SOURCES[one.target.measure]
        yield label, None, f"Nguồn: {source}", words.stands(one), None, None
        for row in one.rows:
            yield label, row.union, names.get(row.union), "Có", row.reference, row.count
        for union in one.lacking:
            yield label, union, names.get(union), "Không", None, None
        for union in one.unrecorded:
            yield label, union, names.get(union), "Chưa ghi nhận", None, None


def _split_rows(parts: Breakdown) -> Rows:
    for split in (parts.by_field, parts.by_block):
        if split is not None:
            yield from _counts(split)
    for block, count in parts.by_union_block.items():
        yield "Khối của CĐCS theo danh sách", words.BLOCKS.get(block, block), count
    yield "Tổng số sáng kiến", None, parts.initiatives


def _counts(split: Split) -> Rows:
    for choice, count in split.counts.items():
        yield split.label, choice, count
    yield split.label, "Ghi nội dung khác, hoặc nhiều nội dung", split.other
    yield split.label, "Không ghi", split.blank


def _worth_rows(parts: Breakdown) -> Rows:
    worths = parts.worths
    for one in worths.amounts:
        notes = [f"{one.open_up} sáng kiến không nêu mức cao nhất"] if one.open_up else []
        notes += [f"{one.approximate} sáng kiến nêu số ước chừng"] if one.approximate else []
        yield f"Nêu số tiền, {words.per(one)}", one.count, one.low, one.high, "; ".join(notes)
    yield "Nêu là không tính được bằng tiền", worths.not_in_money, None, None, None
    yield "Có nội dung, không đọc được một số tiền rõ ràng", worths.unclear, None, None, "cần người đọc"
    yield "Không ghi", worths.blank, None, None, None
    yield "Tổng số sáng kiến", parts.initiatives, None, None, "Số tiền theo thời gian khác nhau không cộng với nhau."
