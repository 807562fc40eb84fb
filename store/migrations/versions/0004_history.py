"""The chain of events, guarded against changes, and the number series."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _chain_head()
    _events()
    _event_salts()
    _event_notes()
    _series()
    _guard_events()


def _chain_head() -> None:
    op.create_table(
        "chain_head",
        sa.Column("id", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("seq", _INTEGER, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_head")),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("message_id", _INTEGER, nullable=True),
        sa.Column("dossier_id", _INTEGER, nullable=True),
        sa.Column("letter_id", _INTEGER, nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_events")),
        sa.UniqueConstraint("hash", name=op.f("uq_events_hash")),
    )
    op.create_index("ix_events_dossier", "events", ["dossier_id", "seq"], unique=False)
    op.create_index("ix_events_letter", "events", ["letter_id", "seq"], unique=False)
    op.create_index("ix_events_message", "events", ["message_id", "seq"], unique=False)


def _event_salts() -> None:
    op.create_table(
        "event_salts",
        sa.Column("seq", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"], name=op.f("fk_event_salts_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event_salts")),
    )


def _event_notes() -> None:
    op.create_table(
        "event_notes",
        sa.Column("seq", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"], name=op.f("fk_event_notes_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event_notes")),
    )


def _series() -> None:
    op.create_table(
        "series",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("last", _INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_series")),
    )


def _guard_events() -> None:
    """A mistake in the program cannot change the past; a person with the rights of the owner can: the chain tells."""
    genesis = {"genesis": "0" * 64}  # dossier.history.GENESIS
    op.get_bind().execute(sa.text("INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, :genesis)"), genesis)
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_no_{change.lower()} BEFORE {change} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_append_only()"
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
