"""Words of an initiative that stand in a row are found by the pairs they make; its index is made anew here.

SQLite: FTS5 without places and without a copy of the text. PostgreSQL: a tsvector without places. Both hold the words,
and each two neighbours joined by § (store.search). A million initiatives take two to three minutes.
"""

from alembic import op

from store.search import TOKENS, fill

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION hoso_pairs(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_remove(held || CASE WHEN octet_length(words) > 300000 THEN ARRAY['§§'] ELSE (
        SELECT coalesce(array_agg(word || '§' || next), '{}') FROM unnest(held, held[2:]) AS pair(word, next)
        WHERE next <> '') END, ''))
    FROM (SELECT string_to_array(words, ' ') AS held) AS one
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
        return
    op.execute(_FUNCTION)
    op.execute("ALTER TABLE initiatives DROP COLUMN search")
    made = "tsvector GENERATED ALWAYS AS (hoso_pairs(text_folded)) STORED"
    op.execute(f"ALTER TABLE initiatives ADD COLUMN search {made}")
    op.execute("CREATE INDEX ix_initiatives_search ON initiatives USING gin (search)")
    # with the usual hundred the planner takes a rare word for a common one, and looks at every row for it
    for table in ("initiatives", "dossier_words"):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN search SET STATISTICS 1000")
        op.execute(f"ANALYZE {table} (search)")


def _in_sqlite() -> None:
    new, old = TOKENS.format("new.text_folded"), TOKENS.format("old.text_folded")
    put = f"INSERT INTO initiative_search (rowid, words) VALUES (new.id, {new});"  # noqa: S608 - names of our own
    take = f"INSERT INTO initiative_search (initiative_search, rowid, words) VALUES ('delete', old.id, {old});"  # noqa: S608
    op.execute("DROP TABLE initiative_search")
    op.execute(
        "CREATE VIRTUAL TABLE initiative_search USING fts5(words, content='', detail=none, tokenize='ascii',"
        " prefix='2 3 4')"
    )
    for when, event, done in (
        ("insert", "INSERT", put),
        ("delete", "DELETE", take),
        ("update", "UPDATE OF text_folded", f"{take} {put}"),
    ):
        op.execute(f"DROP TRIGGER initiative_search_{when}")
        op.execute(f"CREATE TRIGGER initiative_search_{when} AFTER {event} ON initiatives BEGIN {done} END")
    op.execute(fill())


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
