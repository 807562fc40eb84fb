"""Exit codes, documented in README.md: a script may rely on them."""

from enum import IntEnum


class Exit(IntEnum):
    OK = 0
    FOUND = 1
    """The command worked and found something wrong: a check failed, the history is broken, there is no such dossier."""
    USAGE = 2
    """The command line is wrong."""
    SETTINGS = 3
    """Settings, campaign or roster have to be mended."""
    TEMPORARY = 4
    """A server or the database cannot be reached now: try again."""
    PERMANENT = 5
    """The store, a server or the machine refuses for good: a person has to act."""
    INTERRUPTED = 130
