"""Number series: every number is given once, in the transaction that uses it, so there are no gaps either."""

from sqlalchemy import Connection, bindparam, insert, update

from store.schema.history import series

_MOVE = (
    update(series).where(series.c.name == bindparam("series")).values(last=series.c.last + 1).returning(series.c.last)
)


def next_number(tx: Connection, name: str) -> int:
    """The next of a series, from 1. Two transactions never get the same: they write one after the other."""
    moved = tx.execute(_MOVE, {"series": name}).scalar_one_or_none()
    if moved is None:
        tx.execute(insert(series), {"name": name, "last": 1})
        return 1
    return int(moved)


def next_arrival(tx: Connection, year: int) -> int:
    """Số đến: one series a year, paper and email together (Decree 30/2020, as in FORMS.md)."""
    return next_number(tx, f"arrival:{year}")
