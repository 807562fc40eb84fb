from dossier.campaign import AUTHOR, TITLE
from dossier.co_authors import on_one_line
from dossier.decisions import initiative_key
from dossier.same_initiative import content_digest


def test_co_authors_on_one_line_are_parted_by_semicolons() -> None:
    assert on_one_line("Lâm Thị Hân,\n\n Trần Văn Bình \n") == "Lâm Thị Hân; Trần Văn Bình"
    assert on_one_line("Lâm Thị Hân") == "Lâm Thị Hân"
    assert on_one_line("") == ""


def test_how_co_authors_are_parted_makes_no_other_initiative() -> None:
    cells = [{AUTHOR: names, TITLE: "Xe đẩy"} for names in ("Lâm Hân\nTrần Bình", "Lâm Hân Trần Bình")]
    assert initiative_key(cells[0]) == initiative_key(cells[1])
    assert content_digest(cells[0]) == content_digest(cells[1])
