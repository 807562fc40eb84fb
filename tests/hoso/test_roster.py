"""The roster file: what cannot be used is refused by line, what is doubtful is told."""

from pathlib import Path

import pytest

from dossier.campaign import Roster
from hoso.roster import doubts, load_roster
from hoso.strict_yaml import ConfigError

HEADING = "code,name,block,aliases,addresses\n"


def load(folder: Path, text: str) -> Roster:
    path = folder / "roster.csv"
    path.write_bytes(text.encode("utf-8"))
    return load_roster(path)


def problems(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    return caught.value.problems


def test_a_union_is_read_with_its_lists(tmp_path: Path) -> None:
    (union,) = load(
        tmp_path, HEADING + "bv1, Bệnh viện  Một ,enterprise,BV 1 | BV Một,A@x.example|b@x.example | \n"
    ).unions
    assert (union.code, union.name, union.block) == ("BV1", "Bệnh viện Một", "enterprise")
    assert union.aliases == ("BV 1", "BV Một")
    assert union.addresses == ("a@x.example", "b@x.example")


def test_a_file_as_spreadsheets_save_it_is_read(tmp_path: Path) -> None:
    text = "\ufeffCode;Name;Addresses\r\nA;Bệnh viện, cơ sở 2;a@x.example\r\n;;\r\n"
    assert load(tmp_path, text).unions[0].name == "Bệnh viện, cơ sở 2"


def test_decomposed_names_are_composed(tmp_path: Path) -> None:
    assert load(tmp_path, "code,name\nA,Bệnh viện\n").unions[0].name == "Bệnh viện"


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, "code,name\nA,x\nB,y\na,z\n") == ("line 4: the code A stands on line 2 too: change one",)


def test_an_address_of_two_unions_is_told_and_not_refused(tmp_path: Path) -> None:
    roster = load(tmp_path, HEADING + "A,x,,,one@x.example\nB,y,,,One@x.example\n")
    assert doubts(roster) == ("the address one@x.example belongs to A and B: a message by it goes to a person",)


def test_a_name_of_two_unions_is_told(tmp_path: Path) -> None:
    roster = load(tmp_path, HEADING + "A,Bệnh viện Một,,,\nB,y,,benh vien mot,\n")
    assert doubts(roster) == ("the name “benh vien mot” belongs to A and B: a message by it goes to a person",)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    said = problems(tmp_path, HEADING + "A B,x,,,a@x.example\nC,,,,a@x.example b@x.example\n")
    assert said == (
        "line 2: the code “A B” must be 1 to 16 plain letters, digits, hyphens",
        "line 3: the union C has no name",
        "line 3: a@x.example b@x.example is no email address: part several with |",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,nmae\nA,x\n", "line 1: nmae is not a known column: did you mean name?"),
        ("code\nA\n", "line 1: the column name is missing"),
        ("code,name,name\nA,x,y\n", "line 1: the column name stands twice: keep one"),
        ("code,name\nA,Bệnh viện, cơ sở 2\n", "line 2: has more cells than the heading: quote a cell that holds a “,”"),
        ("code,name\n", "holds no union: write one a line under the heading"),
        ("", "line 1: the column code is missing"),
    ],
)
def test_a_file_of_another_shape_is_told(tmp_path: Path, text: str, said: str) -> None:
    assert said in problems(tmp_path, text)


def test_a_file_in_an_old_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes("code,name\nA,Sở Y tế".encode("cp1258", "replace") + b"\xd2\n")
    with pytest.raises(ConfigError, match="it is not UTF-8"):
        load_roster(path)
