"""A message is read for the campaign that it is meant for, also where nothing but its memo names it."""

from dataclasses import replace

from support.attachments import attachment
from support.raw_mail import with_files

from dossier.campaign import Campaign, Recognition
from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.reader import read_message

MEMO, TABLE = attachment("d01"), attachment("d01", 1)
OURS = replace(example_campaign(), recognition=Recognition(phrases=("sang kien",)))


def another() -> Campaign:
    """One that knows neither the titles nor the columns of ours."""
    required = (OURS.required[0], replace(OURS.required[1], titles=("danh sach thi sinh",)))
    columns = tuple(replace(one, synonyms=(f"cot {one.key}",)) for one in OURS.columns)
    recognition = Recognition(phrases=("hoi thi",))
    return replace(OURS, key="hoi-thi", required=required, columns=columns, recognition=recognition)


def kinds(*campaigns: Campaign) -> list[tuple[Kind, ...]]:
    content = with_files(("a.docx", MEMO), ("b.docx", TABLE))
    return [document.kinds for document in read_message(content, campaigns).documents]


BOTH = [(Kind.MEMO,), (Kind.SUMMARY_TABLE,)]


def test_the_memo_alone_may_name_the_campaign() -> None:
    assert kinds(OURS) == BOTH
    assert kinds(OURS, another()) == BOTH
    assert kinds(another(), OURS) == BOTH


def test_what_no_campaign_is_named_for_is_read_for_the_first() -> None:
    silent = replace(OURS, recognition=Recognition())
    assert kinds(silent, another()) == BOTH
