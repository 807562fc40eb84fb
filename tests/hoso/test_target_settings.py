"""The targets of a campaign file: those of plan 39, and every mistake in one's own."""

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from dossier.targets import Measure
from hoso.campaigns import example_campaign, load_campaign
from hoso.strict_yaml import ConfigError


def test_the_example_has_the_targets_of_plan_39() -> None:
    told = {one.key: one for one in example_campaign().targets}
    counted = {key: one.measure for key, one in told.items() if one.measure is not Measure.RECORDED}
    assert counted == {
        "taking-part": Measure.TAKING_PART,
        "per-union": Measure.INITIATIVES_PER_UNION,
        "initiatives": Measure.INITIATIVES,
        "proposals": Measure.PROPOSALS,
    }
    assert sorted(set(told) - set(counted)) == ["movement", "plan-goals", "propagated", "signed-plan"]
    hundred, proposals = told["initiatives"], told["proposals"]
    assert (hundred.least, hundred.exceed, hundred.by) == (100, True, date(2021, 12, 31))
    assert (proposals.least, proposals.most, proposals.by) == (1, 2, date(2021, 12, 31))
    assert told["plan-goals"].of == "signed-plan"
    assert "trong ngành có trên 100 sáng kiến" in hundred.quote


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("key: movement", "key: propagated", "the target propagated stands there twice"),
        ("of: signed-plan", "of: taking-part", "which is no other recorded target"),
        ("of: signed-plan", "of: plan-goals", "plan-goals is of plan-goals"),
        ("    least: 100\n", "    least: 101\n", "per cent of the unions"),
        ("most: 2", "most: 0", "most is less than least"),
        ("measure: proposals", "measure: hopes", "initiatives-per-union"),
        ("measure: proposals", "measure: proposals\n    of: signed-plan", "of belongs to the measure recorded"),
    ],
)
def test_a_mistake_in_a_target_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    shipped = Path(str(resources.files("hoso"))) / "examples" / "plan_39_cdn"
    path = Path(shutil.copytree(shipped, tmp_path / "campaign")) / "campaign.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_campaign(path)
    assert said in str(caught.value)
