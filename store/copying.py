"""The records of one store into another that is empty: for backups of a server, and for restoring to one.

Read in one view of the whole store, written in one transaction, row by row: both kinds of database hold the same.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, func, insert, select, text, update

from store.errors import PermanentStoreError
from store.schema import metadata
from store.schema.history import chain_head

_BATCH = 500


def copy_records(source: Connection, target: Connection) -> None:
    """Raises PermanentStoreError where the target holds records already."""
    filled = [table.name for table in metadata.sorted_tables if table is not chain_head and _has_rows(target, table)]
    if filled:
        raise PermanentStoreError(f"records are there already ({', '.join(filled[:3])} …): nothing is overwritten")
    target.execute(delete(chain_head))
    for table in metadata.sorted_tables:
        _copy(source, target, table)
    for table in metadata.sorted_tables:
        _point_back(source, target, table)
    if target.dialect.name == "postgresql":
        _go_on_counting(target)


def _has_rows(conn: Connection, table: Table) -> bool:
    return conn.execute(select(text("1")).select_from(table).limit(1)).first() is not None


def _copy(source: Connection, target: Connection, table: Table) -> None:
    """Columns that point into their own table stay empty: the row that they name may come later."""
    back = {column.name for column in _own(table)}
    rows = source.execution_options(yield_per=_BATCH).execute(select(table).order_by(*table.primary_key.columns))
    for part in rows.mappings().partitions(_BATCH):
        target.execute(insert(table), [dict(row) | dict.fromkeys(back) for row in part])


def _point_back(source: Connection, target: Connection, table: Table) -> None:
    for column in _own(table):
        key = table.c.id
        rows = source.execute(select(key.label("row_key"), column.label("points")).where(column.is_not(None)))
        moved: Sequence[dict[str, Any]] = [dict(row) for row in rows.mappings()]
        if moved:
            asked = update(table).where(key == bindparam("row_key")).values({column.name: bindparam("points")})
            target.execute(asked, moved)


def _own(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]


def _go_on_counting(target: Connection) -> None:
    """A number that was given is never given again."""
    for table in metadata.sorted_tables:
        if "id" not in table.c:
            continue
        sequence = target.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar()
        highest = target.execute(select(func.max(table.c.id))).scalar() if sequence else None
        if highest is not None:
            target.execute(select(func.setval(sequence, highest)))
