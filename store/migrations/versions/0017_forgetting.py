"""What is removed message by message is found by an index: copies in the ledger, files of a message."""

from alembic import op

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_ledger_duplicate_of"), "ledger", ["duplicate_of"])
    op.create_index(op.f("ix_documents_message_id"), "documents", ["message_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
