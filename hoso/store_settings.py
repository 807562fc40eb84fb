"""The settings of where the records lie. The password of a database never stands in the file, nor in an error (P12)."""

import re
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from hoso.secret import Secret, secret_in
from hoso.setting_types import InFolder
from hoso.strict_yaml import Expanded, Strict

_VARIABLE = re.compile(r"\$\{\w+\}")


class Store(Strict):
    """Where the records lie."""

    url: Secret = Secret("sqlite:///var/hoso.sqlite")
    """SQLite file (the folder must allow writing), or postgresql+psycopg://user:${NAME}@host/database."""
    password_file: Path | None = None
    """A file with the password for the url, in place of a variable in it."""
    blobs: InFolder = Field(default=Path("var/blobs"), validate_default=True)
    """Folder of the messages as they came, by SHA-256."""

    @model_validator(mode="before")
    @classmethod
    def complete_url(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or isinstance(data.get("url"), Secret):
            return data
        folder: Path = (info.context or {}).get("folder", Path())
        password_file = data.get("password_file")
        password = secret_in(folder / str(password_file)) if password_file is not None else None
        return {**data, "url": _store_url(data.get("url", "sqlite:///var/hoso.sqlite"), folder, password)}


def _store_url(written: object, folder: Path, password: Secret | None) -> Secret:
    """The url with its password, and with the path of an SQLite file made absolute."""
    url = _without_surprises(written)
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise PydanticCustomError("url", "url must name a file: what is kept in memory is lost with a crash")
        url = url.set(database=str(folder / Path(url.database).expanduser()))
    elif url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    else:
        raise PydanticCustomError("url", "url must begin with sqlite:/// or postgresql+psycopg://")
    if password is not None:
        url = url.set(password=password.get_secret_value())
    return Secret(url.render_as_string(hide_password=False))


def _without_surprises(written: object) -> URL:
    """The url with its variables filled in; a password with an @ in it, which would part it elsewhere, is refused."""
    if isinstance(written, Expanded) and written.is_one_variable:
        return _parsed(str(written))
    in_file = written.raw if isinstance(written, Expanded) else str(written)
    raw = _parsed(in_file)
    if "password" in raw.query or (raw.password is not None and not _VARIABLE.fullmatch(str(raw.password))):
        raise PydanticCustomError(
            "literal_secret", "url holds a password: write ${NAME} in its place, or use password_file"
        )
    if str(written).count("@") > in_file.count("@"):
        raise PydanticCustomError(
            "url", "the password for url has an @ in it, where the url would end it: use password_file"
        )
    return _parsed(str(written))


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # the text of the latter quotes what stands where a port should
        raise PydanticCustomError(
            "url", "url is no database url: write sqlite:///var/hoso.sqlite or postgresql+psycopg://…"
        ) from None
