"""Lists and search: what is searched for is found by an index, and a list of a campaign reads no other's rows.

SQLite: FTS5 over the words in `initiatives` and `dossier_words`, kept by triggers. PostgreSQL: a tsvector of the same
words, with their places, and GIN. Neither needs an extension; the words are the program's own (dossier.searching).
"""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.search_words import about_text, dossier_scopes, indexed_together, initiative_text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_BATCH = 500
_ROWS = sa.text(
    "SELECT i.id, i.cells, i.extra, d.campaign FROM initiatives i JOIN dossiers d ON d.id = i.dossier_id"
    " WHERE i.id > :after ORDER BY i.id LIMIT :batch"
)
_WORDS = sa.text("UPDATE initiatives SET campaign = :campaign, text_folded = :words WHERE id = :id")
_DOSSIERS = sa.text("SELECT id, campaign, union_code FROM dossiers WHERE id > :after ORDER BY id LIMIT :batch")
_FILES = sa.text("SELECT file FROM documents WHERE dossier_id = :id ORDER BY id")
_READINGS = sa.text(
    "SELECT s.submission FROM revisions r JOIN readings s ON s.message_id = r.message_id"
    " WHERE r.dossier_id = :id AND r.joins ORDER BY s.id"
)
_TEXTS = sa.text("SELECT text_folded FROM initiatives WHERE dossier_id = :id ORDER BY row")
_KEEP = sa.text("INSERT INTO dossier_words (dossier_id, about, text_folded) VALUES (:id, :about, :words)")
_MEMO = ("number", "subject", "signer", "issuer")

_FUNCTION = """
CREATE FUNCTION hoso_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(
        '''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || ''':' || least(place, 16383), ' '), '')::tsvector
    FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS one(word, place) WHERE word <> ''
$$
"""


def upgrade() -> None:
    op.add_column(
        "dossiers", sa.Column("came_at", _MOMENT, nullable=False, server_default="1970-01-01 00:00:00.000000")
    )
    op.execute(sa.text("UPDATE dossiers SET came_at = coalesce(received_at, created_at)"))
    op.add_column("initiatives", sa.Column("campaign", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "dossier_words",
        sa.Column("dossier_id", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("text_folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_words_dossier_id_dossiers")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_dossier_words")),
    )
    connection = op.get_bind()
    _fill_initiatives(connection)
    _fill_dossiers(connection)
    op.drop_index("ix_initiatives_title_folded", "initiatives")
    op.create_index("ix_dossiers_came", "dossiers", ["campaign", "came_at", "id"], unique=False)
    op.create_index("ix_initiatives_campaign", "initiatives", ["campaign", "id"], unique=False)
    op.create_index("ix_initiatives_title", "initiatives", ["campaign", "title_folded", "id"], unique=False)
    if connection.dialect.name == "sqlite":
        _search_in_sqlite("initiative_search", "initiatives", "id", ("text_folded",))
        _search_in_sqlite("dossier_search", "dossier_words", "dossier_id", ("about", "text_folded"))
        return
    op.execute(_FUNCTION)
    for table, words in (("initiatives", "text_folded"), ("dossier_words", "about || ' ' || text_folded")):
        op.execute(f"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (hoso_words({words})) STORED")
        op.execute(f"CREATE INDEX ix_{table}_search ON {table} USING gin (search)")


def _fill_initiatives(connection: sa.Connection) -> None:
    after = 0
    while rows := connection.execute(_ROWS, {"after": after, "batch": _BATCH}).all():
        connection.execute(_WORDS, [_of(row) for row in rows])
        after = rows[-1].id


def _of(row: sa.Row[Any]) -> dict[str, Any]:
    words = initiative_text(row.campaign, json.loads(row.cells), json.loads(row.extra))
    return {"id": row.id, "campaign": row.campaign, "words": words}


def _fill_dossiers(connection: sa.Connection) -> None:
    after = 0
    while rows := connection.execute(_DOSSIERS, {"after": after, "batch": _BATCH}).all():
        for row in rows:
            one = {"id": row.id}
            about = about_text(dossier_scopes(row.campaign), _names(connection, one))
            words = indexed_together(connection.execute(_TEXTS, one).scalars())
            connection.execute(_KEEP, {**one, "about": about, "words": words})
        after = rows[-1].id


def _names(connection: sa.Connection, one: dict[str, int]) -> list[str]:
    found = [*connection.execute(_FILES, one).scalars()]
    for text in connection.execute(_READINGS, one).scalars():
        memos: Sequence[Any] = [document.get("memo") or {} for document in json.loads(text).get("documents", ())]
        found += [memo[name] for memo in memos for name in _MEMO if memo.get(name)]
    return found


def _search_in_sqlite(index: str, table: str, key: str, columns: Sequence[str]) -> None:
    """An index beside the table, which holds the words; `ascii` parts them at the spaces alone, as they came."""
    names = ", ".join(columns)
    new, old = (", ".join(f"{which}.{name}" for name in (key, *columns)) for which in ("new", "old"))
    put = f"INSERT INTO {index} (rowid, {names}) VALUES ({new});"  # noqa: S608 - names of our own
    take = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', {old});"  # noqa: S608 - the same
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='{key}',"
        " tokenize='ascii', prefix='2 3 4')"
    )
    op.execute(f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {put} END")
    op.execute(f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {take} END")
    op.execute(f"CREATE TRIGGER {index}_update AFTER UPDATE OF {names} ON {table} BEGIN {take} {put} END")
    op.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - the same


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
