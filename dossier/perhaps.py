"""Doubts whether a file is a document that the dossier lacks: for a person, and nothing where the document is there."""

from collections.abc import Mapping
from types import MappingProxyType

from dossier.model import Kind

FEW_COLUMNS = "it holds a table with few columns of the summary table, which was not read as one"
TITLE_ALONE = "the title of a summary table stands there, and no table was found under it"
PERHAPS_TABLE = frozenset((FEW_COLUMNS, TITLE_ALONE))
"""Doubts whether a memo is a summary table as well: nothing hangs on them where the table came as another file."""
LIKE_TABLE = "it has rows and columns as a summary table has, and was not understood as one"
LIKE_MEMO = "it has parts that a memo has, and was not understood as one"
TABLE_IN_BODY = "the summary table seems to stand in the text of the mail itself"
MEMO_IN_BODY = "the memo seems to stand in the text of the mail itself"
PERHAPS: Mapping[str, Kind] = MappingProxyType(
    {
        LIKE_TABLE: Kind.SUMMARY_TABLE,
        LIKE_MEMO: Kind.MEMO,
        TABLE_IN_BODY: Kind.SUMMARY_TABLE,
        MEMO_IN_BODY: Kind.MEMO,
    }
)
"""Doubts whether a file is of a kind: nothing hangs on them where that kind is there, nor for the other kind."""
