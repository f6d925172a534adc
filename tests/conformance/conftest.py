"""Shows the scores of the conformance suite at the end of a test run, with what it does not score."""

from __future__ import annotations

import pytest

SCORES: pytest.StashKey[list[str]] = pytest.StashKey()


@pytest.fixture(scope="session")
def scores(pytestconfig: pytest.Config) -> list[str]:
    """Lines for the report."""
    return pytestconfig.stash.setdefault(SCORES, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the report."""
    if lines := config.stash.get(SCORES, []):
        terminalreporter.section("MCP conformance")
        for line in lines:
            terminalreporter.write_line(line)
