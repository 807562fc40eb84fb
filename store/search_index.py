"""What the indexes of words hold: each word of a row, and each two and each three neighbours.

On SQLite each of these ends with a mark of the row's campaign ("benh§vien§da§§1f0c92ab"): whole words are found within
one campaign without going through the list of all its rows.
"""

from dataclasses import dataclass

from store.search_words import CAMPAIGN

JOINED = "§"
"""Between neighbours, and first in a word that says where the row belongs to."""
RUN = 3
"""Neighbours that are a word of their own."""
LONGEST_RUNS = 170_000
"""Bytes of a text whose runs fit into PostgreSQL's index (1 MiB): together they are up to six times as long."""
OWN = f"§{CAMPAIGN}"
"""Begins the word of the campaign (`dossier.searching.scope`)."""
MARK, MARKED = "§§", 8
"""Before the mark of a campaign, and how many characters of the campaign's word it is."""
_THREES = " ".join(
    f"|| ' ' || rtrim(group_concat(value || CASE key % 3 WHEN {place} THEN ' ' ELSE '§' END, ''), '§')"
    for place in range(RUN)
)
_RUNS = (
    f"{{0}} || ' ' || coalesce((SELECT group_concat(value || ' ' || value, '§') {_THREES}"  # noqa: S608 - made of what stands here
    """ FROM json_each('["' || replace({0}, ' ', '","') || '"]')), '')"""
)
_ENDING = f"'{MARK}' || substr({{0}}, instr({{0}}, '{OWN}') + {len(OWN)}, {MARKED})"
TOKENS = f"replace({_RUNS}, ' ', {_ENDING} || ' ') || {_ENDING}"
"""SQLite: the words of a text, their twos and their threes, all with the mark of the campaign whose word is in it.

"a b c d" doubled is "a a", "b b", "c c", "d d"; joined: "a a§b b§c c§d d". Cut behind every third word, from the first,
the second and the third on: "a b§c§d", "a§b c§d", "a§b§c d". Words are letters, digits and §: no escaping in JSON.
"""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What one table is searched by."""

    fts: str
    """SQLite's table of FTS5; its rowid is the key."""
    table: str
    key: str
    """Of the table that PostgreSQL's column `search` stands in."""
    texts: tuple[str, ...]
    """Columns of that table: what is indexed."""
    apart: bool
    """Its words are kept in a table of their own."""

    def text_of(self, name: str) -> str:
        """SQL for the words of the row that goes by this name."""
        return " || ' ' || ".join(f"{name}.{one}" for one in self.texts)


INITIATIVES = SearchIndex("initiative_search", "initiatives", "id", ("text_folded",), apart=False)
DOSSIERS = SearchIndex("dossier_search", "dossier_words", "dossier_id", ("about", "text_folded"), apart=True)
HITS_BY_TITLE = "ix_initiatives_search_title"
"""SQLite's index of what has to be known of a hit to sort it by title: number, campaign, title."""
FTS_TABLES = (INITIATIVES.fts, DOSSIERS.fts)


def fill(index: SearchIndex) -> str:
    """SQLite's statement that indexes the rows with keys from :first up to :last, which are not in the index."""
    words, key = TOKENS.format(index.text_of(index.table)), index.key
    return (
        f"INSERT INTO {index.fts} (rowid, words) SELECT {key}, {words} FROM {index.table}"  # noqa: S608 - our own
        f" WHERE {key} BETWEEN :first AND :last ORDER BY {key}"
    )
