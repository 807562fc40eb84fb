"""One message, read whole: its parts told apart, its files opened, each document told and read. Runs in the sandbox."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dossier.campaign import Campaign
from dossier.model import Document, Kind, Problem, Submission
from dossier.recognition import candidates
from dossier.selection import OCR
from dossier.signatures import Signature
from parsers.archive import read_archive
from parsers.archive_entries import Entry
from parsers.content import Content, originals
from parsers.conversion import Convert, WordKind, decoded_apart, no_conversion, once
from parsers.document import interpret
from parsers.identify import Identity, Opener, identify
from parsers.limits import STRUCTURE, ArchiveLimits, ReadingLimits
from parsers.mail_body import NAME, Body, kinds_in
from parsers.message import open_message
from parsers.names import neutral_name
from parsers.pace import Pace
from parsers.parts import Attachment, open_parts
from parsers.photo_pages import with_pages_joined
from parsers.pictured import read_any_docx, read_any_pdf, read_any_picture
from parsers.plain_text import read_markup, read_text, read_values, read_web_archive
from parsers.problem import UnreadableError
from parsers.signatures import SUFFIX, is_signed, signatures_of
from parsers.spreadsheet import read_spreadsheet
from parsers.spreadsheet_xml import read_sheet_xml
from parsers.structure import parse
from parsers.unopened import described, unread
from parsers.version import VERSION
from parsers.word_documents import read_word

_READERS: Mapping[Opener, Callable[[bytes], Content]] = {
    Opener.SPREADSHEET: read_spreadsheet,
    Opener.TEXT: read_text,
    Opener.VALUES: read_values,
    Opener.MARKUP: read_markup,
    Opener.WEB_ARCHIVE: read_web_archive,
    Opener.SHEET_XML: read_sheet_xml,
}
_PICTURED: Mapping[Opener, Callable[[bytes, Pace], Content]] = {
    Opener.DOCX: read_any_docx,
    Opener.PDF: read_any_pdf,
    Opener.PICTURE: read_any_picture,
}
"""Those in which pages may be pictures."""
_CONVERTED: Mapping[Opener, WordKind] = {
    Opener.DOC: WordKind.DOC,
    Opener.RTF: WordKind.RTF,
    Opener.ODT: WordKind.ODT,
    Opener.FLAT_ODT: WordKind.FLAT,
    Opener.WORD_XML: WordKind.XML,
}
_READ = frozenset((*_READERS, *_PICTURED, *_CONVERTED))

Show = Callable[[str, Identity, bytes, Content | None], None]
Keep = Callable[[Attachment], None]


def read_message(
    content: bytes,
    campaigns: tuple[Campaign, ...],
    *,
    skip: Mapping[str, str] = {},
    only: Collection[str] | None = None,
    progress: Callable[[str], None] = lambda part: None,
    limits: ReadingLimits | None = None,
    trust_roots: tuple[str, ...] = (),
    convert: Convert = no_conversion,
    show: Show = lambda part, identity, file, content: None,
    keep: Keep | None = None,
    pace: Pace | None = None,
) -> Submission:
    """Reads a message with its documents.

    `skip` holds parts that are not opened, each with the reason (English): they become NOT_READ; with `only`, so do all
    parts that are not in it. `progress` is told of each part before it is opened, and STRUCTURE first. `trust_roots`
    (PEM) are those that certificates of digital signatures should lead to; `convert` is asked for what only other
    programs read; `show` is handed every file that was opened, with its part, its kind, and what was read in it; `keep`
    is handed the files instead, and none of them is read then; `pace` is how long its pictures may take. Raises
    ValueError without a campaign, and whatever a defect in a reader raises: who calls holds the boundary.
    """
    if not campaigns:
        raise ValueError("no campaign to read the message for")
    progress(STRUCTURE)
    opened = open_message(content)
    known = convert if convert is no_conversion else once(convert)
    together = pace or Pace()
    scanned: dict[str, Content] = {}

    def read_for(campaign: Campaign) -> Submission:
        reading = _Reading(
            campaign,
            skip,
            only,
            progress,
            limits or ReadingLimits(),
            trust_roots,
            known,
            show,
            keep,
            together,
            scanned=scanned,
        )
        found = [document for attachment in opened.attachments for document in reading.documents(attachment)]
        documents = with_pages_joined(found, {part: scanned[part] for part in reading.pictures}, campaign)
        documents = (*documents, *reading.bodies(opened.bodies, documents))
        return replace(opened.submission, documents=documents, reader=VERSION)

    likely = candidates(opened.submission, campaigns)[0]
    submission = read_for(likely)
    meant = candidates(submission, campaigns)
    # where only the memo names its campaign, the tables are read once more, by that campaign's titles and columns
    return submission if likely in meant else read_for(meant[0])


@dataclass(slots=True)
class _Reading:
    """Opens the attachments of one message and counts what came out."""

    campaign: Campaign
    skip: Mapping[str, str]
    only: Collection[str] | None
    progress: Callable[[str], None]
    limits: ReadingLimits
    trust_roots: tuple[str, ...] = ()
    convert: Convert = no_conversion
    show: Show = lambda part, identity, file, content: None
    keep: Keep | None = None
    pace: Pace = field(default_factory=Pace)
    files: int = 0
    inflated: int = 0
    scanned: dict[str, Content] = field(default_factory=dict)
    """What was read from pictures, by part: it is the same for every campaign, and takes seconds."""
    pictures: list[str] = field(default_factory=list)
    """Parts that are pictures: several may be the pages of one document."""
    holding: set[str] = field(default_factory=set)
    """Parts that hold files beside their pages."""

    def documents(self, attachment: Attachment, depth: int = 0) -> Iterator[Document]:
        """The documents in an attachment: one, unless it is an archive or a message."""
        self.files += 1
        if self.files > self.limits.files + 1:
            return
        reason = self._reason_against(attachment)
        if reason:
            yield unread(attachment, Identity("application/octet-stream", problem=Problem.NOT_READ, detail=reason))
            return
        self.progress(attachment.part)
        identity = identify(attachment.content, attachment.name, self.limits.archive)
        if self.keep is not None:
            self.keep(attachment)
        if attachment.inline:
            yield described(attachment, identity)
        elif identity.opener is Opener.ARCHIVE:
            yield from self._archive(attachment, identity, depth)
        elif identity.opener is Opener.MESSAGE:
            yield from self._message(attachment, identity, depth)
        elif self.keep is None and identity.opener in _READ:
            yield self._with_signatures(attachment, self._read(attachment, identity))
        else:
            yield unread(attachment, identity) if identity.problem else described(attachment, identity)
        if identity.opener is Opener.PDF and (self.keep is not None or attachment.part in self.holding):
            yield from self._within_pdf(attachment, identity, depth)

    def bodies(self, bodies: Iterable[Body], beside: Iterable[Document]) -> Iterator[Document]:
        """The mail's own text where it seems to be what no file is; one that takes too long or breaks is not read."""
        there = {kind for document in beside for kind in document.kinds}
        for body in () if {Kind.MEMO, Kind.SUMMARY_TABLE} <= there else bodies:
            attachment = Attachment(body.part, NAME, (body.page or body.words).encode("utf-8", "replace"))
            if self.keep is not None:
                self.keep(attachment)
                continue
            identity = Identity("text/html" if body.page else "text/plain")
            if reason := self.skip.get(body.part):
                yield unread(attachment, replace(identity, problem=Problem.NOT_READ, detail=reason))
                return
            self.progress(body.part)
            found = [(kind, doubt) for kind, doubt in kinds_in(body, self.campaign) if kind not in there]
            if found:
                there.update(kind for kind, _ in found)
                yield replace(described(attachment, identity), doubts=tuple(doubt for _, doubt in found))

    def _reason_against(self, attachment: Attachment) -> str:
        """Why it is not to be opened; '' where it is."""
        if self.files > self.limits.files:
            return f"more than {self.limits.files} files: this one and those behind it were not opened"
        if self.only is not None and attachment.part not in self.only:
            return "the time for the message was used up by other files"
        return attachment.unopened or self.skip.get(attachment.part, "")

    def _read(self, attachment: Attachment, identity: Identity) -> Document:
        try:
            content = self.scanned.get(attachment.part) or self._content(attachment.content, identity.opener)
        except UnreadableError as error:
            self.show(attachment.part, identity, attachment.content, None)
            return unread(attachment, replace(identity, problem=error.problem, detail=error.detail))
        if identity.opener is Opener.PICTURE:
            self.pictures.append(attachment.part)
        if content.holds_files:
            self.holding.add(attachment.part)
        if content.read_by == OCR:
            self.scanned[attachment.part] = content
        self.show(attachment.part, identity, attachment.content, content)
        meaning = interpret(content, self.campaign)
        found = replace(
            described(attachment, identity),
            kinds=meaning.kinds,
            read_by=content.read_by,
            memo=meaning.memo,
            table=meaning.table,
            doubts=meaning.doubts,
            description=meaning.description,
            stated_count=meaning.stated_count,
            pages=content.pages,
            converted=content.converted,
            originals=originals(content),
        )
        if not content.unread:
            return found
        kinds = (Kind.UNREADABLE,) if meaning.kinds == (Kind.OTHER,) else meaning.kinds
        return replace(found, kinds=kinds, problem=Problem.NOT_READ, detail=content.unread)

    def _content(self, content: bytes, opener: Opener) -> Content:
        if opener in _PICTURED:
            return _PICTURED[opener](decoded_apart(content, self.convert), self.pace)
        if opener in _CONVERTED:
            return read_word(content, _CONVERTED[opener], self.convert, self.pace)
        return _READERS[opener](content)

    def _with_signatures(self, attachment: Attachment, document: Document) -> Document:
        """Read as a step of its own, so that a signature that cannot be read costs nothing of its document."""
        if not is_signed(attachment.content):
            return document
        step = attachment.part + SUFFIX
        left_out = self.skip.get(step, "")
        if not left_out and self.only is not None and step not in self.only:
            left_out = "the time for the message was used up by other files"
        if left_out:
            return replace(document, signatures=(Signature(doubt=left_out),))
        self.progress(step)
        return replace(document, signatures=signatures_of(attachment.content, self.trust_roots))

    def _archive(self, attachment: Attachment, identity: Identity, depth: int) -> Iterator[Document]:
        if depth >= self.limits.depth:
            detail = f"archives nested more than {self.limits.depth} deep"
            yield unread(attachment, replace(identity, problem=Problem.NOT_READ, detail=detail))
            return
        try:
            entries = read_archive(attachment.content, self._left())
        except UnreadableError as error:
            yield unread(attachment, replace(identity, problem=error.problem, detail=error.detail))
            return
        yield from self._entries(attachment, identity, entries, depth)

    def _within_pdf(self, attachment: Attachment, identity: Identity, depth: int) -> Iterator[Document]:
        """Files attached to a PDF or to its pages."""
        from parsers.pdf_embedded import wanted_files  # noqa: PLC0415 - few PDFs hold any

        try:
            entries = wanted_files(attachment.content, self._left(), nested=depth >= self.limits.depth)
        except UnreadableError as error:
            if self.keep is None:
                within = Attachment(f"{attachment.part}/0", attachment.name, b"", attachment.containers)
                yield unread(within, replace(identity, problem=error.problem, detail=error.detail))
            return
        yield from self._entries(attachment, identity, entries, depth)

    def _left(self) -> ArchiveLimits:
        return replace(self.limits.archive, total=self.limits.archive.total - self.inflated)

    def _entries(
        self, attachment: Attachment, identity: Identity, entries: Iterable[Entry], depth: int
    ) -> Iterator[Document]:
        entries = tuple(entries)
        self.inflated += sum(len(entry.content) for entry in entries)
        name = attachment.name or neutral_name(attachment.part, identity.media_type)
        for number, entry in enumerate(entries, start=1):
            place = f"{attachment.part}/{name}/{number}"
            within = Attachment(place, entry.name, entry.content, (*attachment.containers, name))
            if entry.problem is None:
                yield from self.documents(within, depth + 1)
            else:
                told = Identity("application/octet-stream", problem=entry.problem, detail=entry.detail)
                yield unread(within, told)

    def _message(self, attachment: Attachment, identity: Identity, depth: int) -> Iterator[Document]:
        """A message that came as a file (.eml): its files count as attached."""
        if depth >= self.limits.depth:
            yield unread(attachment, replace(identity, problem=Problem.NOT_READ, detail="messages nested too deep"))
            return
        inner, _ = parse(attachment.content)
        name = attachment.name or neutral_name(attachment.part, identity.media_type)
        parts = open_parts(inner, attachment.part, (*attachment.containers, name))
        for within in parts.attachments:
            yield from self.documents(within, depth + 1)
