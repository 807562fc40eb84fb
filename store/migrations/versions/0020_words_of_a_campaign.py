"""SQLite: each word of the index ends with a mark of its campaign, so that few rows of a large one are found at once.

What 0019 made there before is made anew; a million initiatives take some minutes, and the log tells how far it is.
PostgreSQL keeps what it has: its index gives hits of two words together as fast as those of one.
"""

from alembic import op
from sqlalchemy import Connection

from store.search_index import DOSSIERS, HITS_BY_TITLE, INITIATIVES, TOKENS, SearchIndex, fill
from store.upgrading import in_parts

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for index in (INITIATIVES, DOSSIERS):
            for event in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER IF EXISTS {index.fts}_{event}")
            op.execute(f"DROP TABLE IF EXISTS {index.fts}")
            _made(connection, index)
        # some thousands of hits are sorted by title without a look into their rows, which are wide
        op.create_index(HITS_BY_TITLE, "initiatives", ["id", "campaign", "title_folded"])


def _made(connection: Connection, index: SearchIndex) -> None:
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


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")
