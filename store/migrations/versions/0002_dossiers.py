"""Dossiers with their revisions, and what waits for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _dossiers()
    _revisions()
    _documents()
    _initiatives()
    _findings()
    _waiting()


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("union_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("arrival_year", _INTEGER, nullable=False),
        sa.Column("arrival_number", _INTEGER, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("revision", _INTEGER, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("received_at", _MOMENT, nullable=True),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("arrival_year", "arrival_number", name=op.f("uq_dossiers_arrival_year_arrival_number")),
        sa.UniqueConstraint("campaign", "union_code", name=op.f("uq_dossiers_campaign_union_code")),
        sa.UniqueConstraint("code", name=op.f("uq_dossiers_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dossiers_verdict", "dossiers", ["campaign", "verdict", "union_code"], unique=False)


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("dossier_id", _INTEGER, nullable=False),
        sa.Column("number", _INTEGER, nullable=False),
        sa.Column("message_id", _INTEGER, nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("joins", sa.Boolean(), nullable=False),
        sa.Column("supplement", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("received_at", _MOMENT, nullable=True),
        sa.Column("deadline", _MOMENT, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_revisions_dossier_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_revisions_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_revisions_dossier_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_revisions_joined",
        "revisions",
        ["dossier_id", "message_id"],
        unique=True,
        sqlite_where=sa.text("joins"),
        postgresql_where=sa.text("joins"),
    )
    op.create_index("ix_revisions_message", "revisions", ["message_id"], unique=False)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("dossier_id", _INTEGER, nullable=False),
        sa.Column("revision_id", _INTEGER, nullable=False),
        sa.Column("message_id", _INTEGER, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", _INTEGER, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("pages", _INTEGER, nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_documents_dossier_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_documents_message_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_documents_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_dossier", "documents", ["dossier_id", "id"], unique=False)
    op.create_index(op.f("ix_documents_revision_id"), "documents", ["revision_id"], unique=False)
    op.create_index(op.f("ix_documents_sha256"), "documents", ["sha256"], unique=False)


def _initiatives() -> None:
    op.create_table(
        "initiatives",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("dossier_id", _INTEGER, nullable=False),
        sa.Column("revision_id", _INTEGER, nullable=False),
        sa.Column("row", _INTEGER, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author_folded", sa.Text(), nullable=False),
        sa.Column("title_folded", sa.Text(), nullable=False),
        sa.Column("text_folded", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_initiatives_dossier_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_initiatives_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives")),
        sa.UniqueConstraint("dossier_id", "row", name=op.f("uq_initiatives_dossier_id_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_initiatives_revision_id"), "initiatives", ["revision_id"], unique=False)
    op.create_index(op.f("ix_initiatives_title_folded"), "initiatives", ["title_folded"], unique=False)


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("dossier_id", _INTEGER, nullable=False),
        sa.Column("revision_id", _INTEGER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("row", _INTEGER, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("field_values", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_findings_dossier_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_findings_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_findings_code", "findings", ["code", "revision_id"], unique=False)
    op.create_index(op.f("ix_findings_dossier_id"), "findings", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_findings_revision_id"), "findings", ["revision_id"], unique=False)


def _waiting() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", _INTEGER, autoincrement=True, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("message_id", _INTEGER, nullable=False),
        sa.Column("union_code", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_waiting_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("message_id", "campaign", name=op.f("uq_waiting_message_id_campaign")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_waiting_address", "waiting", ["address", "resolution"], unique=False)
    op.create_index("ix_waiting_open", "waiting", ["resolution", "campaign", "id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
