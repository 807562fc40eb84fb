"""The outside of the old Office formats ([MS-CFB]): enough to tell a file cut off or encrypted from a whole one."""

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_BEGIN = bytes.fromhex("0908100000060500")
"""BOF of the globals of BIFF8 ([MS-XLS] 2.4.21)."""
_FILE_PASS = bytes.fromhex("2f00")
_HEADER = 512
_FAT_LIST = 76
_FAT_LIST_LENGTH = 109
_LAST_SECTOR = 0xFFFFFFFA
_FREE = b"\xff\xff\xff\xff"


def is_encrypted(content: bytes) -> bool:
    """An Office Open XML file with a password ([MS-OFFCRYPTO] 2.3) or a workbook of Excel 97 ([MS-XLS] 2.4.117)."""
    if _ENCRYPTED_PACKAGE in content:
        return True
    start = content.find(_WORKBOOK_BEGIN)
    if start < 0:
        return False
    for _ in range(2):  # a record that the workbook is protected against writing may come first
        start += 4 + int.from_bytes(content[start + 2 : start + 4], "little")
        if content[start : start + 2] == _FILE_PASS:
            return True
    return False


def is_truncated(content: bytes) -> bool:
    """True where the file's own table of sectors ([MS-CFB] 2.3) uses more of them than the file has."""
    if len(content) < _HEADER:
        return True
    size = 1 << min(struct.unpack_from("<H", content, 30)[0], 20)
    listed = struct.unpack_from(f"<{_FAT_LIST_LENGTH}I", content, _FAT_LIST)
    tables = [sector for sector in listed if sector <= _LAST_SECTOR]
    for place, sector in enumerate(tables):
        start = (sector + 1) * size
        table = content[start : start + size]
        if len(table) < size:
            return True
        used = len(_trimmed(table)) // 4
        last = place * (size // 4) + used - 1
        if used and (last + 1) * size >= len(content):  # the last sector may be cut short, not be missing
            return True
    return False


def _trimmed(table: bytes) -> bytes:
    """A table of sectors without the free ones at its end."""
    while table.endswith(_FREE):
        table = table[: -len(_FREE)]
    return table
