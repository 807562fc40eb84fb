"""`hoso check` writes every document with the texts as they are: whichever part is broken, it is found."""

import re
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

from hoso.campaigns import example_campaign
from intake import sample_reports
from reports.texts import ReportTextError, unused_texts

NOW = datetime(2021, 5, 5, tzinfo=UTC)
CAMPAIGNS = (example_campaign(),)
REPORTS = ("vi/proposal.txt", "vi/portal.txt", "en/portal.txt", "vi/score_sheet.txt", "en/score_sheet.txt")


def shipped(name: str) -> str:
    return resources.files("templates").joinpath("reports", *name.split("/")).read_text("utf-8")


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_the_shipped_texts_are_whole(locale: str) -> None:
    written = list(sample_reports.every_report(CAMPAIGNS, locale, None, NOW))
    assert len(written) == 6
    assert all(one.startswith(b"PK") for one in written)


@pytest.mark.parametrize("name", REPORTS)
def test_a_broken_part_of_an_own_text_is_found_whichever_it_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {"portal": "_portal", "score_sheet": "_score_sheet", "proposal": "proposal"}
    for report, function in made.items():  # the others are whole: not to be written each time
        if report not in name:
            monkeypatch.setattr(sample_reports, function, lambda *_, **__: type("W", (), {"memo": b"", "table": b""}))
    own = tmp_path / "reports" / name
    own.parent.mkdir(parents=True)
    parts = re.findall(r"^== (\w+)$", shipped(name), re.MULTILINE)
    for part in parts:
        broken = re.sub(rf"(?m)^== {part}$", f"== {part}\n{{{{ no_such_value }}}}", shipped(name))
        own.write_text(broken, "utf-8")
        with pytest.raises(ReportTextError, match=f"part “== {part}”"):
            list(sample_reports.every_report(CAMPAIGNS, name[:2], tmp_path, NOW))


def test_an_own_text_that_no_report_asks_for_is_named(tmp_path: Path) -> None:
    for name in ("vi/propsal.txt", "vi/portal.txt"):
        (tmp_path / "reports" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "reports" / name).write_text(shipped("vi/portal.txt"), "utf-8")
    assert unused_texts(tmp_path) == ("reports/vi/propsal.txt",)
    assert unused_texts(None) == ()
