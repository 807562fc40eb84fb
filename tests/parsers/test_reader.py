"""A message read whole: which parts become documents, and what is said of those that were not read."""

import pytest
from support.attachments import attachment
from support.hostile import huge_docx, lying_zip, zipped
from support.raw_mail import HEAD, file_part, multipart, part, plain, text_part, with_files

from dossier.model import Document, Kind, Problem
from hoso.campaigns import example_campaign
from parsers.limits import ArchiveLimits, ReadingLimits
from parsers.reader import VERSION, read_message

CAMPAIGNS = (example_campaign(),)
MEMO = attachment("d01")
TABLE = attachment("d01", 1)


def documents(content: bytes, limits: ReadingLimits | None = None) -> tuple[Document, ...]:
    return read_message(content, CAMPAIGNS, limits=limits).documents


def test_a_dossier_is_read_and_every_part_announced_before_it_is_opened() -> None:
    announced: list[str] = []
    submission = read_message(with_files(("a.docx", MEMO), ("b.docx", TABLE)), CAMPAIGNS, progress=announced.append)
    assert announced == ["", "2", "3"]
    assert [document.kinds for document in submission.documents] == [(Kind.MEMO,), (Kind.SUMMARY_TABLE,)]
    assert [document.read_by for document in submission.documents] == ["docx", "docx"]
    assert submission.reader == VERSION


def test_a_dossier_forwarded_as_an_attached_message_in_an_archive_is_found() -> None:
    inner = with_files(("To trinh.docx", MEMO)).replace(b"=b1", b"=b2")
    packed = zipped(("thu/chuyen tiep.eml", inner), ("thu/Bang.zip", zipped(("Bang.docx", TABLE))))
    found = documents(with_files(("Ho so.zip", packed)))
    assert [(one.file, one.kinds, one.containers) for one in found] == [
        ("To trinh.docx", (Kind.MEMO,), ("Ho so.zip", "chuyen tiep.eml")),
        ("Bang.docx", (Kind.SUMMARY_TABLE,), ("Ho so.zip", "Bang.zip")),
    ]
    assert len({one.part for one in found}) == 2


def test_a_part_that_is_skipped_is_not_opened_and_says_why() -> None:
    announced: list[str] = []
    content = with_files(("a.docx", MEMO), ("b.docx", TABLE))
    submission = read_message(content, CAMPAIGNS, skip={"2": "it ended the process"}, progress=announced.append)
    first, second = submission.documents
    assert (first.problem, first.detail, first.kinds) == (Problem.NOT_READ, "it ended the process", (Kind.UNREADABLE,))
    assert second.kinds == (Kind.SUMMARY_TABLE,)
    assert announced == ["", "3"]


def test_with_a_choice_of_parts_all_others_are_not_read() -> None:
    submission = read_message(with_files(("a.docx", MEMO), ("b.docx", TABLE)), CAMPAIGNS, only=("3",))
    assert [document.problem for document in submission.documents] == [Problem.NOT_READ, None]


@pytest.mark.parametrize(
    ("name", "content", "problem", "kinds"),
    [
        ("a.docx", MEMO[:9000], Problem.CORRUPT, (Kind.UNREADABLE,)),
        ("a.docx", b"", Problem.CORRUPT, (Kind.UNREADABLE,)),
        ("a.exe", b"MZ\0\0", Problem.REFUSED, (Kind.UNREADABLE,)),
        ("a.rar", b"Rar!\x1a\x07\x00", Problem.CORRUPT, (Kind.UNREADABLE,)),
        ("a.7z.001", b"7z\xbc\xaf\x27\x1c", Problem.NOT_READ, (Kind.UNREADABLE,)),
        ("a.doc", attachment("d07"), Problem.NOT_READ, (Kind.UNREADABLE,)),
        ("a.jpg", attachment("d34")[:90_000], Problem.CORRUPT, (Kind.UNREADABLE,)),
        ("a.txt", "Kính gửi".encode(), None, (Kind.OTHER,)),
        ("a.vcf", b"BEGIN:VCARD\r\n", None, (Kind.OTHER,)),
    ],
)
def test_what_is_not_read_says_whose_fault_it_is(
    name: str, content: bytes, problem: Problem | None, kinds: tuple[Kind, ...]
) -> None:
    (document,) = documents(with_files((name, content)))
    assert (document.problem, document.kinds, document.file) == (problem, kinds, name)
    assert bool(document.detail) == (problem is not None)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lying_zip(1000), Problem.NOT_READ),
        (zipped(("a.docx", MEMO))[:-40], Problem.CORRUPT),
        (zipped(("a.zip", zipped(("a.zip", zipped(("a.zip", zipped(("a.zip", b"x")))))))), Problem.NOT_READ),
    ],
    ids=["sizes that lie", "cut off", "archives within archives"],
)
def test_fault_31_an_archive_that_cannot_be_opened_is_a_document_itself(content: bytes, problem: Problem) -> None:
    (document,) = documents(with_files(("Ho so.zip", content)))
    assert document.problem is problem
    assert document.kinds == (Kind.UNREADABLE,)


def test_fault_31_the_archives_of_one_message_share_their_limit() -> None:
    packed = zipped(("a.mp3", b"ID3" + (bytes(range(256)) * 4096)[3:]))
    limits = ReadingLimits(archive=ArchiveLimits(total=3 << 20))
    found = documents(with_files(*((f"{number}.zip", packed) for number in range(5))), limits)
    assert [one.problem for one in found] == [None, None, None, Problem.NOT_READ, Problem.NOT_READ]


def test_fault_33_a_document_that_swells_is_not_read() -> None:
    (document,) = documents(with_files(("a.docx", huge_docx(150))))
    assert document.problem is Problem.NOT_READ


def test_files_beyond_the_limit_are_said_in_one_document() -> None:
    limits = ReadingLimits(files=3)
    found = documents(with_files(*((f"{number}.txt", b"x") for number in range(9))), limits)
    assert [one.problem for one in found] == [None, None, None, Problem.NOT_READ]


def test_pictures_of_the_body_are_inline_and_other() -> None:
    logo = b"GIF89a" + bytes(20)
    html = text_part('<p>Em cảm ơn</p><img src="cid:logo@x">', "html")
    picture = part(b"Content-Type: image/gif\r\nContent-ID: <logo@x>", logo)
    (document,) = documents(multipart([html, picture], b"related"))
    assert (document.inline, document.kinds, document.problem) == (True, (Kind.OTHER,), None)


def test_a_file_without_a_name_gets_one() -> None:
    nameless = part(b"Content-Type: application/octet-stream", MEMO)
    (document,) = documents(HEAD + nameless)
    assert document.file == "tep-1.docx"


def test_thanks_bring_no_document() -> None:
    assert documents(plain("Cảm ơn anh chị")) == ()


def test_without_a_campaign_nothing_is_read() -> None:
    with pytest.raises(ValueError, match="no campaign"):
        read_message(plain("x"), ())


def test_two_attachments_of_one_name_are_two_documents() -> None:
    found = documents(multipart([text_part("x"), file_part(b"a.docx", MEMO), file_part(b"a.docx", MEMO)]))
    assert [one.part for one in found] == ["2", "3"]
    assert found[0].sha256 == found[1].sha256
