"""Messages from files."""

import mailbox
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.files import UnreadableSourceError, read_paths

NOW = datetime(2021, 4, 21, 8, tzinfo=UTC)
CORPUS = Path(__file__).parents[1] / "corpus" / "messages"
ONE = b"Subject: one\r\n\r\nX\xff\x00\r\n"
TWO = b"Subject: two\n\nY\n"


def test_the_bytes_of_a_file_are_those_of_the_message() -> None:
    paths = sorted(CORPUS.glob("*.eml"))[:5]
    for path, raw in zip(paths, read_paths(paths, NOW), strict=True):
        assert raw.content == path.read_bytes()
        assert (raw.source, raw.position, raw.internal_date, raw.fetched_at) == (str(path), None, None, NOW)


def test_a_file_of_any_name_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "Hồ sơ.txt").write_bytes(ONE)
    (tmp_path / "empty.eml").write_bytes(b"")
    assert [raw.content for raw in read_paths([tmp_path / "Hồ sơ.txt", tmp_path / "empty.eml"], NOW)] == [ONE, b""]


def test_a_folder_gives_its_eml_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.eml").write_bytes(ONE)
    (tmp_path / "a.eml").write_bytes(TWO)
    (tmp_path / "notes.txt").write_bytes(b"no message")
    assert [raw.content for raw in read_paths([tmp_path], NOW)] == [TWO, ONE]


def test_a_maildir_gives_new_and_read_messages_by_their_delivery_and_is_left_as_it_was(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1618900002.M1.host").write_bytes(TWO)
    (tmp_path / "cur" / "1618900001.M9.host:2,S").write_bytes(ONE)
    (tmp_path / "tmp" / "1618900000.M2.host").write_bytes(b"unfinished")
    before = sorted(tmp_path.rglob("*"))
    assert [raw.content for raw in read_paths([tmp_path], NOW)] == [ONE, TWO]
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_maildir_holds_no_message(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    assert list(read_paths([tmp_path], NOW)) == []


def test_an_mbox_gives_each_of_its_messages_and_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "archive.mbox"
    box = mailbox.mbox(path)
    for content in (b"Subject: one\n\nFrom here\n", TWO):
        box.add(content)
    box.close()
    before = path.read_bytes()
    path.chmod(0o400)
    found = list(read_paths([path], NOW))
    assert [raw.content for raw in found] == [b"Subject: one\n\n>From here\n", TWO]
    assert [raw.source for raw in found] == [f"{path}#1", f"{path}#2"]
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["archive.mbox"]


def test_what_cannot_be_read_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match=r"nothing\.eml cannot be read: No such file"):
        list(read_paths([tmp_path / "nothing.eml"], NOW))
    with pytest.raises(UnreadableSourceError, match="neither a Maildir nor"):
        list(read_paths([tmp_path], NOW))
