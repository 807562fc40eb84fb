"""The ledger and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _ledger()
    _letters()
    _letter_bodies()


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("message_id", _INTEGER, nullable=False),
        sa.Column("mailbox_id", _INTEGER, nullable=True),
        sa.Column("uid", _INTEGER, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("internal_date", _MOMENT, nullable=True),
        sa.Column("arrived_at", _MOMENT, nullable=False),
        sa.Column("order_at", _MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("duplicate_of", _INTEGER, nullable=True),
        sa.Column("dossier_id", _INTEGER, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("attempts", _INTEGER, nullable=False),
        sa.Column("settled_at", _MOMENT, nullable=True),
        sa.Column("flagged_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_ledger_dossier_id")),
        sa.ForeignKeyConstraint(["duplicate_of"], ["messages.id"], name=op.f("fk_ledger_duplicate_of")),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailboxes.id"], name=op.f("fk_ledger_mailbox_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_ledger_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("mailbox_id", "uid", name=op.f("uq_ledger_mailbox_id_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ledger_dossier_id"), "ledger", ["dossier_id"], unique=False)
    from_file = sa.text("mailbox_id IS NULL")
    op.create_index(
        "ix_ledger_file",
        "ledger",
        ["message_id", "source"],
        unique=True,
        sqlite_where=from_file,
        postgresql_where=from_file,
    )
    op.create_index(op.f("ix_ledger_message_id"), "ledger", ["message_id"], unique=False)
    op.create_index("ix_ledger_outcome", "ledger", ["outcome", "id"], unique=False)
    op.create_index("ix_ledger_state_order", "ledger", ["state", "order_at", "id"], unique=False)
    op.create_index("ix_ledger_to_flag", "ledger", ["mailbox_id", "state", "flagged_at", "uid"], unique=False)


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("answers", _INTEGER, nullable=True),
        sa.Column("dossier_id", _INTEGER, nullable=True),
        sa.Column("revision", _INTEGER, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("mime_sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", _INTEGER, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("next_attempt_at", _MOMENT, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("superseded_by", _INTEGER, nullable=True),
        sa.ForeignKeyConstraint(["answers"], ["messages.id"], name=op.f("fk_letters_answers")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_letters_dossier_id")),
        sa.ForeignKeyConstraint(["superseded_by"], ["letters.id"], name=op.f("fk_letters_superseded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_letters_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_letters_answers"), "letters", ["answers"], unique=False)
    op.create_index(op.f("ix_letters_dossier_id"), "letters", ["dossier_id"], unique=False)
    op.create_index("ix_letters_recipient", "letters", ["recipient", "state", "sent_at"], unique=False)
    op.create_index("ix_letters_state_id", "letters", ["state", "id"], unique=False)
    op.create_index("ix_letters_state_lease", "letters", ["state", "lease_until"], unique=False)
    op.create_index("ix_letters_state_next", "letters", ["state", "next_attempt_at", "id"], unique=False)


def _letter_bodies() -> None:
    op.create_table(
        "letter_bodies",
        sa.Column("letter_id", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("mime", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_letter_bodies_letter_id")),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_bodies")),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
