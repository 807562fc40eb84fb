"""The heads that commands of decisions share: who and why, on which campaign, told as JSON or not; one act each."""

from collections.abc import Callable
from typing import Annotated

import typer

from dossier.campaign import Campaign
from hoso.cli.deciding import By, Reason, decide, who_of
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath
from hoso.wiring import Parts
from intake.decisions import Who

OnNumber = Callable[[Parts, Campaign, int, Who, bool], int]
"""What is decided on the thing of that number, told as JSON or not; returns the exit code."""
OnCampaign = Callable[[Parts, Campaign, Who, bool], int]


def add_on_number(app: typer.Typer, name: str, told: str, which: str, act: OnNumber, metavar: str = "NUMBER") -> None:
    """`hoso NAME NUMBER --by --reason`; `told`: its help, `which`: where the number comes from."""

    @app.command(name, help=told)
    def on_number_command(
        number: Annotated[int, typer.Argument(metavar=metavar, help=which)],
        by: By,
        reason: Reason,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        who = who_of(by, reason)
        return decide(settings, campaign, lambda parts, asked: act(parts, asked, number, who, json))


def add_on_campaign(app: typer.Typer, name: str, told: str, act: OnCampaign) -> None:
    """`hoso NAME --by --reason`."""

    @app.command(name, help=told)
    def on_campaign_command(
        by: By,
        reason: Reason,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        who = who_of(by, reason)
        return decide(settings, campaign, lambda parts, asked: act(parts, asked, who, json))
