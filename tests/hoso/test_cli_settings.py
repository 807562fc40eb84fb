"""What is wrong with the settings or the servers is told with its own exit code; `hoso check` changes nothing."""

import hashlib
import json
from typing import Any

import pytest
from support.dossier_mail import IN_TIME, mail
from support.dovecot import PASSWORD
from support.loopback import free_port
from support.service import Ended, NewSite, Site

pytestmark = pytest.mark.dovecot


def findings(ended: Ended) -> dict[str, str]:
    """What → the worst level that `hoso check --json` tells of it."""
    levels = ["good", "note", "wrong"]
    found: dict[str, str] = {}
    for line in ended.out.splitlines():
        one: dict[str, Any] = json.loads(line)
        found[one["what"]] = max(found.get(one["what"], "good"), one["level"], key=levels.index)
    return found


def everything(site: Site) -> dict[str, str]:
    """Every file with its digest."""
    site.store.close()  # SQLite's last reader puts its log away
    files = (path for path in site.folder.rglob("*") if path.is_file() and not path.name.startswith(("out", "err")))
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# --- check ---------------------------------------------------------------------------------------------------------


def test_check_finds_a_good_installation_good_before_its_first_run_and_makes_nothing(site: Site) -> None:
    site.deliver(mail("BVDN"), IN_TIME)
    before = everything(site)
    ended = site.hoso("check", "--json")
    assert ended.status == 0, ended.out
    assert "wrong" not in findings(ended).values()
    assert everything(site) == before
    assert site.relay.received == []
    assert site.server.flags(site.user) == {1: set()}


def test_check_changes_nothing_of_an_installation_that_was_used(site: Site) -> None:
    site.deliver(mail("BVDN"), IN_TIME)
    site.once()
    before = site.entries(), site.letters(), everything(site)
    assert site.hoso("check").status == 0
    assert (site.entries(), site.letters(), everything(site)) == before
    assert site.relay.received == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"mailbox": {"port": 1}}, "mailbox office"),
        ({"mailbox": {"folders": ["Nope"]}}, "mailbox office"),
        ({"mailbox": {"after": {"action": "move", "folder": "Nope"}}}, "mailbox office"),
        ({"smtp": {"port": 1}}, "relay"),
        ({"smtp": {"security": "starttls"}}, "relay"),
        ({"store": {"url": "postgresql://hoso@127.0.0.1:1/hoso"}}, "store"),
        ({"store": {"url": "sqlite:///settings.yaml"}}, "store"),
    ],
    ids=["no IMAP server", "no such folder", "no such target", "no relay", "no TLS", "no database", "not a database"],
)
def test_check_says_what_is_wrong_and_looks_at_all_the_rest(
    new_site: NewSite, changes: dict[str, dict[str, Any]], what: str
) -> None:
    site = new_site()
    site.write_settings(**changes)
    ended = site.hoso("check", "--json")
    assert ended.status == 1
    told = findings(ended)
    assert [name for name, level in told.items() if level == "wrong"] == [what]
    assert {"store", "mailbox office", "relay", "letters", "reading"} <= set(told)
    assert PASSWORD not in ended.out + ended.err


def test_check_names_a_template_that_is_broken(new_site: NewSite) -> None:
    site = new_site(letters={"templates": "mau"})
    template = site.folder / "mau" / "letters" / "acknowledgement" / "body.txt"
    template.parent.mkdir(parents=True)
    template.write_text("{{ letter.no_such_thing }}", "utf-8")
    ended = site.hoso("check")
    assert ended.status == 1
    assert "WRONG  letters" in ended.out
    assert "body.txt" in ended.out


# --- exit codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "check", "dossiers", "messages", "letters", "audit verify", "retry 1"])
def test_without_settings_the_status_is_3_and_the_way_out_is_told(site: Site, command: str) -> None:
    (site.folder / "settings.yaml").unlink()
    ended = site.hoso(*command.split())
    assert (ended.status, ended.out) == (3, "")
    assert "settings.example.yaml" in ended.err


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"mailbox": {"pasword": "x"}}, "did you mean password?"),
        ({"mailbox": {"password": "throw-away"}}, "must not stand in this file"),
        ({"smtp": {"from_address": ".office@cdyte.example"}}, "must be one email address"),
        ({"smtp": {"redirect_to": "a..b@cdyte.example"}}, "must be one email address"),
        ({"mailbox": {"host": "imap.example.org"}}, "plain"),
        ({"letters": {"daily_limit": 0}}, "daily_limit"),
    ],
    ids=["an unknown key", "a secret", "a bad address", "two dots", "in the clear", "a limit of none"],
)
def test_settings_that_cannot_be_used_have_status_3(
    new_site: NewSite, changes: dict[str, dict[str, Any]], told: str
) -> None:
    site = new_site()
    site.write_settings(**changes)
    ended = site.hoso("run", "--once")
    assert (ended.status, ended.out) == (3, "")
    assert told in " ".join(ended.err.split())
    assert "Traceback" not in ended.err


def test_a_campaign_that_is_not_there_has_status_3(site: Site) -> None:
    settings = site.folder / "settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("- example", "- mine/campaign.yaml"), "utf-8")
    ended = site.hoso("run", "--once")
    assert (ended.status, "mine/campaign.yaml" in "".join(ended.err.split())) == (3, True)


def test_servers_that_are_away_have_status_4_and_all_else_is_done(site: Site) -> None:
    site.once()
    site.deliver(mail("BVDN"), IN_TIME)
    site.write_settings(smtp={"port": free_port()})
    ended = site.hoso("run", "--once")
    assert (ended.status, "the relay does not take letters" in " ".join(ended.err.split())) == (4, True)
    assert site.outcomes() == ["joined"]
    site.write_settings(mailbox={"port": free_port()})
    assert site.hoso("run", "--once").status == 4
    site.write_settings(store={"url": f"postgresql://hoso@127.0.0.1:{free_port()}/hoso"})
    assert site.hoso("dossiers").status == 4


def test_a_folder_that_cannot_be_read_keeps_no_other_waiting(new_site: NewSite) -> None:
    site = new_site()
    site.once()
    site.deliver(mail("BVDN"), IN_TIME)
    site.write_settings(mailbox={"folders": ["Nope", "INBOX"]})
    ended = site.hoso("run", "--once")
    assert (ended.status, "Nope" in ended.err) == (5, True)
    assert len(site.relay.received) == 1


def test_a_server_or_a_store_that_refuses_for_good_has_status_5(new_site: NewSite) -> None:
    site = new_site()
    (site.folder / "wrong").write_text("not the password", "utf-8")
    site.write_settings(mailbox={"password": None, "password_file": "wrong"})
    refused = site.hoso("run", "--once")
    assert refused.status == 5
    assert "Check user and password" in " ".join(refused.err.split())
    site.write_settings(store={"url": "sqlite:///settings.yaml"})
    assert site.hoso("messages").status == 5


@pytest.mark.parametrize("command", ["dossiers", "show BVDN", "messages", "letters", "audit verify", "audit head"])
def test_what_looks_at_records_says_so_where_there_are_none_yet_and_makes_none(site: Site, command: str) -> None:
    ended = site.hoso(*command.split())
    assert (ended.status, ended.out) == (5, "")
    assert "nothing is recorded yet: the first `hoso run`" in " ".join(ended.err.split())
    assert not (site.folder / "var").exists()
