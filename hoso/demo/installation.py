"""The demo's folder as an installation: settings and campaign as files, so that every command works on what it made."""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from dossier.campaign import Campaign

SETTINGS = "settings.yaml"
PASSWORD = "password"  # noqa: S105 - the name of a file
_CAMPAIGN, _ROSTER = "campaign.yaml", "roster.csv"
_HEAD = "# Of a demo: invented unions. `cd` here, and every command of hoso works on what the demo made.\n"


def write_installation(folder: Path, settings: Mapping[str, Any], password: str, campaign: Campaign) -> None:
    """Settings, campaign, roster and the mailbox's password (for its owner alone) into a folder that is there.

    The campaign differs from the example that ships in its moments, its quotes and its portal alone.
    """
    secret = folder / PASSWORD
    secret.touch(mode=0o600)
    secret.write_text(password, "utf-8")
    shipped = resources.files("hoso") / "examples" / "plan_39_cdn"
    (folder / _ROSTER).write_bytes((shipped / _ROSTER).read_bytes())
    written = yaml.safe_load((shipped / _CAMPAIGN).read_text("utf-8"))
    written |= {
        "roster": _ROSTER,
        "opens_at": campaign.opens_at.isoformat(),
        "deadline": campaign.deadline.isoformat(),
        "quotes": dict(campaign.quotes),
    }
    if campaign.portal is None:
        written.pop("portal", None)
    _write(folder / _CAMPAIGN, written)
    _write(folder / SETTINGS, {**settings, "campaigns": [_CAMPAIGN]})


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(_HEAD + yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=120), "utf-8")
