"""The stories by name, and how often each is told."""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.generator import stories
from corpus.generator import stories_of_files as files
from corpus.generator.draft import Draft


@dataclass(frozen=True, slots=True)
class Story:
    """`before` the files are made, `after` they are: then memo and table lie in files of their own."""

    before: Callable[[Draft], None] = stories.plain
    after: Callable[[Draft], None] = stories.plain
    weight: float = 1
    pictures: float = 0
    """Its weight where pictures are made."""


STORIES: dict[str, Story] = {
    "plain": Story(weight=34, pictures=40),
    "second address": Story(stories.second_address, weight=6, pictures=4),
    "without count": Story(stories.without_count, weight=4, pictures=4),
    "listed in memo": Story(stories.listed_in_memo, weight=3),
    "long list": Story(stories.long_list, weight=0.6),
    "last second": Story(stories.last_second, weight=3, pictures=2),
    "late": Story(stories.late, weight=5, pictures=5),
    "memo only": Story(stories.memo_only, weight=3, pictures=5),
    "table only": Story(stories.table_only, weight=3, pictures=4),
    "incomplete row": Story(stories.incomplete_row, weight=5, pictures=5),
    "some outside": Story(stories.outside_some, weight=3, pictures=3),
    "all outside": Story(stories.outside_all, weight=3, pictures=3),
    "unclear": Story(stories.unclear, weight=2),
    "too long": Story(stories.too_long, weight=2),
    "empty table": Story(stories.empty_table, weight=3, pictures=3),
    "column missing": Story(stories.column_missing, weight=3, pictures=3),
    "count differs": Story(stories.count_differs, weight=3, pictures=3),
    "unsigned": Story(stories.unsigned, weight=1),
    "personal address": Story(stories.personal_address, weight=3, pictures=3),
    "other union's address": Story(stories.other_unions_address, weight=3, pictures=4),
    "stranger": Story(stories.stranger, weight=3, pictures=3),
    "corrupt table": Story(files.apart, stories.corrupt_table, weight=2),
    "corrupt memo": Story(files.apart, stories.corrupt_memo, weight=2),
    "spoilt besides": Story(files.apart, files.spoilt_besides, weight=2),
    "locked table": Story(files.apart, files.locked_table, weight=1),
    "with macros": Story(files.apart, files.with_macros, weight=1),
    "unrelated": Story(after=files.unrelated, weight=2, pictures=2),
    "copies": Story(files.apart_and_bare, files.copies, weight=3),
    "copies differ": Story(stories.copies_differ, weight=3),
    "linked": Story(stories.linked, weight=2),
    "memo and link": Story(stories.memo_and_link, weight=1, pictures=1),
    "announced": Story(stories.announced, weight=2),
    "thanks": Story(stories.thanks, weight=2),
    "vacation": Story(stories.vacation, weight=2),
    "mailing list": Story(stories.mailing_list, weight=2, pictures=2),
}
