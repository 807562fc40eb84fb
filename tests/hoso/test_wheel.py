"""The wheel holds all that the program needs: it works without the project's folder."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MESSAGE = ROOT / "tests" / "corpus" / "messages" / "d01-docx-docx.eml"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_installed_into_an_empty_environment_inspects_a_message(wheel: Path, tmp_path: Path) -> None:
    """The dependencies are those of this environment, the program is the wheel's: nothing is fetched for the test."""
    home = tmp_path / "environment"
    venv.create(home, with_pip=False, symlinks=True)
    packages = next(home.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # a folder named in a .pth file is searched, but .pth files within it (this project's own) are not obeyed
    (packages / "dependencies.pth").write_text(next(path for path in sys.path if path.endswith("site-packages")))
    command = [home / "bin" / "python", "-I", "-m", "hoso", "inspect", "--json", MESSAGE]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={"PATH": os.defpath})
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert (seen["union"], seen["verdict"]) == ("BVDN", "accepted")
    where = [home / "bin" / "python", "-I", "-c", "import dossier, templates, hoso; print(hoso.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert Path(found.strip()).is_relative_to(home)


def test_the_wheel_holds_the_templates_and_the_example_campaign_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("templates/letters/vi/", "hoso/examples/plan_39_cdn/campaign.yaml", "store/migrations/versions/"):
        assert any(name.startswith(part) for name in names), part
    assert not [name for name in names if name.startswith(("tests/", ".ci/"))]
