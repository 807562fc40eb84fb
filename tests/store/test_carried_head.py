"""P9: the head of the history is signed, kept outside the machine, and brought back through any mail program."""

import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from store.carried_head import CarriedHead, HeadTextError, carried_heads, carry
from store.events import Head
from store.signing import KeyFileError, SigningKey, load_key, load_public_key, make_key, public_file

HEAD = Head(1234, "0123456789abcdef" * 4)
AT = datetime(2026, 11, 23, 2, 0, 1, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return make_key(tmp_path / "key.pem")


def test_a_signed_head_comes_back_as_it_was_printed(key: SigningKey) -> None:
    carried = carry(HEAD, AT, key)
    [read] = carried_heads(carried.text)
    assert (read.head, read.at, read.fingerprint) == (HEAD, AT, key.public.fingerprint)
    assert read.is_signed_by(key.public)
    assert read.text == carried.text
    assert max(map(len, carried.text.splitlines())) <= 76, "no mail program breaks a line"


def test_it_survives_quotation_and_the_words_around_it(key: SigningKey) -> None:
    first, second = carry(HEAD, AT, key), carry(Head(1300, "f" * 64), AT + timedelta(days=1), key)
    quoted = "".join(f"> > {line}\r\n" for line in ("Chào anh,", *first.text.splitlines(), "Thân mến"))
    read = carried_heads(quoted + "\n\n" + second.text + "-- \nHoso")
    assert [one.head.seq for one in read] == [1234, 1300]
    assert all(one.is_signed_by(key.public) for one in read)


@pytest.mark.parametrize(
    ("line", "forged"),
    [
        ("Event: 1234", "Event: 1233"),
        ("Hash: 0", "Hash: 1"),
        ("Time: 2026", "Time: 2025"),
        ("Signature: ", "Signature: AAAA"),
    ],
)
def test_a_head_changed_anywhere_is_not_signed_any_more(key: SigningKey, line: str, forged: str) -> None:
    text = carry(HEAD, AT, key).text
    assert line in text
    changed = text.replace(line, forged)
    if line == "Signature: ":
        changed = changed.replace("AAAA" + text.split(line)[1][:4], "AAAA", 1)
    [read] = carried_heads(changed)
    assert not read.is_signed_by(key.public)


def test_a_head_signed_by_another_key_is_told_apart(key: SigningKey, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.pem")
    assert not carry(HEAD, AT, other).is_signed_by(key.public)
    assert not carry(HEAD, AT, None).is_signed_by(key.public)


def test_a_bare_head_and_an_unsigned_block_are_heads_too() -> None:
    assert carried_heads(f" {HEAD}\n") == [CarriedHead(HEAD)]
    [read] = carried_heads(carry(HEAD, AT, None).text)
    assert (read.head, read.fingerprint) == (HEAD, "")


@pytest.mark.parametrize(
    "text", ["", "no head", "12:ab", "-----BEGIN HOSO AUDIT HEAD-----\nx\n-----END HOSO AUDIT HEAD-----"]
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(HeadTextError):
        carried_heads(text)


def test_the_key_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key.pem"
    made = make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(path).public.fingerprint == made.public.fingerprint
    assert load_public_key(public_file(path)).fingerprint == made.public.fingerprint
    with pytest.raises(KeyFileError, match="never overwritten"):
        make_key(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="can be read by others"):
        load_key(path)


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_that_holds_no_key_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="holds no Ed25519 key"):
        load_key(path)
    with pytest.raises(KeyFileError, match="holds no Ed25519 public key"):
        load_public_key(path)
    with pytest.raises(KeyFileError, match="cannot be read"):
        load_key(tmp_path / "nowhere")


def test_an_auditor_needs_nothing_of_ours_openssl_checks_it_too(key: SigningKey, tmp_path: Path) -> None:
    carried = carry(HEAD, datetime(2026, 11, 23, tzinfo=UTC), key)
    (tmp_path / "statement").write_bytes(carried.statement)
    (tmp_path / "signature").write_bytes(carried.signature)
    public = public_file(tmp_path / "key.pem")
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(public), "-rawin"]
    files = ["-in", str(tmp_path / "statement"), "-sigfile", str(tmp_path / "signature")]
    done = subprocess.run([*command, *files], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "Signature Verified Successfully")
