"""What keeping the service well needs: under which program a message failed, what left the server, runs, alarms."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("ledger", sa.Column("failed_under", sa.Text(), nullable=True))
    op.add_column("ledger", sa.Column("gone_at", _MOMENT, nullable=True))
    _reconciliations()
    _alarms()


def _reconciliations() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("mailbox_id", _INTEGER, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("messages", _INTEGER, nullable=False),
        sa.Column("accounted", _INTEGER, nullable=False),
        sa.Column("unsettled", _INTEGER, nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("unfetched", sa.Text(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.Column("returned", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailboxes.id"], name=op.f("fk_reconciliations_mailbox_id_mailboxes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reconciliations_mailbox", "reconciliations", ["mailbox_id", "id"], unique=False)


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.Column("cleared_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("cause", name=op.f("pk_alarms")),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
