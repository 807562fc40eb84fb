"""Digital signatures in letters: told at their file, whatever they are worth, and never a reason for anything."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.letters import MEMO, TABLE, facts, flat

from dossier.signatures import Signature, SinceSigning
from notifier.letters import render
from notifier.templates import Templates

SIGNED_AT = datetime(2021, 4, 15, 2, 30, 5, tzinfo=UTC)
SOUND = Signature("CĐCS Bệnh viện <Thí Dụ>", "", SIGNED_AT, since=SinceSigning.UNCHANGED, trusted=True)


def text(*signatures: Signature, locale: str = "vi", verified: bool = True) -> str:
    documents = (replace(MEMO, signatures=signatures), TABLE)
    return flat(render(facts(documents=documents, verified=verified), Templates(), locale).text)


def test_the_letter_tells_who_signed_when_and_that_nothing_changed_since() -> None:
    assert (
        "Có chữ ký số của CĐCS Bệnh viện <Thí Dụ>, ký lúc 09 giờ 30 phút 05 giây, ngày 15/4/2021, "
        "tệp không bị thay đổi sau khi ký." in text(SOUND)
    )
    assert "Digitally signed by CĐCS Bệnh viện <Thí Dụ> at 09:30:05 on 15 April 2021; the file was not" in text(
        SOUND, locale="en"
    )


def test_names_from_certificates_are_escaped_in_html() -> None:
    documents = (replace(MEMO, signatures=(SOUND,)), TABLE)
    html = render(facts(documents=documents), Templates()).html
    assert "&lt;Thí Dụ&gt;" in html
    assert "<Thí Dụ>" not in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"since": SinceSigning.CHANGED}, "tệp đã thay đổi sau khi ký"),
        ({"since": SinceSigning.EXTENDED}, "chỉ có thêm nội dung mà chữ ký cho phép"),
        ({"since": SinceSigning.UNKNOWN}, "chưa kiểm tra được chữ ký này"),
        ({"trusted": False}, "(chưa xác nhận được chứng thư)"),
    ],
)
def test_what_a_signature_is_worth_is_told_in_plain_words(changes: dict[str, object], words: str) -> None:
    assert words in text(replace(SOUND, **changes))  # type: ignore[arg-type]


def test_a_signature_that_says_nothing_of_itself_is_told_without_gaps() -> None:
    assert "Có chữ ký số, hệ thống chưa kiểm tra được chữ ký này." in text(Signature())


def test_several_signatures_are_told_one_by_one() -> None:
    assert text(SOUND, replace(SOUND, signer="Chủ tịch")).count("ó chữ ký số của") == 2


def test_a_letter_to_a_stranger_says_nothing_of_signatures() -> None:
    assert text(SOUND, verified=False) == text(verified=False)
