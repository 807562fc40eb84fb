"""Words that stand in a row: what this step made, an index of pairs, 0019 makes otherwise.

Both run in one transaction, and a store that was at this step loses the index there: making it twice would take a large
store minutes for nothing.
"""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: 0019 takes the index of 0014 as well as that of this step."""


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
