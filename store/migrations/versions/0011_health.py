"""Successful looks into the folders, and the mails about alarms."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("polled_at", _MOMENT, nullable=False),
        sa.Column("clocks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_polls")),
    )
    op.create_table(
        "alarm_mails",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_mails")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alarm_mails_at", "alarm_mails", ["at"])


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
