"""The outside of an Office Open XML file (ECMA-376, part 2): a ZIP of XML parts, opened part by part.

Hostile input (FAULTS.md 31-33): real bytes are counted, not the sizes the archive claims; a part with a DOCTYPE is
refused unparsed; what would grow into too large a tree is refused before it is built.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from dossier.model import Problem
from parsers import ole
from parsers.problem import UnreadableError

MAX_PARTS = 5_000
MAX_PART_BYTES = 24 << 20
MAX_NODES = 2_000_000
"""Tags and attributes of one part, counted in its bytes: up to 150 bytes of memory each once parsed."""

_DTD = re.compile(b"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C\0T\0Y\0P\0E|E\0N\0T\0I\0T\0Y)|\0<\0!\0D\0O\0C", re.IGNORECASE)
_HEAD_BYTES = 1024
_ENCRYPTED = 1
_LIMITS = ("xml_parse_huge", "excessive depth", "huge input", "text node too long", "memory", "limit")
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""A "Strict" document is the same under other names of its namespaces (ECMA-376, part 1, annex A)."""


class Package:
    """The parts of one file; nothing is inflated before it is asked for.

    Raises UnreadableError: CORRUPT for a broken archive, PASSWORD for an encrypted one, NOT_READ for our limits.
    """

    def __init__(self, content: bytes) -> None:
        if content.startswith(ole.SIGNATURE):
            raise _not_a_package(content)
        if content.count(b"PK\x01\x02") > MAX_PARTS:
            raise UnreadableError(Problem.NOT_READ, f"more than {MAX_PARTS} parts")
        with _archive_errors():
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._infos = {_part_name(info.filename): info for info in self._archive.infolist()}
        if any(_DTD.search(_head(content, info)) for info in self._infos.values()):
            raise UnreadableError(Problem.NOT_READ, "a part has a DOCTYPE")

    def __contains__(self, name: str) -> bool:
        return _part_name(name) in self._infos

    def names(self) -> tuple[str, ...]:
        """Every part, lower case, with forward slashes and none at the start."""
        return tuple(self._infos)

    def read(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """The bytes of one part; names are told without regard to case (ECMA-376, part 2, 6.2.2)."""
        info = self._infos.get(_part_name(name))
        if info is None:
            raise UnreadableError(Problem.CORRUPT, f"the part {name} is missing")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError(Problem.NOT_READ, f"compression method {info.compress_type} in an Office file")
        with _archive_errors(), self._archive.open(info) as part:
            data = part.read(limit + 1)
        if len(data) > limit:
            raise UnreadableError(Problem.NOT_READ, f"the part {name} is larger than {limit} bytes")
        return data

    def checked(self, name: str) -> bytes:
        """The bytes of one part that has no DOCTYPE."""
        data = self.read(name)
        _refuse_doctype(data, name)
        return data

    def xml(self, name: str) -> "etree._Element":
        """The root element of one part, with the transitional names of namespaces."""
        return parse_xml(self.read(name), name)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, name of the part it points at); outside targets are left out."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self:
            return {}
        found = {}
        for relation in self.xml(relations):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], target)
        return found


def parse_xml(data: bytes, name: str) -> "etree._Element":
    """Raises UnreadableError: NOT_READ for a DOCTYPE or a tree too large, CORRUPT for what is not well-formed."""
    _refuse_doctype(data, name)
    if data.count(b"<") + data.count(b"=") > MAX_NODES:
        raise UnreadableError(Problem.NOT_READ, f"more than {MAX_NODES} nodes in {name}")
    for strict, transitional in _STRICT:
        if strict in data:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        ours = any(word in str(error).lower() for word in _LIMITS)
        raise UnreadableError(Problem.NOT_READ if ours else Problem.CORRUPT, f"{name}: {error}") from error
    except ValueError as error:  # an encoding named that is not known
        raise UnreadableError(Problem.CORRUPT, f"{name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:  # written in an encoding that the search above cannot see
        raise UnreadableError(Problem.NOT_READ, f"a DOCTYPE in {name}")
    return root


def _refuse_doctype(data: bytes, name: str) -> None:
    if b"!" in data and _DTD.search(data):  # to look for the one sign takes a hundredth of the pattern's time
        raise UnreadableError(Problem.NOT_READ, f"a DOCTYPE in {name}")


def _not_a_package(content: bytes) -> UnreadableError:
    if ole.is_encrypted(content):
        return UnreadableError(Problem.PASSWORD, "encrypted with a password")
    return UnreadableError(Problem.NOT_READ, "an OLE file, not an Office Open XML one")


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _head(content: bytes, info: zipfile.ZipInfo) -> bytes:
    """The first bytes of a part, where a DOCTYPE would stand; b'' where they cannot be had: reading it tells why."""
    if not info.filename.lower().endswith((".xml", ".rels", ".vml")) or info.flag_bits & _ENCRYPTED:
        return b""
    sizes = content[info.header_offset + 26 : info.header_offset + 30]
    if len(sizes) < struct.calcsize("<HH"):
        return b""
    name, extra = struct.unpack("<HH", sizes)
    start = info.header_offset + 30 + name + extra
    data = content[start : start + _HEAD_BYTES]
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return data
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, _HEAD_BYTES)
    except zlib.error:
        return b""


@contextmanager
def _archive_errors() -> Iterator[None]:
    try:
        yield
    except NotImplementedError as error:
        raise UnreadableError(Problem.NOT_READ, f"archive: {error}") from error
    except RuntimeError as error:  # zipfile says so of an encrypted entry
        raise UnreadableError(Problem.PASSWORD, f"archive: {error}") from error
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(Problem.CORRUPT, f"broken archive: {error}") from error
