"""Words in a row are found by the twos and threes that they make, and initiatives by the day their dossier came.

PostgreSQL: a tsvector without places (store.search). What this step made on SQLite, 0020 makes otherwise in the same
transaction: making it twice would take a large store minutes for nothing. A million initiatives take some minutes; the
log tells how far it is. In parts, so memory stays as it is.
"""

from alembic import op
from sqlalchemy import Connection

from store.search_index import DOSSIERS, INITIATIVES, SearchIndex
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
