"""`hoso evidence`: all that is held of one dossier, with the proof that it was not changed, as one ZIP."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from dossier.campaign import Campaign
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, CampaignKey, SettingsPath, Which, campaign_of_dossier, records_in
from hoso.plural import counted
from hoso.wiring import Parts, limits_of, utc_now
from intake.evidence import Bundled, write
from parsers.sandbox import MessageUnreadableError, Sandbox
from store import dossiers
from store.signing import load_key

Out = Annotated[Path, typer.Option("--out", help="The new ZIP file.")]


def add_commands(app: typer.Typer) -> None:
    @app.command("evidence")
    def evidence_command(
        which: Which,
        out: Out,
        settings: SettingsPath = DEFAULT_SETTINGS,
        campaign: CampaignKey = "",
        json: AsJson = False,
    ) -> int:
        """Write the evidence of a dossier: messages, letters, documents, verdicts, history, proof, and a verifier."""
        parts = records_in(settings)
        return _evidence(parts, campaign_of_dossier(parts, campaign, which), which, out, as_json=json)


def _evidence(parts: Parts, campaign: Campaign, which: str, out: Path, *, as_json: bool) -> int:
    with parts.store.reading() as conn:
        found = dossiers.called(conn, campaign.key, which)
    if found is None:
        output.error_console().print(f"There is no dossier {which}: see `hoso dossiers`.", markup=False)
        return Exit.FOUND
    signing = parts.settings.audit.signing_key
    key = load_key(signing) if signing else None
    with Sandbox(parts.campaigns, limits_of(parts.settings.reading)) as sandbox:

        def copies(content: bytes) -> Mapping[str, bytes]:
            try:
                return {one.sha256: one.bytes for one in sandbox.copies(content)}
            except MessageUnreadableError:  # its bytes are there as they came
                return {}

        try:
            told = write(parts.store, campaign, found, out, utc_now(), copies=copies, key=key)
        except OSError as error:
            output.not_written(out, error)
            return Exit.FOUND
    _say(found.code, out, told, signed=key is not None, as_json=as_json)
    return Exit.OK


def _say(code: str, out: Path, told: Bundled, *, signed: bool, as_json: bool) -> None:
    if as_json:
        counts = {name: getattr(told, name) for name in ("events", "messages", "letters", "documents", "head")}
        output.print_json([{"dossier": code, "file": str(out), "signed": signed, **counts}])
        return
    held = ", ".join(counted(getattr(told, f"{name}s"), name) for name in ("message", "letter", "document", "event"))
    output.print_lines([f"{out}: {code}, {held}", f"The history ends at {told.head}."])
    if not signed:
        output.error_console().print("It is not signed: `hoso audit keygen` makes a key (docs/audit.md).")
