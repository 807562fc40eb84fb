"""Every filter of `hoso dossiers` and `hoso initiatives` as it is typed, over mail that was read, on both databases."""

import json
from datetime import timedelta
from typing import Any

import pytest
from support.desk_only import Installation
from support.dossier_mail import DEADLINE, OTHER_TWO, TWO, files, mail, memo, table

from store.engine import open_store


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A whole dossier, a late one, one with an empty cell, and an enterprise's: TROLLEY and OXYGEN but for the last."""
    folder = tmp_path_factory.mktemp("filters") / "office"
    folder.mkdir()
    url = "sqlite:///var/hoso.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").create("hoso_filters", "hoso_template")
    opened = open_store(url.replace("///", f"///{folder}/", 1), folder / "var" / "blobs")
    opened.upgrade()
    made = Installation(folder, opened)
    made.write_settings(store={"url": url, "blobs": "var/blobs"})
    sent = {
        "BVDN": mail("BVDN"),
        "BVTN": mail("BVTN", at=DEADLINE + timedelta(hours=9)),
        "TTLK": mail("TTLK", {"To trinh.docx": memo("TTLK"), "Bang.docx": table("TTLK", TWO, {1: "applied"})}),
        "DUOC": mail("DUOC", files("DUOC", OTHER_TWO)),
    }
    for code, content in sent.items():
        (folder / f"{code}.eml").write_bytes(content)
    done = made.hoso("ingest", *(f"{code}.eml" for code in sent))
    assert done.status == 0, done.err
    opened.close()
    return made


def asked(office: Installation, *arguments: str) -> list[dict[str, Any]]:
    ended = office.hoso(*arguments, "--json")
    assert ended.status == 0, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "BVDN BVTN DUOC TTLK"),
        ("--verdict late", "BVTN"),
        ("--finding incomplete-row", "TTLK"),
        ("--union bvdn", "BVDN"),
        ("--from 2021-04-21", "BVTN"),
        ("--to 2021-04-20 --sort -union", "TTLK DUOC BVDN"),
        ("--block enterprise", "DUOC"),
        ("--not-valid --block enterprise", "DUOC"),
        ("--field AN+TOAN+lao+dong", "BVDN BVTN DUOC TTLK"),
        ("--field pham+moi", "BVDN BVTN TTLK"),
        ('--field "ve+sinh" --verdict late', "BVTN"),
        ("--field an+san+pham", ""),
        ("--text ap+suat+oxy", "BVDN BVTN TTLK"),
        ("--text thong+nhat+oxy --field bao+ve", "BVTN"),
        ("--text thong+nhat --field cong+dong", ""),
        ("--valid", ""),
        ("--paper", ""),
        ("--no-paper --union BVDN", "BVDN"),
    ],
)
def test_dossiers_are_those_that_each_filter_leaves(office: Installation, typed: str, found: str) -> None:
    told = asked(office, "dossiers", *(one.replace("+", " ") for one in typed.split()))
    assert " ".join(one["union"] for one in told) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("--union TTLK", "TTLK.1 TTLK.2"),
        ("--field san+pham --sort -union", "TTLK.1 BVTN.1 BVDN.1"),
        ("--field an+toan --verdict late", "BVTN.2"),
        ("--text xe+day --finding incomplete-row", "TTLK.1"),
        ("--text oxy --from 2021-04-21", "BVTN.2"),
        ("--text ngan --union bvtn", "BVTN.1"),
        ("--text oxy --to 2021-04-20", "BVDN.2 TTLK.2"),
        ("--block doanh+nghiep", ""),
    ],
)
def test_initiatives_are_those_that_each_filter_leaves(office: Installation, typed: str, found: str) -> None:
    told = asked(office, "initiatives", *(one.replace("+", " ") for one in typed.split()))
    assert " ".join(f"{one['union']}.{one['row']}" for one in told) == found


def test_codes_may_be_typed_in_small_letters(office: Installation) -> None:
    code = asked(office, "dossiers", "--union", "bvdn")[0]["code"]
    for which in (code, code.lower(), "BVDN", "bvdn"):
        assert [asked(office, command, which)[0]["union"] for command in ("show", "why")] == ["BVDN", "BVDN"], which
