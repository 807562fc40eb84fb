"""A message without its documents: structure, words, links, reports, and what two deliveries have in common."""

import base64
import io

import pytest
from PIL import Image
from support.attachments import MESSAGES, attachment
from support.hostile import huge_png
from support.raw_mail import HEAD, file_part, multipart, part, plain, text_part, with_files

from dossier.mail import DeliveryReport
from parsers.message import open_message

DOCX = attachment("d15")
PHOTO = attachment("d34")


def pasted(size: tuple[int, int], bits: int = 8) -> bytes:
    """The photo of a page as a mail program shrinks it when it is pasted into the text."""
    with Image.open(io.BytesIO(PHOTO)) as picture:
        smaller, out = picture.convert("1" if bits == 1 else "RGB").resize(size), io.BytesIO()
    smaller.save(out, "PNG" if bits == 1 else "JPEG")
    return out.getvalue()


def scanned(size: tuple[int, int]) -> bytes:
    """A picture in black and white with little on it, as a fax machine packs it: some kilobytes."""
    out = io.BytesIO()
    picture = Image.new("1", size, 1)
    picture.paste(0, (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    picture.save(out, "TIFF", compression="group4")
    return out.getvalue()


LOGO = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def test_every_message_of_the_corpus_is_opened_without_a_problem() -> None:
    for path in sorted(MESSAGES.glob("*.eml")):
        submission = open_message(path.read_bytes()).submission
        assert submission.problems == (), path.name
        assert submission.sender.address, path.name
        assert submission.sender.doubt == "", path.name
        assert submission.received[0].by == "mail.cdyte-dongnai.example", path.name
        assert submission.received[0].at is not None, path.name


def test_own_words_are_told_from_quoted_ones_and_links_are_found() -> None:
    thanks = open_message((MESSAGES / "d51-thanks.eml").read_bytes()).submission
    assert thanks.own_words == "Cảm ơn anh chị, CĐCS đã nhận được thông báo."
    assert "đính kèm" in thanks.quoted
    assert thanks.in_reply_to == ("<letter-1@cdyte-dongnai.example>",)
    linked = open_message((MESSAGES / "d17-no-attachment.eml").read_bytes()).submission
    assert linked.drive_links == ("https://drive.google.com/drive/folders/1AbCdEfGhIj",)


def test_a_link_that_is_only_quoted_does_not_count_and_one_that_is_forwarded_does() -> None:
    link = "https://1drv.ms/f/s!x"
    reply = plain(f"Em cảm ơn\n\nVào 16/4/2021 A đã viết:\n> {link}\n")
    forward = plain(f"Em chuyển\n\n---------- Forwarded message ---------\nTừ: A <a@b.example>\n\n{link}\n")
    assert open_message(reply).submission.drive_links == ()
    assert open_message(forward).submission.drive_links == (link,)


def test_of_two_forms_of_a_body_the_plain_one_is_read_and_the_links_of_both_count() -> None:
    html = '<p>Hồ sơ <a href="https://1drv.ms/f/s!x">tại đây</a></p>'
    content = multipart([text_part("Hồ sơ tại đây"), text_part(html, "html")], b"alternative")
    submission = open_message(content).submission
    assert submission.own_words == "Hồ sơ tại đây"
    assert submission.drive_links == ("https://1drv.ms/f/s!x",)


def test_a_body_of_html_alone_becomes_text() -> None:
    content = HEAD + b"Content-Type: text/html\r\n\r\n" + "<div>Em gửi<br>hồ sơ ạ</div><script>x</script>".encode()
    assert open_message(content).submission.own_words == "Em gửi\nhồ sơ ạ"


@pytest.mark.parametrize(
    ("charset", "raw"),
    [
        ("utf-8", "Hồ sơ".encode()),
        ("us-ascii", "Hồ sơ".encode()),
        ("windows-1258", b"H\xf4\xcc s\xf5"),
        ("x-la", b"H\xf4\xcc s\xf5"),
    ],
)
def test_a_body_is_read_under_a_wrong_or_unknown_charset(charset: str, raw: bytes) -> None:
    content = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + raw
    assert open_message(content).submission.own_words == "Hồ sơ"


def test_parts_are_numbered_as_imap_does_and_attached_messages_are_opened() -> None:
    inner = multipart([text_part("Hồ sơ https://1drv.ms/f/s!x"), file_part(b"To trinh.docx", DOCX)], boundary=b"=b2")
    attached = part(b"Content-Type: message/rfc822", b"Subject: Fwd\r\n" + inner)
    opened = open_message(multipart([text_part("Em chuyển"), file_part(b"Bang.docx", DOCX), attached]))
    assert [(one.part, one.name, one.containers) for one in opened.attachments] == [
        ("2", "Bang.docx", ()),
        ("3.2", "To trinh.docx", ("Fwd",)),
    ]
    assert opened.attachments[1].content == DOCX
    assert opened.submission.own_words == "Em chuyển"
    assert opened.submission.drive_links == ("https://1drv.ms/f/s!x",)


def test_an_attached_message_in_base64_is_opened_too() -> None:
    inner = base64.encodebytes(with_files(("To trinh.docx", DOCX)))
    headers = b"Content-Type: message/rfc822; name=thu.eml\r\nContent-Transfer-Encoding: base64"
    opened = open_message(multipart([text_part("x"), part(headers, inner)]))
    assert [(one.name, one.containers) for one in opened.attachments] == [("To trinh.docx", ("thu.eml",))]


def test_a_file_without_a_type_or_name_is_still_a_file() -> None:
    bare = part(b"Content-Transfer-Encoding: base64", base64.encodebytes(DOCX))
    opened = open_message(multipart([text_part("x"), bare]))
    assert [(one.part, one.name) for one in opened.attachments] == [("2", "")]
    assert opened.attachments[0].content == DOCX


def test_a_message_that_is_nothing_but_a_file_has_it_as_its_part_1() -> None:
    content = HEAD + b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4"
    assert [(one.part, one.name) for one in open_message(content).attachments] == [("1", "a.pdf")]


def _picture(content: bytes, headers: bytes) -> bytes:
    return part(headers + b"\r\nContent-Transfer-Encoding: base64", base64.encodebytes(content))


@pytest.mark.parametrize(
    ("content", "headers", "inline"),
    [
        (LOGO, b"Content-Type: image/gif\r\nContent-ID: <logo@x>", True),
        (
            LOGO,
            b"Content-Type: image/gif; name=logo.gif\r\nContent-ID: <logo@x>\r\nContent-Disposition: attachment",
            True,
        ),
        (LOGO, b"Content-Type: image/gif; name=logo.gif\r\nContent-Disposition: inline", True),
        (LOGO, b"Content-Type: image/gif; name=trang1.gif\r\nContent-Disposition: attachment", False),
        (PHOTO, b"Content-Type: image/jpeg; name=IMG_1.jpg\r\nContent-Disposition: attachment", False),
        (PHOTO, b"Content-Type: image/jpeg; name=IMG_1.jpg\r\nContent-Disposition: inline", False),
        (PHOTO, b"Content-Type: image/jpeg; name=IMG_1.jpg\r\nContent-ID: <logo@x>", False),
        (pasted((800, 1035)), b"Content-Type: image/jpeg\r\nContent-ID: <logo@x>", False),
        (pasted((2200, 1700), bits=1), b"Content-Type: image/png\r\nContent-ID: <logo@x>", False),
        (scanned((1654, 2339)), b"Content-Type: image/tiff; name=bang.tif\r\nContent-Disposition: inline", False),
        (scanned((300, 200)), b"Content-Type: image/tiff; name=dau.tif\r\nContent-Disposition: inline", True),
        (pasted((600, 600)), b"Content-Type: image/jpeg\r\nContent-ID: <logo@x>", True),
        (pasted((1000, 250)), b"Content-Type: image/jpeg\r\nContent-ID: <logo@x>", True),
        (DOCX, b"Content-Type: image/gif; name=x.gif\r\nContent-ID: <logo@x>", False),
        (huge_png(100_000) + bytes(70_000), b"Content-Type: image/png\r\nContent-ID: <logo@x>", False),
    ],
)
def test_a_logo_belongs_to_the_body_and_a_photo_of_a_page_does_not(
    content: bytes, headers: bytes, inline: bool
) -> None:
    body = text_part('<p>Em gửi</p><img src="cid:logo@x">', "html")
    (picture,) = open_message(multipart([body, _picture(content, headers)], b"related")).attachments
    assert picture.inline is inline


def test_signatures_of_programs_are_no_files() -> None:
    signature = part(b"Content-Type: application/pgp-signature; name=signature.asc", b"-----BEGIN PGP SIGNATURE-----")
    assert open_message(multipart([text_part("x"), signature], b"signed")).attachments == ()


STATUS = (
    b"Reporting-MTA: dns; mx.donvi.example\r\n\r\nFinal-Recipient: rfc822; Ai@donvi.example\r\nAction: delayed\r\n"
    b"Status: 4.4.1\r\n\r\nFinal-Recipient: rfc822; CDCS@donvi.example\r\nAction: Failed\r\nStatus: 5.1.1\r\n"
)


RETURNED = with_files(("mau.docx", DOCX), head=HEAD.replace(b"thu-1", b"letter-7")).replace(b"=b1", b"=b9")


@pytest.mark.parametrize(
    "returned",
    [
        part(b"Content-Type: message/rfc822", RETURNED),
        part(b"Content-Type: text/rfc822-headers", b"Subject: x\r\nMessage-ID: <letter-7@donvi.example>\r\n"),
        part(b"Content-Type: text/plain", b"--- below is a copy ---\r\nMessage-ID: <letter-7@donvi.example>\r\n"),
    ],
)
def test_a_delivery_report_names_the_letter_that_came_back_and_its_copy_is_no_dossier(returned: bytes) -> None:
    status = part(b"Content-Type: message/delivery-status", STATUS)
    opened = open_message(multipart([text_part("sorry"), status, returned], b"report; report-type=delivery-status"))
    assert opened.submission.report == DeliveryReport(
        "failed", "5.1.1", "cdcs@donvi.example", ("<letter-7@donvi.example>",)
    )
    assert opened.submission.content_type == "multipart/report; report-type=delivery-status"
    assert opened.attachments == ()


def test_one_mail_delivered_twice_has_one_digest_and_another_mail_another() -> None:
    first = with_files(("To trinh.docx", DOCX))
    trace = b"Received: by b.example; Fri, 16 Apr 2021 09:13:00 +0700\r\nDelivered-To: b@cdyte.example\r\n"
    second = trace + first.replace(b"=b1", b"=another")
    quoted = trace + first.replace(
        text_part("Em gửi ạ"),
        part(
            b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable',
            b"Em g=E1=BB=ADi =E1=BA=A1",
        ),
    )
    other = with_files(("To trinh.docx", attachment("d01")))
    digests = [open_message(content).submission.content_digest for content in (first, second, quoted, other)]
    assert digests[0] == digests[1] == digests[2] != digests[3]
    assert open_message(first).submission.sha256 != open_message(second).submission.sha256


def test_fault_29_another_message_under_a_used_id_is_another_message() -> None:
    first, second = plain("Em gửi hồ sơ"), plain("Em gửi lại hồ sơ")
    assert open_message(first).submission.message_id == open_message(second).submission.message_id
    assert open_message(first).submission.content_digest != open_message(second).submission.content_digest


def test_messages_without_an_id_are_told_by_date_and_subject() -> None:
    bare = b"From: a@b.example\r\nDate: Fri, 16 Apr 2021 09:12:01 +0700\r\nSubject: 1\r\n\r\nx"
    other = bare.replace(b"Subject: 1", b"Subject: 2")
    assert open_message(bare).submission.content_digest != open_message(other).submission.content_digest
