"""An initiative that another union has sent already is told to staff, and to nobody else."""

from datetime import timedelta
from email import message_from_bytes, policy

from support.dossier_mail import IN_TIME, OTHER_TWO, TWO, files, mail
from support.office import Office
from support.service import text_of

from dossier.findings import BETWEEN_UNIONS, NEAR_DUPLICATE, WITHIN_DOSSIER
from dossier.model import Finding, Verdict
from hoso.demo.initiatives import MASKS, TROLLEY
from store import dossiers, outbox, revisions

_LATER = IN_TIME + timedelta(hours=1)


def near_duplicates(office: Office, union: str) -> list[Finding]:
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, office.campaigns[0].key, union)
        assert dossier is not None
        revision = revisions.latest(conn, dossier.id)
    assert revision is not None
    assert revision.assessment.verdict is Verdict.ACCEPTED
    return [one for one in revision.assessment.findings if one.code == NEAR_DUPLICATE]


def letter_texts(office: Office) -> list[str]:
    with office.store.reading() as conn:
        letters = [outbox.mime(conn, letter.id) for letter in office.letters()]
    return [text_of(message_from_bytes(letter, policy=policy.default)) for letter in letters]


def test_what_another_union_sent_before_is_found_and_named(office: Office) -> None:
    office.receives(mail("BVDN", files("BVDN", TWO)), IN_TIME)
    office.judges()
    office.receives(mail("BVTN", files("BVTN", (MASKS, TROLLEY)), _LATER), _LATER)
    office.judges()
    [found] = near_duplicates(office, "BVTN")
    assert (found.row, found.detail) == (2, TROLLEY.title)
    assert (found.values["scope"], found.values["union"], found.values["row"]) == (BETWEEN_UNIONS, "BVDN", "1")
    assert near_duplicates(office, "BVDN") == []


def test_the_letter_says_nothing_of_another_unions_initiatives(office: Office) -> None:
    office.receives(mail("BVDN", files("BVDN", TWO)), IN_TIME)
    office.receives(mail("BVTN", files("BVTN", TWO), _LATER), _LATER)
    office.judges()
    assert len(near_duplicates(office, "BVTN")) == 2
    letters = letter_texts(office)
    assert len(letters) == 2
    assert not any("gần giống" in text or "BVDN" in text for text in letters if "Thống Nhất" in text)


def test_other_initiatives_are_no_duplicates(office: Office) -> None:
    office.receives(mail("BVDN", files("BVDN", TWO)), IN_TIME)
    office.receives(mail("BVTN", files("BVTN", OTHER_TWO), _LATER), _LATER)
    office.judges()
    assert near_duplicates(office, "BVDN") == near_duplicates(office, "BVTN") == []


def test_what_a_union_sends_again_is_no_duplicate_of_itself(office: Office) -> None:
    office.receives(mail("BVDN", files("BVDN", TWO)), IN_TIME)
    office.receives(mail("BVDN", files("BVDN", (*TWO, MASKS)), _LATER, name="thu-2"), _LATER)
    office.judges()
    assert near_duplicates(office, "BVDN") == []


def test_an_initiative_that_stands_twice_in_a_table_is_told_to_its_union(office: Office) -> None:
    office.receives(mail("BVDN", files("BVDN", (TROLLEY, MASKS, TROLLEY))), IN_TIME)
    office.judges()
    [found] = near_duplicates(office, "BVDN")
    assert (found.row, found.values["scope"], found.values["row"]) == (3, WITHIN_DOSSIER, "1")
    assert "Sáng kiến thứ 3: giống sáng kiến thứ 1" in letter_texts(office)[0]
