"""A YAML file into a frozen model: every mistake is told, at once, with its line, its key and what to do.

Values are read as YAML 1.2 reads them (core schema): `no` and `on` are words, `23:59` and `0912` are texts, a date
stays a text until the key that holds it asks for one. A key that stands twice is a mistake, not a silent choice.
"""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import override

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class ConfigError(Exception):
    """A settings, campaign or roster file that an administrator has to mend; `problems` holds one line for each."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        self.path = path
        self.problems = problems
        super().__init__("\n".join((f"{path} cannot be used:", *(f"  - {problem}" for problem in problems))))


class Problem(NamedTuple):
    """One thing to mend: where, and what to do."""

    path: KeyPath
    advice: str

    def say(self, line: int) -> str:
        return f"line {line}: {_dotted(self.path)}: {self.advice}"


class Strict(BaseModel):
    """A part of a file: cannot be changed after reading, and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)


class Expanded(str):
    """A text in which variables of the environment were replaced; `raw` is what the file says."""

    __slots__ = ("raw",)
    raw: str

    @property
    def is_one_variable(self) -> bool:
        return _VARIABLE.fullmatch(self.raw) is not None


def read_model(path: Path, model: type[Model], environ: Mapping[str, str], *, without_logins: bool = False) -> Model:
    """Read, fill in `${NAME}` from `environ`, and check. Raises ConfigError with everything that is wrong.

    Where nobody logs in, the variable of a `password` may be absent.
    """
    lines: dict[KeyPath, int] = {}
    problems: list[Problem] = []
    data = _expand(_read(path, lines, problems), (), environ, problems)
    if without_logins:
        problems[:] = [problem for problem in problems if problem.path[-1:] != ("password",)]
    made = None
    try:
        made = model.model_validate(data, context={"folder": path.resolve().parent, "without_logins": without_logins})
    except ValidationError as error:
        problems += _told(error, model)
    if made is None or problems:
        placed = sorted(((_line(problem.path, lines), problem) for problem in problems), key=lambda pair: pair[0])
        raise ConfigError(path, tuple(problem.say(line) for line, problem in placed))
    return made


# --- YAML ------------------------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """SafeLoader with the plain scalars of YAML 1.2, and without aliases: a list that holds itself has no end."""

    @override
    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not used here", problem_mark=self.get_mark())
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def _read(path: Path, lines: dict[KeyPath, int], problems: list[Problem]) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(path, ("there is no such file: check the path, or copy the example to it",)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path, (f"cannot be read ({error}): make it readable, and save it as UTF-8",)) from None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}
        _note_lines(node, (), lines, problems)
        return loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(path, (f"is no valid YAML: {_one_line(error)}",)) from None
    finally:
        loader.dispose()


def _one_line(error: Exception) -> str:
    """A YAML error without the excerpt of the file: that excerpt could be a password."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}, column {error.problem_mark.column + 1}: {error.problem}"
    return type(error).__name__ if isinstance(error, ValueError) else " ".join(str(error).split())


def _note_lines(node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], problems: list[Problem]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            _note_lines(item, (*path, place), lines, problems)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                problems.append(Problem((*path, name), "stands twice: keep one"))
            seen.add(name)
            lines[(*path, name)] = key.start_mark.line + 1
            _note_lines(value, (*path, name), lines, problems)


# --- ${NAME} ---------------------------------------------------------------------------------------------------


def _expand(value: Any, path: KeyPath, environ: Mapping[str, str], problems: list[Problem]) -> Any:
    if isinstance(value, dict):
        return {key: _expand(item, (*path, str(key)), environ, problems) for key, item in value.items()}
    if isinstance(value, list):
        return [_expand(item, (*path, place), environ, problems) for place, item in enumerate(value)]
    if not isinstance(value, str) or not _VARIABLE.search(value):
        return value
    absent = [name for name in _VARIABLE.findall(value) if not environ.get(name)]
    problems += [Problem(path, f"the environment has no {name}: set it, as in `export {name}=…`") for name in absent]
    expanded = Expanded(_VARIABLE.sub(lambda match: environ.get(match[1]) or match[0], value))
    expanded.raw = value
    return expanded


# --- Saying what is wrong --------------------------------------------------------------------------------------

_ADVICE = {
    "missing": "is missing: add it",
    "string_type": "must be a text: put it between quotation marks",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list: one item a line, each after a hyphen",
    "model_type": "must be a group of keys, indented under it",
    "model_attributes_type": "must be a group of keys, indented under it",
    "dict_type": "must be a group of keys, indented under it",
    "mapping_type": "must be a group of keys, indented under it",
    "too_short": "needs at least {min_length} item(s)",
    "string_too_short": "must not be empty",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "date_type": "must be a date, as in 2021-04-20",
    "date_parsing": "must be a date, as in 2021-04-20",
    "date_from_datetime_parsing": "must be a date, as in 2021-04-20",
    "path_type": "must be a path",
}


def _told(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    details = error.errors()
    paths = [tuple(detail["loc"]) for detail in details]
    problems = []
    for detail, path in zip(details, paths, strict=True):
        inner = any(other[: len(path)] == path and len(other) > len(path) for other in paths)
        if detail["type"] == "too_short" and inner:
            continue  # the list is not short: what is in it could not be read
        problems.append(Problem(path, _advice(detail, path, model)))
    return problems


def _advice(detail: ErrorDetails, path: KeyPath, model: type[BaseModel]) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "extra_forbidden":
        return _unknown(str(path[-1]), _known_keys(model, path[:-1]))
    if detail["type"] in ("literal_error", "enum"):
        return f"must be one of {context['expected']}"
    return _ADVICE.get(detail["type"], detail["msg"].replace("{", "{{").replace("}", "}}")).format(**context)


def _unknown(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known here are {', '.join(known)}"
    return f"is not a known key: {hint}"


def _known_keys(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    """Keys of the group at `path`; the type of a field is searched for the model that it holds."""
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return tuple(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)


def known_keys(model: type[BaseModel], prefix: str = "") -> tuple[str, ...]:
    """Every key of a file of this model, dotted: `mailboxes.timeouts.read`."""
    keys: list[str] = []
    for name, field in model.model_fields.items():
        keys.append(prefix + name)
        if (inner := _model_in(field.annotation)) is not None:
            keys += known_keys(inner, f"{prefix}{name}.")
    return tuple(keys)


def _dotted(path: KeyPath) -> str:
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "the file"


def _line(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """The line of the key, or of the nearest group around a key that is not there."""
    return next((lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines), 1)
