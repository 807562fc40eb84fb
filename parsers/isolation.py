"""What a process that reads hostile files is kept from: other files, the network, new privileges.

Landlock (landlock(7), Linux 5.13) where the kernel has it; a network of its own where it allows one. Kept free of
imports that cost time: it runs between the start of a program and the program.
"""

import ctypes
import os
import signal
import struct
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same numbers on every architecture."""
_ABI_VERSION = 1
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_SOCK = 1 << 5, 1 << 9
_ALL_OF_FIRST = (1 << 13) - 1
_BY_VERSION = {2: 1 << 13, 3: 1 << 14}
_NETWORK_FROM = 4
_TCP = 3
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CAPABILITY_VERSION = 0x20080522
_MAY_READ = 1 << 2
"""CAP_DAC_READ_SEARCH; capabilities(7)."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def until_parent_ends(libc: ctypes.CDLL) -> bool:
    """It is killed with the thread that started it, however that ends."""
    return bool(libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)


def without_privileges(libc: ctypes.CDLL) -> bool:
    """No program that it starts gains any."""
    return bool(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def without_network(libc: ctypes.CDLL) -> bool:
    """A network of its own with nothing in it; without privileges inside a new user namespace, as the same user."""
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib costs its import
            file.write(line)
    return True


def without_capabilities(libc: ctypes.CDLL) -> bool:
    """Root keeps only the right to read files whose rights are for others, for its libraries may lie among them."""
    header, kept = struct.pack("=Ii", _CAPABILITY_VERSION, 0), _MAY_READ if os.geteuid() == 0 else 0
    rights = struct.pack("=6I", kept, kept, 0, 0, 0, 0)
    return bool(libc.capset(header, rights) == 0)


def only_these_files(
    libc: ctypes.CDLL, read: Iterable[str], write: Iterable[str], sockets: Iterable[str], *, execute: bool = True
) -> bool:
    """From now on: these may be read and executed, those written too, in the last ones sockets made and removed.

    Paths that are not there are left out. Needs `without_privileges` before. Nor is TCP left, where the kernel can
    take it. False where the kernel has no Landlock: then nothing is changed.
    """
    version = libc.syscall(_CREATE_RULESET, None, 0, _ABI_VERSION)
    if version < 1:
        return False
    handled = _ALL_OF_FIRST | sum(right for since, right in _BY_VERSION.items() if version >= since)
    rules = _Ruleset(handled, _TCP if version >= _NETWORK_FROM else 0)
    size = ctypes.sizeof(rules) if version >= _NETWORK_FROM else ctypes.sizeof(ctypes.c_uint64)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return False
    for paths, rights in (
        (read, (_EXECUTE if execute else 0) | _READ_FILE | _READ_DIR),
        (write, handled & ~_EXECUTE),
        (sockets, _REMOVE_FILE | _MAKE_SOCK),
    ):
        for path in paths:
            _allow(libc, ruleset, path, rights)
    held: bool = libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return held


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    is_folder = os.path.isdir(path)  # noqa: PTH112 - as above
    rule = _Beneath(rights if is_folder else rights & _OF_FILES, place)
    libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(place)
