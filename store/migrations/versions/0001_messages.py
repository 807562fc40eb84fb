"""Mailboxes, messages and what was read in them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _mailboxes()
    _messages()
    _readings()


def _mailboxes() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", _INTEGER, nullable=False),
        sa.Column("highest_uid", _INTEGER, nullable=False),
        sa.Column("first_seen_at", _MOMENT, nullable=False),
        sa.Column("backlog", sa.Text(), nullable=True),
        sa.Column("backlog_through", _INTEGER, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailboxes")),
        sa.UniqueConstraint("account", "folder", "uidvalidity", name=op.f("uq_mailboxes_account_folder_uidvalidity")),
        sqlite_autoincrement=True,
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", _INTEGER, nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=True),
        sa.Column("first_seen_at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=True),
        sa.Column("server_time", _MOMENT, nullable=True),
        sa.Column("header_time", _MOMENT, nullable=True),
        sa.Column("times_apart", sa.Boolean(), nullable=False),
        sa.Column("erased_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("sha256", name=op.f("uq_messages_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_messages_content_digest"), "messages", ["content_digest"], unique=False)


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("message_id", _INTEGER, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_readings_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_readings_message", "readings", ["message_id", "id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
