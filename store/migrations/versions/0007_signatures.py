"""Digital signatures of documents."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("signatures", sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
