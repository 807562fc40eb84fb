"""tools/audit-dependencies: what is open is told and fails; what could not be asked is told, and is no success."""

import importlib.util
import json
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def tool() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "tools" / "audit-dependencies"
    spec = importlib.util.spec_from_loader("audit_dependencies", SourceFileLoader("audit_dependencies", str(path)))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages})


def test_everything_audited_and_nothing_open_is_a_success(tool: ModuleType) -> None:
    assert tool.told(_answer({"name": "a", "version": "1", "vulns": []}), "") == (
        0,
        ["1 of 1 packages audited, 0 vulnerabilities open."],
    )


def test_what_is_open_is_named_with_what_mends_it(tool: ModuleType) -> None:
    vulnerability = {"id": "CVE-2026-1", "fix_versions": ["2"]}
    status, lines = tool.told(_answer({"name": "a", "version": "1", "vulns": [vulnerability]}), "")
    assert status == 1
    assert lines[0] == "a 1: CVE-2026-1, mended in 2"


def test_a_machine_without_the_database_says_so(tool: ModuleType) -> None:
    assert tool.told("", "no route")[0] == 4
    status, lines = tool.told(_answer({"name": "a", "skip_reason": "not found"}), "")
    assert (status, lines[0]) == (4, "0 of 1 packages audited, 0 vulnerabilities open.")
