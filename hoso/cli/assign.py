"""`hoso assign`, `dismiss`, `unassign`: whose a message is that waits, without making its sender known."""

from typing import Annotated

import typer

from dossier.campaign import Campaign
from hoso.cli.deciding import By, Reason, decide, done, print_rejudged, say, who_of
from hoso.cli.decision_heads import add_on_number
from hoso.cli.exits import Exit
from hoso.cli.ingest import judge_now, print_recorded
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath
from hoso.wiring import Parts, utc_now
from intake.assign import assign_message, dismiss_message, unassign_message
from intake.decisions import Who

WHICH = "Number of a message, as `hoso waiting` shows it."
Message = Annotated[int, typer.Argument(metavar="MESSAGE", help=WHICH)]
Union = Annotated[str, typer.Argument(metavar="UNION", help="Code of the union whose it is, as in the roster.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("assign")
    def assign_command(
        message: Message,
        union: Union,
        by: By,
        reason: Reason,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Put a message that waits into a union's dossier, with its own time of receipt; its sender stays unknown."""
        who = who_of(by, reason)

        def act(parts: Parts, asked: Campaign) -> int:
            count = assign_message(parts.store, asked, message, union, who, utc_now())
            print_recorded(judge_now(parts, count), count, as_json=json)
            return Exit.OK

        return decide(settings, campaign, act)

    told = "Say that a message that waits is for no campaign; it stays on record and waits no more."
    add_on_number(app, "dismiss", told, WHICH, _dismiss, metavar="MESSAGE")
    told = "Undo `hoso assign` or `hoso dismiss`: the message waits again, its dossier is judged without it."
    add_on_number(app, "unassign", told, "Number of the message.", _unassign, metavar="MESSAGE")


def _dismiss(parts: Parts, campaign: Campaign, number: int, who: Who, as_json: bool) -> int:
    dismiss_message(parts.store, campaign, number, who, utc_now())
    return done(f"Message {number} waits no more.", {"message": number, "waits": False}, as_json=as_json)


def _unassign(parts: Parts, campaign: Campaign, number: int, who: Who, as_json: bool) -> int:
    judged = unassign_message(parts.store, campaign, number, parts.writing, who, utc_now())
    say(f"Message {number} waits again.")
    print_rejudged(judged, as_json=as_json)
    return Exit.OK
