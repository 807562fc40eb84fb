"""What became of each backup."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "backup_runs",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("head_seq", _INTEGER, nullable=True),
        sa.Column("head_hash", sa.Text(), nullable=True),
        sa.Column("bytes", _INTEGER, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_runs")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
