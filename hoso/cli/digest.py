"""`hoso digest`: what staff read in the morning, to look at or to send now."""

import dataclasses
import threading
from pathlib import Path
from typing import Annotated

import typer

from dossier.campaign import Campaign
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import (
    DEFAULT_SETTINGS,
    AsJson,
    CampaignKey,
    SettingsPath,
    campaign_of,
    parts_in,
    records_in,
)
from hoso.notices import beside, digest_policy
from hoso.wiring import Parts, post_of, utc_now
from intake.send import send_due
from intake.send_digest import Bound, bind, since_last, write_now
from notifier.digest import RenderedDigest
from reports.whole_file import whole_file
from store import outbox
from store.outbox import LetterState

Preview = Annotated[bool, typer.Option("--preview", help="Write digest.html and digest.txt; nothing is sent.")]
Send = Annotated[bool, typer.Option("--send", help="Send it now to the recipients of the settings.")]
Out = Annotated[Path, typer.Option("--out", help="The folder they are written to.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("digest")
    def digest_command(
        preview: Preview = False,
        send: Send = False,
        out: Out = Path("digest"),
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Show or send the digest as it stands now: what needs a person, what came since the last one, who is silent.

        The service sends it by itself at the hour of the settings; one sent by hand takes the place of none.
        """
        if preview == send:
            raise typer.BadParameter("say --preview to write the digest to files, or --send to send it now")
        if send:
            parts = parts_in(settings)
            try:
                return _send(parts, campaign_of(parts, campaign), as_json=json)
            finally:
                parts.store.close()
        parts = records_in(settings)
        return _preview(parts, campaign_of(parts, campaign), out, as_json=json)


def _preview(parts: Parts, campaign: Campaign, out: Path, *, as_json: bool) -> int:
    bound = digest_now(parts, campaign)
    if not _written(out, bound.page()):
        return Exit.FOUND
    if as_json:
        output.print_json([dataclasses.asdict(bound.found)])
    else:
        output.print_lines([f"The digest is in {out / 'digest.html'} and {out / 'digest.txt'}; nothing was sent."])
    return Exit.OK


def digest_now(parts: Parts, campaign: Campaign) -> Bound:
    """What came since the last digest; where none was sent, since the last hour of digests. Raises StoreError."""
    now, policy = utc_now(), digest_policy(parts.settings)
    since = since_last(parts.store, campaign, policy, now)
    return bind(parts.store, campaign, since, now, policy, beside(parts, now))


def _send(parts: Parts, campaign: Campaign, *, as_json: bool) -> int:
    """Through the outbox, with whatever else is due; what the relay does not take now the service tries again."""
    policy = digest_policy(parts.settings)
    if not policy.recipients:
        output.error_console().print(
            "Nobody gets it: name staff under digest recipients in the settings.", markup=False
        )
        return Exit.FOUND
    parts.store.upgrade()
    now = utc_now()
    written = write_now(parts.store, campaign, policy, parts.writing, now, beside(parts, now))
    with post_of(parts) as post:
        send_due(post, threading.Event())
    with parts.store.reading() as conn:
        letters = [one for letter in written if (one := outbox.get(conn, letter.id)) is not None]
    if as_json:
        output.print_json([{"letter": one.id, "recipient": one.recipient, "state": one.state.value} for one in letters])
    else:
        output.print_lines([f"{one.recipient}: {one.state.value}" for one in letters])
    return Exit.OK if all(one.state is LetterState.SENT for one in letters) else Exit.FOUND


def _written(out: Path, rendered: RenderedDigest) -> bool:
    """An earlier preview is replaced."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in (("digest.html", rendered.html), ("digest.txt", rendered.text)):
            with whole_file(out / name, replace=True) as file:
                file.write(text.encode("utf-8"))
    except OSError as error:
        output.error_console().print(f"{out} cannot be written: {error.strerror or error}", markup=False)
        return False
    return True
