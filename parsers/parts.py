"""The parts of a message told apart: bodies, files, pictures of the body, attached messages (RFC 2045, 2046, 2387)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.charset import labelled
from parsers.headers import one_line, text
from parsers.links import is_drive_link
from parsers.mail_pictures import is_page, picture_type
from parsers.markup import MAX_HTML, content_ids, to_text
from parsers.names import attachment_name
from parsers.structure import BoundedMessage, children, parse

MAX_ATTACHED = 5
"""Messages within messages that are opened."""

_SMALL = 40 << 10
"""Bytes; a picture of the body that no HTML shows is not larger."""
_BODIES = ("text/plain", "text/html")
_SILENT = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
    | {"application/applefile", "application/pgp-encrypted", "application/pgp-keys"}
)
"""What mail programs add: no file of the sender's."""
_OPENED = frozenset({"message/rfc822", "message/global", "message/news"})
_REFERRED = {
    "message/partial": "one part of a message that was split (message/partial)",
    "message/external-body": "a file that lies elsewhere (message/external-body)",
}
_FILES = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
_UNNAMED_MESSAGE = "thư đính kèm"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it lies in the message, not opened."""

    part: str
    """As IMAP numbers parts (RFC 9051, 6.4.5): "2", "3.1"."""
    name: str
    """Cleaned; '' where it has none."""
    content: bytes
    containers: tuple[str, ...] = ()
    inline: bool = False
    """A picture of the mail's own body."""
    unopened: str = ""
    """Why it is not to be opened, in English."""


