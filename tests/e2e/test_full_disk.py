"""The disk fills, under blobs and database alike: nothing is lost, it is said, all goes on when there is room (P1)."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.dossier_mail import CAMPAIGN, IN_TIME, mail
from support.service import Ended, NewSite, Site

pytestmark = pytest.mark.dovecot
_SIZE = 16 << 20
_CODES = tuple(one.code for one in CAMPAIGN.roster.unions[:3])
_BLOCK = 4096
_ROOM = [0, 130 << 10, *(pytest.param(kib << 10, marks=pytest.mark.torture) for kib in range(20, 400, 30))]


@dataclass
class Cramped:
    """An installation whose data lies on a small disk of its own."""

    site: Site

    @property
    def _filler(self) -> Path:
        return self.site.folder / "var" / "filler"

    def leave(self, free: int) -> None:
        """So many bytes are free from now on, rounded to blocks."""
        self.make_room()
        left = shutil.disk_usage(self.site.folder / "var").free
        with self._filler.open("wb", buffering=0) as file:
            for _ in range(max(0, left - free) // _BLOCK):
                file.write(bytes(_BLOCK))

    def make_room(self) -> None:
        self._filler.unlink(missing_ok=True)


@pytest.fixture
def cramped(new_site: NewSite) -> Iterator[Cramped]:
    site = new_site()
    var = site.folder / "var"
    site.store.close()
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", var], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no right to mount a small disk: {mounted.stderr.decode().strip()}")
    try:
        yield Cramped(site)
    finally:
        site.store.close()
        subprocess.run(["umount", "-l", var], check=True)


def _assert_all_is_there(site: Site, codes: tuple[str, ...]) -> None:
    assert site.outcomes() == ["joined"] * len(codes)
    assert [len(site.revisions(code)) for code in codes] == [1] * len(codes)
    kept = {entry.position.uid: site.store.blobs.get(entry.sha256) for entry in site.entries() if entry.position}
    assert kept == site.server.contents(site.user)
    assert len(site.relay.received) == len(site.letters()) == len(codes)
    site.assert_sound()


def _fill(site: Site) -> None:
    for code in _CODES:
        site.deliver(mail(code), IN_TIME)


@pytest.mark.parametrize("free", _ROOM)
def test_fault_40_a_disk_that_fills_somewhere_on_the_way_costs_nothing(cramped: Cramped, free: int) -> None:
    site = cramped.site
    site.once()
    _fill(site)
    cramped.leave(free)
    ended: Ended = site.hoso("run", "--once")
    assert ended.status in (0, 4, 5), ended.err
    assert ended.status == 0 or "disk" in ended.err + ended.out, ended.err
    assert "Traceback" not in ended.err
    cramped.make_room()
    site.once()
    site.once()
    _assert_all_is_there(site, _CODES)


def test_fault_40_a_service_that_met_a_full_disk_goes_on_by_itself(cramped: Cramped) -> None:
    site = cramped.site
    site.once()
    cramped.leave(60 << 10)
    _fill(site)
    running = site.start("run")
    try:
        time.sleep(3)
        assert running.process.exitcode is None
        cramped.make_room()
        until = time.monotonic() + 180
        while len(site.relay.received) < len(_CODES) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        running.terminate()
        running.wait()
    _assert_all_is_there(site, _CODES)


def test_fault_40_a_disk_that_is_nearly_full_is_told_to_the_administrator(cramped: Cramped) -> None:
    site = cramped.site
    site.write_settings(health={"alarms_to": "quantri@xa.example", "disk_free_mb": 2})
    site.once()
    cramped.leave(60 << 10)
    running = site.start("run")
    try:
        until = time.monotonic() + 180
        while len(site.relay.received) < 2 and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        running.terminate()
        ended = running.wait()
    told = sorted(str(one["Subject"]).partition(": ")[2] for one in site.delivered())
    assert told == ["disk blobs", "disk database"], ended.err
    assert "Traceback" not in ended.err
