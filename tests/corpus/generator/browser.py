"""A paper as a page of HTML, and what a browser prints of it."""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.generator.page import Block, Cell, Merged, PageBreak, Paper, Paragraph, Table, TextBox, Turn

_PATIENCE = 120
_STYLE = (
    "@page {{ size: A4 {turned}; margin: 1.6cm 1.8cm }} @page other {{ size: A4 {other} }} "
    "body {{ font-family: '{font}', serif; font-size: 13pt; margin: 0 }} p {{ margin: 0; min-height: 1em; "
    "white-space: pre-wrap; tab-size: 5cm }} table {{ border-collapse: collapse; table-layout: fixed; width: 100% }} "
    "td {{ vertical-align: top; padding: 2px 4px; overflow-wrap: break-word }} .ruled td {{ border: 1px solid black }} "
    ".other {{ page: other; break-before: page }} tr {{ break-inside: avoid }}"
)


class BrowserError(Exception):
    """There is no Chromium, or it printed nothing."""


def page_of(paper: Paper) -> bytes:
    """The paper as HTML; blocks behind a Turn stand on pages of the other orientation."""
    turned, other = ("landscape", "portrait") if paper.landscape else ("portrait", "landscape")
    style = _STYLE.format(turned=turned, other=other, font=paper.font)
    body = "".join(_blocks((*paper.header, *paper.blocks)))
    opened = "</div>" if any(isinstance(block, Turn) for block in paper.blocks) else ""
    return f"<!DOCTYPE html><meta charset='utf-8'><style>{style}</style><body>{body}{opened}</body>".encode()


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        elif isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, TextBox):
            inner = "".join(map(_paragraph, block.paragraphs))
            place = f"left:{block.x}cm;top:{block.y}cm;width:{block.width}cm"
            yield f'<div style="position:relative;height:0"><div style="position:absolute;{place}">{inner}</div></div>'
        elif isinstance(block, PageBreak):
            yield '<div style="break-after:page"></div>'
        elif isinstance(block, Turn):
            yield '<div class="other">'


def _paragraph(one: Paragraph) -> str:
    align = "justify" if one.align.value == "both" else one.align.value
    look = f"text-align:{align};font-size:{one.size}pt;margin-left:{one.indent}cm"
    look += ";font-weight:bold" if one.bold else ""
    look += ";font-style:italic" if one.italic else ""
    text = html.escape(one.text)
    if one.tabs and "\t" in text:
        halves = re.split("\t", text)
        halves = halves if len(halves) > len(one.tabs) else [halves[0], *halves[1:]]
        cells = "".join(f'<span style="flex:1;text-align:center">{half}</span>' for half in halves if half)
        return f'<p style="{look};display:flex">{cells}</p>'
    emblem = (
        '<span style="display:inline-block;width:1.4cm;height:1.4cm;background:#15a"></span>' if one.picture else ""
    )
    return f'<p style="{look}">{emblem}{text}</p>'


def _table(one: Table) -> str:
    whole = sum(one.widths)
    columns = "".join(f'<col style="width:{width / whole:.2%}">' for width in one.widths)
    rows = [f"<tr>{''.join(_cells(one, number))}</tr>" for number in range(len(one.rows))]
    head, body = rows[: one.header_rows], rows[one.header_rows :]
    head_part = f"<thead>{''.join(head)}</thead>" if head else ""
    ruled = ' class="ruled"' if one.ruled else ""
    return f"<table{ruled}><colgroup>{columns}</colgroup>{head_part}<tbody>{''.join(body)}</tbody></table>"


def _cells(one: Table, number: int) -> Iterator[str]:
    row = one.rows[number]
    for place, told in enumerate(row):
        if not isinstance(told, Cell):
            continue
        across, down = 1, 1
        while place + across < len(row) and row[place + across] is Merged.LEFT:
            across += 1
        while number + down < len(one.rows) and one.rows[number + down][place] is Merged.ABOVE:
            down += 1
        inner = "".join(map(_paragraph, told.paragraphs)) + (_table(told.inner) if told.inner else "")
        upwards = ' style="writing-mode:vertical-rl;transform:rotate(180deg)"' if told.turned else ""
        yield f'<td colspan="{across}" rowspan="{down}"{upwards}>{inner}</td>'


def printed(pages: Sequence[bytes], scratch: Path) -> Iterator[bytes]:
    """The PDF of each page. Raises BrowserError."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise BrowserError("Chromium is missing: apt-get install chromium")
    source, target = scratch / "page.html", scratch / "page.pdf"
    for page in pages:
        source.write_bytes(page)
        target.unlink(missing_ok=True)
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        command += [f"--user-data-dir={scratch / 'browser'}", "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={target}", source.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        if not target.is_file():
            raise BrowserError(f"Chromium ended with {done.returncode}: {done.stderr[-400:]}")
        yield target.read_bytes()
