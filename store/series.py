"""Number series: every number is given once, in the transaction that uses it, so there are no gaps either."""

from sqlalchemy import Connection, bindparam, insert, select, update

from store.schema.history import series

_LAST = select(series.c.last).where(series.c.name == bindparam("series"))
_MOVE = update(series).where(series.c.name == bindparam("series"))


def next_number(tx: Connection, name: str) -> int:
    """The next of a series, from 1. Two transactions never get the same: they write one after the other."""
    last = tx.execute(_LAST, {"series": name}).scalar_one_or_none()
    if last is None:
        tx.execute(insert(series), {"name": name, "last": 1})
        return 1
    tx.execute(_MOVE, {"series": name, "last": last + 1})
    return int(last) + 1


def next_arrival(tx: Connection, year: int) -> int:
    """Số đến: one series a year, paper and email together (Decree 30/2020, as in FORMS.md)."""
    return next_number(tx, f"arrival:{year}")
