"""One target under atheris: what reaches code that nothing reached before is kept, and damaged further.

Run as a program of its own (`python -m fuzz.guided TARGET …`), since libFuzzer ends its process when its time is over.
"""

import argparse
import hashlib
import io
import json
import logging
import random
import resource
import sys
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

_MEMORY = 2 << 30
_MOST = 1 << 17
"""Bytes of one input: what is larger teaches nothing more of our own code, and slows every round."""
_HANG_SECONDS = 60


def main() -> None:
    import atheris  # noqa: PLC0415 - a group of its own: not everywhere installed

    asked = _arguments()
    for folder in (asked.corpus, asked.found):
        folder.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["parsers", "dossier"]):
        from fuzz.targets import TARGETS  # noqa: PLC0415 - what is imported here is instrumented

        target = TARGETS[asked.target]
        for seed in target.seeds():
            if len(seed) <= _MOST:
                (asked.corpus / _digest(seed)).write_bytes(seed)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        logging.disable()
        options = {
            "max_total_time": asked.seconds,
            "seed": asked.seed,
            "max_len": _MOST,
            "timeout": _HANG_SECONDS,
            "rss_limit_mb": 0,
            "artifact_prefix": f"{asked.found}/{asked.target.replace(' ', '-')}-",
            "print_final_stats": 1,
        }
        argv = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(asked.corpus)]
        within = {"custom_mutator": _within} if target.packed else {}
        atheris.Setup(argv, _noting(target.run, asked), **within)
        atheris.Fuzz()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--found", type=Path, required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    return parser.parse_args()


def _noting(run: Callable[[bytes], None], asked: argparse.Namespace) -> Callable[[bytes], None]:
    """Goes on after an input that raised what it may not: the first of each kind and place is kept."""
    told = set[str]()

    def noted(content: bytes) -> None:
        try:
            run(content)
        except MemoryError:
            return  # the limit of the reading process at work
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            what = place_of(error)
            if what not in told:
                told.add(what)
                place = asked.found / f"{asked.target.replace(' ', '-')}-{_digest(what.encode())[:12]}.bin"
                place.write_bytes(content)
                place.with_suffix(".json").write_text(json.dumps({"what": what, "file": place.name}))

    return noted


def _digest(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def place_of(error: Exception) -> str:
    """Kind of an error and the line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def _within(content: bytes, most: int, seed: int) -> bytes:
    """For what is packed in a ZIP: one of its files is damaged, and it is packed whole again."""
    import atheris  # noqa: PLC0415

    chance = random.Random(seed)
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            names = old.namelist()
            texts = [name for name in names if name.endswith(("document.xml", "sheet1.xml", "sharedStrings.xml"))]
            meant = chance.choice(texts if texts and chance.random() < 0.8 else names)
            for name in names:
                data = old.read(name)
                new.writestr(name, atheris.Mutate(data, len(data) + 4096) if name == meant else data)
    except (zipfile.BadZipFile, OSError, ValueError, IndexError, NotImplementedError, EOFError):
        return bytes(atheris.Mutate(content, most))
    made = out.getvalue()
    return made if len(made) <= most else content


if __name__ == "__main__":
    main()
