"""Passwords: from the environment or from a file of their own, never from the settings file, and never shown (P12)."""

from pathlib import Path
from typing import Annotated, Any, LiteralString, Self

from pydantic import Field, GetCoreSchemaHandler, SecretStr, ValidationInfo, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from typing_extensions import override

from hoso.strict_yaml import Expanded, Strict

_LITERAL: LiteralString = (
    "a password must not stand in this file: put it into the environment and write ${NAME} here, "
    "or into a file of its own and name that as password_file"
)


class Secret(SecretStr):
    """Prints as `<secret>`, in tracebacks and dumps too; `get_secret_value()` gives it."""

    @override
    def _display(self) -> str:
        return "<secret>"

    @classmethod
    @override
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._from_file, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def _from_file(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, Expanded) and value.is_one_variable:
            return cls(str(value))
        raise PydanticCustomError("literal_secret", _LITERAL)


class Login(Strict):
    """Where a password is needed: `password` or `password_file`, one of them."""

    user: Annotated[str, Field(min_length=1)] | None = None
    """Name to log in with; leave out where the server asks for none."""
    password: Secret | None = None
    """`${NAME}` of an environment variable, never the password itself."""
    password_file: Path | None = None
    """A file that holds the password alone (a Docker or systemd secret), in place of `password`."""

    @model_validator(mode="before")
    @classmethod
    def read_password_file(cls, data: Any, info: ValidationInfo) -> Any:
        """Put the content of `password_file` where the password belongs."""
        if not isinstance(data, dict) or data.get("password_file") is None:
            return data
        if data.get("password") is not None:
            raise PydanticCustomError("two_secrets", "has both password and password_file: keep one of them")
        context = info.context or {}
        if context.get("without_logins"):  # whoever only looks at the records may not be allowed to read it
            return {**data, "password": Secret("")}
        return {**data, "password": secret_in(context.get("folder", Path()) / str(data["password_file"]))}

    @model_validator(mode="after")
    def both_or_none(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise PydanticCustomError("half_login", "needs both user and password (or password_file), or neither")
        return self


def secret_in(path: Path) -> Secret:
    """The one line of a password file; its line end does not belong to it."""
    try:
        text = path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise PydanticCustomError(
            "password_file",
            "password_file {path} cannot be read ({reason})",
            {"path": str(path), "reason": str(reason)},
        ) from None
    if not text:
        raise PydanticCustomError("password_file", "password_file {path} is empty", {"path": str(path)})
    return Secret(text)
