"""Kinds of values that several groups of the settings hold."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from notifier.envelope import AddressError, addr_spec


def in_folder(path: Path, info: ValidationInfo) -> Path:
    """Relative paths belong to the folder of the settings file, wherever the program is started."""
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path.expanduser()


def _address(value: str) -> str:
    """As strict as those who write to it: what the settings take, a letter can be sent from and to."""
    try:
        address = addr_spec(value.lower())
    except AddressError:
        address = ""
    if "." not in address.rpartition("@")[2]:
        raise PydanticCustomError("address", "must be one email address, as in sangkien@cdyte.example")
    return address


Address = Annotated[str, AfterValidator(_address)]
Text = Annotated[str, Field(min_length=1)]
InFolder = Annotated[Path, AfterValidator(in_folder)]
