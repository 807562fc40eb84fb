"""The limits of reading, as settings; what is above one of them is not read, and a person is told."""

from dataclasses import dataclass, field

STRUCTURE = ""
"""The part that is under way while the message itself is taken apart."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Above any of these an archive is not read: ours to say, not proven to be the sender's fault."""

    entries: int = 500
    total: int = 128 << 20
    """Real bytes of all entries together."""
    ratio: int = 200
    """Real bytes to packed bytes, where more than `ratio_from` come out: a bomb, not a document."""
    ratio_from: int = 16 << 20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Of one message, all its archives together."""

    archive: ArchiveLimits = field(default_factory=ArchiveLimits)
    files: int = 200
    depth: int = 3
    """Archives within archives."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Set by the reading process on itself before it sees a byte of mail."""

    memory: int = 512 << 20
    """Bytes that it may hold, and bytes of address space beyond what it takes to start."""
    libraries: int = 72 << 20
    """Of these, what libraries take without being written to: the rest is for data."""
    cpu_seconds: int = 60
    """For one attempt at a message."""
    open_files: int = 64


@dataclass(frozen=True, slots=True)
class OfficeLimits:
    """Of each program that converts a document."""

    seconds: float = 20.0
    """From the question to the answer."""
    memory: int = 1 << 30
    """Bytes of address space, half of which LibreOffice takes to start."""
    cpu_seconds: int = 40
    output: int = 32 << 20
    """Bytes of any file that it writes."""
    ahead: int = 0
    """How many are started before the first document; once there was one, at least one always stands ready."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings of the sandbox."""

    part_seconds: float = 30.0
    message_seconds: float = 50.0
    """For all attempts at one message together; no part gets more than half of what is left of it."""
    patience: float = 0.0
    """Seconds beyond that for scans, as long as page after page is read: for who has nothing else to do."""
    start_seconds: float = 30.0
    frame: int = 64 << 20
    """Bytes of one answer."""
    messages_per_process: int = 500
    growth: int = 192 << 20
    """Bytes a process may have grown by before it is replaced."""
    process: ProcessLimits = field(default_factory=ProcessLimits)
    reading: ReadingLimits = field(default_factory=ReadingLimits)
    office: OfficeLimits = field(default_factory=OfficeLimits)
