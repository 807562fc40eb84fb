"""What is handed in, and what is said where it does not work."""

import pickle
import traceback

import pytest

from ingest.account import ImapAccount, Secret
from ingest.errors import login_advice, shown


def test_a_password_shows_itself_nowhere() -> None:
    account = ImapAccount("office", "imap.example", "hoso@union.example", Secret("abcd efgh ijkl mnop"))
    assert "abcd" not in f"{account} {account!r} {account.password} {account.password!r}"
    assert "<secret>" in repr(account)
    assert account.password.reveal() == "abcd efgh ijkl mnop"
    with pytest.raises(TypeError) as caught:
        len(account.password)  # type: ignore[arg-type]
    assert "abcd" not in "".join(traceback.format_exception(caught.value))


def test_a_password_is_not_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret("abcd"))


@pytest.mark.parametrize("wrong", [{"batch_messages": 0}, {"batch_bytes": 0}])
def test_a_batch_holds_at_least_one(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        ImapAccount("office", "imap.example", "hoso", Secret("x"), **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "advice"),
    [
        ("imap.gmail.com", "app password"),
        ("outlook.office365.com", "Microsoft"),
        ("IMAP.Mail.Yahoo.com", "Yahoo"),
        ("mail.union.example", "Check user and password"),
        ("gmail.com.evil.example", "Check user and password"),
    ],
)
def test_a_refused_login_says_what_to_do_at_that_provider(host: str, advice: str) -> None:
    assert advice in login_advice(host)


def test_a_servers_words_are_shown_without_control_characters_and_capped() -> None:
    assert shown("a\x1b[31m\r\nb\u202e") == "a [31m  b "
    assert len(shown("x" * 1000)) == 201
