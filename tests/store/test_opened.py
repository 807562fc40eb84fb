"""Every seal of the history can be opened by whoever has the salt, but for what stands in no record any more."""

from datetime import datetime

from support.store_full import fill

from store import events, record_check
from store.engine import Store
from store.opened import texts_of
from store.seals import seal

GONE = {"initiatives", "detail", "error"}


def test_each_sealed_text_stands_in_the_records_and_fits_its_seal(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        fill(tx, now)
    opened, unopened = set[str](), set[str]()
    with store.reading() as conn:
        for event in list(events.walk(conn)):
            salt = record_check.salt_of(conn, event)
            if salt is None:
                continue
            texts = texts_of(conn, event)
            for name, text in texts.items():
                assert seal(salt, name, text) == event.digests[name], (event.kind, name)
            opened |= {f"{event.kind}/{name}" for name in texts}
            unopened |= {f"{event.kind}/{name}" for name in set(event.digests) - set(texts)}
    assert {one.partition("/")[2] for one in unopened} <= GONE, unopened
    assert {
        "paper-recorded/row",
        "paper-withdrawn/end",
        "message-settled/reading",
        "sender-confirmed/address",
    } <= opened
