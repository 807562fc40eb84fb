"""`hoso purge --person`: what can go of one person before its time, and what stays, and why."""

import typer

from hoso import purging
from hoso.cli import output
from hoso.cli.exits import Exit
from hoso.plural import counted
from hoso.wiring import Parts, utc_now
from store.person_erasing import OfPerson


def purge_person(parts: Parts, given: list[str], by: str, reason: str, *, apply: bool, as_json: bool) -> int:
    addresses = sorted({one.strip().lower() for one in given})
    if any("@" not in one for one in addresses):
        raise typer.BadParameter("--person is an address, as in an@xa.example")
    planned = purging.plan_of_person(parts.store, addresses)
    removed = 0
    if apply and planned.due.count:
        removed = purging.purge_person(parts.store, planned, utc_now, by=by, reason=reason).messages
    if as_json:
        due = planned.due
        row: dict[str, object] = {"messages": due.waiting, "letters": due.unasked, "decisions": due.decisions}
        row |= {"dossiers_kept": planned.dossiers, "undecided": planned.undecided, "confirmed": planned.standing}
        row |= {"applied": apply, "messages_removed": removed}
        output.print_json([row])
    else:
        output.print_lines(_lines(planned, apply=apply, removed=removed))
    return Exit.OK


def _lines(planned: OfPerson, *, apply: bool, removed: int) -> list[str]:
    due = planned.due
    lines = [
        f"{counted(len(due.waiting), 'message')} of this person that came into no dossier, with the letters to it",
        f"{counted(len(due.unasked), 'letter')} written to this person alone",
        f"{counted(len(due.decisions), 'revoked confirmation')} of the address",
    ]
    if planned.dossiers:
        lines.append(f"Stays until its dossier goes: mail in {', '.join(planned.dossiers)} (retention.dossiers_years).")
    if planned.undecided:
        lines.append(f"Stays until it is decided on: {counted(planned.undecided, 'message')}; see `hoso waiting`.")
    if planned.standing:
        lines.append(f"Stays while it counts: {counted(planned.standing, 'confirmation')}; see `hoso revoke-sender`.")
    if apply:
        return [
            *lines,
            f"Removed, {removed} stored messages with them. Earlier backups still hold it: docs/privacy.md.",
        ]
    return [*lines, "Nothing was removed: --apply --by NAME --reason WHY removes it for good."]
