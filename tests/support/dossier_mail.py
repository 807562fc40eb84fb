"""Messages of unions of the example campaign, with real Word files, as our server received them."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from dossier.campaign import Union
from hoso.campaigns import example_campaign
from hoso.demo import documents
from hoso.demo.initiatives import MASKS, OXYGEN, STOCK, TROLLEY, Initiative
from support.service import ADDRESS, SERVER

VIETNAM = timezone(timedelta(hours=7))
IN_TIME = datetime(2021, 4, 16, 9, 12, 5, tzinfo=VIETNAM)
DEADLINE = datetime(2021, 4, 20, 23, 59, 59, tzinfo=VIETNAM)
CAMPAIGN = example_campaign()
SUBJECT = "Hồ sơ xét chọn sáng kiến"
WORDS = "Kính gửi Công đoàn ngành, CĐCS xin gửi hồ sơ xét chọn sáng kiến. Trân trọng."
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
TWO = (TROLLEY, OXYGEN)
OTHER_TWO = (MASKS, STOCK)


def union(code: str) -> Union:
    found = CAMPAIGN.roster.by_code(code)
    assert found is not None
    return found


@lru_cache(maxsize=256)  # making one takes longer than reading it
def memo(code: str, count: int = 2) -> bytes:
    """A Tờ trình of the union as DOCX."""
    return documents.memo(CAMPAIGN, union(code), "Mạc Thị Thí Dụ", count, date(2021, 4, 15))


def table(code: str, initiatives: tuple[Initiative, ...] = TWO, empty: Mapping[int, str] | None = None) -> bytes:
    """A Bảng tổng hợp as DOCX; `empty` as in `documents.table`."""
    return _table(code, initiatives, tuple((empty or {}).items()))


@lru_cache(maxsize=256)
def _table(code: str, initiatives: tuple[Initiative, ...], empty: tuple[tuple[int, str], ...]) -> bytes:
    return documents.table(CAMPAIGN, union(code), initiatives, dict(empty))


def files(code: str, initiatives: tuple[Initiative, ...] = TWO) -> dict[str, bytes]:
    """What makes a dossier complete."""
    return {"To trinh.docx": memo(code, len(initiatives)), "Bang tong hop.docx": table(code, initiatives)}


def mail(
    code: str,
    attached: Mapping[str, bytes] | None = None,
    at: datetime = IN_TIME,
    *,
    name: str = "thu-1",
    sender: str = "",
    subject: str = SUBJECT,
    words: str = WORDS,
    headers: Mapping[str, str] | None = None,
    received_at: datetime | None = None,
) -> bytes:
    """A message of the union, by default a whole dossier from its first address.

    `name` makes the Message-ID; `received_at` is what the Received header of our server says, where it is not `at`.
    """
    address = sender or union(code).addresses[0]
    message = EmailMessage(policy=SMTP)
    message["Return-Path"] = f"<{address}>"
    message["Received"] = _received("mx.dongnai-yte.example", received_at or at)
    message["From"] = address
    message["To"] = ADDRESS
    message["Subject"] = subject
    message["Date"] = format_datetime(IN_TIME)
    message["Message-ID"] = f"<{name}.{code.lower()}@dongnai-yte.example>"
    for header, value in (headers or {}).items():
        message[header] = value
    message.set_content(words, cte="base64")
    for file, content in (files(code) if attached is None else attached).items():
        message.add_attachment(content, maintype="application", subtype=WORD, filename=file)
    return message.as_bytes()


def over_another_way(content: bytes, at: datetime) -> bytes:
    """The same mail once more, forwarded by another server: other Received headers, the rest as it was."""
    own = re.search(rb"(?m)^Received: .*\r\n(?:[ \t].*\r\n)*", content)
    assert own is not None
    lines = (
        _received("relay.webmail.example", at),
        f"from mx.dongnai-yte.example by relay.webmail.example; {format_datetime(at)}",
    )
    return content.replace(own[0], "".join(f"Received: {line}\r\n" for line in lines).encode(), 1)


def _received(hop: str, at: datetime) -> str:
    return f"from {hop} by {SERVER} with ESMTPS id 1; {format_datetime(at)}"
