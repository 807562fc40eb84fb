"""`hoso digest`: what staff read in the morning."""

import dataclasses
from datetime import time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dossier.campaign import Campaign
from dossier.digest import Digest, last_slot
from hoso.audit import head_now
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, campaign_of, records_in
from hoso.wiring import Parts, utc_now
from intake.digest import digest as gathered
from notifier.digest import LOCALES, RenderedDigest, render_digest
from store.signing import load_key

_HOUR = time(7, 30)
Preview = Annotated[bool, typer.Option("--preview", help="Write digest.html and digest.txt; nothing is sent.")]
Out = Annotated[Path, typer.Option("--out", help="The folder they are written to.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("digest")
    def digest_command(
        preview: Preview = False,
        out: Out = Path("digest"),
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Write the digest as it stands now: what needs a person, what came since half past seven, who is silent."""
        if not preview:
            raise typer.BadParameter("say --preview: the digest is written to files, and nothing is sent")
        parts = records_in(settings)
        return _preview(parts, campaign_of(parts, campaign), out, as_json=json)


def _preview(parts: Parts, campaign: Campaign, out: Path, *, as_json: bool) -> int:
    found = digest_now(parts, campaign)
    locale = parts.settings.letters.locale
    rendered = render_digest(found, locale if locale in LOCALES else LOCALES[0])
    if not _written(out, rendered):
        return Exit.FOUND
    if as_json:
        output.print_json([dataclasses.asdict(found)])
    else:
        output.print_lines([f"The digest is in {out / 'digest.html'} and {out / 'digest.txt'}; nothing was sent."])
    return Exit.OK


def digest_now(parts: Parts, campaign: Campaign) -> Digest:
    """What came since the last hour of digests. Raises StoreError, KeyFileError."""
    now = utc_now()
    audit = parts.settings.audit
    key = load_key(audit.signing_key) if audit.signing_key else None
    since = last_slot(now, campaign.deadline, ZoneInfo(campaign.zone), _HOUR)
    return gathered(parts.store, campaign, since, now, head_now(parts.store, key, now).text)


def _written(out: Path, rendered: RenderedDigest) -> bool:
    """An earlier preview is replaced."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "digest.html").write_text(rendered.html, "utf-8")
        (out / "digest.txt").write_text(rendered.text, "utf-8")
    except OSError as error:
        output.error_console().print(f"{out} cannot be written: {error.strerror or error}", markup=False)
        return False
    return True
