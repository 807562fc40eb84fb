"""How the plan's targets stand, as lines for a terminal; figures as English writes them."""

from collections.abc import Iterator, Mapping

from dossier.breakdown import Breakdown
from dossier.campaign import Campaign
from dossier.targets import SHARES, Mark, Standing
from hoso.cli import output
from hoso.plural import counted

_PER = {
    "": "once, or no time said",
    "year": "a year",
    "quarter": "a quarter",
    "month": "a month",
    "week": "a week",
    "day": "a day",
}


def print_targets(campaign: Campaign, standings: tuple[Standing, ...], parts: Breakdown) -> None:
    columns = ("key", "target", "asked", "by", "stands", "state")
    rows = [
        (one.target.key, one.target.label, _asked(one), _by(one), _stands(one), one.state.value) for one in standings
    ]
    output.print_table(campaign.name, columns, rows, "The campaign names no targets.")
    output.print_lines(_parts(parts))


def print_target(campaign: Campaign, one: Standing, marks: Mapping[str, Mark]) -> None:
    """With its sentence, and the rows behind its figure."""
    output.print_lines(_one(campaign, one, marks))


def _asked(one: Standing) -> str:
    """ "100%", "over 100", "1–2"."""
    target = one.target
    unit = "%" if target.measure in SHARES else ""
    if target.most is not None and target.most != target.least:
        return f"{target.least:,}–{target.most:,}{unit}"
    return f"{'over ' if target.exceed else ''}{target.least:,}{unit}"


def _stands(one: Standing) -> str:
    """ "33/34 (97%)", "64/34 = 1.88", "1,064"."""
    if one.base == 0:
        return "no union yet"
    if one.per_cent is not None:
        return f"{one.value}/{one.base} ({one.per_cent}%)"
    if one.hundredths is not None:
        return f"{one.value:,}/{one.base} = {one.hundredths // 100:,}.{one.hundredths % 100:02d}"
    return f"{one.value:,}"


def _by(one: Standing) -> str:
    return f"{one.target.by:%d/%m/%Y}" if one.target.by else "-"


def _parts(parts: Breakdown) -> Iterator[str]:
    for split in (parts.by_field, parts.by_block):
        if split is not None:
            yield f"{split.label}: {counted(parts.initiatives, 'initiative')}"
            yield from (f"  {count:>6}  {choice}" for choice, count in split.counts.items())
            yield f"  {split.other:>6}  (says something else, or several)"
            yield f"  {split.blank:>6}  (blank)"
    yield "Block of their unions, by the roster"
    yield from (f"  {count:>6}  {block or '(not told there)'}" for block, count in parts.by_union_block.items())
    worths = parts.worths
    yield "Benefit as stated, in đồng"
    for one in worths.amounts:
        more = " or more" if one.open_up else ""
        span = f"{one.low:,}" if one.low == one.high else f"{one.low:,} to {one.high:,}"
        yield f"  {one.count:>6}  {_PER.get(one.per, one.per)}: {span}{more}"
    yield (
        f"  {worths.silent:>6}  (state no amount: {worths.not_in_money} not in money, {worths.unclear} unclear, "
        f"{worths.blank} blank)"
    )


def _one(campaign: Campaign, one: Standing, marks: Mapping[str, Mark]) -> Iterator[str]:
    names = {union.code: union.name for union in campaign.roster.unions}
    yield f"{one.target.label}: {_stands(one)}, asked {_asked(one)}: {one.state.value}"
    yield f"  “{one.target.quote}”"
    yield f"  counted from: {one.target.measure.value}"
    if one.accepted is not None:
        yield f"  in accepted dossiers: {one.accepted}"
    for row in one.rows:
        mark = marks.get(row.union)
        said = f"event {row.reference}, {_said(campaign, mark)}" if mark else f"{row.reference}: {row.count}"
        yield f"  {row.union:<8} {names.get(row.union, '-')}: {said}"
    for union in one.lacking:
        mark = marks.get(union)
        said = f"no (event {mark.event}, {_said(campaign, mark)})" if mark else "none"
        yield f"  {union:<8} {names.get(union, '-')}: {said}"
    for union in one.unrecorded:
        yield f"  {union:<8} {names.get(union, '-')}: not recorded"


def _said(campaign: Campaign, mark: Mark) -> str:
    since = f", since {mark.on:%d/%m/%Y}" if mark.on else ""
    return f"{output.local(mark.at, campaign.zone)} by {mark.by or '-'}{since}: {mark.reason or '-'}"
