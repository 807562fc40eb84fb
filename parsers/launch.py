"""Starts a program within limits: a process of our own that limits itself and then becomes the program.

Called as `python -I -S -c "…main()" FOLDER MEMORY CPU FILE PROGRAM ARGUMENT…`; imports as little as it can, since it is
on the way of every document that is converted.
"""

import ctypes
import os
import resource
import sys

from parsers.isolation import only_these_files, until_parent_ends, without_network, without_privileges

NOT_STARTED = 97
"""Exit status where the program cannot be started."""
_OPEN_FILES = 256
_READ = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/libreoffice",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/locale.alias",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/etc/localtime",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/sys/devices/system/cpu",
)
"""What LibreOffice and antiword read; no other folder of /etc, nothing of /proc: secrets lie there."""
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_SOCKETS = ("/tmp",)  # noqa: S108 - where LibreOffice puts the socket by which a second one hands over its work


def main() -> None:
    """Never returns."""
    folder, memory, seconds, size, program, *arguments = sys.argv[1:]
    for limit, value in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_FSIZE, int(size)),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (lowest, lowest))
    libc = ctypes.CDLL(None, use_errno=True)
    until_parent_ends(libc)
    without_network(libc)
    without_privileges(libc)
    installed = os.path.dirname(os.path.dirname(os.path.realpath(program)))  # noqa: PTH120
    only_these_files(libc, (*_READ, installed), (folder, *_DEVICES), _SOCKETS)
    try:
        os.execv(program, [program, *arguments])  # noqa: S606 - a program of the system, with arguments of our own
    except OSError:
        os._exit(NOT_STARTED)
