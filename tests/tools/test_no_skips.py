"""The gate that keeps CI from passing over tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SKIPPING = """
import pytest

@pytest.fixture
def tool():
    pytest.skip("the tool is missing")

def test_with_a_tool(tool):
    assert tool

@pytest.mark.skipif(True, reason="not here")
def test_elsewhere():
    assert True

@pytest.mark.xfail(reason="known")
def test_known_to_fail():
    assert False
"""


@pytest.mark.parametrize("jobs", ["0", "2"])
@pytest.mark.parametrize(("ci", "status", "words"), [("true", 1, "allows no skip"), ("", 0, "2 skipped, 1 xfailed")])
def test_a_skip_is_a_failure_in_ci_alone(tmp_path: Path, ci: str, status: int, words: str, jobs: str) -> None:
    (tmp_path / "test_skipping.py").write_text(SKIPPING)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "support.no_skips", "-p", "no:cacheprovider", "-n", jobs, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(TESTS), "CI": ci},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == status, ran.stdout
    assert words in ran.stdout
