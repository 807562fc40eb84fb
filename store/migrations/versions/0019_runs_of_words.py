"""Words in a row are found by the twos and threes that they make, and initiatives by the day their dossier came.

SQLite: FTS5 without places and without a copy of the text. PostgreSQL: a tsvector without places (store.search). A
million initiatives take some minutes; the log tells how far it is. In parts, so memory stays as it is.
"""

from alembic import op
from sqlalchemy import Connection

from store.search import DOSSIERS, INITIATIVES, TOKENS, SearchIndex, fill
from store.upgrading import begins, in_parts

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION hoso_runs(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_remove(held || CASE WHEN octet_length(words) > 170000 THEN ARRAY['§§'] ELSE (
        SELECT array_agg(one || '§' || two) || array_agg(one || '§' || two || '§' || three)
        FROM unnest(held, held[2:], held[3:]) AS run(one, two, three)) END, NULL))
    FROM (SELECT array_remove(string_to_array(words, ' '), '') AS held) AS one
$$
"""
_DAYS = {
    "sqlite": "'§d' || replace(substr(d.came_at, 1, 10), '-', '')",
    "postgresql": "'§d' || to_char(d.came_at AT TIME ZONE 'UTC', 'YYYYMMDD')",
}
_TELLING = "the day of each initiative"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for index in (INITIATIVES, DOSSIERS):
            for event in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {index.fts}_{event}")
            op.execute(f"DROP TABLE {index.fts}")
        _days(connection)
        for index in (INITIATIVES, DOSSIERS):
            _in_sqlite(connection, index)
        return
    op.execute(_FUNCTION)
    for index in (INITIATIVES, DOSSIERS):
        op.execute(f"ALTER TABLE {index.table} DROP COLUMN search")
    _days(connection)
    for index in (INITIATIVES, DOSSIERS):
        _in_postgresql(connection, index)
    op.execute("DROP FUNCTION IF EXISTS hoso_pairs(text)")
    op.execute("DROP FUNCTION hoso_words(text)")


def _days(connection: Connection) -> None:
    day = _DAYS[connection.dialect.name]
    statement = (
        f"UPDATE initiatives SET text_folded = (SELECT {day} FROM dossiers d WHERE d.id = dossier_id)"  # noqa: S608
        " || ' ' || text_folded WHERE id BETWEEN :first AND :last"
    )
    in_parts(connection, "initiatives", "id", statement, _TELLING)


def _in_sqlite(connection: Connection, index: SearchIndex) -> None:
    new, old = (TOKENS.format(index.text_of(which)) for which in ("new", "old"))
    put = f"INSERT INTO {index.fts} (rowid, words) VALUES (new.{index.key}, {new});"  # noqa: S608 - names of our own
    took = f"INSERT INTO {index.fts} ({index.fts}, rowid, words) VALUES ('delete', old.{index.key}, {old});"  # noqa: S608
    op.execute(
        f"CREATE VIRTUAL TABLE {index.fts} USING fts5(words, content='', detail=none, tokenize='ascii', prefix='2 3 4')"
    )
    in_parts(connection, index.table, index.key, fill(index), f"the words of {index.table}")
    for when, event, done in (
        ("insert", "INSERT", put),
        ("delete", "DELETE", took),
        ("update", f"UPDATE OF {', '.join(index.texts)}", f"{took} {put}"),
    ):
        op.execute(f"CREATE TRIGGER {index.fts}_{when} AFTER {event} ON {index.table} BEGIN {done} END")


def _in_postgresql(connection: Connection, index: SearchIndex) -> None:
    words = " || ' ' || ".join(index.texts)
    begins(connection, index.table, f"the words of {index.table}")
    made = f"tsvector GENERATED ALWAYS AS (hoso_runs({words})) STORED"
    op.execute(f"ALTER TABLE {index.table} ADD COLUMN search {made}")
    begins(connection, index.table, f"the index of {index.table}")
    op.execute(f"CREATE INDEX ix_{index.table}_search ON {index.table} USING gin (search)")
    # with the usual hundred the planner takes a rare word for a common one, and looks at every row for it
    op.execute(f"ALTER TABLE {index.table} ALTER COLUMN search SET STATISTICS 1000")
    op.execute(f"ANALYZE {index.table} (search)")


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
