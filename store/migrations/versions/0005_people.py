"""What people decided about senders and deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _confirmed_senders()
    _extensions()


def _confirmed_senders() -> None:
    op.create_table(
        "confirmed_senders",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("union_code", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_senders")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_confirmed_senders_address", "confirmed_senders", ["campaign", "address"], unique=False)


def _extensions() -> None:
    op.create_table(
        "extensions",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("union_code", sa.Text(), nullable=True),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_extensions_campaign", "extensions", ["campaign", "union_code", "id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
