"""Words that stand in a row are found by the pairs they make, not by comparing the places of each; made anew here.

SQLite: FTS5 without places and without a copy of the text. PostgreSQL: a tsvector without places. Both hold the words,
and each two neighbours joined by §; a row of words is found by its pairs and looked at in the text (store.search).
A million initiatives take two to three minutes.
"""

from alembic import op

from store.search import DOSSIERS, INITIATIVES, TOKENS, SearchIndex, fill

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_INDEXES = (INITIATIVES, DOSSIERS)
_FUNCTION = """
CREATE OR REPLACE FUNCTION hoso_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_remove(held || CASE WHEN octet_length(words) > 300000 THEN ARRAY['§§'] ELSE (
        SELECT coalesce(array_agg(word || '§' || next), '{}') FROM unnest(held, held[2:]) AS pair(word, next)
        WHERE next <> '') END, ''))
    FROM (SELECT string_to_array(words, ' ') AS held) AS one
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for index in _INDEXES:
            _in_sqlite(index)
        return
    for index in _INDEXES:
        op.execute(f"ALTER TABLE {index.table} DROP COLUMN search")
    op.execute(_FUNCTION)
    for index in _INDEXES:
        words = " || ' ' || ".join(index.texts)
        made = f"tsvector GENERATED ALWAYS AS (hoso_words({words})) STORED"
        op.execute(f"ALTER TABLE {index.table} ADD COLUMN search {made}")
        op.execute(f"CREATE INDEX ix_{index.table}_search ON {index.table} USING gin (search)")


def _in_sqlite(index: SearchIndex) -> None:
    name, table, key = index.fts, index.table, index.key
    new, old = (TOKENS.format(" || ' ' || ".join(f"{row}.{one}" for one in index.texts)) for row in ("new", "old"))
    put = f"INSERT INTO {name} (rowid, words) VALUES (new.{key}, {new});"  # noqa: S608 - names of our own
    take = f"INSERT INTO {name} ({name}, rowid, words) VALUES ('delete', old.{key}, {old});"  # noqa: S608 - the same
    op.execute(f"DROP TABLE {name}")
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', detail=none, tokenize='ascii', prefix='2 3 4')"
    )
    for when, event, done in (
        ("insert", "INSERT", put),
        ("delete", "DELETE", take),
        ("update", f"UPDATE OF {', '.join(index.texts)}", f"{take} {put}"),
    ):
        op.execute(f"DROP TRIGGER {name}_{when}")
        op.execute(f"CREATE TRIGGER {name}_{when} AFTER {event} ON {table} BEGIN {done} END")
    op.execute(fill(index))


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
