"""A machine whose Python cannot make environments (Debian without python3-venv) is told what to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own, on a machine whose python3 lacks ensurepip until apt-get has installed something."""
    shutil.copytree(TOOLS, tmp_path / "tools")
    stubs = {
        "python3": f"""#!/bin/sh
            [ "$1" = -c ] && exec test -e {tmp_path}/installed
            echo "$@" > {tmp_path}/made
            exit 3
        """,
        "apt-get": f'#!/bin/sh\n[ "$1" = update ] || echo "$@" > {tmp_path}/installed\n',
        "id": "#!/bin/sh\necho ${WHO:-0}\n",
    }
    (tmp_path / "bin").mkdir()
    for name, text in stubs.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def run(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    environment["PATH"] = f"{project / 'bin'}:{os.environ['PATH']}"
    return subprocess.run([project / "tools" / "fetch-uv"], env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("environment", [{"APT": "0"}, {"WHO": "1000"}])
def test_the_one_line_to_run_is_printed(project: Path, environment: dict[str, str]) -> None:
    ran = run(project, **environment)
    assert ran.returncode == 1
    assert "sudo apt-get install python3-venv" in ran.stderr
    assert not (project / "installed").exists()


def test_root_installs_python3_venv_and_goes_on(project: Path) -> None:
    ran = run(project)
    assert "Installing the Debian package python3-venv" in ran.stdout
    assert "python3-venv" in (project / "installed").read_text()
    assert (project / "made").read_text() == "-m venv .uv\n"
