"""The mail of a whole campaign: what each of its 34 unions sends, and when; 60 messages as they were received."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from hoso.demo.initiatives import STOCK, TROLLEY, Initiative
from support.dossier_mail import CAMPAIGN, VIETNAM, mail, memo, over_another_way, table

UNIONS = tuple(one.code for one in CAMPAIGN.roster.unions)
AT_ONCE, IN_TWO = UNIONS[:20], UNIONS[20:25]
MENDED = UNIONS[25:27]
LATE, EXTENDED, STRANGER, ASSIGNED, ON_PAPER, SILENT = (
    UNIONS[27:29],
    UNIONS[29],
    UNIONS[30],
    UNIONS[31],
    UNIONS[32],
    UNIONS[33],
)
STRANGERS = "sang.kien.2021@webmail.example"
SOMEBODY = "phong.kham@webmail.example"
_TOPICS = ("Khay", "Giá", "Hộp", "Bảng")
_PLACES = ("cấp phát thuốc", "tiếp đón người bệnh", "tiệt khuẩn dụng cụ", "theo dõi dịch truyền", "vận chuyển mẫu")


@dataclass(frozen=True)
class Posted:
    at: datetime
    content: bytes


def at(day: int, hour: int, minute: int = 0, second: int = 0, month: int = 4) -> datetime:
    """In Vietnam, in the year of the plan."""
    return datetime(2021, month, day, hour, minute, second, tzinfo=VIETNAM)


def initiatives(code: str, count: int) -> tuple[Initiative, ...]:
    """Each union's own: nobody else has them. The first is worth 10 million đồng, the others name no money."""
    number = UNIONS.index(code)
    found = []
    for row in range(count):
        model = (TROLLEY, STOCK)[row % 2]
        what = f"{_TOPICS[row]} {_PLACES[number % 5]} kiểu {code}"
        text = f"{what}: làm tại đơn vị từ vật liệu sẵn có, số hiệu {number * 7 + row}, dùng thử rồi nhân rộng."
        worth = "Làm lợi 10.000.000 đồng" if row == 0 else "Người bệnh hài lòng hơn"
        found.append(replace(model, title=what, author=f"Thử Văn {code.title()} {row}", summary=text, benefit=worth))
    return tuple(found)


def whole(code: str, count: int) -> dict[str, bytes]:
    return {"To trinh.docx": memo(code, count), "Bang tong hop.docx": table(code, initiatives(code, count))}


def _only_memo(code: str, count: int) -> dict[str, bytes]:
    return {"To trinh.docx": memo(code, count)}


def _only_table(code: str, count: int) -> dict[str, bytes]:
    return {"Bang tong hop.docx": table(code, initiatives(code, count))}


def posted() -> list[Posted]:
    """As the server received it."""
    found = [*_complete(), *_in_parts(), *_after_the_deadline(), *_of_strangers(), *_others()]
    return sorted(found, key=lambda one: one.at)


def _posted(code: str, when: datetime, attached: dict[str, bytes], name: str, **more: str) -> Posted:
    return Posted(when, mail(code, attached, when, name=name, **more))  # type: ignore[arg-type]


def _complete() -> Iterator[Posted]:
    """25: twenty whole dossiers of two initiatives; five of them send a table of three later, still in time."""
    for number, code in enumerate(AT_ONCE):
        yield _posted(code, at(10, 8, number), whole(code, 2), "ho-so")
    for number, code in enumerate(AT_ONCE[:5]):
        yield _posted(code, at(15, 8, number), _only_table(code, 3), "bang-moi")


def _in_parts() -> Iterator[Posted]:
    """14: five that send memo and table apart; two whose table lacks a cell, and who mend it."""
    for number, code in enumerate(IN_TWO):
        yield _posted(code, at(12, 9, number), _only_memo(code, 1), "to-trinh")
        yield _posted(code, at(14, 9, number), _only_table(code, 1), "bang")
    for number, code in enumerate(MENDED):
        lacking = {"To trinh.docx": memo(code, 2), "Bang.docx": table(code, initiatives(code, 2), {2: "summary"})}
        yield _posted(code, at(13, 10, number), lacking, "ho-so")
        yield _posted(code, at(19, 10, number), _only_table(code, 2), "da-sua")


def _after_the_deadline() -> Iterator[Posted]:
    """6: two whole dossiers too late, one within its own extension, three tables for dossiers that were complete."""
    for number, code in enumerate(LATE):
        yield _posted(code, at(21, 9, number), whole(code, 2), "ho-so")
    yield _posted(EXTENDED, at(22, 10), whole(EXTENDED, 1), "ho-so")
    for number, code in enumerate(AT_ONCE[10:13]):
        yield _posted(code, at(21, 15, number), _only_table(code, 4), "bo-sung")


def _of_strangers() -> Iterator[Posted]:
    """2: whole dossiers from addresses that nobody knows."""
    yield _posted(STRANGER, at(11, 14), whole(STRANGER, 2), "ho-so", sender=STRANGERS)
    yield _posted(ASSIGNED, at(20, 20), whole(ASSIGNED, 2), "ho-so", sender=SOMEBODY)


def _others() -> Iterator[Posted]:
    """13: thanks, automatic answers, the same mail over another way, a newsletter."""
    for number, code in enumerate(AT_ONCE[5:10]):
        yield _posted(code, at(16, 8, number), {}, "cam-on", subject="Cảm ơn", words="Đơn vị xin cảm ơn.")
    for number, code in enumerate(AT_ONCE[:4]):
        when = at(10, 9, number)
        away = mail(code, {}, when, name="vang-mat", words="Tôi đi vắng.", headers={"Auto-Submitted": "auto-replied"})
        yield Posted(when, away)
    for number, code in enumerate(AT_ONCE[15:18]):
        first = at(10, 8, 15 + number)
        again = over_another_way(mail(code, whole(code, 2), first, name="ho-so"), at(10, 12, number))
        yield Posted(at(10, 12, number), again)
    news = mail(
        AT_ONCE[0], {}, at(9, 7), name="ban-tin", sender="tin@bao.example", headers={"List-Id": "<tin.example>"}
    )
    yield Posted(at(9, 7), news)
