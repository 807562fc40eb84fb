"""Decodes one HEIC photo: a process of its own, which limits itself before it sees a byte of it.

The decoder (libde265) starts a thread for every picture, which the reading process may not (promise P10): it
would end. Called as `python -c "…main()" FOLDER MEMORY CPU FILE`; FOLDER/in.heic becomes FOLDER/out.jpeg.
"""

import ctypes
import io
import resource
import sys
from pathlib import Path

from parsers.isolation import only_these_files, until_parent_ends, without_network, without_privileges

_QUALITY = 95
_READ = ("/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/sys/devices/system/cpu")


def main() -> None:
    """Raises what the decoder raises: who started it sees that it failed."""
    folder, memory, seconds, size = sys.argv[1:]
    import pi_heif  # noqa: PLC0415 - loaded before files are taken from this process
    from PIL import Image  # noqa: PLC0415

    from parsers.picture import decoded_heic  # noqa: PLC0415

    pi_heif.options.DECODE_THREADS = 1
    Image.preinit()
    libc = ctypes.CDLL(None, use_errno=True)
    until_parent_ends(libc)
    for limit, value in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_FSIZE, int(size)),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (lowest, lowest))
    without_network(libc)
    without_privileges(libc)
    only_these_files(libc, _READ, (folder,), (), execute=False)
    picture = decoded_heic((Path(folder) / "in.heic").read_bytes())
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    (Path(folder) / "out.jpeg").write_bytes(out.getvalue())
