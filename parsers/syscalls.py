"""The questions to the kernel that a reading process may not ask any more: seccomp(2), filter mode, Linux 3.17.

A list of what is refused, not of what is allowed: a new C library asks new questions, and a reader that fails on it
would cost a dossier. What harms from within is on the list: sockets, programs, other processes, changes to files,
mounts, namespaces, and the large new interfaces of the kernel. Holds for root too, other than RLIMIT_NPROC.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator, Mapping

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_UNKNOWN = 0x00050000 | errno.ENOSYS
"""What makes the C library ask in the older way, whose flags can be looked at."""
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_SECOND_TABLE = 0x40000000
"""Of x86-64: the same questions with 32 bits, under numbers from here on."""

_AUDIT: Mapping[str, int] = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_OPEN: Mapping[str, Mapping[int, int]] = {"x86_64": {2: 1, 257: 2}, "aarch64": {56: 2}}
"""open(2), openat(2): number → which argument holds the flags."""
_SIGNAL_ONE: Mapping[str, int] = {"x86_64": 234, "aarch64": 131}
"""tgkill(2): to itself alone, which abort(3) does."""
_LIMIT_ONE: Mapping[str, int] = {"x86_64": 302, "aarch64": 261}
"""prlimit64(2): on itself alone."""
_OPENAT2 = 437

_NEW = (424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 435, 438, 440, 442, 452, 463, 466)
"""pidfd_*, io_uring_*, the new mount interface, clone3, process_madvise, fchmodat2, setxattrat, removexattrat: the same
numbers everywhere."""
_REFUSED: Mapping[str, tuple[int, ...]] = {
    "x86_64": (
        *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),  # socket connect accept sendto sendmsg bind listen socketpair …
        *(56, 57, 58, 59, 322),  # clone fork vfork execve execveat
        *(62, 200, 129, 297, 101, 310, 311, 312),  # kill tkill rt_sigqueueinfo … ptrace process_vm_* kcmp
        *(29, 30, 31, 64, 65, 66, 68, 69, 70, 71, 240),  # shared memory, semaphores and queues of System V, mq_open
        *(82, 264, 316, 83, 258, 84, 85, 86, 265, 87, 263, 88, 266, 133, 259),  # rename* mkdir* rmdir creat link* …
        *(90, 91, 268, 92, 93, 94, 260, 76, 77, 285),  # chmod* chown* truncate ftruncate fallocate
        *(132, 235, 261, 280, 188, 189, 190, 197, 198, 199, 319),  # utime* setxattr* removexattr* memfd_create
        *(165, 166, 155, 161, 272, 308, 303, 304),  # mount umount pivot_root chroot unshare setns *_to_handle_at
        *(321, 298, 323, 248, 249, 250, 175, 176, 313, 246, 320),  # bpf perf_event_open userfaultfd keys modules kexec
        *(103, 159, 163, 164, 167, 168, 169, 170, 171, 179, 227, 305, 172, 173, 300, 301),  # syslog clocks swap reboot
    ),
    "aarch64": (
        *(198, 203, 202, 206, 211, 200, 201, 199, 242, 269),
        *(220, 221, 281),
        *(129, 130, 138, 240, 117, 270, 271, 272),
        *(194, 195, 196, 190, 191, 192, 193, 186, 187, 188, 189, 180),
        *(38, 276, 34, 37, 35, 36, 33),
        *(52, 53, 55, 54, 45, 46, 47),
        *(88, 5, 6, 7, 14, 15, 16, 279),
        *(40, 39, 41, 51, 97, 268, 264, 265),
        *(280, 241, 282, 217, 218, 219, 105, 106, 273, 104, 294),
        *(116, 171, 89, 170, 224, 225, 142, 161, 162, 60, 112, 266, 262, 263),
    ),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_the_rest(libc: ctypes.CDLL, machine: str = "") -> None:
    """From now on; needs `isolation.without_privileges` before. Raises OSError where the kernel or machine has none."""
    machine = machine or platform.machine()
    if machine not in _AUDIT:
        raise OSError(errno.ENOSYS, f"no list of system calls for {machine}")
    code = b"".join(_instructions(machine, os.getpid()))
    program = _Program(len(code) // 8, code)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _instructions(machine: str, process: int) -> Iterator[bytes]:
    """The filter, as the kernel's classic BPF; each jump goes over the one or two instructions that follow it."""
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_EQUAL, _AUDIT[machine], over_if_so=1)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, _NUMBER)
    if machine == "x86_64":
        yield from _answer(_AT_LEAST, _SECOND_TABLE, _REFUSE)
    for number in (*_REFUSED[machine], *_NEW):
        yield from _answer(_EQUAL, number, _REFUSE)
    yield from _answer(_EQUAL, _OPENAT2, _UNKNOWN)
    for number, argument in _OPEN[machine].items():
        yield _step(_EQUAL, number, over_if_not=4)
        yield _step(_LOAD, _FIRST_ARGUMENT + 8 * argument)
        yield from _answer(_ANY_BIT, _WRITING, _REFUSE)
        yield _step(_RETURN, _ALLOW)
    for number, own in ((_SIGNAL_ONE[machine], process), (_LIMIT_ONE[machine], 0)):
        yield _step(_EQUAL, number, over_if_not=4)
        yield _step(_LOAD, _FIRST_ARGUMENT)
        yield from _answer(_EQUAL, own, _ALLOW)
        yield _step(_RETURN, _REFUSE)
    yield _step(_RETURN, _ALLOW)


def _answer(test: int, value: int, answer: int) -> Iterator[bytes]:
    yield _step(test, value, over_if_not=1)
    yield _step(_RETURN, answer)


def _step(code: int, value: int, over_if_so: int = 0, over_if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, over_if_so, over_if_not, value)
