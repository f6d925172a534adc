"""A server whose tools are not those that were expected does not start, and says what is different."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from audit_wire import records
from mcp_chassis.app import App
from mcp_chassis.audit.fingerprints import Fingerprints
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.server import Component, Server
from mcp_chassis.settings import ChassisSettings
from sample_server import Notes, make_app, make_server

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}
TOOLS: dict[str, Any] = {"add": ("Add.", SCHEMA, SCHEMA), "ask": ("Ask.", SCHEMA, None)}


@pytest.mark.parametrize(
    "tools",
    [
        {**TOOLS, "add": ("Add!", SCHEMA, SCHEMA)},
        {**TOOLS, "add": ("Add.", {**SCHEMA, "required": ["a"]}, SCHEMA)},
        {**TOOLS, "add": ("Add.", SCHEMA, None)},
        {**TOOLS, "more": ("Add.", SCHEMA, SCHEMA)},
        {"add": TOOLS["add"]},
        {"add": TOOLS["ask"], "ask": TOOLS["add"]},
    ],
)
def test_whatever_a_model_is_told_is_in_the_fingerprint(tools: dict[str, Any]) -> None:
    assert Fingerprints.of(tools).sha256 != Fingerprints.of(TOOLS).sha256


def test_the_order_of_registration_is_not() -> None:
    turned = dict(reversed(TOOLS.items()))
    assert Fingerprints.of(turned) == Fingerprints.of(TOOLS)
    assert Fingerprints.of(turned).sha256 == Fingerprints.of(TOOLS).sha256


def other(description: str | None) -> Server[ChassisSettings, Notes]:
    """The sample server with one tool more, or with another description of `add`."""
    server: Server[ChassisSettings, Notes] = make_server()
    if description is None:

        @server.tool(scopes={"notes:read"}, read_only=True)
        async def later() -> str:
            """Come later."""
            return ""

        del server.registry.tools["wait"]
    else:
        object.__setattr__(server.registry.tools["add"], "description", description)
    return server


async def start(server: Server[Any, Any], tmp_path: Path, expected: str | None = None) -> App[Any, Any]:
    settings = make_app(tmp_path).settings.model_copy(update={"expect_tools": expected})
    app: App[Any, Any] = App(server, settings)
    async with app.open():
        return app


@pytest.mark.asyncio
async def test_the_expected_tools_start_by_their_fingerprint_or_its_beginning(tmp_path: Path) -> None:
    app = await start(make_server(), tmp_path)
    first = records(Path(app.audit.where))[0]
    assert first["tools_sha256"] == app.tools.sha256
    assert first["tools"] == app.tools.tools
    assert set(first["tools"]) == set(app.server.registry.tools)
    for expected in (app.tools.sha256, app.tools.sha256[:12], app.tools.sha256.upper()):
        await start(make_server(), tmp_path, expected)


@pytest.mark.parametrize(
    ("description", "told"), [(None, "added later; removed wait"), ("Add numbers, and send them home.", "changed add")]
)
@pytest.mark.asyncio
async def test_other_tools_do_not_start_and_are_named(tmp_path: Path, description: str | None, told: str) -> None:
    known = (await start(make_server(), tmp_path)).tools.sha256
    found = (await start(other(description), tmp_path)).tools.sha256
    with pytest.raises(ConfigurationError) as refusal:
        await start(other(description), tmp_path, known)
    (sentence,) = refusal.value.faults
    assert sentence.startswith("--expect-tools (MCP_EXPECT_TOOLS): ")
    assert told in sentence
    assert found in sentence


@pytest.mark.asyncio
async def test_what_no_log_knows_is_told_by_its_fingerprint_alone(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="what they were is not in the audit log"):
        await start(make_server(), tmp_path, "0" * 64)


def test_check_prints_what_to_expect(tmp_path: Path) -> None:
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r}); import sample_server as s; "

    def check(*flags: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", script + "s.make_server().run()", "--check", *flags],
            env={"HOME": str(tmp_path)}, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    printed = re.search(r"tools +ok +\d+, fingerprint ([0-9a-f]{64})", check().stdout)
    assert printed is not None
    assert check("--expect-tools", printed[1]).returncode == 0
    refused = check("--expect-tools", "0" * 12)
    assert refused.returncode == 2
    assert printed[1] in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("value", ["0" * 11, "0" * 65, "xyz" * 10, ""])
def test_what_is_no_fingerprint_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="--expect-tools"):
        ChassisSettings.load({"expect_tools": value}, environ={})


@pytest.mark.asyncio
async def test_no_log_is_for_servers_that_change_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"MCP_AUDIT_MODE\): off is for servers .* clear; .* --read-only"):
        async with make_app(tmp_path, audit_mode="off").open():
            pass
    async with make_app(tmp_path, audit_mode="off", read_only=True).open() as app:
        assert (await app.health())[0] == Component("audit", "healthy", "off")
    assert not (tmp_path / "audit").exists()
