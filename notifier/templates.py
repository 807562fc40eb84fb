"""The words and shapes of letters: Jinja templates that ship with the program, and an administrator's in front of them.

A template is looked for in this order, file by file:

    OVERRIDE/letters/LOCALE/NAME   OVERRIDE/letters/NAME   templates/letters/LOCALE/NAME   templates/letters/NAME

The locale's folder holds words, the one above it shapes that every locale shares. `shipped/NAME` is always the
program's own, so that an override may extend it and change one block.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateError, TemplateNotFound
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from typing_extensions import override

T = TypeVar("T")

_SHIPPED = "shipped/"
_WORDS = "words.txt"
_FILTERS = ("moment", "day", "by", "span", "margin", "file", "read_as", "signed", "number", "quoted")
"""Macros of `words.txt`, in every template usable as filters; what they give is text, and escaped in HTML."""

# What a faulty template can raise while it runs; anything else is ours and passes through.
_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


class LetterTemplateError(Exception):
    """A template is missing or broken: the administrator can mend it where it is an override."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"letter template {where}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class _Loader(BaseLoader):
    def __init__(self, shipped: tuple[Traversable, ...], overrides: tuple[Path, ...]) -> None:
        self._shipped = shipped
        self._overrides = overrides

    @override
    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        parts = template.removeprefix(_SHIPPED).split("/")
        if any(part in ("", ".", "..") or "\\" in part for part in parts):
            raise TemplateNotFound(template)
        places: tuple[Traversable, ...] = self._shipped
        if not template.startswith(_SHIPPED):
            places = (*self._overrides, *self._shipped)
        for place in places:
            found = place.joinpath(*parts)
            if found.is_file():
                return _read(found), str(found), lambda: True
        raise TemplateNotFound(template)


def _read(found: Traversable) -> str:
    try:
        return found.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LetterTemplateError(str(found), None, f"cannot be read as UTF-8 text: {error}") from error


