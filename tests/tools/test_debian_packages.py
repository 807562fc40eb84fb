"""Debian packages are installed where that is possible, and set-up goes on where it is not."""

import os
import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "debian-packages"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder for PATH: dpkg knows of `present`, apt-get notes what it was asked."""
    stubs = {
        "dpkg-query": '#!/bin/sh\n[ "$3" = present ] && echo installed\n',
        "apt-get": f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n',
        "id": "#!/bin/sh\necho ${WHO:-0}\n",
    }
    for name, text in stubs.items():
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    return tmp_path


def run(machine: Path, *names: str, **environment: str) -> tuple[str, str]:
    """What it says, and what apt-get was asked for."""
    ran = subprocess.run(
        [TOOL, *names],
        env={"PATH": f"{machine}:{os.environ['PATH']}", **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    asked = machine / "asked"
    return ran.stdout, asked.read_text() if asked.exists() else ""


def test_what_is_there_is_not_asked_for(machine: Path) -> None:
    assert run(machine, "present") == ("", "")
    assert run(machine) == ("", "")


def test_root_installs_what_is_missing_and_says_so(machine: Path) -> None:
    said, asked = run(machine, "present", "hoso-missing")
    assert "Installing the Debian packages hoso-missing" in said
    assert "install -qq --no-install-recommends hoso-missing\n" in asked


def test_apt_0_refuses(machine: Path) -> None:
    said, asked = run(machine, "hoso-missing", APT="0")
    assert "APT=0" in said
    assert asked == ""


def test_without_root_the_one_line_to_run_is_printed(machine: Path) -> None:
    said, asked = run(machine, "hoso-missing", "present", WHO="1000")
    assert "sudo apt-get update && sudo apt-get install --no-install-recommends hoso-missing\n" in said
    assert asked == ""


def test_an_apt_get_that_fails_does_not_stop_the_set_up(machine: Path) -> None:
    (machine / "apt-get").write_text("#!/bin/sh\nexit 100\n")
    said, _ = run(machine, "hoso-missing")
    assert "Installing" in said
