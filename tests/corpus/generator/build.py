"""Dossiers of a range of seeds as messages and a truth.json, in a folder of their own."""

import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.generator import office, pictures
from corpus.generator.dossier import Mix, dossier
from corpus.generator.draft import File
from corpus.generator.mail import media_type, message
from corpus.generator.mail_shapes import Attached


def build(folder: Path, part: str, seeds: Sequence[int], mix: Mix) -> list[dict[str, Any]]:
    """Write the messages of the seeds into `folder`/messages; their truths are returned."""
    drafts = {seed: dossier(part, seed, mix) for seed in seeds}
    with tempfile.TemporaryDirectory(prefix="hoso-generator-") as scratch:
        office.convert([file for draft in drafts.values() for file in draft.files], Path(scratch))
        for seed, draft in drafts.items():
            for file in draft.files:
                pictures.take(file, random.Random(f"picture {seed} {file.name}"))
    truths = []
    (folder / "messages").mkdir(parents=True, exist_ok=True)
    for seed, draft in drafts.items():
        name = f"{part}-{'p' if mix.pictures else ''}{seed:05d}.eml"
        attached = [_attached(file) for file in draft.files]
        (folder / "messages" / name).write_bytes(message(draft, attached))
        truths.append(draft.truth.as_json(name))
    return truths


def _attached(file: File) -> Attached:
    content = file.content
    if file.damage == "cut":
        content = content[: len(content) // 3]
    elif file.damage == "empty":
        content = b""
    return Attached(file.name, content, media_type(file.name))


def write_truth(folder: Path, truths: Sequence[dict[str, Any]]) -> None:
    text = json.dumps(sorted(truths, key=lambda truth: str(truth["file"])), ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
