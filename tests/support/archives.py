"""RAR, 7z and winmail.dat made for tests: RAR stored, from its public descriptions; 7z by the system's libarchive."""

import ctypes
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from parsers.libarchive import LIBRARY

File = tuple[str, bytes]


def _library() -> ctypes.CDLL | None:
    with suppress(OSError):
        return ctypes.CDLL(LIBRARY)
    return None


needs_libarchive = pytest.mark.skipif(_library() is None, reason="libarchive (libarchive-tools) is not installed")


def _variable(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _block5(body: bytes, data: bytes = b"") -> bytes:
    header = _variable(len(body)) + body
    return struct.pack("<I", zlib.crc32(header)) + header + data


def rar5(*files: File, volume: bool = False, locked: bool = False, reference: bool = False) -> bytes:
    """RAR 5 with stored files. They say that they are encrypted (`locked`), or the last one is a `reference`."""
    out = b"Rar!\x1a\x07\x01\x00" + _block5(bytes([1, 0, 1 if volume else 0]))
    for number, (name, written) in enumerate(files, start=1):
        raw, refers = name.encode(), reference and number == len(files)
        record = bytes([1, 0, 0, 15]) + bytes(32) if locked else bytes([5, 4, 0, 1]) + b"x" if refers else b""
        content = b"" if refers else written
        extra = _variable(len(record)) + record if record else b""
        flags = 2 | (1 if extra else 0)
        head = bytes([2, flags]) + (_variable(len(extra)) if extra else b"") + _variable(len(content)) + bytes([4])
        head += _variable(len(content)) + _variable(0o100644)
        head += struct.pack("<I", zlib.crc32(content)) + bytes([0, 1]) + _variable(len(raw)) + raw + extra
        out += _block5(head, content)
    return out + _block5(bytes([5, 0, 0]))


def rar5_with_locked_names() -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + _block5(bytes([4, 0, 0, 0, 15]) + bytes(16)) + bytes(64)


def _block4(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
    header = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(header) & 0xFFFF) + header + data


def rar4(*files: tuple[str | bytes, bytes], main_flags: int = 0, locked: bool = False, version: int = 29) -> bytes:
    """RAR 4 with stored files; `version` of the RAR that it takes to unpack them, times ten."""
    out = b"Rar!\x1a\x07\x00" + _block4(0x73, main_flags, bytes(6))
    for name, content in files:
        raw = name if isinstance(name, bytes) else name.encode()
        body = struct.pack(
            "<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0, version, 0x30, len(raw), 0o100644
        )
        out += _block4(0x74, 0x8000 | (4 if locked else 0), body + raw, content)
    return out + _block4(0x7B, 0x4000, b"")


def seven_zip(*files: File, method: str = "lzma1") -> bytes:
    library = _library()
    assert library is not None
    library.archive_write_new.restype = library.archive_entry_new.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.archive_write_new())
    library.archive_write_set_format_7zip(handle)
    assert library.archive_write_set_options(handle, f"compression={method}".encode()) == 0
    size = 4096 + sum(len(content) * 2 + 500 for _, content in files)
    buffer, used = ctypes.create_string_buffer(size), ctypes.c_size_t()
    assert library.archive_write_open_memory(handle, buffer, ctypes.c_size_t(size), ctypes.byref(used)) == 0
    for name, content in files:
        entry = ctypes.c_void_p(library.archive_entry_new())
        library.archive_entry_update_pathname_utf8(entry, name.encode())
        library.archive_entry_set_filetype(entry, 0o040000 if name.endswith("/") else 0o100000)
        library.archive_entry_set_perm(entry, 0o644)
        library.archive_entry_set_size(entry, ctypes.c_int64(len(content)))
        assert library.archive_write_header(handle, entry) >= -20
        library.archive_write_data(handle, content, ctypes.c_size_t(len(content)))
        library.archive_entry_free(entry)
    assert library.archive_write_close(handle) == 0
    library.archive_write_free(handle)
    return buffer.raw[: used.value]


def sample(name: str) -> bytes:
    """khoa.7z and khoa-ten.7z (the names, too) were packed with a password by py7zr."""
    return (Path(__file__).parents[1] / "parsers" / "samples" / name).read_bytes()


def _attribute(level: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _text(value: str) -> tuple[int, bytes]:
    return 0x1F, value.encode("utf-16-le") + b"\0\0"


def _property(number: int, kind: int, value: bytes) -> bytes:
    head = struct.pack("<HH", kind, number)
    if number >= 0x8000:
        head += bytes(16) + struct.pack("<II", 1, 6) + "ab\0".encode("utf-16-le") + bytes(2)
    if kind in (0x1E, 0x1F, 0x102, 0x0D):
        head += struct.pack("<II", 1, len(value))
    return head + value + bytes(-len(value) % 4)


def tnef(
    *files: tuple[str, str, bytes], hidden: bool = False, embedded: bytes = b"", among_properties: bool = False
) -> bytes:
    """winmail.dat of files, each (short name, long name in Unicode or '', content); `embedded` is a message within."""
    out = struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    out += _attribute(1, 0x00069003, struct.pack("<I", 1) + _property(0x0037, *_text("Chủ đề")))
    for short, long, content in files:
        properties = [_property(0x8001, 0x1F, b"x\0\0\0"), _property(0x3705, 3, struct.pack("<I", 1))]
        properties += [_property(0x3707, *_text(long))] if long else []
        properties += [_property(0x7FFE, 0xB, struct.pack("<I", 1))] if hidden else []
        out += _attribute(2, 0x00069002, bytes(14)) + _attribute(2, 0x00018010, short.encode("cp1258") + b"\0")
        if among_properties:
            properties += [_property(0x3701, 0x102, content)]
        else:
            out += _attribute(2, 0x0006800F, content)
        out += _attribute(2, 0x00069005, struct.pack("<I", len(properties)) + b"".join(properties))
    if embedded:
        inner = [_property(0x3705, 3, struct.pack("<I", 5)), _property(0x3701, 0x0D, bytes(16) + embedded)]
        out += _attribute(2, 0x00069002, bytes(14))
        out += _attribute(2, 0x00069005, struct.pack("<I", len(inner)) + b"".join(inner))
    return out
