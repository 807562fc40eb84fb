"""`hoso dossiers`, `messages`, `letters`: to be read in a terminal of any width."""

from collections.abc import Sequence

import pytest

from hoso.cli import output

COLUMNS = ("dossier", "arrival", "union", "verdict", "complete", "in time", "received", "findings")
ROW = ("SK39-008", "118/2026", "BVYDCT", "deficient", True, True, "15/04/2021 08:30:00", "missing-memo, incomplete-row")


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, row: Sequence[object] = ROW
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    output.print_table("Dossiers", COLUMNS, [row], "None.")
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("width", [30, 40, 60, 78])
def test_in_a_terminal_too_narrow_for_codes_nothing_is_cut_off_no_heading_either(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = printed(capsys, monkeypatch, width)[1:]
    ruled = next(place for place, line in enumerate(lines) if set(line) == {"─"})
    for wanted, told in ((COLUMNS, lines[:ruled]), (map(output.shown, ROW), lines[ruled + 1 :])):
        letters = sorted("".join("".join(told).split()))
        assert letters == sorted("".join("".join(wanted).split()))


@pytest.mark.parametrize("width", [80, 100, 150])
def test_codes_and_verdicts_are_never_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = printed(capsys, monkeypatch, width)
    assert max(map(len, lines)) <= width
    first = next(line for line in lines if "SK39-008" in line)
    assert first.split()[:7] == ["SK39-008", "118/2026", "BVYDCT", "deficient", "yes", "yes", "15/04/2021"]
    assert "incomplete-row" in "".join(line[60:].strip() for line in lines).replace(" ", "")
