"""`hoso demo`: the whole way on a mail server within the process, with sample dossiers."""

from pathlib import Path
from typing import Annotated

import typer

from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.cli.run import stop_on_signals
from hoso.demo.play import play

Folder = Annotated[Path, typer.Option("--folder", help="Where the demo keeps what it makes.")]
Once = Annotated[bool, typer.Option("--once", help="End when the samples are answered.")]


def add_commands(app: typer.Typer) -> None:
    @app.command()
    def demo(folder: Folder = Path("demo"), once: Once = False) -> int:
        """Show the service at work: a dozen dossiers arrive, are judged and answered. Touches no real mailbox."""
        answered = play(folder, output.console(), stop_on_signals(), once=once)
        return Exit.FOUND if once and not answered else Exit.OK
