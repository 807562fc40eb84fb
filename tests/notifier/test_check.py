import pytest
from support.smtp import DROP, Relay, Script, free_port, make_certificate

from notifier.check import check_smtp
from notifier.smtp import Security, SmtpSettings


def settings(relay, **changes):
    base = {"security": Security.NONE, "connect_timeout": 2, "step_timeout": 0.5}
    return SmtpSettings(relay.host, relay.port, **(base | changes))


def test_a_relay_that_takes_the_login_is_well_and_no_letter_is_named(tmp_path):
    own = make_certificate(tmp_path)
    with Relay(starttls=own, auth=True) as relay:
        checked = check_smtp(
            settings(relay, security=Security.STARTTLS, ca_file=own.cert, user="ho-so", password="mat-khau")
        )
    assert checked.ok
    assert "encrypted, certificate trusted, logged in" in checked.detail
    assert relay.script.commands == ["connect", "EHLO", "STARTTLS", "EHLO", "AUTH", "NOOP", "QUIT"]


def test_a_wrong_password_is_told_with_the_way_to_mend_it_and_not_shown():
    with Relay(auth=True) as relay:
        checked = check_smtp(settings(relay, user="ho-so", password="sai-mat-khau"))
    assert not checked.ok
    assert "535" in checked.detail
    assert "app password" in checked.mend
    assert "sai-mat-khau" not in repr(checked)


def test_an_untrusted_certificate_is_told_with_the_way_to_mend_it(tmp_path):
    with Relay(tls=make_certificate(tmp_path)) as relay:
        checked = check_smtp(settings(relay, security=Security.TLS))
    assert not checked.ok
    assert "ca_file" in checked.mend


def test_nobody_listening_is_told_with_the_way_to_mend_it():
    with free_port() as port:
        checked = check_smtp(SmtpSettings("127.0.0.1", port, Security.NONE))
    assert not checked.ok
    assert "host and port" in checked.mend


@pytest.mark.parametrize("action", [DROP, "421 4.3.2 Closing", "500 What?"])
def test_a_relay_that_falters_at_the_end_is_not_well(action):
    with Relay(Script().at("NOOP", action)) as relay:
        checked = check_smtp(settings(relay))
    assert not checked.ok
    assert checked.mend


@pytest.mark.parametrize("answer", ["454 4.7.0 Too many login attempts", "421 4.7.0 Too busy", "554 5.3.2 No service"])
def test_every_refusal_has_a_way_to_mend_it(answer):
    with Relay(Script().at("connect", answer)) as relay:
        checked = check_smtp(settings(relay))
    assert not checked.ok
    assert checked.mend
