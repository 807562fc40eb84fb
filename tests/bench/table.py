"""What the bench found, as tables for people and as plain data for programs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bench.documents import Documents
from bench.exporting import Exported
from bench.figures import Spread
from bench.latency import Latency
from bench.measuring import Run, Speed
from bench.near_duplicates import Checked
from bench.register import Answered, Measured
from rich.console import Console
from rich.table import Table

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Memory:
    count: int
    service: int
    """Peak in bytes."""
    reader: int
    """Peak of the largest reading process, in bytes."""

    @classmethod
    def of(cls, count: int, run: Run | Speed) -> "Memory":
        return cls(count, run.memory, run.reader_memory)


@dataclass(frozen=True, slots=True)
class Findings:
    cores: int
    speeds: tuple[Speed, ...]
    latency: Latency | None
    memory: tuple[Memory, ...]
    stored: Mapping[int, float]
    documents: Documents | None = None
    near_duplicates: tuple[Checked, ...] = ()
    register: tuple[Measured, ...] = ()

    def as_data(self) -> dict[str, object]:
        return asdict(self)


def show(console: Console, findings: Findings) -> None:
    for speed in findings.speeds:
        console.print(_speed(speed))
    if findings.latency is not None:
        console.print(_latency(findings.latency))
    if findings.memory:
        console.print(_memory(findings.memory))
    if findings.stored:
        console.print(_stored(findings.stored))
    if findings.documents is not None:
        console.print(_documents(findings.documents))
        console.print(_further(findings.documents))
    if findings.near_duplicates:
        console.print(_near_duplicates(findings.near_duplicates))
    for measured in findings.register:
        console.print(_register(measured.database, measured.answered))
        console.print(_exported(measured.database, measured.exported))


def _speed(speed: Speed) -> Table:
    title = f"{speed.mix}: dossiers a second ({speed.count} dossiers, median and ends of the rounds)"
    table = Table("", "median", "least", "most", "goal", title=title, title_justify="left")
    for what, spread in speed.rates.items():
        table.add_row(what, *_row(spread, "{:.1f}"))
    table.add_row("hoso / floor", *_row(speed.to_floor, "{:.2f}"), "0.5" if speed.mix == "docx" else "")
    table.add_row("hoso / script", *_row(speed.to_script, "{:.2f}"), "2.8" if speed.mix == "docx" else "5")
    table.add_row("hoso: seconds to start", *_row(speed.start, "{:.2f}"))
    return table


def _row(spread: Spread, form: str) -> list[str]:
    return [form.format(value) for value in (spread.middle, spread.low, spread.high)]


def _latency(latency: Latency) -> Table:
    title = f"Delivery to letter under IDLE, seconds ({latency.count} messages)"
    table = Table("median", "99th percentile", "goal", title=title, title_justify="left")
    table.add_row(f"{latency.median:.3f}", f"{latency.worst:.3f}", "1")
    return table


def _memory(memory: tuple[Memory, ...]) -> Table:
    table = Table("dossiers", "service", "largest reader", title="Peak memory, MiB (goal: flat)", title_justify="left")
    for one in memory:
        table.add_row(str(one.count), f"{one.service / _MIB:.0f}", f"{one.reader / _MIB:.0f}")
    return table


def _stored(rates: Mapping[int, float]) -> Table:
    table = Table("stored before", "docx dossiers a second", title="With a store that is filled", title_justify="left")
    for size, rate in rates.items():
        table.add_row(f"{size:,}", f"{rate:.1f}")
    return table


def _documents(documents: Documents) -> Table:
    title = "Reading a document, as ratios to the library underneath (median and ends of the rounds)"
    table = Table(
        "", "beside", "time", "least", "most", "goal", "ms", "memory", "MiB", title=title, title_justify="left"
    )
    for one in documents.compared:
        goal = "" if one.goal is None else f"{one.goal:.1f}"
        cells = (*_row(one.time, "{:.2f}"), goal, f"{one.milliseconds.middle:.1f}")
        table.add_row(one.what, one.beside, *cells, f"{one.memory:.2f}", f"{one.mebibytes:.1f}")
    return table


def _further(documents: Documents) -> Table:
    table = Table("", "median", "least", "most", "goal")
    table.add_row("DOC with LibreOffice ready, seconds", *_row(documents.doc_seconds, "{:.2f}"), "1")
    what = f"documents a second, {documents.cores} cores / one"
    table.add_row(what, *_row(documents.on_all_cores, "{:.2f}"), f"{documents.cores}")
    return table


def _near_duplicates(checked: tuple[Checked, ...]) -> Table:
    title = "One dossier's search for near-duplicates, milliseconds"
    table = Table("stored", "median", "least", "most", "compared", "to the first", title=title, title_justify="left")
    for one in checked:
        times = one.milliseconds.middle / checked[0].milliseconds.middle
        table.add_row(f"{one.stored:,}", *_row(one.milliseconds, "{:.1f}"), str(one.compared), f"{times:.1f}")
    return table


def _register(database: str, answered: tuple[Answered, ...]) -> Table:
    title = f"{database}: a page of fifty out of few and out of very many initiatives, milliseconds of processor time"
    table = Table("asked", "few", "many", "to few", "rows", title=title, title_justify="left")
    for one in answered:
        few, many = one.milliseconds[0].middle, one.milliseconds[-1].middle
        table.add_row(one.name, f"{few:.2f}", f"{many:.2f}", f"{one.ratio:.2f}", f"{one.rows[0]}, {one.rows[-1]}")
    return table


def _exported(database: str, exported: tuple[Exported, ...]) -> Table:
    title = f"{database}: a list written whole; seconds of processor, memory of the process that writes"
    table = Table("written", "rows", "seconds", "MiB of memory more", "MiB of file", title=title, title_justify="left")
    for one in exported:
        table.add_row(one.what, f"{one.rows:,}", f"{one.seconds:.1f}", f"{one.grown:.1f}", f"{one.size:.1f}")
    return table
