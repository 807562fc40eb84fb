"""Raw bytes → Submission, its documents not read yet, beside the attachments that they will be read from."""

import hashlib
from dataclasses import dataclass

from dossier.model import Submission
from parsers import headers
from parsers.links import MAX_LINKS, drive_links
from parsers.mail_body import Body, bodies_of
from parsers.parts import Attachment, leaves, open_parts
from parsers.report import delivery_report
from parsers.structure import BoundedMessage, parse, walk
from parsers.words import Words, part_words

MAX_WORDS = 20_000
"""Characters kept of the own words, and as many of the quoted ones."""
_REST = "các phần còn lại của thư"


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    submission: Submission
    """Without documents."""
    attachments: tuple[Attachment, ...]
    """In the order of the message, attached messages opened; archives are not."""
    bodies: tuple[Body, ...] = ()
    """Text of the mail itself that may be more than a covering letter."""


def open_message(content: bytes) -> OpenedMessage:
    """Reads all of a message but its attachments; raises nothing for any bytes: what is wrong is in `problems`."""
    root, problems = parse(content)
    parts = open_parts(root)
    subject = headers.text(root, "subject")
    words = part_words(parts.body, subject)
    attached = [part_words(body) for body in parts.attached_bodies]
    received, date = headers.trace(root)
    submission = Submission(
        sha256=hashlib.sha256(content).hexdigest(),
        content_digest=_content_digest(root, content),
        sender=headers.sender(root),
        message_id=headers.message_id(root),
        reply_to=headers.addresses(root, "reply-to"),
        return_path=headers.return_path(root),
        recipients=headers.recipients(root),
        subject=subject,
        date=date,
        received=received,
        in_reply_to=headers.message_ids(root, "in-reply-to"),
        references=headers.message_ids(root, "references"),
        headers=headers.kept(root),
        content_type=headers.content_type(root),
        own_words=words.own[:MAX_WORDS],
        quoted="\n".join(filter(None, (words.quoted, *(one.own for one in attached))))[:MAX_WORDS],
        drive_links=_links(words, [part_words(body, subject) for body in parts.alternatives], attached),
        report=delivery_report(root),
        problems=problems,
    )
    return OpenedMessage(submission, (*parts.attachments, *_held_back(root)), bodies_of(parts, subject))


def _links(words: Words, alternatives: list[Words], attached: list[Words]) -> tuple[str, ...]:
    """Of the sender's own words and of what they pass on; not of what they only quote."""
    spoken = [text for one in (words, *alternatives, *attached) for text in (one.own, one.forwarded)]
    found = dict.fromkeys(link for text in spoken for link in drive_links(text))
    return tuple(found)[:MAX_LINKS]


def _held_back(root: BoundedMessage) -> tuple[Attachment, ...]:
    """Stands for the parts beyond the limit, so that nobody takes the message for read."""
    if not root.tally.parts_dropped:
        return ()
    return (Attachment("rest", _REST, b"", unopened=f"{root.tally.parts_dropped} parts too many"),)


def _content_digest(root: BoundedMessage, content: bytes) -> str:
    """SHA-256 of Message-ID, From and decoded parts: what two deliveries of one mail have in common (P2).

    Without a Message-ID the Date and the Subject stand in; where parts were left out the bytes themselves.
    """
    digest = hashlib.sha256()
    identifier = headers.message_id(root)
    stands_in = () if identifier else (headers.text(root, "date"), headers.text(root, "subject"))
    for value in (identifier or "", *stands_in, *(headers.decoded(value) for value in headers.values(root, "from"))):
        digest.update(" ".join(value.split()).encode("utf-8", "replace") + b"\0")
    for part in leaves(walk(root)):
        data = part.decoded()
        if part.get_content_maintype() == "text":  # relays rewrite line ends
            data = b"\n".join(line.rstrip() for line in data.strip().splitlines())
        digest.update(hashlib.sha256(data).digest())
    if root.tally.cut:
        digest.update(content)
    return digest.hexdigest()
