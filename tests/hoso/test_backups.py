"""Backups of an installation: when they are due, which are kept, and the way back by the commands."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.desk_only import Installation, installation

from hoso.backups import back_up_when_due, config_files, is_due, too_many
from hoso.record_settings import Backup
from hoso.settings import load_settings
from store import backup_runs
from store.backup import MANIFEST, backups_in
from store.errors import StoreError

ZONE = "Asia/Ho_Chi_Minh"
ENVIRON = {"HOSO_IMAP_PASSWORD": "imap-geheim"}


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Iterator[Installation]:
    made = installation(tmp_path / "hoso", now, backup={"folder": "copies", "keep_daily": 2, "keep_weekly": 0})
    yield made
    made.store.close()


def test_the_installation_comes_back_by_two_commands(here: Installation, tmp_path: Path) -> None:
    done = json.loads(here.hoso("backup", "--json").out)
    assert done["whole"] is True
    assert here.hoso("backup", "--check", done["folder"]).status == 0
    to = tmp_path / "new"
    restored = here.hoso("restore", done["folder"], "--to", str(to))
    assert restored.status == 0, restored.err
    assert (to / "settings.yaml").read_bytes() == (here.folder / "settings.yaml").read_bytes()
    proof = here.hoso("audit", "verify", "--settings", str(to / "settings.yaml"), "--head", done["head"], "--json")
    assert json.loads(proof.out)["sound"] is True
    again = here.hoso("restore", done["folder"], "--to", str(to))
    assert again.status == 5
    assert "nothing is overwritten" in again.err


def test_a_damaged_backup_is_not_restored(here: Installation, tmp_path: Path) -> None:
    folder = Path(json.loads(here.hoso("backup", "--json").out)["folder"])
    with (folder / "database.sqlite").open("r+b") as file:
        file.seek(5000)
        file.write(b"\x55" * 40)
    ended = here.hoso("restore", str(folder), "--to", str(tmp_path / "new"))
    assert ended.status == 5
    assert "damaged" in ended.err
    assert not (tmp_path / "new").exists()
    assert here.hoso("backup", "--check", str(folder)).status == 5
    assert here.hoso("restore", str(folder)).status == 2
    assert here.hoso("restore", str(tmp_path / "nowhere"), "--to", str(tmp_path / "new")).status == 5


def test_no_secret_is_in_a_backup(here: Installation, now: datetime) -> None:
    (here.folder / "key").write_text("app-geheim")
    here.write_settings(smtp={"host": "s.example", "from_address": "a@b.example", "from_name": "H", "user": "a",
                              "password_file": "key"}, audit={"signing_key": "var/key.pem"})  # fmt: skip
    assert here.hoso("audit", "keygen").status == 0
    folder = here.folder / json.loads(here.hoso("backup", "--to", "copies", "--json").out)["folder"]
    private = (here.folder / "var/key.pem").read_bytes().splitlines()[1]
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"geheim" not in content, path
            assert private not in content, path
    assert "Signature:" in (folder / "head.txt").read_text()


def test_campaigns_rosters_and_templates_go_with_it(here: Installation, tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "hoso/examples/plan_39_cdn"
    for folder in (here.folder / "campaigns/2026", tmp_path / "far"):
        folder.mkdir(parents=True)
        for file in example.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
    (here.folder / "mau/letters").mkdir(parents=True)
    (here.folder / "mau/letters/body.txt").write_text("Kính gửi")
    names = ["campaigns/2026/campaign.yaml", str(tmp_path / "far/campaign.yaml")]
    here.write_settings(letters={"templates": "mau"}, campaigns=names)  # type: ignore[arg-type]
    path = here.folder / "settings.yaml"
    found = config_files(path, load_settings(path, ENVIRON))
    elsewhere = f"elsewhere/{str(tmp_path).lstrip('/')}/far"
    assert set(found) == {
        "settings.yaml",
        "campaigns/2026/campaign.yaml",
        "campaigns/2026/roster.csv",
        f"{elsewhere}/campaign.yaml",
        f"{elsewhere}/roster.csv",
        "mau/letters/body.txt",
    }


def test_the_service_makes_one_a_day_and_lets_old_ones_go(here: Installation) -> None:
    read = load_settings(here.folder / "settings.yaml", ENVIRON)
    kept = here.folder / "copies"
    start = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)  # 2:30 of the 21st over there
    for day in range(3):
        now = start + timedelta(days=day)
        assert back_up_when_due(here.store, read, ZONE, now, dict) is not None
        assert back_up_when_due(here.store, read, ZONE, now + timedelta(hours=20), dict) is None
    assert [one.name for one in backups_in(kept)] == ["hoso-20261121T193000Z", "hoso-20261122T193000Z"]


def test_the_running_service_makes_the_one_that_is_due(here: Installation) -> None:
    running = here.start("run")
    until = time.monotonic() + 60
    while not backups_in(here.folder / "copies") and time.monotonic() < until:
        time.sleep(0.1)
    running.terminate()
    assert running.wait().status == 0
    [folder] = backups_in(here.folder / "copies")
    assert (folder / "config/settings.yaml").read_bytes() == (here.folder / "settings.yaml").read_bytes()
    with here.store.reading() as conn:
        run = backup_runs.latest(conn)
    assert run is not None
    assert (run.name, run.sound) == (folder.name, True)


def test_one_that_fails_is_on_record_and_tried_again_an_hour_later(here: Installation) -> None:
    read = load_settings(here.folder / "settings.yaml", ENVIRON)
    (here.folder / "copies").write_text("a file")
    now = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
    with pytest.raises(StoreError, match="cannot be used"):
        back_up_when_due(here.store, read, ZONE, now, dict)
    with here.store.reading() as conn:
        run = backup_runs.latest(conn)
    assert run is not None
    assert (run.sound, run.started_at) == (False, now)
    assert "cannot be used" in run.problem
    (here.folder / "copies").unlink()
    assert back_up_when_due(here.store, read, ZONE, now + timedelta(minutes=59), dict) is None
    assert back_up_when_due(here.store, read, ZONE, now + timedelta(minutes=60), dict) is not None


@pytest.mark.parametrize(
    ("good", "due"),
    [(None, True), ("2026-11-20T18:59:59+00:00", True), ("2026-11-20T19:00:00+00:00", False)],
)
def test_a_backup_is_due_when_its_hour_was_reached_since_the_last(good: str | None, due: bool) -> None:
    now = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)  # 2 o'clock over there
    assert is_due(2, ZONE, now, datetime.fromisoformat(good) if good else None, None) is due


@given(st.sets(st.integers(0, 900), min_size=1, max_size=60), st.integers(1, 9), st.integers(0, 6), st.integers(0, 14))
@settings(max_examples=40, deadline=None)
def test_the_newest_of_every_day_week_and_month_is_kept(days: set[int], daily: int, weekly: int, monthly: int) -> None:
    with TemporaryDirectory() as base:
        first = datetime(2024, 1, 1, 2, tzinfo=UTC)
        folders = []
        for day in sorted(days):
            folder = Path(base) / f"hoso-{day:04}"
            folder.mkdir()
            told = {"format": 1, "made_at": (first + timedelta(days=day)).isoformat(), "head": f"0:{'0' * 64}"}
            (folder / MANIFEST).write_text(json.dumps(told | {"version": "x", "bytes": 1}))
            folders.append(folder)
        wanted = Backup(folder=None, keep_daily=daily, keep_weekly=weekly, keep_monthly=monthly)
        gone = too_many(folders, wanted, "UTC")
        kept = [folder for folder in folders if folder not in gone]
    assert kept[-daily:] == folders[-daily:], "the last days are kept"
    assert len(kept) <= daily + weekly + monthly
    months = {(first + timedelta(days=int(one.name[-4:]))).strftime("%Y%m") for one in kept}
    assert len(months) >= min(monthly, len({(first + timedelta(days=day)).strftime("%Y%m") for day in days}))
