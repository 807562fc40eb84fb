"""Points of examiners, decisions on the shortlist, and shortlists that were frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "scores",
        *_spoken_of("scores"),
        sa.Column("examiner", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_scores_dossier", "scores", ["campaign", "dossier_id", "seq"])
    op.create_table(
        "shortlist_decisions",
        *_spoken_of("shortlist_decisions"),
        sa.Column("decision", sa.Text(), nullable=False),
    )
    op.create_index("ix_shortlist_decisions_campaign", "shortlist_decisions", ["campaign", "seq"])
    op.create_index("ix_shortlist_decisions_dossier", "shortlist_decisions", ["dossier_id"])
    op.create_table(
        "shortlists",
        sa.Column("seq", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("valid_at", _MOMENT, nullable=True),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"], name=op.f("fk_shortlists_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_shortlists")),
    )
    op.create_index("ix_shortlists_campaign", "shortlists", ["campaign", "seq"])
    _entries()


def _spoken_of(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The event, and the initiative as it stood."""
    return (
        sa.Column("seq", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("dossier_id", _INTEGER, nullable=False),
        sa.Column("row", _INTEGER, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"], name=op.f(f"fk_{table}_seq")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f(f"fk_{table}_dossier_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f(f"pk_{table}")),
    )


def _entries() -> None:
    op.create_table(
        "shortlist_entries",
        sa.Column("seq", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("shortlist", _INTEGER, nullable=False),
        sa.Column("place", _INTEGER, nullable=False),
        sa.Column("dossier_id", _INTEGER, nullable=False),
        sa.Column("dossier_code", sa.Text(), nullable=False),
        sa.Column("union_code", sa.Text(), nullable=False),
        sa.Column("row", _INTEGER, nullable=False),
        sa.Column("average", sa.Text(), nullable=True),
        sa.Column("examiners", _INTEGER, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("initiative", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"], name=op.f("fk_shortlist_entries_seq")),
        sa.ForeignKeyConstraint(["shortlist"], ["shortlists.seq"], name=op.f("fk_shortlist_entries_shortlist")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_shortlist_entries_dossier_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_shortlist_entries")),
        sa.UniqueConstraint("shortlist", "place", name=op.f("uq_shortlist_entries_shortlist_place")),
    )
    op.create_index("ix_shortlist_entries_dossier_id", "shortlist_entries", ["dossier_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
