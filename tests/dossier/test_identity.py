"""Which union a message is from."""

import pytest
from support.dossiers import campaign, memo, roster, row, submission, table

from dossier.authentication import Authentication
from dossier.campaign import Roster, Union
from dossier.identity import Identity, identify
from dossier.mail import Sender
from dossier.model import Document, Submission
from dossier.union_names import index_of, resembles

STRANGER = "ai.do@webmail.example"


def who(message: Submission, **known: object) -> Identity:
    return identify(message, campaign().roster, **known)  # type: ignore[arg-type]


def from_stranger(*documents: Document, **changes: object) -> Submission:
    return submission(*documents, sender=STRANGER, **changes)


def codes(identity: Identity) -> list[str]:
    return [one.code for one in identity.findings]


NAMES = """
BVTN: CĐCS Bệnh viện Đa khoa Thống Nhất | CÔNG ĐOÀN CƠ SỞ BVĐK THỐNG NHẤT | BV Thống Nhất | CĐCS BVĐKTN
TTTN: CĐCS Trung tâm Y tế huyện Thống Nhất | CĐCS TTYT Thống Nhất | Công đoàn TTYT H. huyện Thống Nhất
BVLT: CĐCS Bệnh viện Đa khoa khu vực Long Thành | BCH CĐCS BVĐKKV LONG THÀNH | BVĐK khu vực Long Thành
TTLT: Công đoàn cơ sở Trung tâm Y tế huyện Long Thành | TTYT Long Thành tỉnh Đồng Nai
TTBH: CĐCS TTYT TP. Biên Hoà | Trung tâm y tế Biên Hòa | TTYT thành phố Biên Hòa
BVDN: Bệnh viện Đa khoa tỉnh Đồng Nai | CĐCS BVĐK Đồng Nai
TTGD: Trung tâm Giám định Y khoa | TT GĐYK
CDC: CĐCS CDC Đồng Nai | TTKSBT | Trung tâm Kiểm soát bệnh tật Đồng Nai
CCDS: CĐCS Chi cục Dân số - Kế hoạch hóa gia đình | Chi cục DS-KHHGĐ
VPSYT: Văn phòng Sở Y tế | Công đoàn cơ sở Cơ quan Sở Y tế
CDYT: Trường Cao đẳng Y tế Đồng Nai | Trường CĐYT
DUOC: Công ty Cổ phần Dược Đồng Nai | Cty CP Dược Đồng Nai | Donapharm
BVTT: BỆNH VIỆN ĐA KHOA TƯ NHÂN TRẢNG BOM TÂM AN
"""


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (line.split(": ")[0], name.strip())
        for line in NAMES.strip().splitlines()
        for name in line.split(": ")[1].split("|")
    ],
)
def test_whole_names_aliases_and_abbreviations_tell_the_union(code: str, name: str) -> None:
    assert index_of(roster()).union_of(name.replace("H. huyện", "huyện")) == code


@pytest.mark.parametrize(
    "name",
    [
        "Thống Nhất", "Định Quán", "CĐCS Long Thành", "Đồng Nai", "CĐCS", "Công đoàn cơ sở", "", "Bệnh viện",
        "Bệnh viện Đa khoa", "Trung tâm Y tế", "CĐCS Bệnh viện Đa khoa Cam Ranh", "Bệnh viện Phổi Trung ương",
        "Trung tâm Y tế huyện Tân Phú và Trung tâm Y tế huyện Định Quán", "Công đoàn ngành Y tế Đồng Nai",
        "Sở Y tế Đồng Nai", "CĐCS Bệnh viện Đa khoa Thống Nhất TP. Hồ Chí Minh",
    ],
)  # fmt: skip
def test_a_place_a_kind_of_body_or_several_names_tell_no_union(name: str) -> None:
    assert index_of(roster()).union_of(name) is None


def test_every_union_is_told_by_its_own_name_and_aliases() -> None:
    index = index_of(roster())
    for union in roster().unions:
        for name in (union.name, union.name.upper(), f"CĐCS {union.name}", *union.aliases):
            assert index.union_of(name) == union.code


def test_a_name_that_two_unions_bear_tells_none() -> None:
    twins = Roster((Union("A", "Bệnh viện Một", aliases=("BV X",)), Union("B", "Bệnh viện Hai", aliases=("BV X",))))
    assert index_of(twins).union_of("BV X") is None
    assert index_of(twins).union_of("BV Một") == "A"


def test_names_are_found_in_running_text_the_longest_first() -> None:
    index = index_of(roster())
    assert index.unions_in("CĐCS Bệnh viện Đa khoa khu vực Long Thành - Hồ sơ xét chọn") == {"BVLT"}
    assert index.unions_in("gửi TTYT Tân Phú và TTYT Định Quán") == {"TTTP", "TTDQ"}
    assert index.unions_in("Thống Nhất, Định Quán") == frozenset()


