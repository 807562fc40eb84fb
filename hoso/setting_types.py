"""Kinds of values that several groups of the settings hold."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo


def in_folder(path: Path, info: ValidationInfo) -> Path:
    """Relative paths belong to the folder of the settings file, wherever the program is started."""
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path.expanduser()


Text = Annotated[str, Field(min_length=1)]
InFolder = Annotated[Path, AfterValidator(in_folder)]
