import time
from dataclasses import replace

import pytest
from support.smtp import DROP, HANG, TRICKLE, Relay, Script, free_port, make_certificate

from notifier.envelope import Envelope
from notifier.outcomes import Cause, Permanent, Sent, Step, Temporary, Unknown
from notifier.smtp import Security, Sender, SmtpSettings

ENVELOPE = Envelope("ho-so+b-1@cdn.example", "cdcs@webmail.example")
LETTER = b"Subject: x\r\n\r\nM\xe1\xbb\x99t\r\n.hai\r\n"


def settings(relay, **changes):
    plain = SmtpSettings(
        relay.host,
        relay.port,
        Security.NONE,
        connect_timeout=10,
        step_timeout=10,
        content_timeout=10,
        letter_timeout=20,
    )
    return replace(plain, **changes)


HURRIED = {"connect_timeout": 1, "step_timeout": 1, "content_timeout": 1}
"""Where the script makes us wait."""


class Begun:
    """Counts how often data-started was made durable, and what the relay had heard by then."""

    def __init__(self, script):
        self.script = script
        self.heard = []

    def __call__(self):
        self.heard.append(list(self.script.commands))


def deliver(script, **changes):
    begun = Begun(script)
    with Relay(script) as relay, Sender(settings(relay, **changes)) as sender:
        outcome = sender.deliver(LETTER, ENVELOPE, begun)
    return outcome, begun


def test_a_letter_arrives_byte_for_byte_with_its_envelope():
    script = Script()
    outcome, _ = deliver(script)
    assert isinstance(outcome, Sent)
    assert outcome.reply.code == 250
    assert outcome.reply.enhanced == "2.0.0"
    assert [(one.sender, one.recipient, one.content) for one in script.received] == [
        (ENVELOPE.sender, ENVELOPE.recipient, LETTER)
    ]


def test_data_started_is_durable_after_the_relay_agreed_and_before_it_hears_data():
    script = Script()
    _, begun = deliver(script)
    assert [commands[-2:] for commands in begun.heard] == [["MAIL", "RCPT"]]
    assert script.commands.index("DATA") == len(begun.heard[0])


@pytest.mark.parametrize("command", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "content"])
def test_a_4xx_at_any_command_means_the_letter_waits(command):
    script = Script().at(command, "451 4.3.0 Try again later")
    outcome, begun = deliver(script)
    assert outcome == Temporary(outcome.reply, Cause.BUSY)
    assert (outcome.reply.code, outcome.reply.enhanced) == (451, "4.3.0")
    assert len(begun.heard) == (command in ("DATA", "content"))
    assert script.received == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "content"])
def test_a_421_means_the_letter_waits_and_the_next_one_gets_a_new_connection(command):
    script = Script().at(command, "421 4.7.0 Too busy, closing")
    with Relay(script) as relay, Sender(settings(relay)) as sender:
        first = sender.deliver(LETTER, ENVELOPE, lambda: None)
        second = sender.deliver(LETTER, ENVELOPE, lambda: None)
    assert first == Temporary(first.reply, Cause.BUSY)
    assert isinstance(second, Sent)
    assert script.connections == 2


@pytest.mark.parametrize("command", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("fault", [DROP, HANG])
def test_a_connection_lost_before_the_content_means_the_letter_waits(command, fault):
    outcome, _ = deliver(Script().at(command, fault), **HURRIED)
    assert outcome == Temporary(outcome.reply, Cause.CONNECTION)


@pytest.mark.parametrize("fault", [DROP, HANG])
def test_a_connection_lost_after_the_content_and_before_its_answer_is_unknown(fault):
    outcome, begun = deliver(Script().at("content", fault), **HURRIED)
    assert isinstance(outcome, Unknown)
    assert outcome.reply.step is Step.CONTENT
    assert len(begun.heard) == 1


def test_an_answer_to_the_content_that_is_not_smtp_is_unknown():
    outcome, _ = deliver(Script().at("content", "xyz what?"))
    assert isinstance(outcome, Unknown)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "content"])
