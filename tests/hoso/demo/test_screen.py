"""The demo's screen: drawn from plain data, in a terminal or line by line, safe with whatever came in a message."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dossier.model import Verdict
from hoso.demo.screen import DemoView, LetterLine, UnionLine, clean, news, render

NOW = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)
ONE = UnionLine("BVDN", "Bệnh viện Đa khoa Đồng Nai", Verdict.ACCEPTED, NOW, (), 1, 1)
TWO = UnionLine("BVND", "Bệnh viện Nhi đồng", Verdict.DEFICIENT, NOW, ("missing-summary-table",), 1, 0)
LETTER = LetterLine(
    NOW, "BVDN", "Thông báo tiếp nhận hồ sơ", "Kính gửi CĐCS\n" + "dòng\n" * 30, Path("letters/001.eml")
)
VIEW = DemoView(
    now=NOW,
    deadline=NOW + timedelta(seconds=25),
    zone="Asia/Ho_Chi_Minh",
    unions=(ONE, TWO),
    asked=34,
    letters=(LETTER,),
    events=("a message came in from BVDN",),
    places=(("letters", "demo/letters"),),
)


def drawn(view: DemoView, width: int = 140, height: int = 50) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False, color_system=None)
    console.print(render(view, height))
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_a_newcomer_sees_unions_verdicts_findings_the_letter_and_where_things_lie() -> None:
    seen = drawn(VIEW)
    for expected in (
        "unions: 2 of 34, letters: 1",
        "deadline 15:00:25 (in 25 s)",
        "Bệnh viện Đa khoa Đồng Nai",
        "accepted",
        "missing-summary-table",
        "Thông báo tiếp nhận hồ sơ",
        "Kính gửi CĐCS",
        "13 more lines in 001.eml",
        "a message came in from BVDN",
        "letters: demo/letters",
    ):
        assert expected in seen


def test_the_end_is_told() -> None:
    seen = drawn(replace(VIEW, now=NOW + timedelta(seconds=40), finished=True))
    assert "(15 s ago)" in seen
    assert "All samples are answered" in seen


def test_before_anything_came_the_screen_is_there() -> None:
    assert "unions: 0 of 34" in drawn(replace(VIEW, unions=(), letters=(), events=()))


@pytest.mark.parametrize("height", [12, 24, 30, 40, 60])
@pytest.mark.parametrize("unions", [0, 1, 14, 34])
def test_the_screen_fits_into_its_terminal(height: int, unions: int) -> None:
    lines = tuple(replace(TWO, code=f"U{number}", findings=("missing-memo",) * 9) for number in range(unions))
    view = replace(VIEW, unions=lines, events=("a message came in " * 20,) * 9, finished=True)
    assert len(drawn(view, 80, height).splitlines()) <= height


def test_what_came_in_a_message_is_no_markup_and_moves_no_cursor() -> None:
    seen = drawn(replace(VIEW, unions=(replace(ONE, name="[red]x[/red] \x1b[2J\u202e"),), letters=()))
    assert "[red]x[/red]" in seen
    assert "\x1b" not in seen
    assert "\u202e" not in seen


def test_without_a_terminal_only_what_is_new_is_told() -> None:
    assert list(news(None, replace(VIEW, unions=(), letters=()))) == [
        "letters: demo/letters",
        "deadline 15:00:25, 34 unions are asked",
    ]
    later = replace(VIEW, unions=(ONE, replace(TWO, verdict=Verdict.ACCEPTED, findings=(), revision=2)))
    assert list(news(VIEW, later)) == ["BVND: accepted, received 15:00:00, revision 2"]
    assert list(news(replace(VIEW, letters=()), VIEW)) == [
        "letter to BVDN: Thông báo tiếp nhận hồ sơ (letters/001.eml)"
    ]
    assert list(news(VIEW, VIEW)) == []
    assert list(news(VIEW, replace(VIEW, finished=True))) == ["all samples are answered; still polling, Ctrl-C to end"]


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    assert all(char == "\n" or char.isprintable() or char.isspace() or not char.isascii() for char in clean(text))
    assert "\x1b" not in clean(text)
