"""What staff record of each union for the plan's own targets."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0011"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "target_marks",
        sa.Column("event", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("union_code", sa.Text(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.seq"], name=op.f("fk_target_marks_event_events")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_target_marks")),
    )
    op.create_index("ix_target_marks_campaign", "target_marks", ["campaign", "target", "union_code", "event"])


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
