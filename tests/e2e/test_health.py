"""A service that is not well says so by mail, at its page and by `hoso health`, and goes on with its work."""

import http.client
import json

import pytest
from support.dossier_mail import IN_TIME, mail
from support.service import NewSite, Site, text_of
from support.smtp import free_port
from support.waiting import wait_until

pytestmark = pytest.mark.dovecot
ADMINISTRATOR = "quantri@xa.example"


def page(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def alarms(site: Site) -> list[str]:
    return [str(one["Subject"]) for one in site.delivered() if one["Auto-Submitted"] == "auto-generated"]


def test_a_disk_without_room_is_told_once_by_mail_and_at_the_page_and_letters_go_out(
    new_site: NewSite,
) -> None:
    with free_port() as port:
        pass
    health = {
        "alarms_to": ADMINISTRATOR,
        "locale": "en",
        "disk_free_mb": 1 << 40,  # more than any disk has
        "listen": f"127.0.0.1:{port}",
    }
    site = new_site(health=health)
    site.once()  # what lies there at the first look is backlog, and its letters are held (P7)
    running = site.start("run")
    wait_until(lambda: len(alarms(site)) == 2)  # of the database and of the blobs
    assert sorted(alarms(site)) == ["[Hoso] Alarm: disk blobs", "[Hoso] Alarm: disk database"]
    status, body = page(port, "/healthz")
    assert status == 503
    assert {one["about"] for one in json.loads(body)["complaints"]} == {"blobs", "database"}
    site.deliver(mail("BVDN"), IN_TIME)
    wait_until(lambda: len(site.letters()) == 1 and len(site.relay.received) == 3)
    assert 'hoso_complaints{cause="disk"} 2.0' in page(port, "/metrics")[1]
    shown = site.hoso("health")
    assert shown.status == 1
    assert "WRONG  disk blobs: The disk of the messages as received has only" in shown.out
    again = site.start("run")  # a second service tells nothing anew
    wait_until(lambda: "running" in again.err.read_text())
    for one in (running, again):
        one.terminate()
        ended = one.wait()
        assert ended.status == 0, ended.err
        assert "Traceback" not in ended.err
    assert len(alarms(site)) == 2
    assert {str(one["To"]) for one in site.delivered() if one["Auto-Submitted"] == "auto-generated"} == {ADMINISTRATOR}
    assert "not lost" in text_of(next(one for one in site.delivered() if one["To"] == ADMINISTRATOR))
    site.assert_sound()


def test_a_service_in_order_is_shown_as_such_and_writes_to_nobody(site: Site) -> None:
    site.write_settings(health={"alarms_to": ADMINISTRATOR, "disk_free_mb": 1}, schedule={"reconcile_hour": None})
    site.once()
    ended = site.hoso("health", "--json")
    assert (ended.status, json.loads(ended.out)["status"]) == (0, "ok"), ended.out
    shown = site.hoso("health")
    assert shown.status == 0
    assert "office/INBOX: đọc lần cuối" in shown.out
    assert shown.out.endswith("Hệ thống hoạt động bình thường.\n")
    site.write_settings(health={"locale": "en", "disk_free_mb": 1}, schedule={"reconcile_hour": None})
    english = site.hoso("health").out
    assert english.endswith("All is well.\n")
    assert english.isascii()
    assert site.relay.received == []


def test_a_service_that_cannot_begin_tells_it_once_by_mail_waits_and_ends_when_told_to(new_site: NewSite) -> None:
    """Its database is away: nothing can be claimed or recorded, and the relay still takes mail."""
    with free_port() as port:
        pass
    site = new_site(health={"alarms_to": ADMINISTRATOR, "locale": "en", "disk_free_mb": 1})
    site.write_settings(store={"url": f"postgresql://hoso@127.0.0.1:{port}/hoso"})
    running = site.start("run")
    wait_until(lambda: len(alarms(site)) == 1)
    assert alarms(site) == ["[Hoso] Alarm: store"]
    running.terminate()
    ended = running.wait()
    assert ended.status == 0, ended.err
    assert "cannot begin, and tries again" in ended.err
    assert "Traceback" not in ended.err
