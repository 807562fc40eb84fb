"""`hoso purge --person`: what can go of one person before its time, and what stays, and why."""

import typer

from hoso import purging
from hoso.cli import output
from hoso.cli.exits import Exit
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
        f"{len(due.waiting)} messages of this person that came into no dossier, with the letters that answer them",
        f"{len(due.unasked)} letters that were written to this person alone",
        f"{len(due.decisions)} confirmations of the address that were revoked",
    ]
    if planned.dossiers:
        lines.append(f"Stays until its dossier goes: mail in {', '.join(planned.dossiers)} (retention.dossiers_years).")
    if planned.undecided:
        lines.append(f"Stays until it is decided on: {planned.undecided} messages; see `hoso waiting`.")
    if planned.standing:
        lines.append(f"Stays while it counts: {planned.standing} confirmations; see `hoso revoke-sender`.")
    if apply:
        return [
            *lines,
            f"Removed, {removed} stored messages with them. Earlier backups still hold it: docs/privacy.md.",
        ]
    return [*lines, "Nothing was removed: --apply --by NAME --reason WHY removes it for good."]
