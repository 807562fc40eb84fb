"""The commands that undo a decision by its number: the same options, one act each."""

from collections.abc import Callable
from typing import Annotated

import typer

from dossier.campaign import Campaign
from hoso.cli.deciding import By, Reason, decide, who_of
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath
from hoso.wiring import Parts
from intake.decisions import Who

Undo = Callable[[Parts, Campaign, int, Who, bool], int]
"""What is done to the decision of that number, told as JSON or not; returns the exit code."""


def add_undo(app: typer.Typer, name: str, told: str, which: str, undo: Undo, metavar: str = "NUMBER") -> None:
    """`hoso NAME NUMBER --by --reason`; `told`: its help, `which`: where the number comes from."""

    @app.command(name, help=told)
    def undo_command(
        number: Annotated[int, typer.Argument(metavar=metavar, help=which)],
        by: By,
        reason: Reason,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        who = who_of(by, reason)
        return decide(settings, campaign, lambda parts, asked: undo(parts, asked, number, who, json))