def _files(folder: Traversable, within: str = "") -> Iterator[str]:
    """Names of all files below a folder, with slashes."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from _files(one, f"{within}{one.name}/")
        else:
            yield within + one.name


class Templates:
    """Templates of every locale, compiled when they are first used; nothing is read at construction."""

    def __init__(self, override: Path | None = None) -> None:
        self._folder = override
        self._override = override / "letters" if override is not None else None
        self._shipped = resources.files("templates").joinpath("letters")
        self._environments: dict[str, Environment] = {}

    def shipped(self, locale: str) -> Traversable:
        """The program's own words of a locale."""
        return self._shipped.joinpath(locale)

    def locales(self) -> tuple[str, ...]:
        """Those that have words: two-letter folders, shipped or the administrator's."""
        folders: list[Traversable] = [self._shipped]
        if self._override is not None and self._override.is_dir():
            folders.append(self._override)
        return tuple(
            sorted({one.name for folder in folders for one in folder.iterdir() if one.is_dir() and len(one.name) == 2})
        )

    def unused_overrides(self) -> tuple[str, ...]:
        """Files of the override folder that no letter asks for, because their path is misspelt: for `hoso check`."""
        if self._folder is None or not self._folder.is_dir():
            return ()
        names = (path.relative_to(self._folder) for path in sorted(self._folder.rglob("*")) if path.is_file())
        return tuple(name.as_posix() for name in names if not self._is_asked_for(name.parts))

    def _is_asked_for(self, parts: tuple[str, ...]) -> bool:
        """What lies in a folder of other templates (digest, reports) is not ours to judge."""
        if parts[0] != "letters":
            return len(parts) > 1 and resources.files("templates").joinpath(parts[0]).is_dir()
        inner = parts[2:] if len(parts) > 2 and parts[1] in self.locales() else parts[1:]
        folders = [self._shipped, *(self.shipped(locale) for locale in self.locales())]
        return any(folder.joinpath(*inner).is_file() for folder in folders)

    def prepare(self, locale: str) -> None:
        """Compile every template now rather than for the first letter; what is broken is told when it is used.

        Raises LetterTemplateError for a locale that there is not.
        """
        environment = self._environment(locale)
        shared = (name for name in _files(self._shipped) if name.partition("/")[0] not in self.locales())
        for name in (*shared, *_files(self.shipped(locale))):
            with suppress(TemplateError, LetterTemplateError):
                environment.get_template(name)

    def render(self, locale: str, name: str, context: Mapping[str, object]) -> str:
        """One template as text. Raises LetterTemplateError."""
        return self._run(locale, name, lambda template: template.render(context))

    def blocks(self, locale: str, name: str, context: Mapping[str, object]) -> Mapping[str, str]:
        """Every block of a template, by its name, each as one line, rendered when it is first asked for.

        Raises LetterTemplateError, then too.
        """

        def opened(template: Template) -> Context:
            inner = template.new_context(dict(context))
            own = list(inner.blocks.values())
            for chain in own:
                chain.insert(0, _silent)
            for _ in template.root_render_func(inner):  # fills in the blocks of what it extends
                pass
            for chain in own:
                del chain[0]
            return inner

        inner = self._run(locale, name, opened)
        return _Blocks(inner, lambda render: self._run(locale, name, lambda _: render()))

    def _run(self, locale: str, name: str, act: Callable[[Template], T]) -> T:
        environment = self._environment(locale)
        try:
            return act(environment.get_template(name))
        except _FAULTS:
            try:
                environment.handle_exception()  # raises again, with the template's lines in the traceback
            except _FAULTS as fault:
                raise _located(name, fault) from fault

    def _environment(self, locale: str) -> Environment:
        if locale not in self._environments:
            if locale not in self.locales():
                known = ", ".join(self.locales())
                raise LetterTemplateError(locale, None, f"there are no letters in this language; there are: {known}")
            self._environments[locale] = self._made(locale)
        return self._environments[locale]

    def _made(self, locale: str) -> Environment:
        overrides = () if self._override is None else (self._override / locale, self._override)
        environment = ImmutableSandboxedEnvironment(
            loader=_Loader((self.shipped(locale), self._shipped), overrides),
            autoescape=lambda name: name is not None and name.endswith(".html"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        for name in _FILTERS:
            environment.filters[name] = _macro(environment, name)
        environment.filters["upper_first"] = lambda text: text[:1].upper() + text[1:]
        return environment


class _Blocks(Mapping[str, str]):
    """Most letters say few of the sentences that there are."""

    def __init__(self, context: Context, guarded: Callable[[Callable[[], str]], str]) -> None:
        self._context = context
        self._guarded = guarded
        self._said: dict[str, str] = {}

    @override
    def __getitem__(self, name: str) -> str:
        if name not in self._said:
            block = self._context.blocks[name][0]
            self._said[name] = self._guarded(lambda: " ".join("".join(block(self._context)).split()))
        return self._said[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._context.blocks)

    @override
    def __len__(self) -> int:
        return len(self._context.blocks)


def _silent(context: Context) -> Iterator[str]:
    """Stands for a block while only the frame around the blocks is run."""
    del context
    return iter(())


def _macro(environment: Environment, name: str) -> Callable[..., str]:
    @cache
    def macro() -> Callable[..., object]:
        found: Callable[..., object] = getattr(environment.get_template(_WORDS).module, name)
        return found

    return lambda *args: " ".join(str(macro()(*args)).split())


def _located(name: str, fault: Exception) -> LetterTemplateError:
    """Jinja gives the frames of a traceback the template's own file and line."""
    if isinstance(fault, TemplateNotFound):
        return LetterTemplateError(name, None, f"{fault.name} is not there")
    line, file = getattr(fault, "lineno", None), getattr(fault, "filename", None)
    if line is not None and file is not None:
        return LetterTemplateError(str(file), line, str(fault))
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if not frame.filename.endswith(".py"):
            return LetterTemplateError(frame.filename, frame.lineno, f"{type(fault).__name__}: {fault}")
    return LetterTemplateError(name, None, f"{type(fault).__name__}: {fault}")