def test_a_known_address_is_its_union() -> None:
    got = who(submission(table(row())))
    assert (got.union, got.known_sender, got.findings) == ("BVP", True, ())


def test_an_address_is_known_whatever_its_letter_case() -> None:
    assert who(submission(memo(), sender="CDCS.BVP@dongnai-yte.example")).known_sender


def test_a_confirmed_address_is_known_like_the_rosters_own() -> None:
    got = who(from_stranger(memo(), table(row())), confirmed={STRANGER: "BVP"})
    assert (got.union, got.known_sender, got.findings) == ("BVP", True, ())


def test_a_memo_of_another_union_is_a_mismatch() -> None:
    got = who(submission(memo("CĐCS Bệnh viện Da liễu Đồng Nai")))
    assert (got.union, got.known_sender, codes(got)) == (None, False, ["union-mismatch"])
    assert got.findings[0].values == {"by_address": "BVP", "by_memo": "BVDL"}


def test_a_memo_of_a_body_outside_the_roster_is_a_mismatch() -> None:
    assert codes(who(submission(memo("CĐCS Bệnh viện Đa khoa Cam Ranh")))) == ["union-mismatch"]


def test_an_address_of_two_unions_is_a_mismatch() -> None:
    got = who(submission(memo()), confirmed={"cdcs.bvp@dongnai-yte.example": "BVDL"})
    assert (got.union, codes(got)) == (None, ["union-mismatch"])


@pytest.mark.parametrize("issuer", ["CĐCS Bệnh viện Phổi tỉnh Đồng Nai", "CĐCS Bệnh viên Phối Đồng Nai", "CĐCS", None])
def test_a_slip_or_no_name_at_all_is_no_mismatch(issuer: str | None) -> None:
    got = who(submission(memo(issuer)))
    assert (got.union, got.findings) == ("BVP", ())


def test_what_ocr_made_of_the_issuer_is_a_doubt_and_no_mismatch() -> None:
    got = who(submission(memo("CÐCS B§NH VI§N PH6I Ð6NG NA1", read_by="ocr")))
    assert (got.union, got.known_sender, codes(got)) == ("BVP", True, ["low-confidence"])


def test_a_misread_scan_beside_its_soft_copy_is_no_doubt() -> None:
    got = who(submission(memo("BNH VIN XYZ", file="scan.pdf", part="5", read_by="ocr"), memo()))
    assert (got.union, got.findings) == ("BVP", ())


def test_what_a_known_sender_writes_of_others_is_no_claim() -> None:
    got = who(submission(table(row()), subject="Kính gửi, cùng đoàn với TTYT Tân Phú"))
    assert (got.union, got.findings) == ("BVP", ())


def test_a_strangers_memo_claims_its_union() -> None:
    got = who(from_stranger(memo()))
    assert (got.union, got.known_sender, got.claimed, codes(got)) == ("BVP", False, ("BVP",), ["unverified-sender"])


def test_a_strangers_own_words_claim_for_want_of_a_memo() -> None:
    assert who(from_stranger(table(row()), subject="CĐCS TTYT Tân Phú gửi bảng")).union == "TTTP"
    assert codes(who(from_stranger(table(row())))) == ["unknown-union"]


def test_memos_of_two_unions_from_a_stranger_tell_none() -> None:
    got = who(from_stranger(memo(), memo("BV Da liễu", part="5")))
    assert (got.union, codes(got)) == (None, ["unknown-union"])


def test_a_strangers_memo_of_a_body_outside_the_roster_is_not_told_by_the_subject() -> None:
    got = who(from_stranger(memo("CĐCS Bệnh viện Đa khoa Cam Ranh"), subject="CĐCS Bệnh viện Phổi Đồng Nai"))
    assert (got.union, codes(got)) == (None, ["unknown-union"])


@pytest.mark.parametrize(("result", "known"), [("pass", True), ("unknown", True), ("fail", False)])
def test_failed_authentication_makes_a_known_address_unverified(result: str, known: bool) -> None:
    got = who(submission(memo()), authentication=Authentication(result))
    assert (got.union, got.known_sender) == ("BVP", known)
    assert codes(got) == ([] if known else ["unverified-sender"])


def test_no_sender_at_all_is_a_stranger() -> None:
    got = who(submission(memo(), sender=None))
    assert (got.union, codes(got)) == ("BVP", ["unverified-sender"])
    doubted = Sender(None, doubt="two addresses in From")
    assert who(Submission("0", "0", doubted, documents=(memo(),))).findings[0].detail == "two addresses in From"


def test_likeness_to_a_unions_own_name_has_three_answers() -> None:
    union = roster().by_code("BVLT")
    assert union is not None
    assert resembles("CĐCS Bệnh viện Đa khoa Long Thành", union) is True
    assert resembles("CĐCS Bệnh viện Long Hải", union) is None
    assert resembles("CĐCS Bệnh viện Cam Ranh", union) is False
