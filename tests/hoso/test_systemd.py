"""systemd is told when the service is ready and that it is alive; without systemd nothing is said."""

import socket
from pathlib import Path

import pytest

from hoso.systemd import notify, taking_long, watchdog_seconds


@pytest.mark.parametrize("kind", ["path", "abstract"])
def test_a_state_reaches_the_socket_that_systemd_names(tmp_path: Path, kind: str) -> None:
    name = str(tmp_path / "notify") if kind == "path" else f"@hoso-{tmp_path.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(name.replace("@", "\0"))
        listening.settimeout(5)
        assert notify("READY=1", {"NOTIFY_SOCKET": name})
        assert listening.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "relative", "/nowhere/notify"])
def test_where_nobody_listens_nothing_is_said_and_nothing_fails(address: str) -> None:
    assert not notify("READY=1", {"NOTIFY_SOCKET": address})


def test_the_watchdog_is_fed_twice_as_often_as_it_asks() -> None:
    assert watchdog_seconds({"WATCHDOG_USEC": "120000000"}, 7) == 60
    assert watchdog_seconds({"WATCHDOG_USEC": "120000000", "WATCHDOG_PID": "7"}, 7) == 60
    for other in ({}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "x"}, {"WATCHDOG_USEC": "1", "WATCHDOG_PID": "8"}):
        assert watchdog_seconds(other, 7) is None


def test_a_start_that_takes_long_is_not_ended(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(60)
        with taking_long("upgrading the records", {"NOTIFY_SOCKET": str(tmp_path / "notify")}, pause=0.01):
            told = [listening.recv(100).decode() for _ in range(2)]
    assert told == ["EXTEND_TIMEOUT_USEC=120000000\nSTATUS=upgrading the records"] * 2
