"""The manuals in docs: every command is there with an example, and every example is one that parses."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from hoso.cli.app import make_app, run_command

ROOT = Path(__file__).resolve().parents[2]
MANUALS = {name: (ROOT / "docs" / name).read_text("utf-8") for name in ("manual.vi.md", "manual.md")}
each_manual = pytest.mark.parametrize("manual", MANUALS.values(), ids=MANUALS.keys())
APP = typer.main.get_command(make_app())


def _commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name)


def _examples(manual: str) -> list[str]:
    return re.findall(r"^    \$ hoso (.+)$", manual, re.MULTILINE)


def _words(example: str) -> list[str]:
    words = shlex.split(example)
    return words[: words.index(">")] if ">" in words else words


def _path(words: list[str]) -> tuple[str, ...]:
    return tuple(words[:2]) if words[0] in ("audit", "objection") else tuple(words[:1])


def _headings(manual: str, language: str) -> list[str]:
    """Commands and levels alone: the words of two languages differ."""
    found = re.findall(r"^(#+) (?:`(hoso [\w -]+)`)?", manual, re.MULTILINE)
    assert found, language
    return [f"{level} {command}" for level, command in found]


@each_manual
def test_every_command_has_a_heading_and_an_example(manual: str) -> None:
    shown = {_path(_words(example)) for example in _examples(manual)}
    for path in _commands(APP):
        assert f"\n### `hoso {' '.join(path)}`: " in manual, path
        assert path in shown


@each_manual
def test_every_example_parses(manual: str) -> None:
    for example in _examples(manual):
        command, words = APP, _words(example)
        for name in _path(words):
            command, words = command.commands[name], words[1:]
        try:
            command.make_context("hoso", words)
        except typer.BadParameter as wrong:  # files of the demo are not here
            if "does not exist" not in wrong.format_message():
                raise


@each_manual
def test_every_option_that_the_text_names_is_one_of_its_command(manual: str) -> None:
    """A text may name other commands' options together with their command alone: `hoso score … --withdraw`."""
    for part in manual.split("\n### `hoso ")[1:]:
        command = APP
        for name in part.partition("`")[0].split():
            command = command.commands[name]
        known = {word for option in command.params for word in (*option.opts, *option.secondary_opts)}
        text = re.sub(r"^    .*$", "", part.partition("\n## ")[0], flags=re.MULTILINE)
        spoken = [word for span in re.findall(r"`(--[^`]+)`", text) for word in re.findall(r"--[a-z][a-z-]*", span)]
        assert set(spoken) <= known, part.partition("\n")[0]


def test_both_manuals_have_the_same_parts_and_examples() -> None:
    vietnamese, english = MANUALS["manual.vi.md"], MANUALS["manual.md"]
    assert _headings(vietnamese, "vi") == _headings(english, "en")
    assert _examples(vietnamese) == _examples(english)


@each_manual
def test_contents_and_links_lead_somewhere(manual: str) -> None:
    titles = re.findall(r"^#+ (.+)$", manual, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    inside = re.findall(r"\]\(#([^)]+)\)", manual)
    assert len(inside) >= 10
    assert set(inside) <= anchors


@each_manual
def test_no_path_of_a_machine_stands_in_it(manual: str) -> None:
    assert re.findall(r"(?<![\w.])/(?:home|root|work|tmp|Users|var)/\S*", manual) == []


def test_what_the_manuals_are_made_of_is_in_them() -> None:
    """Whoever changes docs/manual.commands.yaml runs `make manual`."""
    script = yaml.safe_load((ROOT / "docs" / "manual.commands.yaml").read_text("utf-8"))
    for language, manual in (("vi", MANUALS["manual.vi.md"]), ("en", MANUALS["manual.md"])):
        entries = [entry[language] for section in script["sections"] for entry in section["entries"]]
        parts = [entry.strip().partition("\n") for entry in entries]
        assert [head for head, _, text in parts if f"### {head}\n\n{text}\n" not in manual] == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("corrections", "`hoso corrections --help`"),
        ("objection end", "`hoso objection end --help`"),
        ("dossier", "Did you mean 'dossiers'?"),
        ("paper BVDN --way pos", "'--way': 'pos' is not one of"),
    ],
)
def test_a_mistyped_command_is_told_what_to_do(line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(line.split()) == 2
    assert told in " ".join(capsys.readouterr().err.split())
