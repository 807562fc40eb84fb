"""The verifier as one file: it has to run where nothing but Python is (`python -I -S verify.py`)."""

import re
from importlib import resources

_IMPORT = re.compile(r"^from reports\.evidence\.(\w+) import (?:\([^)]*\)|[^\n(]+)\n", re.MULTILINE)
_DOCSTRING = re.compile(r'\A""".*?"""\n', re.DOTALL)


def verifier() -> bytes:
    """`verify.py`, with each of our own modules written in where it is imported first."""
    written = set[str]()

    def source(name: str) -> str:
        if name in written:
            return ""
        written.add(name)
        return _IMPORT.sub(lambda asked: source(asked[1]), _DOCSTRING.sub("", _source(name)))

    return _IMPORT.sub(lambda asked: source(asked[1]), _source("verify")).encode()


def _source(name: str) -> str:
    return (resources.files("reports") / "evidence" / f"{name}.py").read_text("utf-8")