def test_a_5xx_about_the_letter_is_permanent(command):
    outcome, _ = deliver(Script().at(command, "550 5.1.1 No such user here"))
    assert isinstance(outcome, Permanent)
    assert outcome.reply.words().endswith("550 5.1.1 No such user here")


@pytest.mark.parametrize("command", ["connect", "EHLO"])
def test_a_5xx_before_any_letter_is_the_administrators_and_no_letter_is_given_up(command):
    outcome, _ = deliver(Script().at(command, "554 5.7.1 Go away"))
    assert outcome == Temporary(outcome.reply, Cause.SETTINGS)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "content"])
@pytest.mark.parametrize(
    "answer",
    [
        "550 5.4.5 Daily user sending limit exceeded",
        "552 5.2.2 Mailbox full",
        "552 Too much mail data",
        "452 4.2.2 The recipient's inbox is out of storage space",
        "554 5.2.0 Submission quota exceeded",
    ],
)
def test_a_used_up_quota_is_never_a_reason_to_give_up(command, answer):
    outcome, _ = deliver(Script().at(command, answer))
    assert outcome == Temporary(outcome.reply, Cause.QUOTA)


@pytest.mark.parametrize("answer", ["552 5.3.4 Message size exceeds fixed limit", "552 5.7.0 Blocked content"])
def test_a_552_about_the_message_itself_is_permanent(answer):
    outcome, _ = deliver(Script().at("content", answer))
    assert isinstance(outcome, Permanent)


def test_nobody_listening_means_the_letter_waits():
    with free_port() as port:
        sender = Sender(SmtpSettings("127.0.0.1", port, Security.NONE))
        outcome = sender.deliver(LETTER, ENVELOPE, lambda: None)
    assert outcome == Temporary(outcome.reply, Cause.CONNECTION)
    assert outcome.reply.code == 0


def test_one_connection_carries_several_letters_and_a_refused_one_spoils_none():
    script = Script().at("RCPT", "550 5.1.1 No such user")
    with Relay(script) as relay, Sender(settings(relay)) as sender:
        outcomes = [sender.deliver(LETTER, ENVELOPE, lambda: None) for _ in range(3)]
    assert [type(outcome) for outcome in outcomes] == [Permanent, Sent, Sent]
    assert script.connections == 1
    assert len(script.received) == 2


@pytest.mark.parametrize("action", [DROP, "421 4.4.2 Idle for too long", "502 What?"])
def test_a_connection_that_went_away_between_two_letters_is_opened_again(action):
    script = Script().at("RSET", action)
    with Relay(script) as relay, Sender(settings(relay)) as sender:
        outcomes = [sender.deliver(LETTER, ENVELOPE, lambda: None) for _ in range(2)]
    assert [type(outcome) for outcome in outcomes] == [Sent, Sent]
    assert script.connections == 2


def test_where_data_started_cannot_be_made_durable_nothing_goes_out():
    script = Script()

    def fail():
        raise LookupError("database is locked")

    with Relay(script) as relay, Sender(settings(relay)) as sender:
        with pytest.raises(LookupError):
            sender.deliver(LETTER, ENVELOPE, fail)
        assert "DATA" not in script.commands
        assert isinstance(sender.deliver(LETTER, ENVELOPE, lambda: None), Sent)
    assert len(script.received) == 1


def test_a_relay_that_sends_a_byte_now_and_then_is_left_after_the_time_for_one_letter():
    started = time.monotonic()
    outcome, _ = deliver(Script().at("MAIL", TRICKLE), letter_timeout=0.4, step_timeout=3)
    assert time.monotonic() - started < 30
    assert outcome == Temporary(outcome.reply, Cause.CONNECTION)