@dataclass(frozen=True, slots=True)
class Page:
    """A body that is a web page, as it came."""

    part: str
    source: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What one message holds."""

    body: str
    """The plain text of the body; made from the HTML where there is no other."""
    alternatives: tuple[str, ...] = ()
    """The same body in its other forms, as text."""
    attachments: tuple[Attachment, ...] = ()
    attached_bodies: tuple[str, ...] = ()
    """Bodies of the messages that are attached."""
    pages: tuple[Page, ...] = ()
    """Bodies that are HTML, those of attached messages behind."""


def open_parts(message: BoundedMessage, prefix: str = "", containers: tuple[str, ...] = ()) -> Parts:
    """The parts of a message that lies at `prefix` in `containers`; raises nothing."""
    collector = _Collector(containers)
    collector.take(message, prefix, parent="")
    return Parts(
        "\n".join(body for _, body in collector.bodies),
        tuple(collector.alternatives),
        tuple(collector.with_pictures_told()),
        tuple(collector.attached_bodies),
        tuple(collector.pages),
    )


@dataclass(slots=True)
class _Picture:
    """Where a picture stands in `attachments`, and what speaks for its being one of the body."""

    place: int
    content_id: str
    disposition: str | None
    is_related: bool


@dataclass(slots=True)
class _Collector:
    """Goes through one message; attached messages have collectors of their own."""

    containers: tuple[str, ...]
    bodies: list[tuple[str, str]] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    attached_bodies: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    pictures: list[_Picture] = field(default_factory=list)
    shown_ids: set[str] = field(default_factory=set)

    def take(self, part: BoundedMessage, place: str, parent: str) -> None:
        kind = part.get_content_type()
        within = children(part)
        if within and kind.startswith("multipart/"):
            before = len(self.bodies)
            for number, child in enumerate(within, start=1):
                self.take(child, f"{place}.{number}" if place else str(number), kind)
            if kind == "multipart/alternative":
                self._choose(before)
        elif within:
            self._take_message(part, within[0], place or "1", kind, parent)
        else:
            self._take_leaf(part, place or "1", kind, parent)

    def _choose(self, start: int) -> None:
        """Of a multipart/alternative the plain text where there is some, else the last form (RFC 2046, 5.1.4)."""
        forms = self.bodies[start:]
        plain = [form for form in forms if form[0] == "text/plain" and form[1].strip()]
        chosen = plain or [form for form in forms if form[1].strip()][-1:]
        self.bodies[start:] = chosen
        self.alternatives += [body for kind, body in forms if (kind, body) not in chosen]

    def _take_message(self, part: BoundedMessage, inner: BoundedMessage, place: str, kind: str, parent: str) -> None:
        if parent == "multipart/report":  # the returned message is ours, and no dossier
            return
        if kind in _REFERRED:
            name = attachment_name(part)
            self.attachments.append(Attachment(place, name, b"", self.containers, unopened=_REFERRED[kind]))
        elif kind in _OPENED:
            if str(part.get("content-transfer-encoding", "")).strip().lower() in ("base64", "quoted-printable"):
                inner["content-transfer-encoding"] = part["content-transfer-encoding"]
                inner, _ = parse(inner.decoded())  # against RFC 2046, 5.2.1, and done all the same
            self.take_attached(inner, attachment_name(part), place)

    def take_attached(self, inner: BoundedMessage, name: str, place: str) -> None:
        """The parts of an attached message, which count as the sender's own files."""
        name = name or one_line(text(inner, "subject"), 80) or _UNNAMED_MESSAGE
        if len(self.containers) >= MAX_ATTACHED:
            reason = f"a message within {MAX_ATTACHED} others is not opened"
            self.attachments.append(Attachment(place, name, b"", self.containers, unopened=reason))
            return
        parts = open_parts(inner, place, (*self.containers, name))
        self.attachments += parts.attachments
        self.pages += parts.pages
        self.attached_bodies += [parts.body, *parts.alternatives, *parts.attached_bodies]

    def _take_leaf(self, part: BoundedMessage, place: str, kind: str, parent: str) -> None:
        name, content = attachment_name(part), part.decoded()
        disposition = part.get_content_disposition()
        if part.is_closed:
            reason = "nested too deep to be opened"
            self.attachments.append(Attachment(place, name, content, self.containers, unopened=reason))
        elif self._is_body(kind, name, disposition, content):
            self._take_body(part, "text/html" if kind == "text/html" else "text/plain", content, place)
        elif self._is_file(kind, name, content, parent):
            if picture_type(content):
                identifier = one_line(str(part.get("content-id", ""))).strip("<>")
                related = parent == "multipart/related"
                self.pictures.append(_Picture(len(self.attachments), identifier, disposition, related))
            self.attachments.append(Attachment(place, name, content, self.containers))

    @staticmethod
    def _is_body(kind: str, name: str, disposition: str | None, content: bytes) -> bool:
        is_text = kind in _BODIES or kind.startswith("multipart/")  # a multipart in which no part was found
        return is_text and not name and disposition != "attachment" and not content.startswith(_FILES)

    @staticmethod
    def _is_file(kind: str, name: str, content: bytes, parent: str) -> bool:
        if kind in _SILENT or (parent == "multipart/report" and kind.startswith(("message/", "text/"))):
            return False
        if not name and (not content or kind.startswith("message/")):
            return False
        return bool(name) or not (parent == "multipart/alternative" and kind.startswith("text/"))

    def _take_body(self, part: BoundedMessage, kind: str, content: bytes, place: str) -> None:
        charset = part.get_content_charset()
        if kind == "text/plain":
            self.bodies.append((kind, labelled(content, charset)))
            return
        declared = _META_CHARSET.search(content[:4096])
        source = labelled(content, charset or (declared.group(1).decode("ascii") if declared else None))
        self.shown_ids |= content_ids(source)
        self.pages.append(Page(place, source[:MAX_HTML]))
        self.bodies.append((kind, to_text(source, is_drive_link)))

    def with_pictures_told(self) -> Sequence[Attachment]:
        """The attachments, once it is known which pictures the HTML shows."""
        told = list(self.attachments)
        for picture in self.pictures:
            found = told[picture.place]
            told[picture.place] = replace(found, inline=self._is_of_body(picture, found.content))
        return told

    def _is_of_body(self, picture: _Picture, content: bytes) -> bool:
        """A logo or the like; a picture as large as a page may be a page of the dossier, wherever it stands."""
        if is_page(content):
            return False
        if picture.content_id and picture.content_id in self.shown_ids:
            return True
        if picture.disposition == "attachment":
            return False
        if picture.is_related and picture.content_id:
            return True
        return len(content) <= _SMALL and bool(picture.content_id or picture.disposition == "inline")


def leaves(parts: Iterable[BoundedMessage]) -> Iterable[BoundedMessage]:
    """Those that hold content of their own."""
    return (part for part in parts if not children(part))
