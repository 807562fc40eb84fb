"""A file as a document of which nothing was read, yet or at all."""

import hashlib
from dataclasses import replace

from dossier.model import Document, Kind
from parsers.identify import Identity
from parsers.names import neutral_name
from parsers.parts import Attachment


def unread(attachment: Attachment, identity: Identity) -> Document:
    found = described(attachment, identity)
    return replace(found, kinds=(Kind.UNREADABLE,), problem=identity.problem, detail=identity.detail)


def described(attachment: Attachment, identity: Identity) -> Document:
    """A file of which nothing was read."""
    return Document(
        part=attachment.part,
        file=attachment.name or neutral_name(attachment.part.rpartition("/")[2], identity.media_type),
        sha256=hashlib.sha256(attachment.content).hexdigest(),
        size=len(attachment.content),
        media_type=identity.media_type,
        inline=attachment.inline,
        containers=attachment.containers,
    )
