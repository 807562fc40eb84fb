"""P9 from the outside: what an auditor keeps, and what `hoso audit verify` says when something was done behind it."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from support import signing
from support.desk_only import Installation, installation
from support.time_authority import AT, time_authority

from store import messages

FORGED = (
    "INSERT INTO extensions (campaign, until, decided_by, reason, decided_at)"
    " VALUES ('sk39', '2030-01-01', 'x', 'y', '2021-04-01')"
)


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Iterator[Installation]:
    made = installation(tmp_path / "hoso", now, audit={"signing_key": "var/audit-key.pem"})
    yield made
    made.store.close()


def told(here: Installation, *arguments: str, status: int = 0) -> dict[str, Any]:
    ended = here.hoso("audit", *arguments, "--json")
    assert ended.status == status, ended.err
    row: dict[str, Any] = json.loads(ended.out)
    return row


def test_a_signed_head_is_kept_and_proves_the_history_later(here: Installation, now: datetime) -> None:
    made = told(here, "keygen")
    printed = here.hoso("audit", "head")
    assert (printed.status, printed.err) == (0, "")
    assert made["fingerprint"] in printed.out
    (here.folder / "kept.txt").write_text(printed.out)
    here.judged(b"later", now, union="C", uid=9)
    proof = told(here, "verify", "--head", "kept.txt", "--public-key", made["public_key"])
    assert (proof["sound"], proof["signatures"], proof["broken"]) == (True, "all hold", [])
    assert "all hold" in here.hoso("audit", "verify", "--head", "kept.txt", "--public-key", made["public_key"]).out
    assert here.hoso("audit", "keygen").status == 3, "a key in use is never overwritten"


def test_a_head_that_was_changed_is_refused_before_anything_is_compared(here: Installation) -> None:
    made = told(here, "keygen")
    forged = here.hoso("audit", "head").out.replace("Event: ", "Event: 1")
    (here.folder / "kept.txt").write_text(forged)
    ended = here.hoso("audit", "verify", "--head", "kept.txt", "--public-key", made["public_key"])
    assert ended.status == 2
    assert "do not trust it" in ended.err


def test_without_a_key_the_head_is_printed_and_said_to_be_unsigned(here: Installation, tmp_path: Path) -> None:
    here.write_settings()
    ended = here.hoso("audit", "head")
    assert ended.status == 0
    assert "BEGIN HOSO AUDIT HEAD" in ended.out
    assert "not signed" in ended.err
    assert here.hoso("audit", "keygen").status == 3
    (here.folder / "kept.txt").write_text(ended.out)
    assert told(here, "verify", "--head", "kept.txt")["signatures"] == "none"


def test_a_key_that_others_can_read_is_not_used(here: Installation) -> None:
    told(here, "keygen")
    (here.folder / "var/audit-key.pem").chmod(0o644)
    ended = here.hoso("audit", "head")
    assert ended.status == 3
    assert "can be read by others" in ended.err


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE revisions SET verdict = 'late' WHERE id = 2", "revisions.verdict"),
        ("UPDATE dossiers SET code = 'SK39-777' WHERE id = 1", "dossiers.code"),
        ("UPDATE messages SET erased_at = first_seen_at WHERE id = 1", "no event tells of it"),
        ("DELETE FROM event_salts WHERE seq = 1", "no later event tells of its removal"),
        (FORGED, "extensions has 1 rows, the history tells of 0"),
    ],
)
def test_a_record_changed_behind_the_program_is_named(here: Installation, statement: str, said: str) -> None:
    with here.store.writing() as tx:
        tx.execute(text(statement))
    proof = told(here, "verify", status=1)
    assert said in json.dumps(proof)


def test_a_stored_message_that_is_gone_or_damaged_is_named(here: Installation, now: datetime) -> None:
    here.store.blobs.remove(here.judged(b"gone", now, union="C", uid=8))
    sha256 = here.judged(b"damaged", now, union="D", uid=9)
    (here.folder / "var/blobs" / sha256[:2] / sha256[2:4] / sha256).write_bytes(b"other")
    damaged = told(here, "verify", status=1)["damaged"]
    assert [one.rpartition(" ")[2] for one in damaged] == ["gone", "damaged"]
    assert told(here, "verify", "--no-blobs")["sound"]


def test_what_was_removed_on_purpose_is_told_as_removed(here: Installation, now: datetime) -> None:
    with here.store.writing() as tx:
        sha256 = messages.erase(tx, 1, now, by="an", reason="asked for")
    proof = told(here, "verify", status=1)
    assert proof["damaged"] == [f"message {sha256} was removed, and its bytes are still there"]
    here.store.blobs.remove(str(sha256))
    proof = told(here, "verify")
    assert (proof["sound"], proof["removed"]) == (True, [{"on": "2021-04-19", "events": 3}])
    assert "removed by purge on 2021-04-19" in here.hoso("audit", "verify").out


def test_a_head_is_stamped_by_an_authority_and_an_auditor_checks_the_stamp(here: Installation) -> None:
    (here.folder / "authority.pem").write_text(signing.root(signing.AUTHORITY).pem)
    told(here, "keygen")
    with time_authority() as url:
        trusts = {"timestamp_url": url, "timestamp_roots": ["authority.pem"]}
        here.write_settings(audit={"signing_key": "var/audit-key.pem", **trusts})
        made = told(here, "timestamp", "--to", "kept")
        assert (made["at"], made["trusted"]) == (AT.isoformat(), True)
        assert "cannot be written" in here.hoso("audit", "timestamp", "--to", "kept").err, "none is overwritten"
        here.write_settings(audit={**trusts, "timestamp_url": f"{url}/busy"})
        busy = here.hoso("audit", "timestamp", "--to", "other")
        assert (busy.status, "Traceback" in busy.err) == (4, False)
        assert not (here.folder / "other").exists(), "no head without its stamp"
    proven = here.hoso("audit", "verify", "--head", made["head"], "--timestamp", made["timestamp"])
    assert proven.status == 0
    assert f"The head was stamped {AT.isoformat()} by" in proven.err
    head = here.folder / made["head"]
    head.write_text(head.read_text().replace("Event: ", "Event: 1"))
    forged = here.hoso("audit", "verify", "--head", made["head"], "--timestamp", made["timestamp"])
    assert forged.status != 0
    assert "of another text" in forged.err


def test_without_an_authority_in_the_settings_there_is_no_stamp(here: Installation) -> None:
    assert here.hoso("audit", "timestamp", "--to", "kept").status == 3
