"""The verifier as one file: it has to run where nothing but Python is (`python -I -S verify.py`)."""

import re
from importlib import resources

_IMPORT = "from reports.evidence.ed25519 import signed\n"
_DOCSTRING = re.compile(r'\A""".*?"""\n', re.DOTALL)


def verifier() -> bytes:
    """`verify.py` with the check of signatures written into it."""
    folder = resources.files("reports") / "evidence"
    program, check = (folder.joinpath(f"{name}.py").read_text("utf-8") for name in ("verify", "ed25519"))
    if program.count(_IMPORT) != 1:
        raise ValueError("the verifier does not ask for the check of signatures in the way that is replaced here")
    return program.replace(_IMPORT, _DOCSTRING.sub("", check)).encode()
