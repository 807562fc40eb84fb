"""What persons decide: paper copies, objections, rulings, assignments, corrections, closings, snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0016"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("extensions", sa.Column("withdrawn_at", _MOMENT, nullable=True))
    _paper_copies()
    _objections()
    _rulings()
    _assignments()
    _corrections()
    _closings()
    _snapshots()


def _decisions(table: str, *columns: "sa.Column[object] | sa.ForeignKeyConstraint", ends: bool = True) -> None:
    """A table whose rows are numbered by their event, and end with another one."""
    ended = (
        sa.Column("ended_event", _INTEGER, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _refers(table, "ended_event", "events.seq"),
    )
    op.create_table(
        table,
        sa.Column("event", _INTEGER, autoincrement=False, nullable=False),
        *columns,
        sa.Column("recorded_at", _MOMENT, nullable=False),
        *(ended if ends else ()),
        _refers(table, "event", "events.seq"),
        sa.PrimaryKeyConstraint("event", name=op.f(f"pk_{table}")),
    )


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _text(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, _INTEGER, nullable=nullable)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _paper_copies() -> None:
    _decisions(
        "paper_copies",
        _number("dossier_id"),
        _text("way"),
        sa.Column("arrived_at", _MOMENT, nullable=False),
        sa.Column("postmarked_on", sa.Date(), nullable=True),
        _text("received_by"),
        _text("holds"),
        sa.Column("complete", sa.Boolean(), nullable=False),
        _text("note"),
        _number("arrival_year"),
        _number("arrival_number"),
        _refers("paper_copies", "dossier_id", "dossiers.id"),
    )
    _index("paper_copies", "dossier_id")
    op.create_index("uq_paper_copies_arrival", "paper_copies", ["arrival_year", "arrival_number"], unique=True)


def _objections() -> None:
    _decisions(
        "objections",
        _number("dossier_id"),
        _text("kind"),
        _text("initiative"),
        _text("author"),
        _text("title"),
        _number("row"),
        _text("raised_by"),
        sa.Column("raised_on", sa.Date(), nullable=False),
        _number("reopens", nullable=True),
        _text("outcome", nullable=True),
        _refers("objections", "dossier_id", "dossiers.id"),
    )
    _index("objections", "dossier_id")


def _rulings() -> None:
    _decisions(
        "rulings",
        _number("dossier_id"),
        _text("kind"),
        _text("about"),
        _number("revision"),
        _text("settled"),
        _refers("rulings", "dossier_id", "dossiers.id"),
    )
    _index("rulings", "dossier_id")


def _assignments() -> None:
    _decisions(
        "assignments",
        _number("message_id"),
        _text("campaign"),
        _text("union_code"),
        _refers("assignments", "message_id", "messages.id"),
    )
    _index("assignments", "message_id")


def _corrections() -> None:
    _decisions(
        "corrections",
        _number("dossier_id"),
        _text("document"),
        _number("row", nullable=True),
        _number("rows", nullable=True),
        _text("anchor"),
        _text("field"),
        _text("reading"),
        _text("value"),
        _refers("corrections", "dossier_id", "dossiers.id"),
    )
    _index("corrections", "dossier_id")


def _closings() -> None:
    _decisions("closings", _text("campaign"))
    _index("closings", "campaign")


def _snapshots() -> None:
    _decisions("snapshots", _text("campaign"), sa.Column("as_of", _MOMENT, nullable=False), _text("digest"), ends=False)
    _index("snapshots", "campaign")
    op.create_table(
        "snapshot_rows",
        sa.Column("snapshot", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("dossier_id", _INTEGER, autoincrement=False, nullable=False),
        _text("union_code"),
        sa.Column("valid", sa.Boolean(), nullable=True),
        _number("revision"),
        _text("parts"),
        _refers("snapshot_rows", "snapshot", "snapshots.event"),
        _refers("snapshot_rows", "dossier_id", "dossiers.id"),
        sa.PrimaryKeyConstraint("snapshot", "dossier_id", name=op.f("pk_snapshot_rows")),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