def test_bare_line_ends_and_leading_dots_cannot_end_a_letter_early():
    script = Script()
    with Relay(script) as relay, Sender(settings(relay)) as sender:
        sender.deliver(b"a\n.\nMAIL FROM:<x@y.example>\r.\r\nb", ENVELOPE, lambda: None)
    assert [one.content for one in script.received] == [b"a\r\n.\r\nMAIL FROM:<x@y.example>\r\n.\r\nb\r\n"]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_letters_travel_encrypted_and_the_certificate_is_checked(security, tmp_path):
    own = make_certificate(tmp_path)
    served = {"tls": own} if security is Security.TLS else {"starttls": own}
    with Relay(Script(), auth=True, **served) as relay:
        known = settings(relay, security=security, ca_file=own.cert, user="ho-so", password="mat-khau")
        with Sender(known) as sender:
            assert isinstance(sender.deliver(LETTER, ENVELOPE, lambda: None), Sent)
        with Sender(replace(known, ca_file=None)) as sender:
            outcome = sender.deliver(LETTER, ENVELOPE, lambda: None)
    assert outcome == Temporary(outcome.reply, Cause.SETTINGS)
    assert "certificate" in outcome.reply.text.lower()
    assert len(relay.received) == 1


def test_a_certificate_for_another_host_is_refused(tmp_path):
    own = make_certificate(tmp_path, host="mail.other.example")
    with Relay(Script(), tls=own) as relay, Sender(settings(relay, security=Security.TLS, ca_file=own.cert)) as sender:
        outcome = sender.deliver(LETTER, ENVELOPE, lambda: None)
    assert outcome == Temporary(outcome.reply, Cause.SETTINGS)


def test_a_relay_without_starttls_gets_no_letter_in_the_clear():
    script = Script()
    outcome, _ = deliver(script, security=Security.STARTTLS)
    assert outcome == Temporary(outcome.reply, Cause.SETTINGS)
    assert "MAIL" not in script.commands


def test_a_refused_login_is_the_administrators_and_shows_no_password():
    script = Script()
    with Relay(script, auth=True) as relay:
        wrong = settings(relay, user="ho-so", password="sai-mat-khau")
        with Sender(wrong) as sender:
            outcome = sender.deliver(LETTER, ENVELOPE, lambda: None)
    assert outcome == Temporary(outcome.reply, Cause.SETTINGS)
    assert (outcome.reply.step, outcome.reply.code) == (Step.AUTH, 535)
    assert "sai-mat-khau" not in repr(outcome) + repr(wrong)


def test_a_login_where_the_relay_offers_none_is_the_administrators():
    outcome, _ = deliver(Script(), user="ho-so", password="mat-khau")
    assert outcome == Temporary(outcome.reply, Cause.SETTINGS)


def test_a_file_of_authorities_that_is_not_there_is_the_administrators(tmp_path):
    outcome, _ = deliver(Script(), security=Security.TLS, ca_file=tmp_path / "none.pem")
    assert outcome == Temporary(outcome.reply, Cause.SETTINGS)


@pytest.mark.parametrize("host", ["smtp.relay.example", "192.0.2.1", "localhost.example"])
def test_no_encryption_beyond_this_machine_is_refused_unless_allowed_on_purpose(host):
    with pytest.raises(ValueError, match="in the clear"):
        SmtpSettings(host, 25, Security.NONE)
    assert SmtpSettings(host, 25, Security.NONE, allow_plain=True).host == host


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_no_encryption_within_this_machine_is_fine(host):
    assert SmtpSettings(host, 25, Security.NONE).security is Security.NONE


@pytest.mark.parametrize(("user", "password"), [("ho-so", None), (None, "x"), ("hồ-sơ", "x"), ("ho-so", "mật")])
def test_half_a_login_or_one_that_cannot_be_sent_is_refused_in_the_settings(user, password):
    with pytest.raises(ValueError, match="user and password"):
        SmtpSettings("smtp.relay.example", 587, user=user, password=password)
