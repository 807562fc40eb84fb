"""The service over hours: mail is answered as it comes, servers go away and come back."""

import re
from collections.abc import Iterator

import pytest
from support.dossier_mail import IN_TIME, mail, memo
from support.service import NewSite, Running, Site
from support.waiting import wait_until

pytestmark = pytest.mark.dovecot


@pytest.fixture
def up(new_site: NewSite) -> Iterator[tuple[Site, Running]]:
    """A service that polls seldom: what it hears of it hears by IDLE."""
    site = new_site(mailbox={"poll_seconds": 3600}, schedule={"process_seconds": 3600, "send_seconds": 0.5})
    site.once()  # what lies there at the first look is backlog, and its letters are held (P7)
    running = site.start("run")
    wait_until(lambda: "running" in running.err.read_text())
    yield site, running
    running.terminate()
    ended = running.wait()
    assert ended.status == 0, ended.err
    assert "Traceback" not in ended.err
    site.assert_sound()


def test_mail_is_answered_as_it_comes_without_waiting_for_the_next_poll(up: tuple[Site, Running]) -> None:
    site, running = up
    for number, code in enumerate(("BVDN", "BVTN", "BVLK"), start=1):
        site.deliver(mail(code), IN_TIME)
        wait_until(lambda number=number: len(site.relay.received) == number, running)  # type: ignore[misc]
    assert site.outcomes() == ["joined"] * 3


def test_the_mail_server_goes_away_and_comes_back(up: tuple[Site, Running]) -> None:
    site, running = up
    site.deliver(mail("BVDN"), IN_TIME)
    wait_until(lambda: len(site.relay.received) == 1, running)
    site.server.stop()
    try:
        wait_until(lambda: "watch" in running.err.read_text())
    finally:
        site.server.start()
    site.deliver(mail("BVTN"), IN_TIME)
    wait_until(lambda: len(site.relay.received) == 2, running)
    assert site.outcomes() == ["joined"] * 2


def test_a_letter_that_the_relay_puts_off_does_not_hold_up_the_next(up: tuple[Site, Running]) -> None:
    site, running = up
    site.relay.script.at("RCPT", "451 4.7.1 try again later")
    site.deliver(mail("BVDN"), IN_TIME)
    wait_until(lambda: [letter.attempts for letter in site.letters()] == [1], running)
    site.deliver(mail("BVTN", {"To trinh.docx": memo("BVTN")}), IN_TIME)
    wait_until(lambda: [letter.state.value for letter in site.letters()] == ["queued", "sent"], running)


def test_nobody_and_no_secret_is_named_in_the_log(up: tuple[Site, Running]) -> None:
    site, running = up
    site.deliver(mail("BVDN"), IN_TIME)
    wait_until(lambda: '"letter"' in running.err.read_text())
    log = running.err.read_text()
    assert re.search(r'"union": "BVDN"', log)
    assert "@" not in log
