"""A dossier comes by mail, the digest tells of it: a real mailbox, a real relay, the program as a process."""

import io

import pytest
from openpyxl import load_workbook
from support.dossier_mail import IN_TIME, TWO, mail, memo, table
from support.service import NewSite, Site, text_of

from intake.steps import Step

pytestmark = pytest.mark.dovecot

_STAFF = "canbo@cdyte.example"


@pytest.fixture
def site(new_site: NewSite) -> Site:
    return new_site(digest={"recipients": [_STAFF]})


def _digests(site: Site) -> list[str]:
    return [text_of(one) for one in site.delivered() if one["To"] == _STAFF]


def test_the_digest_tells_of_the_dossier_that_just_came_once_though_the_program_was_killed(site: Site) -> None:
    site.deliver(mail("BVDN", {"To trinh.docx": memo("BVDN"), "Bang.docx": table("BVDN", TWO)}), IN_TIME)
    killed = site.hoso("run", "--once", "--answer-backlog", crash_at=Step.LETTER_CLAIMED)
    assert killed.status < 0
    assert _digests(site) == []
    site.once()
    site.once()
    [text] = _digests(site)
    for told in (
        "1/34 công đoàn cơ sở đã gửi hồ sơ",
        "SK39-001 Bệnh viện Đa khoa Đồng Nai",
        "Số sáng kiến trong toàn ngành: 2",
        "BEGIN HOSO AUDIT HEAD",
    ):
        assert told in text, told
    [whole] = [one for one in site.delivered() if one["To"] == _STAFF]
    [register] = list(whole.iter_attachments())
    sheet = load_workbook(io.BytesIO(register.get_content())).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[-34][1] == "BVDN"
    assert [row[3] for row in rows[-34:] if row[3]] == ["SK39-001"]
    site.assert_sound()
