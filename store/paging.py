"""Pages of a list: sorted, each from after a row (keyset), so that the thousandth takes as long as the first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, FromClause, Row, Select, and_, false, literal, or_, select

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Sort:
    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    sort: tuple[Sort, ...] = ()
    after: int | None = None
    """Key of the row that the page before ended with; None for the first page."""
    limit: int | None = None
    """None: all of them."""


class UnknownSortError(ValueError):
    """The text says which there are."""


class NoSuchRowError(ValueError):
    """The row that the page is to begin after is not there (any more)."""


Order = Sequence[tuple[ColumnElement[Any], bool]]
"""Columns, and whether they go down."""


def order_of(
    sorts: Sequence[Sort], known: Mapping[str, tuple[ColumnElement[Any], ...]], key: ColumnElement[Any]
) -> Order:
    """What the sorts mean, and `key` last, so that no two rows are equal. Raises UnknownSortError."""
    order = list[tuple[ColumnElement[Any], bool]]()
    for sort in sorts:
        if sort.key not in known:
            raise UnknownSortError(f"sorted is by {', '.join(known)}; a minus before one turns it round")
        order += [(column, sort.descending) for column in known[sort.key]]
    return order if any(column is key for column, _ in order) else [*order, (key, order[-1][1])]


def pages(
    conn: Connection,
    found: Select[Any],
    order: Order,
    page: Page,
    rows: FromClause,
    key: ColumnElement[Any],
    batch: int = _BATCH,
) -> Iterator[Row[Any]]:
    """The rows of one page as they are read, a batch at a time; `rows` is where the row before it is found by `key`.

    Raises NoSuchRowError.
    """
    if page.after is not None:
        found = found.where(_behind(order, _values(conn, order, rows, key, page.after)))
    found = found.order_by(*(_sorted(column, down) for column, down in order)).limit(page.limit)
    return iter(conn.execute(found, execution_options={"yield_per": batch}))


def _values(conn: Connection, order: Order, rows: FromClause, key: ColumnElement[Any], after: int) -> Sequence[Any]:
    if len(order) == 1:
        return [after]
    asked = select(*(column for column, _ in order))
    row = conn.execute(asked.select_from(rows).where(key == after)).one_or_none()
    if row is None:
        raise NoSuchRowError("the row that the page is to begin after is not there any more: begin with the first page")
    return row


def _sorted(column: ColumnElement[Any], down: bool) -> ColumnElement[Any]:
    """What is empty comes before everything else, on both databases."""
    ordered = column.desc() if down else column.asc()
    if not _may_be_empty(column):
        return ordered
    return ordered.nulls_last() if down else ordered.nulls_first()


def _may_be_empty(column: ColumnElement[Any]) -> bool:
    return isinstance(column, Column) and bool(column.nullable)


def _behind(order: Order, values: Sequence[Any]) -> ColumnElement[bool]:
    """Behind the row with these values; the first column alone, too, since an index finds the place by that."""
    (first, down), *_ = order
    ways, same = [], list[ColumnElement[bool]]()
    for (column, turned), value in zip(order, values, strict=True):
        ways.append(and_(*same, _further(column, value, turned)))
        same.append(column.is_(None) if value is None else column == literal(value, column.type))
    return or_(*ways) if values[0] is None else and_(_began(first, values[0], down), or_(*ways))


def _began(column: ColumnElement[Any], value: Any, down: bool) -> ColumnElement[bool]:
    bound = literal(value, column.type)
    if not down:
        return column >= bound
    return or_(column <= bound, column.is_(None)) if _may_be_empty(column) else column <= bound


def _further(column: ColumnElement[Any], value: Any, down: bool) -> ColumnElement[bool]:
    if value is None:
        return false() if down else column.is_not(None)
    bound = literal(value, column.type)
    if not down:
        return column > bound
    return or_(column < bound, column.is_(None)) if _may_be_empty(column) else column < bound
