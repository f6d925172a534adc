"""The conformance suite against the fixture, which it must pass, and its generic scenarios against the real server."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
REVISIONS = ("2025-11-25", "2026-07-28")
GENERIC = {
    "2025-11-25": ("server-initialize", "ping", "tools-list", "dns-rebinding-protection"),
    "2026-07-28": ("server-stateless", "caching", "tools-list", "dns-rebinding-protection", "http-header-validation"),
}
OF_THE_SUITES_OWN_TOOL = "sep-2575-server-rejects-undeclared-capability"
"""Calls `test_missing_capability`, and takes the error result that an unknown tool gets for a run of that tool."""

Check = dict[str, Any]
Found = dict[str, list[Check]]
"""The checks of each scenario that was run."""


def run(npm: Any, url: str, folder: Path) -> dict[str, Found]:
    """Run the requirement sets of both revisions side by side."""
    processes = {}
    for revision in REVISIONS:
        arguments = ("server", "--url", url, "--requirements", revision, "-o", folder / revision)
        processes[revision] = npm.popen("conformance", *arguments, cwd=folder)
    for revision, process in processes.items():
        with process:
            out, err = process.communicate(timeout=100)
        assert "=== SUMMARY ===" in out, f"{revision}: {out[-1_000:]} {err[-1_000:]}"
    return {revision: read(folder / revision) for revision in REVISIONS}


def read(folder: Path) -> Found:
    """Read `server-<scenario>-<time>/checks.json`."""
    found: Found = {}
    for path in sorted(folder.glob("server-*/checks.json")):
        scenario = re.fullmatch(r"server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z", path.parent.name)
        assert scenario is not None, path
        found[scenario[1]] = json.loads(path.read_text())
    return found


def failures(checks: list[Check]) -> list[str]:
    """The failed checks of a scenario, with why."""
    return [f"{check['id']}: {check.get('errorMessage')}" for check in checks if check["status"] == "FAILURE"]


def requirements(npm: Any, revision: str) -> dict[str, Any]:
    """The requirement set of a revision: `server` names what is scored, `not_scored` what is not."""
    folder = npm.modules / "@modelcontextprotocol" / "conformance" / "requirements"
    return dict(yaml.safe_load((folder / f"{revision}.yaml").read_text()))


@pytest.fixture(scope="module")
def fixture_results(npm: Any, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """Both sets against the fixture."""
    limits = ["--rate-limit", "1000/s", "--daily-quota", "1000000"]
    server = serve(sys.executable, str(HERE / "fixture.py"), "--policy", str(HERE / "policy.yaml"), *limits)
    return run(npm, server.url, tmp_path_factory.mktemp("fixture"))


@pytest.fixture(scope="module")
def expected() -> set[str]:
    """The scenarios that may fail."""
    return set(yaml.safe_load((HERE / "expected-failures.yaml").read_text())["server"])


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_fixture_passes_every_scored_scenario_that_is_not_expected_to_fail(
    revision: str, npm: Any, fixture_results: dict[str, Found], expected: set[str], scores: list[str]
) -> None:
    found = fixture_results[revision]
    required = requirements(npm, revision)
    assert set(required["server"]) <= set(found), "a required scenario was not run"

    failed = {scenario: why for scenario, checks in found.items() if (why := failures(checks))}
    scored = [scenario for scenario in required["server"] if scenario not in failed]
    scores.append(f"{revision}: {len(scored)} of {len(required['server'])} scored scenarios pass")
    scores.extend(f"  expected: {name}" for name in required["server"] if name in failed and name in expected)
    reasons = {entry["scenario"]: entry["reason"] for entry in required["not_scored"] if entry["leg"] == "server"}
    scores.extend(f"  not scored ({reason}): {name}" for name, reason in reasons.items() if name in failed)

    assert {name: failed[name] for name in required["server"] if name in failed and name not in expected} == {}


def test_nothing_is_expected_to_fail_that_passes(fixture_results: dict[str, Found], expected: set[str]) -> None:
    failed = {name for found in fixture_results.values() for name, checks in found.items() if failures(checks)}

    assert expected - failed == set()


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_fixture_leaves_no_recommendation_of_the_new_revision_open(
    revision: str, npm: Any, fixture_results: dict[str, Found]
) -> None:
    open_ones = {
        check["id"]
        for scenario in requirements(npm, revision)["server"]
        for check in fixture_results[revision][scenario]
        if check["status"] == "WARNING"
    }

    # The older era has sessions for several streams at once; without one a stateless server answers them all the same.
    assert open_ones <= {"server-sse-multiple-streams-session"}


@pytest.fixture(scope="module")
def database_results(npm: Any, serve: Any, postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """Both sets against the real database server."""
    server = serve("mcp-db-server", postgres.dsn("postgres"))
    return run(npm, server.url, tmp_path_factory.mktemp("database"))


@pytest.mark.parametrize(
    ("revision", "scenario"), [(revision, scenario) for revision, names in GENERIC.items() for scenario in names]
)
def test_the_database_server_passes_the_generic_scenario(
    revision: str, scenario: str, database_results: dict[str, Found]
) -> None:
    checks = database_results[revision][scenario]

    # What the suite cannot test without tools of its own is no fault of a server that has none of them.
    testable = [
        check
        for check in checks
        if not (check.get("details") or {}).get("untestable") and check["id"] != OF_THE_SUITES_OWN_TOOL
    ]
    assert failures(testable) == []
    assert any(check["status"] == "SUCCESS" for check in testable)
