"""Initiatives are found whatever the marks, word by word, page by page."""

from datetime import datetime

from support.store_samples import judged

from store import contents
from store.engine import Store


def test_search_ignores_marks_and_takes_signs_as_they_are(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"1", now, union="A")
        judged(tx, b"2", now, union="B", uid=2)

    def titles(text: str, **asked: str | int) -> list[tuple[str, str]]:
        with store.reading() as conn:
            return [(one.union, one.title) for one in contents.found(conn, "sk39", text, **asked)]  # type: ignore[arg-type]

    assert titles("hen phan mem") == [("A", "Phần mềm hẹn khám"), ("B", "Phần mềm hẹn khám")]
    assert titles("XE ĐẨY", union="B") == [("B", "Cải tiến xe đẩy")]
    assert titles("%") == []
    assert titles("_") == []
    assert len(titles("")) == 4
    with store.reading() as conn:
        first = contents.found(conn, "sk39", limit=3)
        assert [one.union for one in contents.found(conn, "sk39", after=first[-1].id)] == ["B"]
        assert contents.found(conn, "other") == []
