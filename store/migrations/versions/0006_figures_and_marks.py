"""What is read from the cells of initiatives: dates, money, and the marks by which like ones are found."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from dossier.initiatives import draw_row
from dossier.model import Row
from store.contents import figures_of

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 500
_TEXT = sa.text(
    "SELECT i.id, i.dossier_id, i.row, i.cells, d.campaign FROM initiatives i JOIN dossiers d ON d.id = i.dossier_id"
    " WHERE i.id > :after ORDER BY i.id LIMIT :batch"
)
_FIGURES = sa.text(
    "UPDATE initiatives SET"
    " applied_first = :applied_first, applied_last = :applied_last, applied_until = :applied_until,"
    " benefit_worth = :benefit_worth, benefit_low = :benefit_low, benefit_high = :benefit_high,"
    " benefit_per = :benefit_per, benefit_approximate = :benefit_approximate WHERE id = :id"
)
_MARK = sa.text("INSERT INTO initiative_marks (dossier_id, row, mark) VALUES (:dossier_id, :row, :mark)")


def upgrade() -> None:
    with op.batch_alter_table("initiatives") as batch:
        for name in ("applied_first", "applied_last", "applied_until"):
            batch.add_column(sa.Column(name, sa.Date(), nullable=True))
        for name in ("benefit_low", "benefit_high"):
            batch.add_column(sa.Column(name, _INTEGER, nullable=True))
        for name in ("benefit_worth", "benefit_per"):
            batch.add_column(sa.Column(name, sa.Text(), nullable=True))
        batch.add_column(sa.Column("benefit_approximate", sa.Boolean(), nullable=True))
    op.create_table(
        "initiative_marks",
        sa.Column("dossier_id", _INTEGER, nullable=False),
        sa.Column("row", _INTEGER, nullable=False),
        sa.Column("mark", _INTEGER, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_initiative_marks_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "row", "mark", name=op.f("pk_initiative_marks")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_initiative_marks_mark", "initiative_marks", ["mark", "dossier_id", "row"], unique=False)
    _draw_from_what_is_there()


def _draw_from_what_is_there() -> None:
    connection, after = op.get_bind(), 0
    while rows := connection.execute(_TEXT, {"after": after, "batch": _BATCH}).all():
        _draw(connection, rows)
        after = rows[-1].id


def _draw(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> None:
    drawn = [(row, draw_row(Row(json.loads(row.cells)), row.campaign, {})) for row in rows]
    connection.execute(_FIGURES, [{"id": row.id, **figures_of(one)} for row, one in drawn])
    marked = [{"dossier_id": row.dossier_id, "row": row.row, "mark": mark} for row, one in drawn for mark in one.marks]
    if marked:
        connection.execute(_MARK, marked)


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
