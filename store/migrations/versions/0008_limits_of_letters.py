"""Whom a letter counts for, whether it goes to a stranger, and whether a person sent it off."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds a column that may not be empty only with a default; no row is ever written without a value of its own
    op.add_column("letters", sa.Column("sender_key", sa.Text(), nullable=False, server_default=""))
    op.add_column("letters", sa.Column("stranger", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("letters", sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
    letters = sa.table("letters", sa.column("sender_key"), sa.column("recipient"), sa.column("stranger"))
    op.execute(letters.update().values(sender_key=letters.c.recipient))
    op.execute(sa.text("UPDATE letters SET stranger = :yes WHERE kind LIKE 'unverified-%'").bindparams(yes=True))
    op.drop_index("ix_letters_recipient", "letters")
    op.drop_index("ix_letters_state_next", "letters")
    op.create_index("ix_letters_sender", "letters", ["sender_key", "state", "sent_at"], unique=False)
    op.create_index("ix_letters_recipient", "letters", ["recipient", "id"], unique=False)
    op.create_index("ix_letters_dossier_state", "letters", ["dossier_id", "state", "sent_at"], unique=False)
    op.create_index("ix_letters_state_sent", "letters", ["state", "sent_at", "stranger"], unique=False)
    op.create_index("ix_letters_state_next", "letters", ["state", "stranger", "next_attempt_at", "id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
