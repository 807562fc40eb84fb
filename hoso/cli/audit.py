"""`hoso audit`: is the history what it was, and are the records and the bytes what the history saw? (P9)"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from hoso.audit import Carried, Proof, head_now, prove, read_heads
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.options import DEFAULT_SETTINGS, AsJson, SettingsPath, require_records, settings_in
from hoso.plural import counted
from hoso.settings import Settings
from hoso.strict_yaml import ConfigError
from hoso.trust import load_trust_roots
from hoso.wiring import store_of, utc_now
from store.carried_head import CarriedHead, HeadTextError
from store.engine import Store
from store.signing import SigningKey, load_key, load_public_key, make_key, public_file

_SHOWN = 20

Heads = Annotated[
    list[str] | None,
    typer.Option("--head", help="A head kept outside this machine: a file with one or many, or NUMBER:HASH."),
]
PublicKeyFile = Annotated[
    Path | None, typer.Option("--public-key", help="The key that the heads must be signed with; kept by the auditor.")
]
BlobsToo = Annotated[bool, typer.Option("--blobs/--no-blobs", help="Read every stored message again, too.")]
StampFile = Annotated[Path | None, typer.Option("--timestamp", help="A time stamp (RFC 3161) of the one head given.")]
To = Annotated[Path, typer.Option("--to", help="A folder: the head goes into head-NUMBER.txt, its stamp beside it.")]


def add_commands(app: typer.Typer) -> None:
    audit = typer.Typer(help="The history: prove it, sign its head.", no_args_is_help=True, rich_markup_mode=None)

    @audit.command("verify")
    def verify_command(
        settings: SettingsPath = DEFAULT_SETTINGS,
        head: Heads = None,
        public_key: PublicKeyFile = None,
        timestamp: StampFile = None,
        blobs: BlobsToo = True,
        json: AsJson = False,
    ) -> int:
        """Find any edit, deletion or reorder; with a head from outside, any cut or rewriting. Changes nothing."""
        return _verify(settings, head or [], public_key, timestamp, blobs=blobs, as_json=json)

    @audit.command("head")
    def head_command(settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Print where the history ends now, signed: keep it outside this machine."""
        read = settings_in(settings, logins=False)
        carried = head_now(_store_in(read), _key_of(read), utc_now())
        if json:
            output.print_json([_head_row(carried)])
        else:
            output.print_lines(carried.text.splitlines())
        if not carried.signature:
            output.error_console().print("It is not signed: `hoso audit keygen` makes a key (docs/audit.md).")
        return Exit.OK

    @audit.command("keygen")
    def keygen_command(settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Make the key that signs heads, in the file that the settings name; hand the public one to the auditor."""
        return _keygen(settings, as_json=json)

    @audit.command("timestamp")
    def timestamp_command(to: To, settings: SettingsPath = DEFAULT_SETTINGS, json: AsJson = False) -> int:
        """Have a time-stamping authority (RFC 3161) confirm the head of now; only a digest leaves this machine."""
        return _timestamp(settings, to, as_json=json)

    app.add_typer(audit, name="audit")


def _store_in(settings: Settings) -> Store:
    """The store alone: the history is checked whatever became of the campaign files."""
    store = store_of(settings)
    require_records(store)
    return store


def _key_of(settings: Settings) -> SigningKey | None:
    return load_key(settings.audit.signing_key) if settings.audit.signing_key else None


def _keygen(path: Path, *, as_json: bool) -> int:
    file = settings_in(path, logins=False).audit.signing_key
    if file is None:
        advice = "signing_key: name a file there first, as in `signing_key: var/audit-key.pem` under audit"
        raise ConfigError(path, (advice,))
    public = make_key(file).public
    row = {"signing_key": str(file), "public_key": str(public_file(file)), "fingerprint": public.fingerprint}
    if as_json:
        output.print_json([row])
    else:
        output.print_lines(
            [
                f"The key is in {file}; it belongs into no backup and to no other machine.",
                f"Hand {public_file(file)} to the auditor, and let the fingerprint be compared on another way:",
                public.fingerprint,
            ]
        )
    return Exit.OK


def _timestamp(path: Path, to: Path, *, as_json: bool) -> int:
    from hoso.timestamp_tokens import check_stamp, stamped  # noqa: PLC0415 - takes a second to load

    settings = settings_in(path, logins=False)
    url = settings.audit.timestamp_url
    if url is None:
        raise ConfigError(path, ("timestamp_url: name a time-stamping authority there first, under audit",))
    carried = head_now(_store_in(settings), _key_of(settings), utc_now())
    text = carried.text.encode()
    token = stamped(text, url)
    stamp = check_stamp(token, text, load_trust_roots(settings.audit.timestamp_roots))
    head_file, stamp_file = to / f"head-{carried.head.seq}.txt", to / f"head-{carried.head.seq}.tst"
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        output.not_written(to, error)
        return Exit.FOUND
    for file, content in ((head_file, text), (stamp_file, token)):
        if not output.new_file(file, content):
            return Exit.FOUND
    row = {"head": str(head_file), "timestamp": str(stamp_file), "at": stamp.at, "authority": stamp.authority}
    if as_json:
        output.print_json([row | {"trusted": stamp.trusted}])
    else:
        output.print_lines([f"Stamped {stamp.at.isoformat()} by {stamp.authority}: {head_file}, {stamp_file}"])
    return Exit.OK


def _head_row(carried: CarriedHead) -> dict[str, object]:
    head = carried.head
    signed = {"key": carried.fingerprint or None, "signature": carried.signature.hex() or None}
    return {"head": str(head), "events": head.seq, "at": carried.at, **signed, "text": carried.text}


def _verify(
    path: Path, given: list[str], public_key: Path | None, timestamp: Path | None, *, blobs: bool, as_json: bool
) -> int:
    settings = settings_in(path, logins=False)
    try:
        carried = read_heads(given, load_public_key(public_key) if public_key else None)
    except HeadTextError as error:
        raise typer.BadParameter(str(error)) from None
    if timestamp is not None:
        _check_timestamp(settings, carried, timestamp)
    with _shown() as progress:
        proof = prove(_store_in(settings), carried, blobs=blobs, progress=progress)
    if as_json:
        output.print_json([_proof_row(proof, carried)])
    else:
        output.print_lines(_proof_lines(proof, carried))
    return Exit.OK if proof.sound else Exit.FOUND


@contextmanager
def _shown() -> Iterator[Callable[[str, int, int], None]]:
    """How far the proof is, on standard error where that is a terminal: a hundred thousand events take a minute."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = output.error_console()
    with Progress(*columns, transient=True, console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task("chain", total=None)

        def tell(what: str, whole: int, done: int) -> None:
            bars.update(task, description=what, total=whole or None, completed=done)

        yield tell


def _check_timestamp(settings: Settings, carried: Carried, file: Path) -> None:
    from hoso.timestamp_tokens import check_stamp  # noqa: PLC0415 - takes a second to load

    if len(carried.heads) != 1 or carried.heads[0].at is None:
        raise typer.BadParameter(
            "--timestamp belongs to one head as `hoso audit timestamp` wrote it: give that with --head"
        )
    roots = load_trust_roots(settings.audit.timestamp_roots)
    try:
        token = file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}") from None
    stamp = check_stamp(token, carried.heads[0].text.encode(), roots)
    trust = {True: "", False: ", WHICH LEADS TO NONE OF THE ROOTS", None: " (no roots in the settings to check it by)"}
    said = f"The head was stamped {stamp.at.isoformat()} by {stamp.authority}{trust[stamp.trusted]}."
    output.error_console().print(said, markup=False, soft_wrap=True)


def _proof_row(proof: Proof, carried: Carried) -> dict[str, object]:
    found = [{"event": one.seq, "since": one.since or one.seq, "reason": one.reason} for one in proof.broken]
    return {
        "sound": proof.sound,
        "events": proof.chain.events,
        "head": str(proof.chain.head),
        "heads": [str(one.head) for one in carried.heads],
        "signatures": carried.signatures.value,
        "broken": found,
        "damaged": list(proof.damaged),
        "removed": [{"on": day, "events": count} for day, count in proof.removed.items()],
    }


def _proof_lines(proof: Proof, carried: Carried) -> list[str]:
    said = "The history is whole" if proof.sound else "The history or a record is NOT what it was"
    lines = [f"{said}: {counted(proof.chain.events, 'event')}, head {proof.chain.head}"]
    for one in proof.broken[:_SHOWN]:
        where = f"event {one.seq}" if not one.since else f"an event from {one.since} to {one.seq}"
        lines.append(f"{where}: {one.reason}")
    lines += [f"the stored {one}" for one in proof.damaged[:_SHOWN]]
    lines += [
        f"removed by purge on {day}: what {counted(count, 'event')} sealed" for day, count in proof.removed.items()
    ]
    if not carried.heads:
        lines.append("Give --head with a head kept outside this machine to find a cut or a rewriting, too.")
    else:
        lines.append(
            f"Compared with {counted(len(carried.heads), 'head')} from outside; signatures: {carried.signatures.value}."
        )
    return lines
